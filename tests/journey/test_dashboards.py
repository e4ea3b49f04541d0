"""A desk at work, watched by Prometheus: every panel of both dashboards has something to show.

Here, because the desk of the journeys is started already. No browser is used: people speak with its
endpoints, as pages do.
"""

import json
import secrets
import smtplib
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.sync.client import ClientConnection, connect

from deploy.grafana.desk import DESK
from deploy.grafana.machine import MACHINE
from tests.journey.conftest import RunningDesk, make_available
from tests.support.prometheus import Prometheus, scraping, until

pytestmark = [pytest.mark.browser, pytest.mark.prometheus]

IN_TEST = {"$__rate_interval": "1m", "$__range": "5m"}
"""What Grafana would put there for the time that is shown."""


@dataclass
class Person:
    """Somebody at the desk, with a token and a socket."""

    desk: RunningDesk
    token: str

    def ask(self, method: str, path: str, body: Any = None) -> httpx.Response:
        headers = {"authorization": f"Bearer {self.token}"}
        url = f"{self.desk.address}/api{path}"
        return httpx.request(method, url, json=body, headers=headers, timeout=30)

    @contextmanager
    def connected(self) -> Iterator[ClientConnection]:
        url = f"{self.desk.address.replace('http', 'ws')}/ws"
        with connect(url, compression=None) as socket:
            socket.send(json.dumps({"t": "auth", "token": self.token, "protocol": 1}))
            assert json.loads(socket.recv(30))["t"] == "ready"
            yield socket


def say(socket: ClientConnection, conversation: str, text: str) -> None:
    """Write a message, and wait until it is accepted and shown to its writer too."""
    socket.send(json.dumps({"t": "watch", "conversation": conversation}))
    while json.loads(socket.recv(30))["t"] != "entries":
        pass
    frame = {"t": "send", "conversation": conversation, "client_id": str(uuid.uuid4())}
    socket.send(json.dumps({**frame, "text": text}))
    wanted = {"ack", "entry"}
    while wanted:
        wanted.discard(json.loads(socket.recv(30))["t"])


def admitted(desk: RunningDesk, kind: str) -> tuple[Person, dict[str, Any]]:
    """A customer at the portal, and what redeems their ticket."""
    secret = secrets.token_urlsafe(32)
    form = {
        "kind": kind,
        "admission_id": str(uuid.uuid4()),
        "secret": secret,
        "first_name": "Dasha",
        "last_name": "Board",
        "email": f"dasha.{kind}@example.com",
        "locale": "en",
    }
    url = f"{desk.address}/api/portal/portals/demo/admissions"
    answer = httpx.post(url, json=form, timeout=30).raise_for_status().json()
    ticket = {"ticket": answer["ticket"], "secret": secret}
    return Person(desk, answer["access_token"]), {"id": answer["conversation_id"], **ticket}


def signed_in(desk: RunningDesk, who: str) -> Person:
    email, password = desk.passwords[who]
    url = f"{desk.address}/api/portal/session"
    answer = httpx.post(url, json={"email": email, "password": password}, timeout=30)
    return Person(desk, answer.raise_for_status().json()["access_token"])


def there(ask: Callable[[], httpx.Response]) -> Any:
    """The answer once there is one: what one service said takes its time to reach another."""
    until("an answer", lambda: ask().is_success)
    return ask().json()


def work_a_while(desk: RunningDesk) -> None:
    """A chat from its first word to its rating, a request with its mail, and a mistake."""
    make_available(desk)
    greta = signed_in(desk, "greta")
    cleo, entrance = admitted(desk, "live")
    conversation = entrance.pop("id")
    cleo.ask("POST", "/chat/conversations", entrance).raise_for_status()
    with cleo.connected() as customer, greta.connected() as technician:
        say(customer, conversation, "My printer is on fire")
        case = f"/cases/cases/{conversation}"
        act(greta, case, "assign")
        say(technician, conversation, "Hello, I am on my way")
        act(greta, case, "resolve")
    there(lambda: cleo.ask("POST", f"{case}/survey", {"rating": 5, "comment": ""}))
    dasha, order = admitted(desk, "request")
    del order["id"]
    dasha.ask("POST", "/cases/requests", {**order, "question": "When?"}).raise_for_status()
    bring_mail(desk)
    assert greta.ask("GET", f"/cases/cases/{uuid.uuid4()}").status_code == httpx.codes.NOT_FOUND


def bring_mail(desk: RunningDesk) -> None:
    message = EmailMessage()
    message["From"], message["To"] = "dasha.mail@example.com", "demo@deskbus.example"
    message.set_content("It still burns.")
    with smtplib.SMTP("127.0.0.1", desk.mail_port, timeout=20) as server:
        server.send_message(message)


def act(technician: Person, case: str, action: str) -> None:
    version = {"state_version": there(lambda: technician.ask("GET", case))["state_version"]}
    technician.ask("POST", f"{case}/{action}", version).raise_for_status()


def shown(prometheus: Prometheus) -> dict[str, str]:
    """Each panel that shows nothing, with the query that found nothing."""
    empty: dict[str, str] = {}
    for dashboard in (DESK, MACHINE):
        for panel in dashboard.panels():
            for query in panel.queries:
                expr = query.expr
                for variable, value in IN_TEST.items():
                    expr = expr.replace(variable, value)
                if not prometheus.query(expr):
                    empty[f"{dashboard.title}: {panel.title}"] = expr
    return empty


def test_every_panel_shows_something(desk: RunningDesk, tmp_path: Path) -> None:
    with scraping(tmp_path, f"127.0.0.1:{desk.port}") as prometheus:
        # Counted from here on: what rises between two looks is seen, what was there before is not.
        until("the desk is scraped", lambda: prometheus.query("deskbus_check_ok"))
        work_a_while(desk)
        with suppress(AssertionError):
            until("every panel shows something", lambda: not shown(prometheus))
        assert shown(prometheus) == {}
        faulty = [rule for rule in prometheus.rules() if rule["health"] != "ok"]
        assert prometheus.rules()
        assert faulty == []
        one_response = "sum(increase(deskbus_case_first_response_seconds_count[5m])) > 0"
        assert prometheus.query(one_response)
        assert prometheus.query('deskbus_technicians_available{job="deskbus"} > 0')
