"""Prometheus' own tool accepts what we give it, and every alert leads a person somewhere."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from prometheus_client import generate_latest

from chassis import metrics
from chassis.probe import Measures
from contracts.topics import SERVICES
from deploy.grafana import generate
from deploy.grafana.generate import DASHBOARDS
from deploy.grafana.panels import Dashboard

ROOT = Path(__file__).parents[2]
PROMETHEUS = ROOT / "deploy" / "prometheus"
RULES = PROMETHEUS / "rules" / "deskbus.yml"
RULES_TEST = PROMETHEUS / "rules_test.yml"
RUNBOOKS = ROOT / "docs" / "runbooks.md"


def loaded(path: Path) -> Any:
    return yaml.safe_load(path.read_text())


def alerts() -> list[dict[str, Any]]:
    return [rule for group in loaded(RULES)["groups"] for rule in group["rules"]]


@pytest.fixture
def promtool() -> str:
    found = shutil.which("promtool")
    if found is None:
        pytest.skip("no promtool: apt-get install prometheus")
    return found


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, capture_output=True, text=True, cwd=PROMETHEUS, check=False, timeout=60
    )


@pytest.mark.prometheus
@pytest.mark.parametrize(
    "command",
    [
        ("check", "config", "prometheus.yml"),
        ("check", "rules", "rules/deskbus.yml"),
        ("test", "rules", "rules_test.yml"),
    ],
    ids=lambda command: " ".join(command[:2]),
)
def test_promtool_accepts(promtool: str, command: tuple[str, ...]) -> None:
    done = run(promtool, *command)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.prometheus
def test_a_rule_that_never_fires_is_noticed(promtool: str, tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    broken = RULES.read_text().replace("== 0\n        for: 1m", "== 2\n        for: 1m")
    (tmp_path / "rules" / "deskbus.yml").write_text(broken)
    shutil.copy(RULES_TEST, tmp_path)
    done = run(promtool, "test", "rules", str(tmp_path / "rules_test.yml"))
    assert done.returncode != 0
    assert "DeskbusDown" in done.stdout + done.stderr


def test_every_alert_is_seen_to_fire() -> None:
    tested = {
        case["alertname"]
        for test in loaded(RULES_TEST)["tests"]
        for case in test["alert_rule_test"]
        if case["exp_alerts"]
    }
    assert {rule["alert"] for rule in alerts()} == tested


def test_every_alert_has_its_section_in_the_runbooks() -> None:
    sections = re.findall(r"^## (\S+)$", RUNBOOKS.read_text(), re.MULTILINE)
    assert sections == [rule["alert"] for rule in alerts()]
    for rule in alerts():
        assert rule["annotations"]["runbook_url"] == f"docs/runbooks.md#{rule['alert'].lower()}"
        assert rule["annotations"]["summary"]
        assert rule["labels"]["severity"] in {"warning", "critical"}


def test_links_within_the_runbooks_lead_to_sections() -> None:
    text = RUNBOOKS.read_text()
    anchors = {name.lower() for name in re.findall(r"^## (\S+)$", text, re.MULTILINE)}
    links = set(re.findall(r"\]\(#([^)]+)\)", text))
    assert links
    assert links <= anchors


def test_every_service_is_scraped() -> None:
    jobs = {job["job_name"]: job for job in loaded(PROMETHEUS / "prometheus.yml")["scrape_configs"]}
    (static,) = jobs["deskbus"]["static_configs"]
    assert static["targets"] == [f"{service}:8080" for service in SERVICES]


# ---- dashboards ----------------------------------------------------------------------------------


def test_what_is_generated_is_fresh() -> None:
    assert generate.stale() == [], "run make dashboards"


def test_every_metric_has_a_meaning() -> None:
    rows = [row.split(" | ") for row in generate.table().splitlines()[2:]]
    assert len(rows) > 30
    for name, kind, *_, meaning in rows:
        assert len(meaning) > 10, name
        assert kind in {"counter", "gauge", "histogram"}


@pytest.mark.prometheus
def test_metrics_are_named_by_the_conventions(promtool: str) -> None:
    generate.table()
    probe = generate_latest(Measures().registry)
    for told in (metrics.exposition(), probe, b"# TYPE deskbus_wrong counter\ndeskbus_wrong 1\n"):
        command = [promtool, "check", "metrics"]
        done = subprocess.run(command, input=told, capture_output=True, check=False, timeout=60)
        faults = {line.split()[0] for line in done.stderr.decode().splitlines()}
        assert {it for it in faults if it.startswith("deskbus_")} == (
            {"deskbus_wrong"} if b"deskbus_wrong" in told else set()
        )


def test_labels_are_names_from_the_code() -> None:
    """What grows with cases, accounts or people would fill a Prometheus, and tell it who they are."""
    bounded = {
        *("service", "topic", "job", "check", "command", "route", "method", "status"),
        *("code", "kind", "outcome", "reason", "state", "case_type"),
    }
    rows = [row.split(" | ") for row in generate.table().splitlines()[2:]]
    assert {label for row in rows for label in re.findall(r"`(\w+)`", row[2])} <= bounded


def names_in(text: str) -> set[str]:
    found = set(re.findall(r"\bdeskbus_\w+", text))
    return {re.sub(r"_(bucket|sum|count)$", "", name) for name in found}


def known() -> set[str]:
    return set(re.findall(r"`(deskbus_\w+)`", generate.table()))


def of_the_probe() -> set[str]:
    """It exports its own, from a process of its own."""
    collected = Measures().registry.collect()
    return {f"{it.name}_total" if it.type == "counter" else it.name for it in collected}


@pytest.mark.parametrize("dashboard", DASHBOARDS.values(), ids=DASHBOARDS)
def test_dashboards_ask_for_metrics_that_there_are(dashboard: Dashboard) -> None:
    asked = names_in(" ".join(q.expr for panel in dashboard.panels() for q in panel.queries))
    assert asked
    assert asked <= known()


def test_alerts_ask_for_metrics_that_there_are() -> None:
    assert names_in(" ".join(rule["expr"] for rule in alerts())) <= known() | of_the_probe()


def test_the_probes_metrics_are_all_described() -> None:
    described = (ROOT / "docs" / "operations.md").read_text()
    for name in of_the_probe():
        assert f"| `{name}` |" in described


@pytest.mark.parametrize("dashboard", DASHBOARDS.values(), ids=DASHBOARDS)
def test_panels_have_a_place_of_their_own(dashboard: Dashboard) -> None:
    panels = dashboard.as_json()["panels"]
    taken = [
        (x, y)
        for panel in panels
        for x in range(panel["gridPos"]["x"], panel["gridPos"]["x"] + panel["gridPos"]["w"])
        for y in range(panel["gridPos"]["y"], panel["gridPos"]["y"] + panel["gridPos"]["h"])
    ]
    assert len(taken) == len(set(taken))
    assert max(x for x, _ in taken) < 24
    assert len({panel["id"] for panel in panels}) == len(panels)


def test_grafana_finds_the_dashboards_where_they_are_mounted() -> None:
    provisioning = ROOT / "deploy" / "grafana" / "provisioning"
    (provider,) = loaded(provisioning / "dashboards" / "deskbus.yml")["providers"]
    assert provider["options"]["path"] == "/etc/grafana/dashboards"
    (source,) = loaded(provisioning / "datasources" / "deskbus.yml")["datasources"]
    interval = loaded(PROMETHEUS / "prometheus.yml")["global"]["scrape_interval"]
    assert source["jsonData"]["timeInterval"] == interval
