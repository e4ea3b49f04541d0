"""The first account, as settings describe it."""

import pytest
from pydantic import SecretStr

from chassis.settings import SettingsError
from services.portal.settings import PortalSettings
from services.portal.wished import wished_account

SECRET = "A" * 43 + "="


def settings(**fields: object) -> PortalSettings:
    given = {
        "kafka": "x:1",
        "mongo": "mongodb://x/",
        "secret": SECRET,
        "first_admin_email": "ada@example.com",
        "first_admin_password": SecretStr("correct horse"),
    }
    return PortalSettings.model_validate({**given, **fields})


def test_an_address_and_a_password_are_enough() -> None:
    wish = wished_account(settings())
    assert wish is not None
    assert wish.account == "My company"
    assert [(p.company, p.subdomain) for p in wish.portals] == [("My company", "desk")]
    person = wish.people[0]
    assert (person.email, person.password) == ("ada@example.com", "correct horse")
    assert (person.role, person.name) == ("administrator", "Administrator")


def test_without_an_address_there_is_no_first_account() -> None:
    assert wished_account(settings(first_admin_email="")) is None


@pytest.mark.parametrize(
    ("wrong", "setting"),
    [
        ({"first_admin_email": "nobody"}, "DESKBUS_FIRST_ADMIN_EMAIL"),
        ({"first_admin_password": SecretStr("")}, "DESKBUS_FIRST_ADMIN_PASSWORD"),
        ({"first_admin_name": "\n"}, "DESKBUS_FIRST_ADMIN_NAME"),
        ({"first_company": " "}, "DESKBUS_FIRST_COMPANY"),
        ({"first_portal": "support"}, "DESKBUS_FIRST_PORTAL"),
        ({"first_portal": "a b"}, "DESKBUS_FIRST_PORTAL"),
    ],
)
def test_what_cannot_be_is_told_by_the_settings_name(
    wrong: dict[str, object], setting: str
) -> None:
    with pytest.raises(SettingsError, match=f"^{setting} cannot be used: ") as told:
        wished_account(settings(**wrong))
    assert "correct horse" not in str(told.value)
