"""The machine's dashboard: each stage of a message and of an event, and what they stand on."""

from typing import Final

from deploy.grafana.panels import RATE, Dashboard, Panel, Query, Row, quantile, rate

_PROCESSES: Final = '{job="deskbus"}'
_STAGES: Final = ("accept", "log", "fanout", "deliver", "store")


def _stages(share: float) -> list[Query]:
    return [
        Query(quantile(share, f"deskbus_{stage}_seconds", selector='{service="chat"}'), stage)
        for stage in _STAGES
    ]


HEALTH: Final = Row(
    "Health",
    [
        Panel(
            "Processes",
            "Those that answer Prometheus",
            [Query(f"sum(up{_PROCESSES})", "up")],
            kind="stat",
        ),
        Panel(
            "Dead letters in an hour",
            "Records that could not be handled; the operations page of the console shows and replays them",
            [
                Query(
                    'sum(increase(deskbus_consume_records_total{outcome="dead_lettered"}[1h]))',
                    "dead letters",
                )
            ],
            kind="stat",
            limits=(0.5, 1),
        ),
        Panel(
            "Checks",
            "What the readiness of each service depends on, and the mailbox that mail is fetched from, if there is one",
            [Query("min by (service, check) (deskbus_check_ok)", "{{service}}: {{check}}")],
            kind="state-timeline",
        ),
    ],
)
RELAY: Final = Row(
    "The relay: from accepted to delivered and stored",
    [
        Panel(
            "Messages and frames",
            "Accepted from senders, stored in the archive, and frames handed to sockets, a second",
            [
                Query(rate("deskbus_accept_seconds_count"), "accepted"),
                Query(rate("deskbus_store_records_total"), "stored"),
                Query(rate("deskbus_fanout_frames_total"), "frames"),
            ],
            unit="ops",
        ),
        Panel(
            "Stages, half of all",
            "accept: frame in to acknowledgement out; log: to Kafka's acknowledgement; fanout: in the log to "
            "the sockets' queues; deliver: from there to the connection; store: one batch",
            _stages(0.5),
            unit="s",
        ),
        Panel(
            "Stages, 99 of 100",
            "The same, for all but the slowest of a hundred",
            _stages(0.99),
            unit="s",
        ),
        Panel(
            "Sockets",
            "Open ones, by who sits in front of them",
            [Query("sum by (kind) (deskbus_sockets)", "{{kind}}")],
            stacked=True,
        ),
        Panel(
            "Sockets told to come back",
            "slow: did not read in time; restart: the instance stopped; log, unavailable: a conversation had to "
            "be loaded anew",
            [Query(rate("deskbus_sockets_resumed_total", "reason"), "{{reason}}")],
            unit="ops",
        ),
    ],
)
BUS: Final = Row(
    "The bus",
    [
        Panel(
            "Consumer lag",
            "Records that a reader has not handled yet",
            [Query("sum by (service, topic) (deskbus_lag_records)", "{{service}}: {{topic}}")],
        ),
        Panel(
            "Records by outcome",
            "done, skipped (not for this service), parked (came before an earlier one), retried, dead-lettered",
            [Query(rate("deskbus_consume_records_total", "outcome"), "{{outcome}}")],
            unit="ops",
        ),
        Panel(
            "Handling, 95 of 100",
            "One record, its transaction included",
            [
                Query(
                    quantile(0.95, "deskbus_consume_seconds", "service, topic"),
                    "{{service}}: {{topic}}",
                )
            ],
            unit="s",
        ),
        Panel(
            "Publishing, 95 of 100",
            "From a transaction's commit until Kafka has its events",
            [Query(quantile(0.95, "deskbus_publish_seconds", "service"), "{{service}}")],
            unit="s",
        ),
        Panel(
            "Outbox",
            "Rows found unpublished, and keys whose publication failed and is tried again",
            [
                Query("max by (service) (deskbus_outbox_rows)", "{{service}}: rows"),
                Query(
                    "max by (service) (deskbus_outbox_stopped_keys)", "{{service}}: stopped keys"
                ),
            ],
        ),
        Panel(
            "Dead letters",
            "A second, by who could not handle them",
            [
                Query(
                    rate(
                        'deskbus_consume_records_total{outcome="dead_lettered"}', "service, topic"
                    ),
                    "{{service}}: {{topic}}",
                )
            ],
            unit="ops",
        ),
    ],
)
HTTP: Final = Row(
    "HTTP and errors",
    [
        Panel(
            "Requests",
            "A second, by service",
            [Query(rate("deskbus_http_seconds_count", "service"), "{{service}}")],
            unit="reqps",
            stacked=True,
        ),
        Panel(
            "Answers, 95 of 100",
            "How long a request takes",
            [Query(quantile(0.95, "deskbus_http_seconds", "service"), "{{service}}")],
            unit="s",
        ),
        Panel(
            "Answers by status",
            "A second; 5xx are faults of ours",
            [Query(rate("deskbus_http_seconds_count", "status"), "{{status}}")],
            unit="reqps",
            stacked=True,
        ),
        Panel(
            "Errors by code",
            "What callers were told, over HTTP and sockets",
            [Query(rate("deskbus_errors_total", "service, code"), "{{service}}: {{code}}")],
            unit="ops",
        ),
    ],
)
MONGO: Final = Row(
    "MongoDB",
    [
        Panel(
            "Commands",
            "A second, by service and outcome",
            [
                Query(
                    rate("deskbus_mongo_command_seconds_count", "service, outcome"),
                    "{{service}}: {{outcome}}",
                )
            ],
            unit="ops",
        ),
        Panel(
            "Commands, 95 of 100",
            "The round trip and the server's own time",
            [Query(quantile(0.95, "deskbus_mongo_command_seconds", "command"), "{{command}}")],
            unit="s",
        ),
        Panel(
            "Connections",
            "Open ones, and those in use; the pool of a process has 100",
            [
                Query(
                    "sum by (service, state) (deskbus_mongo_connections)", "{{service}}: {{state}}"
                )
            ],
        ),
        Panel(
            "Waiting for a connection, 99 of 100",
            "Long when the pool is used up",
            [Query(quantile(0.99, "deskbus_mongo_pool_wait_seconds", "service"), "{{service}}")],
            unit="s",
        ),
    ],
)
PROCESSES: Final = Row(
    "Processes",
    [
        Panel(
            "Processor",
            "Cores in use",
            [Query(f"rate(process_cpu_seconds_total{_PROCESSES}{RATE})", "{{instance}}")],
        ),
        Panel(
            "Memory",
            "Resident",
            [Query(f"process_resident_memory_bytes{_PROCESSES}", "{{instance}}")],
            unit="bytes",
        ),
        Panel(
            "Event loop, 99 of 100",
            "How late it wakes a job that is due; everything in the process waits that long",
            [Query(quantile(0.99, "deskbus_loop_lag_seconds", "service"), "{{service}}")],
            unit="s",
        ),
        Panel(
            "Crashed jobs",
            "Background jobs that failed and were started again, a second",
            [Query(rate("deskbus_job_crashes_total", "service, job"), "{{service}}: {{job}}")],
            unit="ops",
        ),
        Panel(
            "Open files",
            "Sockets included",
            [Query(f"process_open_fds{_PROCESSES}", "{{instance}}")],
        ),
    ],
)
MACHINE: Final = Dashboard(
    "deskbus-machine",
    "The machine",
    "Every stage of a message and of an event, and what they stand on.",
    [HEALTH, RELAY, BUS, HTTP, MONGO, PROCESSES],
)
