"""What of each route that changes something stands in the audit log, by its action; or why it does not."""

from collections.abc import Mapping

Audited = tuple[str, ...]

ROUTES: Mapping[str, Audited | str] = {
    "POST /api/portal/session": ("session.opened", "session.refused"),
    "DELETE /api/portal/session": ("session.closed", "session.closed_everywhere"),
    "POST /api/portal/session/renew": ("session.copied",),
    "PUT /api/portal/me/availability": ("technician.changed",),
    "PUT /api/portal/me/sound": "how somebody's own browser rings",
    "PATCH /api/portal/account": ("account.changed",),
    "POST /api/portal/company-portals": ("portal.created", "company.created"),
    "PUT /api/portal/company-portals/{portal_id}": ("portal.changed",),
    "POST /api/portal/api-keys": ("api_key.created",),
    "POST /api/portal/api-keys/{key_id}/revoke": ("api_key.changed",),
    "POST /api/chat/conversations/{conversation_id}/messages": "it stands in the conversation, under its author's name",
    "DELETE /api/chat/conversations/{conversation_id}/messages/{message_id}": (
        "conversation.message_deleted",
    ),
    "POST /api/chat/conversations/{conversation_id}/end": ("case.chat_ended",),
    "DELETE /api/cases/cases/{case_id}": ("case.deleted",),
    "POST /api/cases/many": ("case.assigned", "case.edited", "case.labelled"),
    **{
        f"POST /api/{service}/operations/replays": "the replay itself keeps who asked for it and when"
        for service in ("portal", "chat", "cases", "notify", "transcripts")
    },
    "POST /api/cases/cases/{case_id}/undo": ("case.restored",),
    "POST /api/cases/many/undo": ("case.restored",),
    "POST /api/cases/cases/{case_id}/assign": ("case.assigned",),
    "POST /api/cases/cases/{case_id}/resolve": ("case.resolved",),
    "POST /api/cases/cases/{case_id}/reopen": ("case.reopened",),
    "POST /api/cases/cases/{case_id}/open": ("case.woken", "case.assigned"),
    "POST /api/cases/cases/{case_id}/pending": ("case.pending",),
    "POST /api/cases/cases/{case_id}/snooze": ("case.snoozed",),
    "POST /api/cases/cases/{case_id}/transfer": ("case.transferred",),
    "POST /api/cases/cases/{case_id}/label": ("case.labelled",),
    "POST /api/cases/cases/{case_id}/title": ("case.edited",),
    "POST /api/cases/cases/{case_id}/priority": ("case.edited",),
    "POST /api/cases/cases/{case_id}/flag": ("case.edited",),
    "POST /api/cases/cases/{case_id}/mute": ("case.edited",),
    "POST /api/cases/cases/{case_id}/spam": ("case.edited", "case.resolved"),
    "POST /api/cases/cases/{case_id}/note": ("case.noted",),
    "POST /api/cases/cases/{case_id}/mail": ("case.followed_up",),
    "POST /api/cases/cases": ("case.opened", "case.split"),
    "POST /api/cases/cases/{case_id}/merge": ("case.merged", "case.absorbed", "case.reopened"),
    "POST /api/cases/cases/{case_id}/unmerge": ("case.unmerged", "case.released"),
    "POST /api/cases/cases/{case_id}/verify": ("case.contact_linked",),
    "DELETE /api/cases/contacts/{contact_id}": ("case.deleted",),
    "PUT /api/cases/contacts/{contact_id}": ("contact.changed",),
    "POST /api/cases/contacts/{contact_id}/merge": ("contact.merged",),
    "POST /api/cases/rules": ("rule.created",),
    "POST /api/cases/rules/order": ("rule.ordered",),
    "POST /api/cases/rules/trial": "it changes nothing",
    "PUT /api/cases/rules/{rule_id}": ("rule.changed",),
    "POST /api/cases/rules/{rule_id}/switch": ("rule.switched",),
    "DELETE /api/cases/rules/{rule_id}": ("rule.deleted",),
    "POST /api/cases/cases/{case_id}/looks": "that somebody looked at a case, which the case itself lists",
    "POST /api/notify/inbox/read": "what somebody has read of their own inbox",
    "PUT /api/notify/inbox/{entry_id}": "what somebody has read of their own inbox",
    "DELETE /api/notify/inbox/{entry_id}": "what somebody has read of their own inbox",
    "POST /api/cases/filters": "how somebody looks at lists",
    "PUT /api/cases/filters/{filter_id}": "how somebody looks at lists",
    "DELETE /api/cases/filters/{filter_id}": "how somebody looks at lists",
    "POST /api/cases/macros": ("macro.created",),
    "PUT /api/cases/macros/{macro_id}": ("macro.changed",),
    "DELETE /api/cases/macros/{macro_id}": ("macro.deleted",),
    "POST /api/cases/cases/{case_id}/macro": ("case.macro_applied",),
    "POST /api/cases/labels": ("label.created",),
    "PUT /api/cases/labels/{label_id}": ("label.changed",),
    "POST /api/cases/assignment/trial": "it changes nothing",
    "PUT /api/cases/assignment/capacity": ("assignment.capacity_changed",),
    "PUT /api/cases/assignment/portals/{portal_id}": ("assignment.switched",),
    "PUT /api/cases/assignment/technicians/{technician_id}": ("assignment.technician_changed",),
    "PUT /api/cases/service-levels/{portal_id}": ("sla.changed",),
    "DELETE /api/cases/service-levels/{portal_id}": ("sla.removed",),
    "POST /api/cases/service-levels/preview": "it changes nothing",
    "POST /api/cases/service-levels/{portal_id}/trial": "it changes nothing",
    "POST /api/transcripts/conversations/{conversation_id}/mails": ("transcript.sent",),
}
READING: Mapping[str, Audited] = {
    "GET /api/portal/audit/export": ("audit.exported",),
    "GET /api/transcripts/conversations/{conversation_id}.{form}": ("transcript.downloaded",),
}
"""Routes that change nothing and are noted all the same: what somebody took away."""
OTHERS: Audited = ("api_key.used", "technician.created", "company.created", "portal.created")
"""Actions that no one route leads to."""
