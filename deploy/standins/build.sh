#!/usr/bin/env bash
# build.sh: builds the image of the services on a base made of Debian's packages, and a stand-in for each image that
# docker-compose.yml would pull. Needs root, an engine, debootstrap, Java, Maven and Go; and `make setup` before.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
here=deploy/standins
base=deskbus-standin/base
caddy=2.10.2
context=$(mktemp -d)
trap 'rm -rf "$context"' EXIT

docker image inspect "$base" >/dev/null 2>&1 || "$here/base.sh" "$base"
docker build --file deploy/Dockerfile --build-arg BASE=$base --tag deskbus:local .

cp -r "$here"/{Dockerfile,atlas_local.py,cp-kafka,kafka-run.sh,kafka-log4j2.properties,mailbox.py} "$context"
cp -r "$(.venv/bin/python -c 'from chassis.devstack.kafka_jars import kafka_jars; print(kafka_jars())')" "$context/kafka"
cp "$(.venv/bin/python -c 'from chassis.devstack.mongod import mongod_program; print(mongod_program())')" "$context/mongod"
GOBIN=$context CGO_ENABLED=0 go install -ldflags '-s -w' "github.com/caddyserver/caddy/v2/cmd/caddy@v$caddy"
awk '/^[a-z]/ { wanted = /^(aiosmtpd|atpublic|attrs)==/ } wanted' requirements-dev.lock > "$context/aiosmtpd.lock"
for part in kafka mongo gateway prometheus mailbox; do
  docker build --build-arg BASE=$base --target "$part" --tag "deskbus-standin/$part" "$context"
done
# By the names that tests/support/containers.py asks for, so that testcontainers finds them without a registry.
docker build --build-arg BASE=$base --target cp-kafka --tag confluentinc/cp-kafka:8.1.0 "$context"
docker build --build-arg BASE=$base --target atlas-local --tag mongodb/mongodb-atlas-local:8.0 "$context"
