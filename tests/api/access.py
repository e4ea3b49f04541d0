"""Who may call what: a row for each route of each service. A route without a row fails the test beside this.

A row says what kind of thing the route is about; from that follows what each kind of stranger is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Actor = Literal[
    "nobody", "own_customer", "other_customer", "requester", "technician", "elsewhere", "stranger", "key", "key_elsewhere",
    "administering",
]  # fmt: skip
Expected = int | Literal["good", "nothing"]
"""A status; or an answer that is no refusal; or a good one that holds nothing of the account's case."""

# A key with the scopes of the account and no other: what it administers is named below, all else is closed to it.
_NO_PERSON: dict[Actor, Expected] = {"nobody": 401, "administering": 403}
_NO_CUSTOMERS: dict[Actor, Expected] = {"own_customer": 401, "other_customer": 401}
_STRANGERS: dict[Actor, Expected] = {"elsewhere": 404, "stranger": 404}
_KEYS: dict[Actor, Expected] = {"key": "good", "key_elsewhere": 404}
_NO_KEYS: dict[Actor, Expected] = {"key": 403, "key_elsewhere": 403}
_QUIET: dict[Actor, Expected] = {"elsewhere": "nothing", "stranger": "nothing"}

OPEN: Mapping[Actor, Expected] = {"nobody": "good"}
"""For everybody: whoever calls shows what they know in the body."""
OWN_CASE: Mapping[Actor, Expected] = {
    **_NO_PERSON, "other_customer": 404, "technician": 401, "stranger": 401, **_NO_KEYS,
    "own_customer": "good",
}  # fmt: skip
"""A customer's own conversation, and nobody else's."""
CONVERSATION: Mapping[Actor, Expected] = {
    **_NO_PERSON, "other_customer": 404, **_STRANGERS, **_KEYS, "technician": "good",
}  # fmt: skip
"""A conversation: its customer's, and that of technicians with access to the company."""
CASE: Mapping[Actor, Expected] = {
    **_NO_PERSON, **_NO_CUSTOMERS, **_STRANGERS, **_KEYS, "technician": "good",
}  # fmt: skip
"""A case: that of technicians with access to the company."""
TAKEN_CASE: Mapping[Actor, Expected] = {**CASE, "key": 422}
"""The same for what only a person can do."""
LIST: Mapping[Actor, Expected] = {
    **_NO_PERSON, **_NO_CUSTOMERS, **_QUIET, "key": "good",
    "key_elsewhere": "nothing", "technician": "good",
}  # fmt: skip
"""What there is of the caller's: others are shown nothing."""
ACCOUNT: Mapping[Actor, Expected] = {
    **_NO_PERSON, **_NO_CUSTOMERS, "stranger": "nothing", "key": "good",
    "technician": "good",
}  # fmt: skip
"""What all technicians of an account share."""
THING: Mapping[Actor, Expected] = {**ACCOUNT, "stranger": 422}
"""One thing that they share; that it is not the stranger's is told as that it is none to choose."""
ME: Mapping[Actor, Expected] = {
    **_NO_PERSON, **_NO_CUSTOMERS, "stranger": "nothing", **_NO_KEYS, "technician": "good",
}  # fmt: skip
"""The caller themselves."""
ENTRY: Mapping[Actor, Expected] = {**ME, "technician": 404, "elsewhere": 404, "stranger": 404}
"""A line of somebody's inbox: for everybody else there is none."""
OWN_THING: Mapping[Actor, Expected] = {**ACCOUNT, **_STRANGERS, "key": 404, "key_elsewhere": 404}
"""One thing of the caller's own, a key's too."""
ADMINISTRATION: Mapping[Actor, Expected] = {
    **_NO_PERSON, **_NO_CUSTOMERS, "technician": 403, "elsewhere": 403, "stranger": "nothing",
    **_NO_KEYS, "administering": "good",
}  # fmt: skip
"""For administrators of the account, and keys that administer it: a key of some companies never does."""
ADMINISTERED: Mapping[Actor, Expected] = {**ADMINISTRATION, "stranger": 404}
"""One thing of an account, for its administrators."""
IN_PERSON: Mapping[Actor, Expected] = {**ADMINISTRATION, "administering": 403}
"""For administrators who sit there themselves."""


@dataclass(frozen=True)
class Row:
    """What a route is about, and what is sent where the example of its description would not do."""

    who: Mapping[Actor, Expected]
    body: Mapping[str, Any] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    query: Mapping[str, str] = field(default_factory=dict)


