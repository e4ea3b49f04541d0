"""Apache Kafka itself, as a cluster of one or three nodes on loopback, each a broker and a controller (KRaft)."""

import base64
import shutil
import signal
import subprocess
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chassis.devstack.kafka_jars import java_program, kafka_jars
from chassis.devstack.metadata import brokers_in
from chassis.devstack.process import LOOPBACK, Process, Server, free_port, port_answers

START_SECONDS = 180.0
FORMAT_SECONDS = 60.0
# A cluster that stops as a whole has no controller left to bid farewell to, so waiting longer gains nothing.
STOP_SECONDS = 3.0
JVM_OPTIONS = ["-Xms128m", "-Xmx512m", "-XX:+UseSerialGC"]
LOGGING = """\
status = error
appenders = console
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d] %p %m (%c{1})%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


class KafkaNode(Server):
    """One node of a `KafkaCluster`; it keeps its port and its data from one start to the next."""

    def __init__(self, number: int, data: Path) -> None:
        self.number = number
        self.port = free_port()
        self.controller_port = free_port()
        self.data = data
        self._process: Process | None = None

    @property
    def address(self) -> str:
        return f"{LOOPBACK}:{self.port}"

    @property
    def process(self) -> Process:
        if self._process is None:
            raise RuntimeError("the node was not configured")
        return self._process

    def configure(self, properties: str, cluster_id: str) -> None:
        """Write the node's configuration, and its empty log when there is none yet."""
        self.data.mkdir(parents=True, exist_ok=True)
        file = self.data / "server.properties"
        file.write_text(properties)
        (self.data / "log4j2.properties").write_text(LOGGING)
        arguments = [
            "format",
            "--cluster-id",
            cluster_id,
            "--config",
            str(file),
            "--ignore-formatted",
        ]
        subprocess.run(  # noqa: S603
            [*self._java("kafka.tools.StorageTool"), *arguments],
            check=True,
            timeout=FORMAT_SECONDS,
            stdout=subprocess.DEVNULL,
        )
        # SIGKILL, because a node whose whole cluster ends at once would wait for minutes to be released by it.
        self._process = Process(
            [*self._java("kafka.Kafka"), str(file)],
            self.data / "kafka.log",
            death_signal=signal.SIGKILL,
        )

    def start(self) -> None:
        """Start without waiting: a node is ready only with a majority of its cluster."""
        self.process.start()

    def wait(self, brokers: int) -> None:
        """Wait until the node serves, and knows of that many brokers."""
        self.process.wait_until(lambda: port_answers(self.port), START_SECONDS)
        self.process.wait_until(lambda: brokers_in(self.address) == brokers, START_SECONDS)

    def stop(self) -> None:
        self.process.stop(STOP_SECONDS)

    def kill(self) -> None:
        self.process.kill()

    def _java(self, main_class: str) -> list[str]:
        logging = f"-Dlog4j2.configurationFile={self.data / 'log4j2.properties'}"
        return [str(java_program()), *JVM_OPTIONS, logging, "-cp", f"{kafka_jars()}/*", main_class]


class KafkaCluster(Server):
    """Apache Kafka with `size` brokers (1 or 3) that keep their logs in `data` for as long as the object lives.

    Three brokers replicate three times with `min.insync.replicas=2`, as in production.
    """

    def __init__(self, data: Path, size: int = 1) -> None:
        self._data = data
        self._cluster_id = _new_cluster_id()
        self.nodes = [KafkaNode(n, data / f"node-{n}") for n in range(1, size + 1)]

    @property
    def address(self) -> str:
        """The bootstrap servers, as clients take them."""
        return ",".join(node.address for node in self.nodes)

    def start(self) -> None:
        shutil.rmtree(self._data, ignore_errors=True)
        with ThreadPoolExecutor() as pool:
            list(pool.map(self._configure, self.nodes))
        for node in self.nodes:
            node.start()
        self.wait_until_whole()

    def stop(self) -> None:
        for node in self.nodes:
            node.process.terminate()
        for node in self.nodes:
            node.stop()

    def kill(self, number: int) -> None:
        """Crash one broker (numbered from 1)."""
        self.nodes[number - 1].kill()

    def restart(self, number: int) -> None:
        """Start one broker again, and wait until the cluster is whole."""
        self.nodes[number - 1].start()
        self.wait_until_whole()

    def wait_until_whole(self) -> None:
        """Wait until every broker sees every other."""
        for node in self.nodes:
            node.wait(len(self.nodes))

    def _configure(self, node: KafkaNode) -> None:
        node.configure(self._properties(node), self._cluster_id)

    def _properties(self, node: KafkaNode) -> str:
        settings = self._cluster_settings() | {
            "node.id": node.number,
            "listeners": f"PLAINTEXT://{node.address},CONTROLLER://{LOOPBACK}:{node.controller_port}",
            "advertised.listeners": f"PLAINTEXT://{node.address}",
            "log.dirs": node.data / "log",
        }
        return "".join(f"{key}={value}\n" for key, value in settings.items())

    def _cluster_settings(self) -> dict[str, object]:
        voters = (f"{n.number}@{LOOPBACK}:{n.controller_port}" for n in self.nodes)
        replicas = len(self.nodes)
        in_sync = 2 if replicas > 1 else 1
        return {
            "process.roles": "broker,controller",
            "controller.quorum.voters": ",".join(voters),
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": "CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT",
            "auto.create.topics.enable": "false",
            "default.replication.factor": replicas,
            "min.insync.replicas": in_sync,
            "offsets.topic.replication.factor": replicas,
            "transaction.state.log.replication.factor": replicas,
            "transaction.state.log.min.isr": in_sync,
            "share.coordinator.state.topic.replication.factor": replicas,
            "share.coordinator.state.topic.min.isr": in_sync,
            **FAST,
        }


# What makes a small cluster quick to start, to notice a death and to move a group, and light on memory.
FAST = {
    "broker.heartbeat.interval.ms": 500,
    "broker.session.timeout.ms": 3000,
    "controlled.shutdown.enable": "false",
    "controller.quorum.election.timeout.ms": 500,
    "controller.quorum.fetch.timeout.ms": 1500,
    "group.initial.rebalance.delay.ms": 0,
    "group.min.session.timeout.ms": 1000,
    "log.cleaner.backoff.ms": 1000,
    "log.cleaner.dedupe.buffer.size": 8 * 1024 * 1024,
    "num.io.threads": 4,
    "num.network.threads": 2,
    "offsets.topic.num.partitions": 4,
    "transaction.state.log.num.partitions": 4,
}


def _new_cluster_id() -> str:
    # Kafka writes its ids as 16 bytes in URL-safe base64 without padding, and takes a leading dash for an option.
    return base64.urlsafe_b64encode(b"\0" + uuid.uuid4().bytes[1:]).rstrip(b"=").decode()
