"""The directory in memory is what portal said last, whatever is said again."""

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from chassis.clock import FakeClock
from chassis.directory import Directory, DirectoryLoading
from chassis.ids import new_id
from chassis.settings import Settings
from chassis.tokens import Identity, TokenSigner
from contracts.envelope import Actor
from contracts.portal import (
    AccountListed,
    DirectoryEntry,
    PortalListed,
    SigningKeyListed,
    TechnicianListed,
)

TENANT, COMPANY = new_id(), new_id()


def envelope(key: str, version: int = 1) -> dict[str, Any]:
    return {
        "id": new_id(),
        "time": datetime(2026, 1, 5, tzinfo=UTC),
        "tenant": TENANT,
        "key": key,
        "aggregate_version": version,
        "actor": Actor(kind="system", via="portal"),
        "correlation_id": new_id(),
    }


def technician(technician_id: str, version: int = 1, **changes: Any) -> TechnicianListed:
    values = {
        "technician_id": technician_id,
        "name": "Ana",
        "role": "technician",
        "companies": (COMPANY,),
        "available": True,
        "active": True,
        "not_before": None,
        **changes,
    }
    return TechnicianListed(**envelope(f"technician:{technician_id}", version), **values)


@pytest.fixture
def directory(settings: Settings) -> Directory:
    return Directory(settings)


def test_only_a_newer_version_replaces_what_is_known(directory: Directory) -> None:
    seen: list[DirectoryEntry] = []
    directory.on_change(seen.append)
    ana = new_id()
    for version, name in ((1, "Ana"), (3, "Ana Lima"), (2, "Anna"), (3, "Ana Lima")):
        directory.apply(technician(ana, version, name=name))
    known = directory.technician(ana)
    assert known is not None
    assert known.name == "Ana Lima"
    assert [entry.aggregate_version for entry in seen] == [1, 3]


def test_access_is_by_account_company_and_activity(directory: Directory) -> None:
    ana, ben, eva, max_ = (new_id() for _ in range(4))
    directory.apply(technician(ana))
    directory.apply(technician(ben, companies=()))
    directory.apply(technician(eva, active=False))
    directory.apply(technician(max_).model_copy(update={"tenant": new_id()}))
    found = directory.technicians_with_access(TENANT, COMPANY)
    assert [entry.technician_id for entry in found] == [ana]


@pytest.mark.parametrize(
    ("available", "hides", "sees"),
    [
        (True, None, True),
        (True, True, True),
        (True, False, True),
        (False, None, False),
        (False, True, False),
        (False, False, True),
    ],
)
def test_what_waits_is_for_the_available_unless_their_account_shows_it_to_all(
    directory: Directory, *, available: bool, hides: bool | None, sees: bool
) -> None:
    ana = new_id()
    directory.apply(technician(ana, available=available))
    if hides is not None:
        directory.apply(account(hide_incoming=hides))
    # Another account's choice is not ours.
    directory.apply(account(new_id(), hide_incoming=not hides))
    assert directory.sees_incoming(ana) is sees


def test_nobody_sees_what_waits_who_is_not_in_the_directory(directory: Directory) -> None:
    directory.apply(account(hide_incoming=False))
    assert not directory.sees_incoming(new_id())


def account(tenant: str = TENANT, *, hide_incoming: bool) -> AccountListed:
    known = envelope(f"account:{tenant}") | {"tenant": tenant}
    return AccountListed(**known, account_id=tenant, hide_incoming=hide_incoming)


def test_a_portal_is_found_by_its_subdomain_until_it_is_removed(directory: Directory) -> None:
    portal_id = new_id()
    portal = PortalListed(
        **envelope(f"portal:{portal_id}"),
        portal_id=portal_id,
        company_id=COMPANY,
        subdomain="acme",
        address="desk/p/acme",
        state="active",
        email="required",
        greeting="",
        survey=True,
        offer_after=120,
        grace=60,
    )
    directory.apply(portal)
    assert directory.portal_by_subdomain("acme") == directory.portal(portal_id) == portal
    directory.remove(portal.key)
    assert directory.portal_by_subdomain("acme") is None


def test_tokens_are_verified_by_the_listed_keys_once_loaded(directory: Directory) -> None:
    private, clock = Ed25519PrivateKey.generate(), FakeClock()
    raw = base64.urlsafe_b64encode(private.public_key().public_bytes_raw()).rstrip(b"=").decode()
    directory.apply(SigningKeyListed(**envelope("signing_key:k"), key_id="k", public_key=raw))
    ana = Identity(kind="technician", id=new_id(), tenant=TENANT, name="Ana")
    token, _ = TokenSigner(private, "k", clock).access(ana)
    verifier = directory.verifier(clock)
    with pytest.raises(DirectoryLoading):
        verifier.identity(token)
    directory.loaded = True
    assert verifier.identity(token).id == ana.id


def test_a_sign_out_reaches_the_verifier(directory: Directory) -> None:
    ana, moment = new_id(), datetime(2026, 1, 5, 9, tzinfo=UTC)
    assert directory.not_before(ana) is None
    directory.apply(technician(ana, not_before=moment))
    assert directory.not_before(ana) == moment
