"""The ways by which a case, its conversation and its contact change."""

import uuid
from typing import Any

from tests.api.origins.walk import ADA, Json, Walk


def messages_and_transcripts(walk: Walk) -> str:
    """A conversation in which the technician takes back what they said; its id."""
    chat = walk.chat()
    here = {"conversation_id": chat.conversation}
    messages = "/api/chat/conversations/{conversation_id}/messages"
    said = {"client_id": _new(), "text": "Let me see."}
    message = walk.take(f"POST {messages}", body=said, at=here).json()["id"]
    route = f"DELETE {messages}/{{message_id}}"
    walk.take(route, "conversation.message_deleted", at={"message_id": message, **here})

    transcript = f"/api/transcripts/conversations/{chat.conversation}.txt"
    walk.until("there", lambda: walk.is_there(transcript))
    order = {"to": "customer", "request_id": _new(), "time_zone": "UTC", "through": 0}
    route = "POST /api/transcripts/conversations/{conversation_id}/mails"
    walk.take(route, "transcript.sent", body=order, at=here)
    route = "GET /api/transcripts/conversations/{conversation_id}.{form}"
    walk.take(route, "transcript.downloaded", at={"form": "txt", **here})
    walk.take("GET /api/portal/audit/export", "audit.exported", by=ADA)
    return chat.conversation


def states(walk: Walk, case_id: str) -> None:
    """Through all of its states, and back by one."""
    everybody = walk.ask("GET", "/api/portal/technicians")["technicians"]
    tomas = next(it["id"] for it in everybody if it["name"].startswith("Tom"))
    walk.act(case_id, "assign", "case.assigned")
    given = walk.act(case_id, "transfer", "case.transferred", to=tomas)
    walk.mark(case_id, "undo", "case.restored", version=given["version"])
    walk.act(case_id, "snooze", "case.snoozed", until="reply")
    walk.act(case_id, "open", "case.woken")
    walk.act(case_id, "pending", "case.pending")
    walk.act(case_id, "open", "case.assigned")
    walk.act(case_id, "mail", "case.followed_up", client_id=_new(), text="Soon.")
    walk.act(case_id, "resolve", "case.resolved")
    walk.act(case_id, "reopen", "case.reopened")


def marks(walk: Walk, case_id: str) -> None:
    """What is put on a case, by hand and by a macro."""
    label = {"title": uuid.uuid4().hex[:8], "colour": "grey"}
    made = walk.take("POST /api/cases/labels", "label.created", body=label).json()["id"]
    other = {**label, "colour": "red", "retired": False}
    walk.take(
        "PUT /api/cases/labels/{label_id}", "label.changed", body=other, at={"label_id": made}
    )
    walk.mark(case_id, "label", "case.labelled", add=[made])
    walk.mark(case_id, "title", "case.edited", title="A walk")
    walk.mark(case_id, "priority", "case.edited", priority="high")
    walk.mark(case_id, "flag", "case.edited", flagged=True)
    walk.mark(case_id, "mute", "case.edited", muted=True)
    walk.mark(case_id, "note", "case.noted", client_id=_new(), text="Walked by.")
    walk.mark(case_id, "verify", "case.contact_linked", verified=True)

    unflag = [{"do": "flag", "flagged": False}]
    macro = {"name": uuid.uuid4().hex, "shared": False, "actions": unflag}
    kept = walk.ask("POST", "/api/cases/macros", macro)["id"]
    walk.act(case_id, "macro", "case.macro_applied", macro=kept, client_id=_new())


def many(walk: Walk) -> None:
    """The same on many cases, of which there is one."""
    case_id = walk.chat().conversation
    label = {"title": uuid.uuid4().hex[:8], "colour": "grey"}
    made = walk.ask("POST", "/api/cases/labels", label)["id"]
    for action, doing in (
        ("case.edited", {"do": "flag", "flagged": True}),
        ("case.labelled", {"do": "label", "add": [made]}),
        ("case.assigned", {"do": "assign"}),
    ):
        cases = [{"id": case_id, "state_version": walk.state_version(case_id)}]
        body = {"cases": cases, "action": doing, "client_id": _new()}
        (result,) = walk.take("POST /api/cases/many", action, body=body).json()["results"]
    changes = {"changes": [{"id": case_id, "version": result["version"]}]}
    walk.take("POST /api/cases/many/undo", "case.restored", body=changes)


def merges(walk: Walk) -> None:
    """A case that is open, into one that is done, which comes back by it."""
    source, target = walk.ended(), walk.ended()
    done = {"state_version": walk.state_version(target)}
    walk.ask("POST", f"/api/cases/cases/{target}/resolve", done)
    walk.act(
        source,
        "merge",
        *("case.merged", "case.absorbed", "case.reopened"),
        into=target,
        into_state_version=walk.state_version(target),
    )
    walk.act(source, "unmerge", "case.unmerged", "case.released")


def contacts(walk: Walk) -> None:
    """Two that were met by a call, of which one becomes part of the other and then goes with all of its cases."""
    chat = walk.chat()
    portal = walk.case(chat.conversation)["portal"]["id"]
    _called(walk, portal, "case.split", refers_to=chat.conversation, refers_from=chat.message)
    one = _called(walk, portal, "case.opened")["contact_id"]
    other = _called(walk, portal, "case.opened")["contact_id"]

    at = {"contact_id": one}
    found, known = (walk.ask("GET", f"/api/cases/contacts/{it}") for it in (one, other))
    bo = {"first_name": "Bo", "last_name": "Walker", "organisation": "", "phone": "", "note": ""}
    body = {**bo, "emails": found["emails"], "version": found["version"]}
    route = "PUT /api/cases/contacts/{contact_id}"
    changed = walk.take(route, "contact.changed", body=body, at=at).json()
    body = {"version": changed["version"], "other": other, "other_version": known["version"]}
    walk.take("POST /api/cases/contacts/{contact_id}/merge", "contact.merged", body=body, at=at)
    walk.take("DELETE /api/cases/contacts/{contact_id}", "case.deleted", by=ADA, at=at)


def _called(walk: Walk, portal: str, action: str, **more: Any) -> Json:
    """The case of somebody who called, and whom nobody knew."""
    customer = {"first_name": "Bo", "last_name": "", "email": f"{uuid.uuid4().hex}@example.com"}
    body = {
        "client_id": _new(),
        "type": "call",
        "portal_id": portal,
        "customer": customer,
        "locale": "en",
        "problem": "It rang.",
        **more,
    }
    made = walk.take("POST /api/cases/cases", action, body=body).json()
    return walk.case(made["id"])


def removals(walk: Walk) -> None:
    """What nobody wants to see, and what is deleted for good once its chat is over."""
    spam, over = walk.chat().conversation, walk.chat().conversation
    walk.mark(spam, "spam", "case.edited", "case.resolved", spam=True)
    route = "POST /api/chat/conversations/{conversation_id}/end"
    body = {"client_id": _new()}
    walk.take(route, "case.chat_ended", body=body, at={"conversation_id": over})
    walk.until_over(over)
    version = {"state_version": walk.state_version(over)}
    route = "DELETE /api/cases/cases/{case_id}"
    walk.take(route, "case.deleted", by=ADA, query=version, at={"case_id": over})


def _new() -> str:
    return str(uuid.uuid4())
