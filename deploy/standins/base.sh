#!/usr/bin/env bash
# base.sh [NAME]: a base image for deploy/Dockerfile from Debian's packages, for a machine that reaches no image registry.
# Needs root, debootstrap and an engine. The machine's own certificates go in, so that builds reach the package
# registries as the machine does.
set -euo pipefail
name=${1:-deskbus-standin/base}
root=$(mktemp -d)
trap 'rm -rf "$root"' EXIT

debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv bookworm "$root"
if [[ -r /etc/ssl/certs/ca-certificates.crt ]]; then
  cp -L /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
fi
rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*

bundle=/etc/ssl/certs/ca-certificates.crt
tar --create --directory "$root" . | docker import \
  --change "ENV SSL_CERT_FILE=$bundle PIP_CERT=$bundle NODE_EXTRA_CA_CERTS=$bundle LANG=C.UTF-8" \
  --change 'CMD ["bash"]' - "$name"
