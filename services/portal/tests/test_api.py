"""The REST interface as browsers meet it, on a real MongoDB and the embedded broker."""

import asyncio
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from chassis.clock import FakeClock
from services.portal.api import PLAIN_COOKIE, SECURE_COOKIE
from services.portal.domain import ATTEMPTS_ALLOWED
from services.portal.settings import PortalSettings
from services.portal.tests.browsers import admit, become_available, browser, code, running, sign_in
from services.portal.tests.examples import ADMISSION, GRETA

pytestmark = [pytest.mark.mongo, pytest.mark.tansu]


# ---- sessions ------------------------------------------------------------------------------------


async def test_a_technician_signs_in_and_sees_themselves(client: httpx.AsyncClient) -> None:
    answer = await sign_in(client)
    body = answer.json()
    assert answer.status_code == 200
    assert body["technician"] == (await client.get("/api/portal/me")).json()
    company = body["technician"].pop("companies")[0]
    assert company["name"] == "Demo Ltd"
    assert company["portal"]["address"] == "127.0.0.1:8080/p/demo"
    del body["technician"]["id"]
    assert body["technician"] == {
        "name": "Greta Lind",
        "email": GRETA,
        "role": "technician",
        "account_name": "Demo",
        "hide_incoming": True,
        "away": None,
        "available": False,
        "sound": True,
    }


async def test_the_refresh_cookie_is_out_of_reach_for_scripts_and_other_sites(
    client: httpx.AsyncClient,
) -> None:
    cookie = (await sign_in(client)).headers["set-cookie"]
    assert cookie.startswith(f"{PLAIN_COOKIE}=")
    assert "HttpOnly" in cookie
    assert "samesite=strict" in cookie.lower()
    assert "Path=/" in cookie
    assert "Domain" not in cookie


async def test_over_https_the_cookie_is_bound_to_the_host(settings: PortalSettings) -> None:
    secure = settings.model_copy(update={"public_url": "https://desk.example"})
    async with running(secure) as app, browser(app, "https") as client:
        cookie = (await sign_in(client)).headers["set-cookie"]
        assert cookie.startswith(f"{SECURE_COOKIE}=")
        assert "Secure" in cookie
        assert (await client.post("/api/portal/session/renew")).is_success


