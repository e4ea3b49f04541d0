"""deploy/kubernetes keeps what it promises: both overlays are rendered by kubectl, and looked at."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml

from chassis.settings import refuse_unknown
from contracts.topics import SERVICES, TOPICS
from services.chat.persister import GROUP as PERSISTER
from services.portal.pages import Pages
from tests.deploy.test_compose import MADE_BY_COMPOSE, settings_of

SOURCE = Path(__file__).parents[2] / "deploy" / "kubernetes"
OVERLAYS = ("single-node", "production")
VERSIONS = ("1.31", "1.34", kubernetes_validate.latest_version())
KUBECTL = Path(sys.executable).with_name("kubectl")

Manifest = dict[str, Any]


@cache
def rendered(overlay: str, folder: Path) -> list[Manifest]:
    """What `kubectl apply -k` would send, with secrets as secrets.sh makes them."""
    shutil.copytree(SOURCE, folder, ignore=shutil.ignore_patterns("secrets"), dirs_exist_ok=True)
    made = [str(folder / "secrets.sh"), overlay]
    subprocess.run(made, check=True, capture_output=True, timeout=60)
    command = [str(KUBECTL), "kustomize", str(folder / "overlays" / overlay)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return list(yaml.safe_load_all(done.stdout))


@pytest.fixture(scope="module")
def manifests(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Manifest]]:
    folder = tmp_path_factory.mktemp("kubernetes")
    return {overlay: rendered(overlay, folder / overlay) for overlay in OVERLAYS}


def of_kind(manifests: list[Manifest], *kinds: str) -> dict[str, Manifest]:
    return {m["metadata"]["name"]: m for m in manifests if m["kind"] in kinds}


def pods(manifests: list[Manifest]) -> dict[str, Manifest]:
    """The pod specs of everything that runs."""
    found = of_kind(manifests, "Deployment", "StatefulSet", "Job")
    return {name: manifest["spec"]["template"]["spec"] for name, manifest in found.items()}


def containers(manifests: list[Manifest]) -> Iterator[tuple[str, Manifest, Manifest]]:
    for name, pod in pods(manifests).items():
        for container in [*pod.get("initContainers", []), *pod["containers"]]:
            yield f"{name}/{container['name']}", container, pod


def resolve(environment: dict[str, str], manifests: list[Manifest], container: Manifest) -> None:
    sources = of_kind(manifests, "ConfigMap", "Secret")
    for source in container.get("envFrom", []):
        reference = source.get("configMapRef") or source["secretRef"]
        environment |= dict(sources[reference["name"]]["data"])
    environment |= {e["name"]: e.get("value", "") for e in container.get("env", [])}


# ---- the form ------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("overlay", OVERLAYS)
def test_every_manifest_is_one_by_kubernetes_own_schema(
    manifests: dict[str, list[Manifest]], overlay: str, version: str
) -> None:
    checked = 0
    for manifest in manifests[overlay]:
        if manifest["apiVersion"].startswith("keda.sh/"):
            continue
        kubernetes_validate.validate(manifest, version, strict=True)
        checked += 1
    assert checked >= 25


def test_a_misspelled_field_would_be_noticed(manifests: dict[str, list[Manifest]]) -> None:
    chat = of_kind(manifests["production"], "Deployment")["chat"]
    wrong = {**chat, "spec": {**chat["spec"], "replica": 2}}
    with pytest.raises(kubernetes_validate.ValidationError):
        kubernetes_validate.validate(wrong, VERSIONS[-1], strict=True)


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_everything_is_in_the_namespace_and_every_reference_leads_somewhere(
    manifests: dict[str, list[Manifest]], overlay: str
) -> None:
    all_of = manifests[overlay]
    assert {m["metadata"].get("namespace", "deskbus") for m in all_of} == {"deskbus"}
    there = of_kind(all_of, "ConfigMap", "Secret").keys()
    for place, container, pod in containers(all_of):
        for source in container.get("envFrom", []):
            reference = source.get("configMapRef") or source["secretRef"]
            assert reference["name"] in there, place
        names = {volume["name"] for volume in pod.get("volumes", [])}
        names |= {"data"} if place.startswith(("kafka", "mongo")) else set()
        assert {mount["name"] for mount in container.get("volumeMounts", [])} <= names, place
    services = of_kind(all_of, "Service")
    labels = [
        m["spec"]["template"]["metadata"]["labels"].items()
        for m in of_kind(all_of, "Deployment", "StatefulSet").values()
    ]
    for service in services.values():
        assert any(service["spec"]["selector"].items() <= label for label in labels)


# ---- what a pod may do, and what it is given -----------------------------------------------------


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_a_container_can_do_no_harm(manifests: dict[str, list[Manifest]], overlay: str) -> None:
    for place, container, pod in containers(manifests[overlay]):
        context = container["securityContext"]
        assert context["allowPrivilegeEscalation"] is False, place
        assert context["readOnlyRootFilesystem"] is True, place
        assert context["capabilities"] == {"drop": ["ALL"]}, place
        assert pod["securityContext"]["runAsNonRoot"] is True, place
        assert pod["securityContext"]["seccompProfile"] == {"type": "RuntimeDefault"}, place
        assert pod["automountServiceAccountToken"] is False, place
        assert container["resources"]["requests"].keys() == {"cpu", "memory"}, place
        assert "memory" in container["resources"]["limits"], place


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_services_get_settings_that_they_know_and_each_secret_goes_where_it_is_needed(
    manifests: dict[str, list[Manifest]], overlay: str
) -> None:
    known = {name for service in SERVICES for name in settings_of(service)} | MADE_BY_COMPOSE.keys()
    needed = {"DESKBUS_KAFKA", "DESKBUS_MONGO", "DESKBUS_SECRET", "DESKBUS_PUBLIC_URL"}
    for name, pod in pods(manifests[overlay]).items():
        if name not in SERVICES:
            continue
        environment: dict[str, str] = {}
        resolve(environment, manifests[overlay], pod["containers"][0])
        refuse_unknown(environment, known)
        assert environment.keys() >= {*needed, "DESKBUS_INSTANCE"}
        own = settings_of(name)
        assert {n for n in environment if n.startswith("DESKBUS_")} <= own, name
        assert ("DESKBUS_FIRST_ADMIN_PASSWORD" in environment) == (name == "portal")
        for password in ("DESKBUS_SMTP_PASSWORD", "DESKBUS_IMAP_PASSWORD"):
            assert (password in environment) == (name == "notify")


def test_no_secret_is_written_down() -> None:
    for file in SOURCE.rglob("*.yaml"):
        for document in yaml.safe_load_all(file.read_text()):
            assert document["kind"] != "Secret", file


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_synthetic_customer_has_what_it_needs_and_no_more(
    manifests: dict[str, list[Manifest]], overlay: str
) -> None:
    (container,) = pods(manifests[overlay])["probe"]["containers"]
    assert {entry["name"] for entry in container["env"]} == {"DESKBUS_PUBLIC_URL", "DESKBUS_SECRET"}
    assert "envFrom" not in container
    settings = of_kind(manifests[overlay], "ConfigMap", "Secret")
    for entry in container["env"]:
        ((kind, key),) = entry["valueFrom"].items()
        source = settings[key["name"]]
        assert source["kind"] == {"configMapKeyRef": "ConfigMap", "secretKeyRef": "Secret"}[kind]
        assert key["key"] in source["data"]
    policy = of_kind(manifests[overlay], "NetworkPolicy")["probe-chats"]["spec"]
    assert policy["ingress"][0]["ports"] == [{"port": 9464, "protocol": "TCP"}]
    assert 443 in {it["port"] for it in policy["egress"][0]["ports"]}


# ---- coming and going ----------------------------------------------------------------------------


@pytest.mark.parametrize("overlay", OVERLAYS)
@pytest.mark.parametrize("service", SERVICES)
def test_a_service_is_watched_and_replaced_without_a_gap(
    manifests: dict[str, list[Manifest]], overlay: str, service: str
) -> None:
    deployment = of_kind(manifests[overlay], "Deployment")[service]
    assert deployment["spec"]["strategy"]["rollingUpdate"]["maxUnavailable"] == 0
    pod = deployment["spec"]["template"]["spec"]
    container = pod["containers"][0]
    assert container["args"] == ["serve", service]
    paths = {
        probe: container[f"{probe}Probe"]["httpGet"]["path"]
        for probe in ("startup", "readiness", "liveness")
    }
    assert paths == {
        "startup": "/health/live",
        "readiness": "/health/ready",
        "liveness": "/health/live",
    }
    pause = int(container["lifecycle"]["preStop"]["exec"]["command"][1])
    assert pause >= 5
    assert pod["terminationGracePeriodSeconds"] >= pause + 15
    budget = of_kind(manifests[overlay], "PodDisruptionBudget")[service]["spec"]
    assert budget["selector"] == deployment["spec"]["selector"]
    assert budget["maxUnavailable"] == 1


def test_each_service_is_scaled_by_its_own_measure(manifests: dict[str, list[Manifest]]) -> None:
    scaled = of_kind(manifests["production"], "ScaledObject")
    deployments = of_kind(manifests["production"], "Deployment")
    assert scaled.keys() == set(SERVICES)
    topics = {topic.name: topic for topic in TOPICS}
    for name, manifest in scaled.items():
        spec = manifest["spec"]
        assert spec["scaleTargetRef"]["name"] == name
        assert "replicas" not in deployments[name]["spec"], "two would decide how many there are"
        assert spec["minReplicaCount"] >= 2
        for trigger in spec["triggers"]:
            if trigger["type"] != "kafka":
                continue
            metadata = trigger["metadata"]
            assert metadata["bootstrapServers"] != "kafka:9092"
            assert metadata["consumerGroup"] == (PERSISTER if name == "chat" else name)
            topic = topics[metadata["topic"]]
            assert name in topic.consumers
            # More readers than partitions would have nothing to read.
            assert spec["maxReplicaCount"] <= topic.partitions
    kinds = {name: [t["type"] for t in m["spec"]["triggers"]] for name, m in scaled.items()}
    assert kinds["portal"] == ["cpu"]
    assert kinds["chat"] == ["prometheus", "kafka"]
    sockets = scaled["chat"]["spec"]["triggers"][0]["metadata"]["query"]
    assert sockets == 'sum(deskbus_sockets{service="chat"})'


def test_prometheus_finds_every_pod_that_tells_something_under_the_job_that_rules_ask_for(
    manifests: dict[str, list[Manifest]],
) -> None:
    """Debian's promtool knows no discovery in Kubernetes, so the file is compared with what it is to find."""
    scraped = yaml.safe_load((SOURCE.parent / "prometheus" / "kubernetes.yml").read_text())
    found = {}
    for job in scraped["scrape_configs"]:
        assert job["kubernetes_sd_configs"][0]["namespaces"] == {"names": ["deskbus"]}
        label = job["relabel_configs"][0]
        assert label["source_labels"] == ["__meta_kubernetes_pod_label_app_kubernetes_io_name"]
        found[job["job_name"]] = set(label["regex"].split("|"))
    assert found == {"deskbus": set(SERVICES), "probe": {"probe"}}
    deployments = of_kind(manifests["production"], "Deployment")
    for name in (*SERVICES, "probe"):
        template = deployments[name]["spec"]["template"]
        assert template["metadata"]["labels"]["app.kubernetes.io/name"] == name
        (port,) = template["spec"]["containers"][0]["ports"]
        assert template["metadata"]["annotations"]["prometheus.io/port"] == str(
            port["containerPort"]
        )


