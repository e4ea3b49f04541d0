"""Apache Kafka from its Maven artifacts: the same classes as in the distribution, without its scripts."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from platformdirs import user_cache_path

from chassis.devstack.process import Unavailable

KAFKA_VERSION = "4.3.0"
LOG4J_VERSION = "2.25.3"
JAVA_AT_LEAST = 17
DOWNLOAD_SECONDS = 900
POM = f"""\
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>deskbus</groupId>
  <artifactId>kafka-classpath</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>org.apache.kafka</groupId>
      <artifactId>kafka_2.13</artifactId>
      <version>{KAFKA_VERSION}</version>
    </dependency>
    <dependency>
      <groupId>org.apache.logging.log4j</groupId>
      <artifactId>log4j-slf4j-impl</artifactId>
      <version>{LOG4J_VERSION}</version>
    </dependency>
  </dependencies>
</project>
"""
COPY_GOAL = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"


def java_program() -> Path:
    """The Java of $JAVA_HOME, else the one on the PATH."""
    home = os.environ.get("JAVA_HOME")
    found = shutil.which("java", path=f"{home}/bin" if home else None)
    if found is None:
        raise Unavailable(f"no Java: install a Java {JAVA_AT_LEAST} runtime")
    version = _java_version(found)
    if version < JAVA_AT_LEAST:
        raise Unavailable(f"Apache Kafka needs Java {JAVA_AT_LEAST}; {found} is {version}")
    return Path(found)


def kafka_jars() -> Path:
    """The directory of Kafka's jars (45 MB), fetched once by Maven into the user's cache."""
    jars = user_cache_path("deskbus") / f"kafka-{KAFKA_VERSION}-log4j-{LOG4J_VERSION}"
    if not jars.exists():
        _download(jars)
    return jars


def _java_version(java: str) -> int:
    told = subprocess.run([java, "-version"], capture_output=True, text=True, check=True).stderr  # noqa: S603
    match = re.search(r'version "(\d+)', told)
    return int(match[1]) if match else 0


def _download(jars: Path) -> None:
    maven = shutil.which("mvn")
    if maven is None:
        raise Unavailable("no Maven, and Apache Kafka was not downloaded before: install maven")
    jars.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=jars.parent) as work:
        Path(work, "pom.xml").write_text(POM)
        goal = [COPY_GOAL, "-DincludeScope=runtime", f"-DoutputDirectory={work}/jars"]
        command = [maven, "--quiet", "--batch-mode", *goal]
        done = subprocess.run(  # noqa: S603
            command, cwd=work, capture_output=True, text=True, timeout=DOWNLOAD_SECONDS, check=False
        )
        if done.returncode != 0:
            raise Unavailable(f"Maven could not fetch Apache Kafka:\n{done.stdout[-2000:]}")
        try:
            Path(work, "jars").rename(jars)
        except OSError:
            # Another process was faster; its copy is as good.
            if not jars.exists():
                raise
