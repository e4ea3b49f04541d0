"""The desk's dashboard: what whoever leads a team asks for first."""

from typing import Final

from deploy.grafana.panels import RANGE, Dashboard, Panel, Query, Row, quantile, quantiles, rate

_RATING: Final = "deskbus_case_rating"
_SATISFACTION: Final = (
    f"sum(increase({_RATING}_sum{RANGE})) / sum(increase({_RATING}_count{RANGE}))"
)


def _rated(stars: int) -> str:
    up_to = f'sum(increase({_RATING}_bucket{{le="{stars}.0"}}{RANGE}))'
    below = f'sum(increase({_RATING}_bucket{{le="{stars - 1}.0"}}{RANGE}))'
    return up_to if stars == 1 else f"{up_to} - {below}"


NOW: Final = Row(
    "Now",
    [
        Panel(
            "Waiting",
            "Unassigned cases",
            [Query("sum(max by (case_type) (deskbus_cases_waiting))", "waiting")],
            kind="stat",
            limits=(5, 20),
        ),
        Panel(
            "Longest wait",
            "How long the first of the queue has waited",
            [Query("max(deskbus_case_longest_wait_seconds)", "longest wait")],
            unit="s",
            kind="stat",
            limits=(120, 600),
        ),
        Panel(
            "Technicians available",
            "Who could take a case now",
            [Query("max(deskbus_technicians_available)", "available")],
            kind="stat",
            limits=(2, 1),
        ),
        Panel(
            "Customers connected",
            "Pages of customers that are open",
            [Query('sum(deskbus_sockets{kind="customer"})', "customers")],
            kind="stat",
        ),
        Panel(
            "Consoles connected",
            "Consoles of technicians that are open",
            [Query('sum(deskbus_sockets{kind="technician"})', "consoles")],
            kind="stat",
        ),
        Panel(
            "Satisfaction",
            "What customers answered to the survey in the time shown, from 1 to 5",
            [Query(_SATISFACTION, "of 5")],
            kind="stat",
            limits=(4, 3),
        ),
    ],
)
QUEUE: Final = Row(
    "The queue",
    [
        Panel(
            "Waiting, by type",
            "Unassigned cases",
            [Query("max by (case_type) (deskbus_cases_waiting)", "{{case_type}}")],
            stacked=True,
        ),
        Panel(
            "Longest wait, by type",
            "How long the first of each type has waited",
            [Query("max by (case_type) (deskbus_case_longest_wait_seconds)", "{{case_type}}")],
            unit="s",
        ),
        Panel(
            "Technicians available",
            "Who could take a case, beside the cases that wait",
            [
                Query("max(deskbus_technicians_available)", "available"),
                Query("sum(max by (case_type) (deskbus_cases_waiting))", "waiting"),
            ],
        ),
    ],
)
CASES: Final = Row(
    "How cases go",
    [
        Panel(
            "New cases an hour",
            "By type; a chat that becomes a request stays what it began as",
            [Query(f"{rate('deskbus_cases_opened_total', 'case_type')} * 3600", "{{case_type}}")],
            stacked=True,
        ),
        Panel(
            "First response",
            "From a case's beginning to a technician's first message, over the last hour",
            quantiles("deskbus_case_first_response_seconds", "[1h]"),
            unit="s",
        ),
        Panel(
            "First response, by type",
            "Half of the customers waited no longer, in the time shown",
            [
                Query(
                    quantile(0.5, "deskbus_case_first_response_seconds", "case_type", over=RANGE),
                    "{{case_type}}",
                )
            ],
            unit="s",
            kind="bargauge",
        ),
        Panel(
            "Resolution",
            "From a case's beginning to its resolution, over the last hour",
            quantiles("deskbus_case_resolution_seconds", "[1h]"),
            unit="s",
        ),
        Panel(
            "Promises broken an hour",
            "Service levels that were not kept, by what was promised; warnings are those that were about to be broken",
            [
                Query(f"{rate('deskbus_sla_breaches_total', 'kind')} * 3600", "{{kind}}"),
                Query(f"{rate('deskbus_sla_warnings_total')} * 3600", "warnings"),
            ],
        ),
        Panel(
            "Answers to the survey",
            "How many gave each rating, in the time shown",
            [Query(_rated(stars), f"{stars}") for stars in range(5, 0, -1)],
            kind="bargauge",
        ),
        Panel(
            "Messages a minute",
            "What customers and technicians wrote, the bot's words included",
            [Query(f"{rate('deskbus_accept_seconds_count')} * 60", "messages")],
        ),
    ],
)
MAILS: Final = Row(
    "Mail",
    [
        Panel(
            "Mails by outcome",
            "Tries in ten minutes: accepted by the mail server, tried again later, failed, or of unknown fate",
            [Query("sum by (state) (increase(deskbus_mail_tries_total[10m]))", "{{state}}")],
            stacked=True,
        ),
        Panel(
            "Mails in the time shown",
            "Tries to send a mail, by what became of them",
            [Query(f"sum by (state) (increase(deskbus_mail_tries_total{RANGE}))", "{{state}}")],
            kind="bargauge",
        ),
        Panel(
            "Mails that came in",
            "In ten minutes: kept, returned (one of ours came back), refused, tried again later, or failed for a fault "
            "of ours",
            [Query("sum by (outcome) (increase(deskbus_mail_received_total[10m]))", "{{outcome}}")],
            stacked=True,
        ),
    ],
)
DESK: Final = Dashboard(
    "deskbus-desk",
    "The desk",
    "Customers and technicians: the queue, how cases go, mail. Over the whole installation.",
    [NOW, QUEUE, CASES, MAILS],
)
