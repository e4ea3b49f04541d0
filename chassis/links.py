"""Links that a mail carries: whoever opens one may know how a case is and say how it was, without signing in.

The token stands in the fragment, which a browser sends to nobody, so it gets into no server's log and
no referrer; the page exchanges it by POST. It does not expire: what it opens ends with the case.
"""

import base64
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV

from chassis.errors import DeskbusError
from chassis.purposes import purpose_key
from chassis.settings import Settings

PAGE: Final = "/c"
TOKEN_CHARACTERS: Final = 64
"""A tag of 16 bytes and two ids of 16, in base64url."""
_PURPOSE: Final = "links to cases"
_ID_BYTES: Final = 16


class LinkInvalid(DeskbusError):
    """The token is not one of ours: cut off, changed, or made for something else."""

    code = "link_invalid"
    status = 403
    text = "This link is not complete. Please open it from the mail once more."


@dataclass(frozen=True, slots=True)
class CaseRef:
    """The case that a link is about."""

    tenant: str
    case_id: str


class Links:
    """Makes and reads links. AES-SIV needs no nonce, so every link to a case is the same one."""

    def __init__(self, settings: Settings) -> None:
        self._page = f"{settings.public_url}{PAGE}"
        self._cipher = AESSIV(purpose_key(settings.secret_key(), _PURPOSE))

    def to_case(self, case: CaseRef) -> str:
        """The address of the case's page."""
        named = UUID(case.tenant).bytes + UUID(case.case_id).bytes
        token = base64.urlsafe_b64encode(self._cipher.encrypt(named, None))
        return f"{self._page}#{token.decode()}"

    def case_behind(self, token: str) -> CaseRef:
        """The case that a token was made for; raises `LinkInvalid`."""
        if len(token) != TOKEN_CHARACTERS:
            raise LinkInvalid
        try:
            named = self._cipher.decrypt(base64.b64decode(token, b"-_", validate=True), None)
        except (ValueError, InvalidTag) as error:
            raise LinkInvalid from error
        tenant, case_id = named[:_ID_BYTES], named[_ID_BYTES:]
        return CaseRef(str(UUID(bytes=tenant)), str(UUID(bytes=case_id)))
