"""The pure rules."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.portal.domain import (
    ATTEMPTS_ALLOWED,
    ATTEMPTS_WINDOW,
    RENEWAL_GRACE,
    RESERVED,
    SESSION_KEPT,
    AdmissionKind,
    Session,
    SubdomainInvalid,
    SubdomainReserved,
    View,
    admits,
    attempts_id,
    checked_subdomain,
    conversation_of,
    first_attempt,
    hashed,
    skeleton,
    successor,
    view_of,
)

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
KEY = bytes(32)
WELL_FORMED = st.from_regex(r"[a-z0-9]([a-z0-9]|-(?!-)){1,38}[a-z0-9]", fullmatch=True)

# ---- subdomains ----------------------------------------------------------------------------------


@given(st.text(max_size=50))
def test_a_subdomain_is_refused_or_is_a_dns_label(text: str) -> None:
    try:
        subdomain = checked_subdomain(text)
    except (SubdomainInvalid, SubdomainReserved):
        return
    assert subdomain.isascii()
    assert 3 <= len(subdomain) <= 40
    assert subdomain == subdomain.lower()
    assert set(subdomain) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert "--" not in subdomain
    assert not subdomain.startswith("-")
    assert not subdomain.endswith("-")


@given(WELL_FORMED)
def test_a_well_formed_name_is_kept_as_it_is_unless_it_is_reserved(text: str) -> None:
    try:
        assert checked_subdomain(text) == text
    except SubdomainReserved:
        assert skeleton(text) in {skeleton(name) for name in RESERVED}


@given(WELL_FORMED)
def test_a_skeleton_is_its_own_skeleton(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


# Without n, r and v: a digit or hyphen could break or complete a pair that looks like one letter.
@given(st.text("abcdefghijklmopqstuwxyz", min_size=3, max_size=20), st.data())
def test_digits_and_hyphens_that_imitate_do_not_change_the_skeleton(
    name: str, data: st.DataObject
) -> None:
    fakes = {"o": "0", "l": "1", "i": "1", "z": "2", "e": "3", "a": "4", "s": "5", "b": "8"}
    fakes |= {"w": "vv", "m": "rn"}
    place = data.draw(st.integers(0, len(name) - 1))
    imitated = name[:place] + fakes.get(name[place], name[place]) + name[place + 1 :]
    hyphenated = name[:place] + "-" + name[place:]
    assert skeleton(imitated) == skeleton(hyphenated) == skeleton(name)


@pytest.mark.parametrize("text", ["dem0", "de-mo", "d3mo", "derno", "D E M O".replace(" ", "-")])
def test_look_alikes_of_demo_share_its_skeleton(text: str) -> None:
    assert skeleton(text.lower()) == skeleton("demo")


@pytest.mark.parametrize("text", ["acme", "demon", "dome", "studio54"])
def test_other_names_do_not_share_the_skeleton_of_demo(text: str) -> None:
    assert skeleton(text) != skeleton("demo")


@pytest.mark.parametrize("text", ["www", "c0nsole", "adm1n", "API", "log-in", "\uff41\uff50\uff49"])
def test_reserved_names_and_what_looks_like_them_are_refused(text: str) -> None:
    with pytest.raises(SubdomainReserved):
        checked_subdomain(text)


@pytest.mark.parametrize(
    "text", ["", "ab", "-demo", "demo-", "xn--demo", "de.mo", "dé", "\u0434emo", "a" * 41, "de mo"]
)
def test_what_is_no_subdomain_is_refused(text: str) -> None:
    with pytest.raises(SubdomainInvalid):
        checked_subdomain(text)


# ---- admission -----------------------------------------------------------------------------------


def test_the_view_follows_state_and_availability() -> None:
    assert view_of("active", anyone_available=True) == "chat"
    assert view_of("active", anyone_available=False) == "request"
    assert view_of("inactive", anyone_available=True) == "unavailable"
    assert view_of("inactive", anyone_available=False) == "unavailable"


@pytest.mark.parametrize(
    ("view", "kinds"),
    [("chat", {"live", "request"}), ("request", {"request"}), ("unavailable", set())],
)
def test_who_is_let_in_follows_the_view(view: View, kinds: set[AdmissionKind]) -> None:
    every: tuple[AdmissionKind, ...] = ("live", "request")
    assert {kind for kind in every if admits(view, kind)} == kinds


@given(st.uuids(), st.uuids())
def test_one_admission_is_one_conversation(one: object, other: object) -> None:
    assert conversation_of(str(one)) == conversation_of(str(one))
    assert (conversation_of(str(one)) == conversation_of(str(other))) == (one == other)


# ---- sessions ------------------------------------------------------------------------------------


def a_session(secret: str) -> Session:
    return Session("s", "t", "p", hashed(secret), None, NOW, NOW, NOW + SESSION_KEPT)


@given(st.lists(st.integers(min_value=0, max_value=29 * 86_400), max_size=6))
def test_a_session_lives_as_long_as_its_newest_secret_is_used(pauses: list[int]) -> None:
    session, secret, now = a_session("first"), "first", NOW
    for seconds in pauses:
        now += timedelta(seconds=seconds)
        assert session.standing(secret, now) == "current"
        session, secret = session.renewed(secret, KEY, now), successor(secret, KEY)
    assert session.standing(secret, now) == "current"
    assert session.standing(secret, now + SESSION_KEPT) == "unknown"


def test_two_tabs_that_renew_at_once_are_given_the_same_secret() -> None:
    session = a_session("first").renewed("first", KEY, NOW)
    assert session.standing("first", NOW + RENEWAL_GRACE / 2) == "grace"
    assert session.standing(successor("first", KEY), NOW) == "current"


def test_an_exchanged_secret_is_a_copy_after_the_grace() -> None:
    session = a_session("first").renewed("first", KEY, NOW)
    assert session.standing("first", NOW + RENEWAL_GRACE) == "copied"


def test_secrets_older_than_the_one_before_are_unknown() -> None:
    second = successor("first", KEY)
    session = a_session("first").renewed("first", KEY, NOW).renewed(second, KEY, NOW)
    assert session.standing("first", NOW) == "unknown"
    assert session.standing("", NOW) == "unknown"


def test_the_successor_needs_the_key() -> None:
    assert successor("first", KEY) != successor("first", b"\1" * 32)


# ---- attempts ------------------------------------------------------------------------------------


@given(st.lists(st.integers(min_value=0, max_value=400), min_size=1, max_size=40))
def test_no_window_ever_lets_more_attempts_through_than_allowed(pauses: list[int]) -> None:
    now, attempts, let_through = NOW, None, []
    for seconds in pauses:
        now += timedelta(seconds=seconds)
        if attempts and attempts.blocked(now):
            continue
        attempts = attempts.another(now) if attempts else first_attempt("id", now)
        let_through.append((attempts.expires_at, now))
    for window in {window for window, _ in let_through}:
        assert sum(1 for other, _ in let_through if other == window) <= ATTEMPTS_ALLOWED


def test_after_the_window_attempts_begin_anew() -> None:
    attempts = first_attempt("id", NOW)
    for _ in range(ATTEMPTS_ALLOWED - 1):
        assert attempts.blocked(NOW) is None
        attempts = attempts.another(NOW)
    assert attempts.blocked(NOW) == ATTEMPTS_WINDOW
    later = NOW + ATTEMPTS_WINDOW
    assert attempts.blocked(later) is None
    assert attempts.another(later).count == 1


def test_attempts_are_counted_under_a_name_that_tells_nothing() -> None:
    named = attempts_id("ada@demo.example", "127.0.0.1", KEY)
    assert "ada" not in named
    assert named != attempts_id("ada@demo.example", "127.0.0.2", KEY)
    assert named != attempts_id("ada@demo.example", "127.0.0.1", b"\1" * 32)