# ---- who reaches what ----------------------------------------------------------------------------


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_the_ingress_knows_every_service_and_every_page_and_nothing_inside(
    manifests: dict[str, list[Manifest]], overlay: str, tmp_path: Path
) -> None:
    ingress = of_kind(manifests[overlay], "Ingress")["desk"]["spec"]
    (rule,) = ingress["rules"]
    assert ingress["tls"][0]["hosts"] == [rule["host"]]
    paths = {
        path["path"]: (path["pathType"], path["backend"]["service"]["name"])
        for path in rule["http"]["paths"]
    }
    assert paths["/ws"] == ("Exact", "chat")
    for service in SERVICES:
        assert paths[f"/api/{service}"] == ("Prefix", service)
    for route in Pages(tmp_path, "https://desk.example").router().routes:
        first = "/" + route.path.split("/")[1]  # type: ignore[attr-defined]
        assert paths[first] == ("Exact" if first == "/" else "Prefix", "portal")
    assert not {"/health", "/metrics", "/api"} & paths.keys()


@pytest.mark.parametrize("overlay", OVERLAYS)
def test_nobody_speaks_with_anybody_but_by_a_rule(
    manifests: dict[str, list[Manifest]], overlay: str
) -> None:
    policies = of_kind(manifests[overlay], "NetworkPolicy")
    everybody = policies["nobody-with-anybody"]["spec"]
    assert everybody == {"podSelector": {}, "policyTypes": ["Ingress", "Egress"]}
    reached = policies["services-are-reached"]["spec"]["podSelector"]["matchExpressions"][0]
    assert set(reached["values"]) == set(SERVICES)
    bus = policies["services-reach-the-stores"]["spec"]["podSelector"]["matchLabels"]
    for name in (*SERVICES, "provision"):
        workload = of_kind(manifests[overlay], "Deployment", "Job")[name]
        assert bus.items() <= workload["spec"]["template"]["metadata"]["labels"].items()
    mail = policies["notify-sends-and-fetches-mail"]["spec"]
    assert mail["podSelector"]["matchLabels"] == {"app.kubernetes.io/name": "notify"}
    assert {it["port"] for it in mail["egress"][0]["ports"]} == {25, 465, 587, 143, 993}
    traced = policies["traces-are-sent"]["spec"]
    assert set(traced["podSelector"]["matchExpressions"][0]["values"]) == set(SERVICES)
    assert traced["egress"][0]["ports"] == [{"port": 4318, "protocol": "TCP"}]
    if overlay == "single-node":
        sources = policies["stores-are-reached-by-services"]["spec"]["ingress"][0]["from"]
        assert sources == [{"podSelector": {"matchLabels": bus}}]
