"""A wrong setting is told in a sentence that says what to set."""

import base64

import pytest

from chassis.settings import Settings, SettingsError, refuse_unknown, setting_names

SECRET = base64.b64encode(bytes(32)).decode()


@pytest.fixture
def environment(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    monkeypatch.setenv("DESKBUS_KAFKA", "127.0.0.1:9092")
    monkeypatch.setenv("DESKBUS_MONGO", "mongodb://127.0.0.1")
    monkeypatch.setenv("DESKBUS_SECRET", SECRET)
    return monkeypatch


def test_settings_are_read_from_the_environment(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DESKBUS_EMBEDDED", "true")
    settings = Settings.load()
    assert settings.secret_key() == bytes(32)
    assert settings.database("chat") == "deskbus_chat"
    assert settings.accept_after == "stored"


def test_a_missing_setting_is_named_with_its_meaning(environment: pytest.MonkeyPatch) -> None:
    environment.delenv("DESKBUS_KAFKA")
    with pytest.raises(SettingsError, match=r"Set DESKBUS_KAFKA \(address of a Kafka broker"):
        Settings.load()


@pytest.mark.parametrize("secret", ["short", base64.b64encode(bytes(31)).decode(), "?" * 44])
def test_a_secret_of_the_wrong_form_is_refused_unseen(
    environment: pytest.MonkeyPatch, secret: str
) -> None:
    environment.setenv("DESKBUS_SECRET", secret)
    with pytest.raises(SettingsError, match="openssl rand") as caught:
        Settings.load()
    assert secret not in str(caught.value)


def test_the_secret_does_not_show(environment: pytest.MonkeyPatch) -> None:
    assert SECRET not in repr(Settings.load())


def test_every_wrong_setting_is_told_at_once(environment: pytest.MonkeyPatch) -> None:
    environment.setenv("DESKBUS_PORT", "http")
    environment.setenv("DESKBUS_LOG_FORMAT", "xml")
    with pytest.raises(SettingsError) as caught:
        Settings.load()
    assert "DESKBUS_PORT" in str(caught.value)
    assert "DESKBUS_LOG_FORMAT" in str(caught.value)


def test_a_misspelt_setting_is_recognised() -> None:
    with pytest.raises(SettingsError, match=r"Did you mean DESKBUS_MONGO\?"):
        refuse_unknown({"DESKBUS_MONGOO": "x", "PATH": "/bin"}, setting_names([Settings]))
