"""docker-compose.yml keeps what it promises; no engine is needed."""

import inspect
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import yaml

import chassis.probe
from chassis.devstack.mailbox.page import MailboxSettings
from chassis.replica_set import OwnerSettings
from chassis.settings import Settings, setting_names
from contracts.topics import SERVICES

ROOT = Path(__file__).parents[2]
ONE_SHOTS = {"mongo-key", "mongo-setup", "provision"}
OURS = {*SERVICES, "mongo-setup", "provision", "probe"}
MADE_BY_COMPOSE = {
    "DESKBUS_KAFKA": "the compose file brings its own",
    "DESKBUS_MONGO": "the compose file brings its own",
    "DESKBUS_INSTANCE": "the service's name, because each runs once",
    "DESKBUS_MONGO_ROOT_PASSWORD": "MONGO_ROOT_PASSWORD in .env, so that only mongo-setup gets it",
    "DESKBUS_HOST": "set in the image",
    "DESKBUS_PORT": "set in the image",
    "DESKBUS_WEB_DIST": "set in the image",
    "DESKBUS_FIRST_ACCOUNT": "the same in fields: DESKBUS_FIRST_*",
    "DESKBUS_EMBEDDED": "for the broker of `make run` alone",
    "DESKBUS_FAILPOINTS": "for tests alone",
    "DESKBUS_MAILBOX": "for `make run` alone",
}
"""Settings that `.env.example` leaves out, and why."""
SECRETS = {
    "DESKBUS_SECRET",
    "MONGO_PASSWORD",
    "MONGO_ROOT_PASSWORD",
    "GRAFANA_PASSWORD",
    "DESKBUS_FIRST_ADMIN_PASSWORD",
    "DESKBUS_SMTP_PASSWORD",
    "DESKBUS_MAIL_LISTEN_PASSWORD",
    "DESKBUS_IMAP_PASSWORD",
}


@cache
def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
    return loaded


def services() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = compose()["services"]
    return found


def variables(text: str) -> set[str]:
    """The names that compose would ask the environment for."""
    return set(re.findall(r"\$\{([A-Z][A-Z0-9_]*)", text))


@cache
def example() -> dict[str, str]:
    lines = (ROOT / ".env.example").read_text().splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    assert all(separator for _, separator, _ in pairs)
    assert len({name for name, _, _ in pairs}) == len(pairs), "a setting stands there twice"
    return {name: value for name, _, value in pairs}


def settings_of(service: str) -> set[str]:
    module = import_module(f"services.{service}.settings")
    kinds = [
        kind
        for kind in vars(module).values()
        if isinstance(kind, type) and issubclass(kind, Settings) and kind is not Settings
    ]
    return setting_names(kinds)


