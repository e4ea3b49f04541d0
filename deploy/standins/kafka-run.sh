#!/usr/bin/env bash
# What the image apache/kafka does at its start, with the same class: KAFKA_* become server.properties, a new log is
# formatted for CLUSTER_ID, and the broker starts.
set -euo pipefail
java=(java -cp "/opt/kafka/libs/*" "-Dlog4j2.configurationFile=/etc/kafka/docker/log4j2.properties")
if ! told=$("${java[@]}" kafka.docker.KafkaDockerWrapper setup --default-configs-dir /etc/kafka/docker \
  --mounted-configs-dir /mnt/shared/config --final-configs-dir /opt/kafka/config 2>&1); then
  # A log from the last start is what it shall find.
  grep -qi "already formatted" <<< "$told" || { echo "$told" >&2; exit 1; }
fi
read -ra heap <<< "${KAFKA_HEAP_OPTS:--Xms256m -Xmx512m}"
exec "${java[@]:0:3}" "${heap[@]}" "${java[@]:3}" kafka.Kafka /opt/kafka/config/server.properties
