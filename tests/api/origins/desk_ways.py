"""The ways by which sessions, portals, keys and settings change."""

import asyncio
import uuid
from datetime import UTC, datetime

import httpx

from chassis.mongo import Database
from services.portal.api import PLAIN_COOKIE
from services.portal.domain import RENEWAL_GRACE
from tests.api.origins.walk import ADA, TOMAS, Json, Walk
from tests.support.desk import PASSWORD
from tests.support.whole import Whole

FLAG = {"actions": [{"do": "flag"}]}


# ---- sessions ------------------------------------------------------------------------------------


def sessions(walk: Walk) -> None:
    """In and out, and with a secret that somebody else has copied. Nobody is signed in before."""
    enter = "POST /api/portal/session"
    named = {"email": TOMAS, "password": PASSWORD}
    walk.take(enter, "session.refused", body={**named, "password": "wrong" * 4}, status=401)
    first = _secret(walk.take(enter, "session.opened", body=named))
    walk.take("DELETE /api/portal/session", "session.closed", cookie=first)
    # What is known of Tomás ends with all of his sessions, so it is Ada whose secret is copied.
    walk.take(
        "DELETE /api/portal/session",
        "session.closed_everywhere",
        cookie=_secret(walk.take(enter, body=named)),
        query={"everywhere": True},
    )
    copied = _secret(walk.take(enter, body={**named, "email": ADA}))
    renew = "POST /api/portal/session/renew"
    walk.take(renew, cookie=copied)
    asyncio.run(_let_grace_pass(walk.desk, copied))
    walk.take(renew, "session.copied", cookie=copied, status=401)


def _secret(answer: httpx.Response) -> str:
    """The refresh cookie: `<session id>.<secret>`."""
    return str(answer.cookies[PLAIN_COOKIE])


async def _let_grace_pass(desk: Whole, cookie: str) -> None:
    """The session's last renewal is as long ago as the secret before it is borne with: nobody has to wait for it."""
    long_ago = {"$set": {"used_at": datetime.now(UTC) - RENEWAL_GRACE}}
    async with Database.connect(desk.mongo, f"{desk.prefix}_portal") as database:
        session = {"_id": cookie.partition(".")[0]}
        assert await database.collection("sessions").update_one(session, long_ago) == 1


# ---- portals and keys ----------------------------------------------------------------------------


def portals_and_keys(walk: Walk) -> None:
    """Of a company of the walk's own."""
    name = uuid.uuid4().hex[:8]
    body: Json = {"subdomain": name, "company_id": None, "company_name": name, "mail_address": ""}
    route = "POST /api/portal/company-portals"
    made = walk.take(route, "portal.created", "company.created", by=ADA, body=body).json()
    walk.portal = made["portal"]["id"]
    # Tokens name companies: an older one does not see the new portal.
    walk.sign_in()
    walk.take(
        "PUT /api/portal/company-portals/{portal_id}",
        "portal.changed",
        by=ADA,
        body={"subdomain": name, "state": "inactive", "mail_address": ""},
        at={"portal_id": walk.portal},
    )
    key = {"name": name, "scopes": ["cases:read"], "companies": [], "all_companies": True}
    made = walk.take("POST /api/portal/api-keys", "api_key.created", by=ADA, body=key).json()
    route = "POST /api/portal/api-keys/{key_id}/revoke"
    walk.take(route, "api_key.changed", by=ADA, at={"key_id": made["key"]["id"]})


def person_and_account(walk: Walk) -> None:
    """Whatever it was before, the second is a change."""
    route = "PUT /api/portal/me/availability"
    walk.take(route, body={"available": False})
    walk.take(route, "technician.changed", body={"available": True})
    route = "PATCH /api/portal/account"
    walk.take(route, by=ADA, body={"hide_incoming": True})
    walk.take(route, "account.changed", by=ADA, body={"hide_incoming": False})


# ---- settings ------------------------------------------------------------------------------------


def settings(walk: Walk) -> None:
    """Of the portal that was made just now where there is a choice, so that nothing of the others changes."""
    walk.until("known to cases", lambda: walk.portal in _portals(walk))
    snoozing = {"morning": "07:30", "weekday": 2, "reply_days": None}
    _put(walk, "cases/snoozing", "snoozing.changed", snoozing)
    _put(walk, "notify/ringing", "ringing.changed", {"seconds": 45, "times": 2})
    _assignment(walk)
    _service_levels(walk)
    _rules(walk)
    _macros(walk)


def _portals(walk: Walk) -> set[str]:
    return {it["id"] for it in walk.ask("GET", "/api/cases/rules/choices", by=ADA)["portals"]}


def _put(walk: Walk, path: str, action: str, body: Json, **at: str) -> None:
    walk.take(f"PUT /api/{path}", action, by=ADA, body=body, at=at)


def _assignment(walk: Walk) -> None:
    greta = walk.ask("GET", "/api/portal/me")["id"]
    place = "cases/assignment"
    _put(walk, f"{place}/capacity", "assignment.capacity_changed", {"chats": 7, "cases": 70})
    _put(
        walk,
        f"{place}/technicians/{{technician_id}}",
        "assignment.technician_changed",
        {"chats": 6, "cases": 60},
        technician_id=greta,
    )
    _put(
        walk,
        f"{place}/portals/{{portal_id}}",
        "assignment.switched",
        {"automatic": True},
        portal_id=walk.portal,
    )


def _service_levels(walk: Walk) -> None:
    level = "cases/service-levels/{portal_id}"
    body = {"targets": {"first_response": 30}, "hours": None}
    _put(walk, level, "sla.changed", body, portal_id=walk.portal)
    walk.take(f"DELETE /api/{level}", "sla.removed", by=ADA, at={"portal_id": walk.portal})


def _rules(walk: Walk) -> None:
    rules = "/api/cases/rules"
    rule = {"name": "Walk", "trigger": "opened", "minutes": 0, "conditions": [], **FLAG}
    for name in ("Before", "Walk"):
        body = {**rule, "name": name}
        made = walk.take(f"POST {rules}", "rule.created", by=ADA, body=body).json()["id"]
    order = {"ids": [it["id"] for it in reversed(walk.ask("GET", rules, by=ADA)["rules"])]}
    walk.take(f"POST {rules}/order", "rule.ordered", by=ADA, body=order)
    one, at = f"{rules}/{{rule_id}}", {"rule_id": made}
    walk.take(f"PUT {one}", "rule.changed", by=ADA, body={**rule, "name": "Walked"}, at=at)
    walk.take(f"POST {one}/switch", "rule.switched", by=ADA, body={"on": True}, at=at)
    walk.take(f"DELETE {one}", "rule.deleted", by=ADA, at=at)


def _macros(walk: Walk) -> None:
    macros = "/api/cases/macros"
    macro = {"name": "Walk", "shared": False, **FLAG}
    made = walk.take(f"POST {macros}", "macro.created", body=macro).json()["id"]
    one, at = f"{macros}/{{macro_id}}", {"macro_id": made}
    walk.take(f"PUT {one}", "macro.changed", body={**macro, "name": "Walked"}, at=at)
    walk.take(f"DELETE {one}", "macro.deleted", at=at)
