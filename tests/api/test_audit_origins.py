"""Every action of the audit log says from where it was done, over every route that leads to it (X15)."""

import time
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest

from services.portal.api import PLAIN_COOKIE
from services.portal.domain import RENEWAL_GRACE
from tests.api.audited import READING, ROUTES
from tests.support.desk import PASSWORD
from tests.support.ready import LOOK_SECONDS
from tests.support.whole import Client, Visit, Whole, begin_chat

pytestmark = [pytest.mark.mongo, pytest.mark.tansu, pytest.mark.timeout(600)]
HERE = "127.0.0.7"
"""Where the walk comes from; everybody else is at 127.0.0.1."""
ADA, GRETA, TOMAS = "ada@example.com", "greta@example.com", "tomas@example.com"
SECONDS = 60.0
Json = dict[str, Any]


@dataclass
class Walk:
    """Goes every way by which the staff changes something, each under a browser's name of its own."""

    desk: Whole
    people: Client
    """Who prepares what the walk finds: not from here."""
    done: list[tuple[str, str, str]] = field(default_factory=list)
    """The route, an action that it leads to, and the browser's name."""

    def __post_init__(self) -> None:
        transport = httpx.HTTPTransport(local_address=HERE)
        self.http = httpx.Client(transport=transport, base_url=self.desk.address, timeout=30)
        self.portal, self.tokens = "", dict[str, str]()

    def take(  # noqa: PLR0913 - a request
        self,
        route: str,
        *actions: str,
        by: str = GRETA,
        body: Json | None = None,
        cookie: str = "",
        status: int = 0,
        query: Json | None = None,
        at: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Go one way, which leads to these actions; it succeeds unless a status is named."""
        method, _, path = route.partition(" ")
        for name, value in (at or {}).items():
            path = path.replace("{" + name + "}", value)
        browser = f"walk {len(self.done)}"
        headers = {"user-agent": browser}
        if by in self.tokens:
            headers["authorization"] = f"Bearer {self.tokens[by]}"
        if cookie:
            headers["cookie"] = f"{PLAIN_COOKIE}={cookie}"
        answer = self.http.request(method, path, headers=headers, params=query, json=body)
        self.http.cookies.clear()
        assert answer.status_code == status if status else answer.is_success, (route, answer.text)
        self.done += [(route, action, browser) for action in actions]
        return answer

    def sign_in(self) -> None:
        self.tokens = {email: self.people.sign_in(email) for email in (ADA, GRETA)}

    def case(self, case_id: str) -> Json:
        path = f"/api/cases/cases/{case_id}"
        found: Json = self.people.until("GET", path, self.tokens[GRETA]).json()
        return found

    def act(self, case_id: str, do: str, *actions: str, **said: Any) -> Json:
        """Do something to a case as it is now; the case afterwards."""
        body = {"state_version": self.case(case_id)["state_version"], **said}
        return self.mark(case_id, do, *actions, **body)

    def mark(self, case_id: str, do: str, *actions: str, **body: Any) -> Json:
        """What outdates no decision."""
        route = f"POST /api/cases/cases/{{case_id}}/{do}"
        found: Json = self.take(route, *actions, body=body, at={"case_id": case_id}).json()
        return found

    def chat(self) -> Visit:
        """A live chat that cases knows."""
        chat = begin_chat(self.people)
        self.case(chat.conversation)
        return chat

    def ended(self) -> str:
        """A chat that its customer has ended."""
        chat = self.chat()
        path = f"/api/chat/conversations/{chat.conversation}/end"
        body = {"client_id": str(uuid.uuid4())}
        self.people.ask("POST", path, chat.token, json=body).raise_for_status()
        self.until("it is over", lambda: not self.case(chat.conversation)["live"])
        return chat.conversation

    def until(self, what: str, wanted: Any) -> None:
        deadline = time.monotonic() + SECONDS
        while not wanted():
            assert time.monotonic() < deadline, what
            time.sleep(LOOK_SECONDS)


@pytest.fixture
def walk(desk: Whole) -> Iterator[Walk]:
    people = Client(desk)
    walk = Walk(desk, people)
    yield walk
    walk.http.close()
    people.http.close()


def test_from_where_it_was_done_is_told_of_every_action(walk: Walk) -> None:
    copied, at = sessions(walk)
    walk.sign_in()
    portals_and_keys(walk)
    walk.sign_in()
    settings(walk)
    conversation = messages_and_transcripts(walk)
    states(walk, conversation)
    marks(walk, conversation)
    many(walk)
    merges(walk)
    contacts(walk)
    removals(walk)
    time.sleep(max(0, at + RENEWAL_GRACE.total_seconds() + 1 - time.monotonic()))
    walk.take("POST /api/portal/session/renew", "session.copied", cookie=copied, status=401)

    tables = {**ROUTES, **READING}
    every = {
        (r, action) for r, them in tables.items() if not isinstance(them, str) for action in them
    }
    assert {(route, action) for route, action, _ in walk.done} == every
    lines: dict[tuple[str, str], Json] = {}

    def missing() -> list[tuple[str, str, str]]:
        for line in written(walk):
            lines[line["action"], line["user_agent"]] = line
        return [step for step in walk.done if step[1:] not in lines]

    try:
        walk.until("all is told", lambda: not missing())
    finally:
        assert missing() == []
    elsewhere = [step for step in walk.done if lines[step[1:]]["address"] != HERE]
    assert elsewhere == []


def written(walk: Walk) -> Iterator[Json]:
    """The audit log, the newest first."""
    after: str | None = None
    while True:
        query = {"limit": 200, **({"after": after} if after else {})}
        answer = walk.people.ask("GET", "/api/portal/audit", walk.tokens[ADA], params=query)
        page = answer.raise_for_status().json()
        yield from page["entries"]
        after = page["next"]
        if after is None:
            return


# ---- the ways ------------------------------------------------------------------------------------


def sessions(walk: Walk) -> tuple[str, float]:
    """In and out; and a secret that somebody else will have copied, with when it was exchanged."""
    enter = "POST /api/portal/session"
    named = {"email": TOMAS, "password": PASSWORD}
    walk.take(enter, "session.refused", body={**named, "password": "wrong" * 4}, status=401)

    def secret(answer: httpx.Response) -> str:
        return str(answer.cookies[PLAIN_COOKIE])

    first = secret(walk.take(enter, "session.opened", body=named))
    walk.take("DELETE /api/portal/session", "session.closed", cookie=first)
    # What is known of Tomás ends with all of his sessions, so it is Ada whose secret is copied.
    walk.take(
        "DELETE /api/portal/session",
        "session.closed_everywhere",
        cookie=secret(walk.take(enter, body=named)),
        query={"everywhere": True},
    )
    copied = secret(walk.take(enter, body={**named, "email": ADA}))
    walk.take("POST /api/portal/session/renew", cookie=copied)
    return copied, time.monotonic()


def portals_and_keys(walk: Walk) -> None:
    route = "PUT /api/portal/me/availability"
    walk.take(route, body={"available": False})
    walk.take(route, "technician.changed", body={"available": True})
    name = uuid.uuid4().hex[:8]
    body: Json = {"subdomain": name, "company_id": None, "company_name": name, "mail_address": ""}
    route = "POST /api/portal/company-portals"
    made = walk.take(route, "portal.created", "company.created", by=ADA, body=body).json()
    walk.sign_in()
    walk.portal = made["portal"]["id"]
    walk.take(
        "PUT /api/portal/company-portals/{portal_id}",
        "portal.changed",
        by=ADA,
        body={"subdomain": name, "state": "inactive", "mail_address": ""},
        at={"portal_id": walk.portal},
    )
    # Whatever it was before, the second is a change.
    route = "PATCH /api/portal/account"
    walk.take(route, by=ADA, body={"hide_incoming": True})
    walk.take(route, "account.changed", by=ADA, body={"hide_incoming": False})
    key = {"name": name, "scopes": ["cases:read"], "companies": [], "all_companies": True}
    made = walk.take("POST /api/portal/api-keys", "api_key.created", by=ADA, body=key).json()
    route = "POST /api/portal/api-keys/{key_id}/revoke"
    walk.take(route, "api_key.changed", by=ADA, at={"key_id": made["key"]["id"]})


def settings(walk: Walk) -> None:
    """Of the portal that was made just now, so that nothing of the others changes."""

    def put(path: str, action: str, body: Json, **at: str) -> None:
        walk.take(f"PUT /api/{path}", action, by=ADA, body=body, at=at)

    portal, greta = walk.portal, walk.people.ask("GET", "/api/portal/me", walk.tokens[GRETA]).json()
    level = "cases/service-levels/{portal_id}"
    walk.people.until("GET", "/api/cases/service-levels", walk.tokens[ADA])
    morning = {"morning": "07:30", "weekday": 2, "reply_days": None}
    put("cases/snoozing", "snoozing.changed", morning)
    put("notify/ringing", "ringing.changed", {"seconds": 45, "times": 2})
    put("cases/assignment/capacity", "assignment.capacity_changed", {"chats": 7, "cases": 70})
    mine = {"chats": 6, "cases": 60}
    place = "cases/assignment/technicians/{technician_id}"
    put(place, "assignment.technician_changed", mine, technician_id=greta["id"])
    place = "cases/assignment/portals/{portal_id}"
    put(place, "assignment.switched", {"automatic": True}, portal_id=portal)
    put(level, "sla.changed", {"targets": {"first_response": 30}, "hours": None}, portal_id=portal)
    walk.take(f"DELETE /api/{level}", "sla.removed", by=ADA, at={"portal_id": portal})

    flag = {"actions": [{"do": "flag"}]}
    rule = {"name": "Walk", "trigger": "opened", "minutes": 0, "conditions": [], **flag}
    for name in ("Before", "Walk"):
        body = {**rule, "name": name}
        made = walk.take("POST /api/cases/rules", "rule.created", by=ADA, body=body).json()["id"]
    kept = walk.people.ask("GET", "/api/cases/rules", walk.tokens[ADA]).json()["rules"]
    order = {"ids": [it["id"] for it in reversed(kept)]}
    walk.take("POST /api/cases/rules/order", "rule.ordered", by=ADA, body=order)
    one = "/api/cases/rules/{rule_id}"
    put(one.removeprefix("/api/"), "rule.changed", {**rule, "name": "Walked"}, rule_id=made)
    walk.take(
        f"POST {one}/switch", "rule.switched", by=ADA, body={"on": True}, at={"rule_id": made}
    )
    walk.take(f"DELETE {one}", "rule.deleted", by=ADA, at={"rule_id": made})

    macro = {"name": "Walk", "shared": False, **flag}
    made = walk.take("POST /api/cases/macros", "macro.created", body=macro).json()["id"]
    one, other = "/api/cases/macros/{macro_id}", {**macro, "name": "Walked"}
    walk.take(f"PUT {one}", "macro.changed", body=other, at={"macro_id": made})
    walk.take(f"DELETE {one}", "macro.deleted", at={"macro_id": made})


def messages_and_transcripts(walk: Walk) -> str:
    """A conversation in which the technician takes back what they said."""
    chat = walk.chat()
    messages = "/api/chat/conversations/{conversation_id}/messages"
    here = {"conversation_id": chat.conversation}
    said = {"client_id": str(uuid.uuid4()), "text": "Let me see."}
    message = walk.take(f"POST {messages}", body=said, at=here).json()["id"]
    walk.take(
        f"DELETE {messages}/{{message_id}}",
        "conversation.message_deleted",
        at={"message_id": message, **here},
    )
    order = {"to": "customer", "request_id": str(uuid.uuid4()), "time_zone": "UTC", "through": 0}
    transcript = f"/api/transcripts/conversations/{chat.conversation}.txt"
    walk.people.until("GET", transcript, walk.tokens[GRETA])
    mails = "POST /api/transcripts/conversations/{conversation_id}/mails"
    walk.take(mails, "transcript.sent", body=order, at=here)
    route = "GET /api/transcripts/conversations/{conversation_id}.{form}"
    walk.take(route, "transcript.downloaded", at={"form": "txt", **here})
    walk.take("GET /api/portal/audit/export", "audit.exported", by=ADA)
    return chat.conversation


def states(walk: Walk, case_id: str) -> None:
    tomas = next(
        it["id"]
        for it in walk.people.ask("GET", "/api/portal/technicians", walk.tokens[GRETA]).json()[
            "technicians"
        ]
        if it["name"].startswith("Tom")
    )
    walk.act(case_id, "assign", "case.assigned")
    given = walk.act(case_id, "transfer", "case.transferred", to=tomas)
    walk.mark(case_id, "undo", "case.restored", version=given["version"])
    walk.act(case_id, "snooze", "case.snoozed", until="reply")
    walk.act(case_id, "open", "case.woken")
    walk.act(case_id, "pending", "case.pending")
    walk.act(case_id, "open", "case.assigned")
    walk.act(case_id, "mail", "case.followed_up", client_id=str(uuid.uuid4()), text="Soon.")
    walk.act(case_id, "resolve", "case.resolved")
    walk.act(case_id, "reopen", "case.reopened")


def marks(walk: Walk, case_id: str) -> None:
    label = {"title": uuid.uuid4().hex[:8], "colour": "grey"}
    made = walk.take("POST /api/cases/labels", "label.created", body=label).json()["id"]
    route, other = "PUT /api/cases/labels/{label_id}", {**label, "colour": "red", "retired": False}
    walk.take(route, "label.changed", body=other, at={"label_id": made})
    walk.mark(case_id, "label", "case.labelled", add=[made])
    for do, said in (
        ("title", {"title": "A walk"}),
        ("priority", {"priority": "high"}),
        ("flag", {"flagged": True}),
        ("mute", {"muted": True}),
    ):
        walk.mark(case_id, do, "case.edited", **said)
    walk.mark(case_id, "note", "case.noted", client_id=str(uuid.uuid4()), text="Walked by.")
    walk.mark(case_id, "verify", "case.contact_linked", verified=True)
    macro = {
        "name": uuid.uuid4().hex,
        "shared": False,
        "actions": [{"do": "flag", "flagged": False}],
    }
    made = walk.people.ask("POST", "/api/cases/macros", walk.tokens[GRETA], json=macro).json()["id"]
    walk.act(case_id, "macro", "case.macro_applied", macro=made, client_id=str(uuid.uuid4()))


def many(walk: Walk) -> None:
    case_id = walk.chat().conversation
    label = {"title": uuid.uuid4().hex[:8], "colour": "grey"}
    made = walk.people.ask("POST", "/api/cases/labels", walk.tokens[GRETA], json=label).json()["id"]
    for action, it in (
        ("case.edited", {"do": "flag", "flagged": True}),
        ("case.labelled", {"do": "label", "add": [made]}),
        ("case.assigned", {"do": "assign"}),
    ):
        cases = [{"id": case_id, "state_version": walk.case(case_id)["state_version"]}]
        body = {"cases": cases, "action": it, "client_id": str(uuid.uuid4())}
        (result,) = walk.take("POST /api/cases/many", action, body=body).json()["results"]
    changes = {"changes": [{"id": case_id, "version": result["version"]}]}
    walk.take("POST /api/cases/many/undo", "case.restored", body=changes)


def merges(walk: Walk) -> None:
    """A case that is open, into one that is done, which comes back by it."""
    source, target = walk.ended(), walk.ended()
    path = f"/api/cases/cases/{target}/resolve"
    version = {"state_version": walk.case(target)["state_version"]}
    walk.people.ask("POST", path, walk.tokens[GRETA], json=version).raise_for_status()
    walk.act(
        source,
        "merge",
        *("case.merged", "case.absorbed", "case.reopened"),
        into=target,
        into_state_version=walk.case(target)["state_version"],
    )
    walk.act(source, "unmerge", "case.unmerged", "case.released")


def contacts(walk: Walk) -> None:
    """Two that were met by a call, of which one becomes part of the other and then goes with all of its cases."""
    chat = walk.chat()
    portal = walk.case(chat.conversation)["portal"]["id"]

    def called(*actions: str, **more: Any) -> Json:
        customer = {"first_name": "Bo", "last_name": "", "email": f"{uuid.uuid4().hex}@example.com"}
        body = {"type": "call", "portal_id": portal, "customer": customer, "problem": "It rang."}
        body |= {"client_id": str(uuid.uuid4()), "locale": "en", **more}
        made = walk.take("POST /api/cases/cases", *actions, body=body).json()
        return walk.case(made["id"])

    refers = {"refers_to": chat.conversation, "refers_from": chat.message}
    called("case.split", **refers)
    one, other = called("case.opened")["contact_id"], called("case.opened")["contact_id"]
    bo = {"first_name": "Bo", "last_name": "Walker", "organisation": "", "phone": "", "note": ""}
    place = f"/api/cases/contacts/{one}"
    found = walk.people.ask("GET", place, walk.tokens[GRETA]).json()
    body = {**bo, "emails": found["emails"], "version": found["version"]}
    route = "PUT /api/cases/contacts/{contact_id}"
    changed = walk.take(route, "contact.changed", body=body, at={"contact_id": one}).json()
    known = walk.people.ask("GET", f"/api/cases/contacts/{other}", walk.tokens[GRETA]).json()
    body = {"version": changed["version"], "other": other, "other_version": known["version"]}
    route = "POST /api/cases/contacts/{contact_id}/merge"
    walk.take(route, "contact.merged", body=body, at={"contact_id": one})
    route = "DELETE /api/cases/contacts/{contact_id}"
    walk.take(route, "case.deleted", by=ADA, at={"contact_id": one})


def removals(walk: Walk) -> None:
    spam = walk.chat().conversation
    walk.mark(spam, "spam", "case.edited", "case.resolved", spam=True)
    over = walk.chat().conversation
    walk.take(
        "POST /api/chat/conversations/{conversation_id}/end",
        "case.chat_ended",
        body={"client_id": str(uuid.uuid4())},
        at={"conversation_id": over},
    )
    walk.until("it is over", lambda: not walk.case(over)["live"])
    version = {"state_version": walk.case(over)["state_version"]}
    route = "DELETE /api/cases/cases/{case_id}"
    walk.take(route, "case.deleted", by=ADA, query=version, at={"case_id": over})
