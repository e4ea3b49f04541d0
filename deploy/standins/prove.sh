#!/usr/bin/env bash
# prove.sh [PYTEST ARGUMENT...]: the whole docker-compose.yml, with stand-ins for the images that it would pull, on an
# engine that answers: started with the profile `ops`, used by browsers, watched by Prometheus and the synthetic customer,
# each container killed, everything stopped and started again.
# Needs what build.sh needs, Chromium, `docker compose`, and `make setup web` before. Nothing of it stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
port=${PROOF_PORT:-18080}
work=$(mktemp -d)

if [[ -z ${PROOF_BUILT:-} ]]; then deploy/standins/build.sh; fi

deploy/secrets.sh "$work/env" > /dev/null
put() { sed -i "s|^$1=.*|$1=$2|" "$work/env"; }
put DESKBUS_PUBLIC_URL "http://127.0.0.1:$port"
put GATEWAY_ADDRESS http://127.0.0.1
put GATEWAY_HTTP "$port"
put GATEWAY_HTTPS "$((port + 1))"
put DESKBUS_BASE deskbus-standin/base
put DESKBUS_SURVEY_AFTER_SECONDS 5
put DESKBUS_SOCKETS_PER_PERSON 200
put PROBE_PORTAL demo
put PROBE_URL http://127.0.0.1
put PROMETHEUS_PORT "$((port + 3))"
.venv/bin/python -m tests.deploy.account "$work/account"
export PROOF_ACCOUNT=$work/account/first-account.json MAILBOX_PORT=$((port + 2))

compose=(docker compose --project-name deskbus-proof --profile ops --env-file "$work/env" -f docker-compose.yml
  -f deploy/standins/docker-compose.standins.yml -f deploy/standins/docker-compose.proof.yml)
finish() { "${compose[@]}" --progress quiet down --volumes --timeout 20; rm -rf "$work"; }
trap finish EXIT

"${compose[@]}" --progress quiet up --detach --no-build
for _ in {1..300}; do
  away=$("${compose[@]}" ps --format '{{.Service}} {{.Health}}' | grep -v ' healthy$' || true)
  if [[ -z $away ]]; then break; fi
  sleep 1
done
if [[ -n $away ]]; then echo "not healthy after five minutes: $away" >&2; exit 1; fi
export DESKBUS_COMPOSE="${compose[*]}" DESKBUS_JOURNEY=http://127.0.0.1:$port
export DESKBUS_PROMETHEUS=http://127.0.0.1:$((port + 3))
export DESKBUS_JOURNEY_ACCOUNT=$PROOF_ACCOUNT DESKBUS_JOURNEY_MAILBOX=http://127.0.0.1:$MAILBOX_PORT
if (($#)); then
  .venv/bin/python -m pytest "$@"
else
  # One after the other: a browser's driver keeps an event loop in its process, where asynchronous tests cannot run.
  failed=0
  .venv/bin/python -m pytest tests/journey/test_journey.py tests/journey/test_requests.py tests/journey/test_links.py \
    || failed=$?
  .venv/bin/python -m pytest tests/deploy/test_running_ops.py tests/deploy/test_running.py || failed=$?
  exit "$failed"
fi
