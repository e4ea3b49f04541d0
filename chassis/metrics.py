"""What is measured, by stage, so that a slow part names itself.

A message passes `accept` (frame in to acknowledgement out), `log` (produce to Kafka's acknowledgement),
`fanout` (in the log to handed to the sockets), `deliver` (handed to a socket to written to its
connection) and `store`; an event passes `publish` (commit to Kafka) and `consume`. `lag` is how many
records a reader is behind.

Labels are names from the code (services, topics, routes, codes, states), so that their number has
an end; nothing of a case, an account or a person is ever one. docs/operations.md lists them all.
"""

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30)

ACCEPT_SECONDS = Histogram(
    "deskbus_accept_seconds",
    "From a sender's frame to its acknowledgement",
    ["service"],
    buckets=_SECONDS,
)
LOG_SECONDS = Histogram(
    "deskbus_log_seconds",
    "From producing a record to the broker's acknowledgement",
    ["service", "topic"],
    buckets=_SECONDS,
)
FANOUT_SECONDS = Histogram(
    "deskbus_fanout_seconds",
    "From a message's time in the log to the sockets' queues",
    ["service"],
    buckets=_SECONDS,
)
FANOUT_FRAMES = Counter("deskbus_fanout_frames", "Frames handed to sockets", ["service"])
DELIVER_SECONDS = Histogram(
    "deskbus_deliver_seconds",
    "From the first frame in a socket's empty queue until all that came meanwhile was written",
    ["service"],
    buckets=_SECONDS,
)
STORE_SECONDS = Histogram(
    "deskbus_store_seconds", "Storing one batch of the log", ["service"], buckets=_SECONDS
)
STORE_RECORDS = Counter("deskbus_store_records", "Records of the log that were stored", ["service"])
PUBLISH_SECONDS = Histogram(
    "deskbus_publish_seconds",
    "From an outbox row's commit to its publication",
    ["service"],
    buckets=_SECONDS,
)
OUTBOX_ROWS = Gauge(
    "deskbus_outbox_rows", "Rows that the publisher found unpublished, at most 500", ["service"]
)
OUTBOX_STOPPED_KEYS = Gauge(
    "deskbus_outbox_stopped_keys",
    "Keys whose publication failed last and is tried again",
    ["service"],
)
CONSUME_SECONDS = Histogram(
    "deskbus_consume_seconds",
    "Handling one record, its transaction included",
    ["service", "topic"],
    buckets=_SECONDS,
)
CONSUME_RECORDS = Counter(
    "deskbus_consume_records",
    "Records by outcome: done, skipped, retried, parked or dead_lettered",
    ["service", "topic", "outcome"],
)
LAG_RECORDS = Gauge(
    "deskbus_lag_records", "Records that a reader has not handled yet", ["service", "topic"]
)
SOCKETS = Gauge("deskbus_sockets", "Open sockets", ["service", "kind"])
SOCKETS_RESUMED = Counter(
    "deskbus_sockets_resumed",
    "Sockets told to come back, by reason: slow, restart, log, unavailable, ...",
    ["service", "reason"],
)
ERRORS = Counter(
    "deskbus_errors",
    "Errors that callers were told of, over HTTP and sockets, by their stable code",
    ["service", "code"],
)
HTTP_SECONDS = Histogram(
    "deskbus_http_seconds",
    "Answering one HTTP request",
    ["service", "method", "route", "status"],
    buckets=_SECONDS,
)
MAIL_TRIES = Counter(
    "deskbus_mail_tries", "Tries to send a mail, by what became of them", ["state"]
)
MAIL_RECEIVED = Counter(
    "deskbus_mail_received",
    "Mails that came in: kept, returned (one of ours), refused, later (tried again) or failed",
    ["outcome"],
)
MONGO_SECONDS = Histogram(
    "deskbus_mongo_command_seconds",
    "MongoDB commands, by name and by whether the server refused them",
    ["service", "command", "outcome"],
    buckets=_SECONDS,
)
MONGO_CONNECTIONS = Gauge(
    "deskbus_mongo_connections",
    "Connections to MongoDB: open ones, and those in use",
    ["service", "state"],
)
MONGO_WAIT_SECONDS = Histogram(
    "deskbus_mongo_pool_wait_seconds",
    "Waiting for a connection from the pool",
    ["service"],
    buckets=_SECONDS,
)
LOOP_LAG_SECONDS = Histogram(
    "deskbus_loop_lag_seconds",
    "How late the event loop wakes a job that is due",
    ["service"],
    buckets=_SECONDS,
)
CHECK_OK = Gauge(
    "deskbus_check_ok",
    "Whether a check passed, as last asked: 1 or 0",
    ["service", "check"],
)
JOB_CRASHES = Counter(
    "deskbus_job_crashes", "Background jobs that failed and were restarted", ["service", "job"]
)

# ---- the desk, over all accounts: what its people would ask for first ----------------------------

_LONG_SECONDS = (
    *(5, 10, 20, 30, 60, 120, 300, 600, 1800),
    *(3600 * hours for hours in (1, 2, 4, 8, 24, 48, 168)),
)

CASES_WAITING = Gauge(
    "deskbus_cases_waiting", "Unassigned cases; every instance shows all of them", ["case_type"]
)
LONGEST_WAIT = Gauge(
    "deskbus_case_longest_wait_seconds", "How long the first of the queue has waited", ["case_type"]
)
TECHNICIANS_AVAILABLE = Gauge(
    "deskbus_technicians_available", "Technicians who could come; every instance shows all of them"
)
CASES_OPENED = Counter("deskbus_cases_opened", "Cases that began", ["case_type"])
FIRST_RESPONSE_SECONDS = Histogram(
    "deskbus_case_first_response_seconds",
    "From a case's beginning to a technician's first message",
    ["case_type"],
    buckets=_LONG_SECONDS,
)
RESOLUTION_SECONDS = Histogram(
    "deskbus_case_resolution_seconds",
    "From a case's beginning to each of its resolutions",
    ["case_type"],
    buckets=_LONG_SECONDS,
)
RATING = Histogram(
    "deskbus_case_rating",
    "What customers answered to the survey, from 1 to 5",
    buckets=(1, 2, 3, 4, 5),
)

SLA_WARNINGS = Counter(
    "deskbus_sla_warnings", "Promises of the service level that were about to fall due", ["kind"]
)
SLA_BREACHES = Counter(
    "deskbus_sla_breaches", "Promises of the service level that were not kept", ["kind"]
)

CONTENT_TYPE = CONTENT_TYPE_LATEST


def exposition() -> bytes:
    """Every metric of this process, as Prometheus reads it."""
    return generate_latest()
