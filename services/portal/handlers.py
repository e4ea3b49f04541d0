"""The index of portal's use cases: which function does what, and where it stands.

Portal has many small use cases, so each noun has a file, and this is what other services have at
the foot of theirs.
"""

from services.portal.accounts import change_account
from services.portal.api_keys import create_api_key, list_api_keys, revoke_api_key
from services.portal.audit import export_audit, read_audit
from services.portal.customers import admit, look_at_portal, renew_customer
from services.portal.founding import create_first_account, ensure_signing_key, republish
from services.portal.portals import add_portal, change_portal, check_subdomain, list_portals
from services.portal.sessions import list_sessions, renew_session, sign_in, sign_out
from services.portal.technicians import set_availability, set_sound, show_colleagues, show_me

__all__ = [  # noqa: RUF022 - by noun, and in the order in which they are met
    "look_at_portal",
    "admit",
    "renew_customer",
    "sign_in",
    "renew_session",
    "sign_out",
    "list_sessions",
    "show_me",
    "show_colleagues",
    "set_availability",
    "set_sound",
    "change_account",
    "list_portals",
    "check_subdomain",
    "add_portal",
    "change_portal",
    "list_api_keys",
    "create_api_key",
    "revoke_api_key",
    "read_audit",
    "export_audit",
    "ensure_signing_key",
    "create_first_account",
    "republish",
]