def _case(who: Mapping[Actor, Expected] = CASE, **body: Any) -> Row:
    return Row(who, body)


SERVICES = ("portal", "chat", "cases", "notify", "transcripts")
_NO_LETTER: Mapping[Actor, Expected] = {**ADMINISTRATION, "stranger": 404, "administering": 404}


def _operations(service: str) -> dict[str, Row]:
    """The operations page of one service, and its dead letters."""
    at = f"/api/{service}/operations"
    return {
        f"GET {at}": Row({**ADMINISTRATION, "stranger": "good"}),
        f"GET {at}/dead-letters": Row(ADMINISTRATION),
        f"GET {at}/dead-letters/{{letter_id}}": Row(_NO_LETTER),
        f"POST {at}/replays": Row({**ADMINISTRATION, "stranger": "good"}),
        f"GET {at}/replays/{{replay_id}}": Row(_NO_LETTER),
    }


_RULE: Mapping[str, Any] = {
    "name": "Flags",
    "trigger": "opened",
    "minutes": 0,
    "conditions": [],
    "actions": [{"do": "flag"}],
}
_LEVEL: Mapping[str, Any] = {"targets": {"first_response": 30}, "hours": None}

ROWS: Mapping[str, Row] = {
    **{route: row for it in SERVICES for route, row in _operations(it).items()},
    "DELETE /api/cases/cases/{case_id}": Row(
        {**ADMINISTERED, "key": 403}, query={"state_version": "1"}
    ),
    "GET /api/cases/search": Row(LIST, query={"q": "invoice"}),
    "GET /api/cases/erasures": Row(ADMINISTRATION),
    # Nothing of theirs was deleted yet.
    "GET /api/cases/erasures/{case_id}": Row({**ADMINISTERED, "administering": 404}),
    "GET /api/cases/desk": Row(ADMINISTRATION, query={"since": "2026-01-01T00:00:00Z"}),
    "GET /api/cases/cases/{case_id}/technicians": Row(CASE),
    "GET /api/cases/snoozing": Row(ACCOUNT),
    "PUT /api/cases/snoozing": Row(
        ADMINISTRATION, {"morning": "09:00", "weekday": 0, "reply_days": None}
    ),
    "POST /api/cases/snoozing/trial": Row(
        ADMINISTRATION,
        {"times": {"morning": "08:00", "weekday": 1, "reply_days": 7}, "after": None},
    ),
    "GET /api/cases/assignment": Row(ADMINISTRATION),
    "PUT /api/cases/assignment/capacity": Row(ADMINISTRATION),
    "PUT /api/cases/assignment/portals/{portal_id}": Row(ADMINISTERED),
    "POST /api/cases/assignment/trial": Row(
        ADMINISTRATION, {"capacity": {"chats": 5, "cases": 50}, "after": None}
    ),
    "PUT /api/cases/assignment/technicians/{technician_id}": Row(ADMINISTERED),
    "POST /api/cases/assignment/portals/{portal_id}/trial": Row(ADMINISTERED, {"after": None}),
    "POST /api/cases/ringing/trial": Row(
        ADMINISTRATION,
        {
            "before": {"seconds": 60, "times": 3},
            "patience": {"seconds": 20, "times": 1},
            "after": None,
        },
    ),
    "GET /api/notify/ringing": Row(ADMINISTRATION),
    "PUT /api/notify/ringing": Row(ADMINISTRATION, {"seconds": 60, "times": 3}),
    "GET /api/portal/portals/{subdomain}": Row(OPEN),
    "POST /api/portal/portals/{subdomain}/admissions": Row(OPEN, {"email": "somebody@example.com"}),
    "POST /api/portal/customer/token": Row({"nobody": 404}),
    "POST /api/portal/session": Row({"nobody": 401}),
    "DELETE /api/portal/session": Row(OPEN),
    "POST /api/portal/session/renew": Row({"nobody": 401}),
    "GET /api/portal/sessions": Row(ME),
    "GET /api/portal/me": Row(ME),
    "PUT /api/portal/me/availability": Row(ME),
    "PUT /api/portal/me/sound": Row(ME),
    "GET /api/portal/technicians": Row(ACCOUNT),
    "PATCH /api/portal/account": Row(ADMINISTRATION),
    "GET /api/portal/company-portals": Row(ADMINISTRATION),
    "POST /api/portal/company-portals": Row(
        {**ADMINISTRATION, "stranger": 409},
        {
            "subdomain": "demo",
            "company_id": None,
            "company_name": "Another",
            "mail_address": "",
        },
    ),
    "PUT /api/portal/company-portals/{portal_id}": Row(
        ADMINISTERED, {"subdomain": "demo", "state": "active", "mail_address": ""}
    ),
    "GET /api/portal/subdomains/{subdomain}": Row({**ADMINISTRATION, "stranger": 409}),
    "GET /api/portal/api-keys": Row(ADMINISTRATION),
    "POST /api/portal/api-keys": Row({**IN_PERSON, "stranger": 422}),
    "POST /api/portal/api-keys/{key_id}/revoke": Row(ADMINISTERED),
    "GET /api/portal/audit": Row(ADMINISTRATION),
    "GET /api/portal/audit/export": Row(ADMINISTRATION),
    "POST /api/chat/conversations": Row({**OWN_CASE, "other_customer": 403}),
    "GET /api/chat/conversations/{conversation_id}": Row(CONVERSATION),
    "GET /api/chat/conversations/{conversation_id}/entries": Row(CONVERSATION),
    "GET /api/chat/conversations/{conversation_id}/past": Row(
        CONVERSATION, query={"at": "2030-01-01T00:00:00Z"}
    ),
    "POST /api/chat/conversations/{conversation_id}/messages": Row(CONVERSATION),
    "DELETE /api/chat/conversations/{conversation_id}/messages/{message_id}": Row(
        {**CASE, "technician": 403, "key": 403}
    ),
    "POST /api/chat/conversations/{conversation_id}/contact": Row(OWN_CASE),
    "POST /api/chat/conversations/{conversation_id}/end": Row(CONVERSATION),
    "GET /api/cases/cases": Row(LIST),
    "GET /api/cases/cases/{case_id}": Row(CASE),
    "GET /api/cases/cases/{case_id}/timeline": Row(CASE),
    "GET /api/cases/cases/{case_id}/past": Row(CASE),
    "GET /api/cases/cases/{case_id}/looks": Row(CASE),
    "POST /api/cases/cases/{case_id}/looks": Row({**CASE, **_NO_KEYS}),
    "GET /api/cases/cases/{case_id}/past/customer": Row(CASE),
    "POST /api/cases/many": Row(LIST, {"action": {"do": "flag"}}),
    "POST /api/cases/many/undo": Row(LIST),
    "POST /api/cases/cases/{case_id}/undo": _case(),
    "POST /api/cases/cases/{case_id}/assign": _case(TAKEN_CASE),
    "POST /api/cases/cases/{case_id}/resolve": _case(),
    "POST /api/cases/cases/{case_id}/reopen": _case(TAKEN_CASE),
    "POST /api/cases/cases/{case_id}/open": _case(TAKEN_CASE),
    "POST /api/cases/cases/{case_id}/pending": _case(),
    "POST /api/cases/cases/{case_id}/snooze": _case(),
    "POST /api/cases/cases/{case_id}/transfer": _case(to=None),
    "POST /api/cases/cases/{case_id}/label": _case(add=[]),
    "POST /api/cases/cases/{case_id}/title": _case(),
    "POST /api/cases/cases/{case_id}/priority": _case(),
    "POST /api/cases/cases/{case_id}/flag": _case(),
    "POST /api/cases/cases/{case_id}/mute": _case(),
    "POST /api/cases/cases/{case_id}/spam": _case(),
    "POST /api/cases/cases/{case_id}/note": _case(mentions=[]),
    "POST /api/cases/cases/{case_id}/mail": _case(subject="", text="It is on its way."),
    "POST /api/cases/cases/{case_id}/verify": _case(),
    "GET /api/cases/cases/{case_id}/related": Row(CASE),
    "POST /api/cases/cases": Row(
        {**THING, "elsewhere": 422, "key_elsewhere": 422},
        {"refers_to": None, "refers_from": None, "locale": "en"},
    ),
    # With itself, which is refused to who may; strangers are told nothing of it.
    "POST /api/cases/cases/{case_id}/merge": _case(
        {**CASE, "technician": 422, "key": 422}, into_state_version=1
    ),
    "POST /api/cases/cases/{case_id}/unmerge": _case(),
    "GET /api/cases/contacts": Row(LIST),
    "GET /api/cases/contacts/{contact_id}": Row(CASE),
    "GET /api/cases/contacts/{contact_id}/cases": Row(CASE),
    "DELETE /api/cases/contacts/{contact_id}": Row(ADMINISTERED),
    "PUT /api/cases/contacts/{contact_id}": Row(CASE),
    "POST /api/cases/contacts/{contact_id}/merge": Row(CASE, {"version": 1, "other_version": 1}),
    "GET /api/cases/rules": Row(ADMINISTRATION),
    "GET /api/cases/rules/choices": Row(ADMINISTRATION),
    "POST /api/cases/rules": Row(ADMINISTRATION, _RULE),
    "POST /api/cases/rules/order": Row(ADMINISTERED),
    "POST /api/cases/rules/trial": Row(ADMINISTRATION, {"rule": _RULE, "after": None}),
    "PUT /api/cases/rules/{rule_id}": Row(ADMINISTERED, _RULE),
    "POST /api/cases/rules/{rule_id}/switch": Row(ADMINISTERED),
    "DELETE /api/cases/rules/{rule_id}": Row(ADMINISTERED, path={"rule_id": "{doomed_rule_id}"}),
    "GET /api/cases/macros": Row(ACCOUNT),
    "POST /api/cases/macros": Row(ACCOUNT, {"shared": False}),
    "PUT /api/cases/macros/{macro_id}": Row(OWN_THING, {"shared": False}),
    "DELETE /api/cases/macros/{macro_id}": Row(OWN_THING, path={"macro_id": "{doomed_macro_id}"}),
    "POST /api/cases/cases/{case_id}/macro": _case({**CASE, "key": 404}),
    "GET /api/cases/filters": Row(ACCOUNT),
    "POST /api/cases/filters": Row(ACCOUNT, {"shared": False, "filter": {"flagged": True}}),
    "PUT /api/cases/filters/{filter_id}": Row(OWN_THING, {"shared": False, "filter": {}}),
    "DELETE /api/cases/filters/{filter_id}": Row(
        OWN_THING, path={"filter_id": "{doomed_filter_id}"}
    ),
    "GET /api/cases/service-levels": Row(ADMINISTRATION),
    "PUT /api/cases/service-levels/{portal_id}": Row(ADMINISTERED, _LEVEL),
    "DELETE /api/cases/service-levels/{portal_id}": Row(ADMINISTERED),
    "POST /api/cases/service-levels/preview": Row({**ADMINISTRATION, "stranger": "good"}, _LEVEL),
    "POST /api/cases/service-levels/{portal_id}/trial": Row(
        ADMINISTERED, {"level": _LEVEL, "after": None}
    ),
    "GET /api/cases/labels": Row(ACCOUNT),
    "POST /api/cases/labels": Row(ACCOUNT),
    "PUT /api/cases/labels/{label_id}": Row(THING, {"retired": False}),
    "POST /api/cases/requests": Row(
        {**OWN_CASE, "own_customer": 403, "other_customer": 403, "requester": "good"}
    ),
    "GET /api/cases/customer/{case_id}": Row(OWN_CASE),
    "POST /api/cases/cases/{case_id}/request": Row(OWN_CASE),
    "POST /api/cases/cases/{case_id}/survey": Row(OWN_CASE),
    "POST /api/cases/link": Row({"nobody": 403}),
    "POST /api/cases/link/survey": Row({"nobody": 403}),
    "GET /api/notify/mails/{mail_id}": Row(CONVERSATION),
    "GET /api/notify/cases/{case_id}/mails": Row(LIST),
    "GET /api/notify/cases/{case_id}/alerts": Row(LIST),
    "GET /api/notify/cases/{case_id}/received": Row(LIST),
    # There is none in the account: its own people are told the same as strangers.
    "GET /api/notify/received/{mail_id}/original": Row({**CASE, "technician": 404, "key": 404}),
    "GET /api/notify/received/{mail_id}/attachments/{place}": Row(
        {**CASE, "technician": 404, "key": 404}, path={"place": "0"}
    ),
    "GET /api/notify/inbox": Row({**ME, "elsewhere": "nothing"}),
    "POST /api/notify/inbox/read": Row(ME, {"through": None}),
    "PUT /api/notify/inbox/{entry_id}": Row(ENTRY),
    "DELETE /api/notify/inbox/{entry_id}": Row(ENTRY),
    "GET /api/transcripts/conversations/{conversation_id}.{form}": Row(CONVERSATION),
    "POST /api/transcripts/conversations/{conversation_id}/mails": Row(
        CONVERSATION, {"to": "customer", "address": None, "through": 0}
    ),
}