async def test_a_reload_renews_the_session_by_the_cookie(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    before = client.cookies[PLAIN_COOKIE]
    answer = await client.post("/api/portal/session/renew")
    assert answer.json()["technician"]["name"] == "Greta Lind"
    assert client.cookies[PLAIN_COOKIE] != before


async def test_two_tabs_that_renew_at_once_both_go_on(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    answers = await asyncio.gather(*(client.post("/api/portal/session/renew") for _ in range(2)))
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].headers["set-cookie"] == answers[1].headers["set-cookie"]
    assert (await client.post("/api/portal/session/renew")).is_success


async def test_after_signing_out_the_cookie_is_gone_and_worth_nothing(
    client: httpx.AsyncClient,
) -> None:
    await sign_in(client)
    kept = client.cookies[PLAIN_COOKIE]
    assert (await client.delete("/api/portal/session")).status_code == 204
    assert PLAIN_COOKIE not in client.cookies
    client.cookies.set(PLAIN_COOKIE, kept)
    assert code(await client.post("/api/portal/session/renew")) == (401, "session_ended")


async def test_signing_out_everywhere_revokes_the_tokens_of_other_browsers(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    await sign_in(client)
    clock: FakeClock = app.state.runtime.clock
    clock.advance(1)
    async with browser(app) as other:
        await sign_in(other)
        listed = (await other.get("/api/portal/sessions")).json()["sessions"]
        assert len(listed) == 2
        clock.advance(1)
        answer = await other.delete("/api/portal/session", params={"everywhere": True})
        assert answer.status_code == 204
    assert code(await client.get("/api/portal/me")) == (401, "token_expired")
    assert code(await client.post("/api/portal/session/renew")) == (401, "session_ended")


async def test_signing_out_without_a_session_is_no_error(client: httpx.AsyncClient) -> None:
    assert (await client.delete("/api/portal/session")).status_code == 204


async def test_wrong_passwords_are_limited_with_the_time_to_come_back(
    app: FastAPI, client: httpx.AsyncClient
) -> None:
    answers = await asyncio.gather(*(sign_in(client, "wrong") for _ in range(ATTEMPTS_ALLOWED + 3)))
    codes = sorted(code(answer) for answer in answers)
    assert codes == [(401, "sign_in_failed")] * ATTEMPTS_ALLOWED + [(429, "too_many_attempts")] * 3
    refused = await sign_in(client)
    assert code(refused) == (429, "too_many_attempts")
    assert 0 < int(refused.headers["retry-after"]) <= 901
    async with browser(app, address="127.0.0.2") as elsewhere:
        assert (await sign_in(elsewhere)).is_success


@pytest.mark.parametrize(
    ("body", "field", "field_code"),
    [
        ({"email": "no address", "password": "x"}, "email", "invalid_email"),
        ({"email": GRETA}, "password", "required"),
        ({"email": GRETA, "password": "x" * 1025}, "password", "too_long"),
        ({"email": "a\x00@demo.example", "password": "x"}, "email", "control_characters"),
    ],
)
async def test_a_malformed_sign_in_names_the_field(
    client: httpx.AsyncClient, body: dict[str, str], field: str, field_code: str
) -> None:
    answer = await client.post("/api/portal/session", json=body)
    assert code(answer) == (422, "invalid_input")
    found = answer.json()["error"]["fields"]
    assert [(one["field"], one["code"]) for one in found] == [(field, field_code)]


# ---- technicians ---------------------------------------------------------------------------------


@pytest.mark.parametrize("token", [None, "Bearer forged", "Basic abc"])
async def test_without_a_good_token_nothing_is_shown_or_changed(
    client: httpx.AsyncClient, token: str | None
) -> None:
    headers = {"authorization": token} if token else {}
    answer = await client.put(
        "/api/portal/me/availability", json={"available": True}, headers=headers
    )
    assert code(answer) == (401, "token_invalid")


async def test_a_token_ends_after_ten_minutes(app: FastAPI, client: httpx.AsyncClient) -> None:
    await sign_in(client)
    app.state.runtime.clock.advance(600)
    assert code(await client.get("/api/portal/me")) == (401, "token_expired")


async def test_sound_is_kept(client: httpx.AsyncClient) -> None:
    await sign_in(client)
    await client.put("/api/portal/me/sound", json={"sound": False})
    assert (await client.get("/api/portal/me")).json()["sound"] is False


async def test_colleagues_are_listed_with_their_availability(client: httpx.AsyncClient) -> None:
    await become_available(client)
    listed = (await client.get("/api/portal/technicians")).json()["technicians"]
    assert [(one["name"], one["available"]) for one in listed] == [
        ("Ada Berg", False),
        ("Greta Lind", True),
        ("Tom Weiss", False),
    ]


# ---- customers -----------------------------------------------------------------------------------


async def test_a_customer_is_let_in_and_comes_back_with_the_secret(
    client: httpx.AsyncClient,
) -> None:
    await become_available(client)
    shown = (await client.get("/api/portal/portals/demo")).json()
    del shown["portal_id"]
    assert shown == {
        "subdomain": "demo",
        "address": "127.0.0.1:8080/p/demo",
        "company_name": "Demo Ltd",
        "state": "active",
        "view": "chat",
        "email": "required",
        "survey": True,
        "offer_after": 120,
        "greeting": "",
    }
    answer = await admit(client)
    assert answer.status_code == 201
    assert answer.headers["cache-control"] == "no-store"
    body = {"conversation_id": answer.json()["conversation_id"], "secret": ADMISSION["secret"]}
    renewed = await client.post("/api/portal/customer/token", json=body)
    assert set(renewed.json()) == {"access_token", "expires_at"}


async def test_many_clicks_at_once_are_one_conversation(client: httpx.AsyncClient) -> None:
    await become_available(client)
    answers = await asyncio.gather(*(admit(client) for _ in range(8)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["conversation_id"] for answer in answers}) == 1


async def test_without_anyone_available_no_chat_begins(client: httpx.AsyncClient) -> None:
    answer = await admit(client)
    assert code(answer) == (409, "portal_not_taking_chats")
    assert answer.json()["error"]["params"] == {"view": "request"}


async def test_without_anyone_available_a_request_is_taken(client: httpx.AsyncClient) -> None:
    answer = await admit(client, kind="request")
    assert answer.status_code == 201
    assert set(answer.json()) == {"conversation_id", "ticket", "access_token", "expires_at"}


async def test_a_customers_token_opens_nothing_of_staff(client: httpx.AsyncClient) -> None:
    await become_available(client)
    token = (await admit(client)).json()["access_token"]
    answer = await client.get("/api/portal/me", headers={"authorization": f"Bearer {token}"})
    assert code(answer) == (401, "token_invalid")


async def test_a_ticket_is_no_access_token(client: httpx.AsyncClient) -> None:
    await become_available(client)
    ticket = (await admit(client)).json()["ticket"]
    answer = await client.get("/api/portal/me", headers={"authorization": f"Bearer {ticket}"})
    assert code(answer) == (401, "token_invalid")


@pytest.mark.parametrize(
    ("changes", "field", "field_code"),
    [
        ({"email": "nope"}, "email", "invalid_email"),
        ({"email": ""}, "email", "required"),
        ({"kind": "call"}, "kind", "invalid"),
        ({"first_name": "  "}, "first_name", "required"),
        ({"last_name": "x" * 101}, "last_name", "too_long"),
        ({"first_name": "a\x07b"}, "first_name", "control_characters"),
        ({"secret": "short"}, "secret", "invalid"),
        ({"admission_id": "not-a-uuid"}, "admission_id", "invalid"),
        ({"is_admin": True}, "is_admin", "invalid"),
    ],
)
async def test_a_malformed_admission_names_the_field_and_admits_nobody(
    client: httpx.AsyncClient, changes: dict[str, Any], field: str, field_code: str
) -> None:
    await become_available(client)
    answer = await admit(client, **changes)
    assert code(answer) == (422, "invalid_input")
    found = answer.json()["error"]["fields"]
    assert [(one["field"], one["code"]) for one in found] == [(field, field_code)]


async def test_an_unknown_portal_is_said_so(client: httpx.AsyncClient) -> None:
    assert code(await client.get("/api/portal/portals/nobody")) == (404, "portal_unknown")
    assert code(await client.get("/api/portal/portals/%00")) == (404, "portal_unknown")
