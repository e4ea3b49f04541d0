"""The account that an empty desk begins with, as the settings describe it: in a file, or field by field."""

from pathlib import Path

from pydantic import ValidationError

from chassis.errors import DeskbusError
from chassis.settings import PREFIX, SettingsError
from services.portal.domain import checked_subdomain
from services.portal.schemas import FirstAccount
from services.portal.settings import PortalSettings

_SETTING_OF = {
    "account": "FIRST_COMPANY",
    "company": "FIRST_COMPANY",
    "subdomain": "FIRST_PORTAL",
    "name": "FIRST_ADMIN_NAME",
    "email": "FIRST_ADMIN_EMAIL",
    "password": "FIRST_ADMIN_PASSWORD",
}


def wished_account(settings: PortalSettings) -> FirstAccount | None:
    """None when the settings name no first account. Raises `SettingsError` for one that cannot be."""
    if settings.first_account:
        return _from_file(settings.first_account)
    if settings.first_admin_email:
        return _from_fields(settings)
    return None


def _from_file(file: Path) -> FirstAccount:
    try:
        return FirstAccount.model_validate_json(file.read_bytes())
    except OSError as error:
        raise SettingsError(f"DESKBUS_FIRST_ACCOUNT names {file}, which cannot be read.") from error
    except ValidationError as error:
        places = sorted({".".join(map(str, detail["loc"])) for detail in error.errors()})
        raise SettingsError(
            f"{file}, named by DESKBUS_FIRST_ACCOUNT, cannot be used. See: {', '.join(places)}."
        ) from None


def _from_fields(settings: PortalSettings) -> FirstAccount:
    person = {
        "name": settings.first_admin_name,
        "email": settings.first_admin_email,
        "password": settings.first_admin_password.get_secret_value(),
        "role": "administrator",
    }
    portal = {"company": settings.first_company, "subdomain": settings.first_portal}
    wish = {"account": settings.first_company, "portals": [portal], "people": [person]}
    try:
        checked_subdomain(settings.first_portal)
        return FirstAccount.model_validate(wish)
    except DeskbusError as error:
        raise SettingsError(f"DESKBUS_FIRST_PORTAL cannot be used: {error}") from error
    except ValidationError as error:
        # Not the error's own text: it quotes what was given, and that may be the password.
        wrong = {str(detail["loc"][-1]): detail["msg"] for detail in error.errors()}
        raise SettingsError(
            "\n".join(
                f"{PREFIX}{_SETTING_OF[field]} cannot be used: {why}."
                for field, why in wrong.items()
            )
        ) from None