# ---- what every container is held to -------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(services()))
def test_a_container_can_do_no_harm(name: str) -> None:
    service = services()[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["pids_limit"] > 0
    assert re.fullmatch(r"\d+[mg]", service["mem_limit"])
    assert service["logging"]["options"]["max-size"]
    assert not service.get("privileged")
    assert set(service.get("cap_add", [])) <= {
        "NET_BIND_SERVICE",
        "CHOWN",
        "DAC_OVERRIDE",
        "FOWNER",
    }
    assert not any("docker.sock" in str(volume) for volume in service.get("volumes", []))


@pytest.mark.parametrize("name", sorted(services()))
def test_a_container_comes_back_and_says_how_it_is(name: str) -> None:
    service = services()[name]
    if name in ONE_SHOTS:
        assert service["restart"] in {"no", "on-failure:10"}
        assert service["healthcheck"] == {"disable": True}
    else:
        assert service["restart"] == "unless-stopped"
        assert service["healthcheck"]["test"][0] == "CMD"


def test_images_have_versions() -> None:
    for name, service in services().items():
        assert name in OURS or re.search(r":v?\d+\.\d+", service["image"]), service["image"]


def test_everything_that_is_kept_is_on_a_volume() -> None:
    kept = {"kafka": "/var/lib/kafka/data", "mongo": "/data/db", "gateway": "/data"}
    for name, place in kept.items():
        named = [v.split(":") for v in services()[name]["volumes"]]
        volume = next(source for source, target, *_ in named if target == place)
        assert volume in compose()["volumes"]
    assert services()["kafka"]["environment"]["KAFKA_LOG_DIRS"] == kept["kafka"]


def test_the_stores_are_reached_by_nobody_outside() -> None:
    assert compose()["networks"]["stores"] == {"internal": True}
    for name in ("kafka", "mongo"):
        assert services()[name]["networks"] == ["stores"]
        assert "ports" not in services()[name]
    assert "stores" not in services()["gateway"]["networks"]


def test_only_the_gateway_has_ports_of_the_machine_and_ops_stay_on_it() -> None:
    for name, service in services().items():
        ports = service.get("ports", [])
        if service.get("profiles") == ["ops"]:
            assert all(port.startswith("127.0.0.1:") for port in ports)
        else:
            assert not ports or name == "gateway"


def test_the_synthetic_customer_is_scraped_where_it_tells() -> None:
    probe = services()["probe"]
    assert probe["network_mode"] == "service:gateway"
    assert probe["command"][:2] == ["probe", "--host=0.0.0.0"]
    scraped = yaml.safe_load((ROOT / "deploy/prometheus/prometheus.yml").read_text())
    targets = {
        job["job_name"]: job["static_configs"][0]["targets"] for job in scraped["scrape_configs"]
    }
    port = inspect.signature(chassis.probe.probe).parameters["port"].default
    assert targets["probe"] == [f"gateway:{port}"]
    assert f":{port}/" in probe["healthcheck"]["test"][-1]
    assert set(targets["deskbus"]) == {f"{service}:8080" for service in SERVICES}


def test_mongodb_knows_its_users_before_a_service_starts() -> None:
    """Authentication is on from the first start (a key file implies it), topics and users come first."""
    assert "--keyFile=/key/mongo.key" in services()["mongo"]["command"]
    after = {"condition": "service_completed_successfully"}
    assert services()["provision"]["depends_on"]["mongo-setup"] == after
    for name in SERVICES:
        assert services()[name]["command"] == ["serve", name]
        assert services()[name]["depends_on"] == {"provision": after}


# ---- secrets -------------------------------------------------------------------------------------


def test_no_secret_is_written_down() -> None:
    """Neither in the compose file nor in the example: there a secret is a name without a value."""
    text = (ROOT / "docker-compose.yml").read_text()
    for line in text.splitlines():
        key, _, value = line.strip().partition(": ")
        if re.search("PASSWORD|SECRET|TOKEN", key) and "#" not in key:
            assert value.startswith("${"), line
    assert {name for name in SECRETS if example()[name]} == set()
    hidden = {
        name
        for name in example()
        if re.search("PASSWORD|SECRET|TOKEN", name) and not name.endswith("_FILE")
    }
    assert hidden == SECRETS
    assert "mongodb://deskbus:${MONGO_PASSWORD" in text


@pytest.mark.parametrize("name", ["DESKBUS_SECRET", "MONGO_PASSWORD", "MONGO_ROOT_PASSWORD"])
def test_without_a_secret_nothing_starts_and_a_sentence_says_why(name: str) -> None:
    text = (ROOT / "docker-compose.yml").read_text()
    uses = re.findall(rf"\$\{{{name}([^}}]*)\}}", text)
    assert uses
    assert all(use.startswith(":?is not set. Run `make secrets`") for use in uses)


# ---- .env.example --------------------------------------------------------------------------------


def test_the_example_has_every_setting_of_every_service() -> None:
    services_settings = {name for service in SERVICES for name in settings_of(service)}
    every = services_settings | setting_names([MailboxSettings, OwnerSettings])
    missing = every - example().keys() - MADE_BY_COMPOSE.keys()
    assert not missing, f"explain them in .env.example: {sorted(missing)}"
    assert MADE_BY_COMPOSE.keys() <= every
    assert not MADE_BY_COMPOSE.keys() & example().keys()


def test_the_example_has_what_compose_asks_for_and_nothing_else() -> None:
    # Comments may speak of variables as well.
    text = "\n".join(
        line
        for line in (ROOT / "docker-compose.yml").read_text().splitlines()
        if not line.lstrip().startswith("#")
    )
    assert variables(text) == example().keys()


def test_every_setting_is_explained() -> None:
    explained = False
    for line in (ROOT / ".env.example").read_text().splitlines():
        if line.startswith("#") and not line.startswith("# ----"):
            explained = True
        elif not line or line.startswith("# ----"):
            explained = False
        else:
            assert explained, line


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_given_its_settings_and_no_others(service: str) -> None:
    given = {n for n in services()[service]["environment"] if n.startswith("DESKBUS_")}
    wanted = settings_of(service)
    assert given <= wanted
    assert wanted - given <= MADE_BY_COMPOSE.keys()


def test_defaults_that_the_example_tells_are_those_of_the_code() -> None:
    """`(60)` behind an explanation is what an empty value comes to."""
    told = (ROOT / ".env.example").read_text()
    fields = {
        f"DESKBUS_{name.upper()}": field.default
        for service in SERVICES
        for kind in vars(import_module(f"services.{service}.settings")).values()
        if isinstance(kind, type) and issubclass(kind, Settings)
        for name, field in kind.model_fields.items()
    }
    paragraph: list[str] = []
    checked = 0
    for line in told.splitlines():
        if line.startswith("#"):
            paragraph = (
                [line] if paragraph and not paragraph[-1].startswith("#") else [*paragraph, line]
            )
            continue
        paragraph.append(line)
        name, _, value = line.partition("=")
        default = fields.get(name)
        if not value and isinstance(default, int | float | str) and default not in {"", False}:
            said = re.findall(r"\(([^()]+)\)", " ".join(p for p in paragraph if p.startswith("#")))
            words = {w for text in said for w in re.split(r"[ ,;]+", text)} | set(said)
            assert (
                f"{default:g}" in words if isinstance(default, float) else str(default) in words
            ), name
            checked += 1
    assert checked > 12
