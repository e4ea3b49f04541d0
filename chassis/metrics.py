"""What is measured, by stage, so that a slow part names itself.

A message passes `accept` (frame in to acknowledgement out), `log` (produce to Kafka's acknowledgement),
`fanout` (in the log to handed to the sockets) and `store`; an event passes `publish` (commit to
Kafka) and `consume`. `lag` is how many records a reader is behind.
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
CONSUME_SECONDS = Histogram(
    "deskbus_consume_seconds",
    "Handling one record, its transaction included",
    ["service", "topic"],
    buckets=_SECONDS,
)
CONSUME_RECORDS = Counter(
    "deskbus_consume_records",
    "Records by outcome: done, skipped, retried or dead_lettered",
    ["service", "topic", "outcome"],
)
LAG_RECORDS = Gauge(
    "deskbus_lag_records", "Records that a reader has not handled yet", ["service", "topic"]
)
SOCKETS = Gauge("deskbus_sockets", "Open sockets", ["service", "kind"])
HTTP_SECONDS = Histogram(
    "deskbus_http_seconds",
    "Answering one HTTP request",
    ["service", "method", "route", "status"],
    buckets=_SECONDS,
)
MAIL_TRIES = Counter(
    "deskbus_mail_tries", "Tries to send a mail, by what became of them", ["state"]
)
JOB_CRASHES = Counter(
    "deskbus_job_crashes", "Background jobs that failed and were restarted", ["service", "job"]
)

CONTENT_TYPE = CONTENT_TYPE_LATEST


def exposition() -> bytes:
    """Every metric of this process, as Prometheus reads it."""
    return generate_latest()
