#!/usr/bin/env bash
# secrets.sh [FILE]: copies .env.example to FILE (.env) unless it is there, and fills in each secret that is empty. Safe
# to repeat: what has a value keeps it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
file=${1:-.env}
umask 077

random() { head -c "$1" /dev/urandom | base64 -w 0; }
word() { random 48 | tr -dc 'A-Za-z0-9' | head -c "$1"; }

fill() { # fill NAME VALUE: give the setting its value unless it has one
  if grep -q "^$1=." "$file"; then return; fi
  if grep -q "^$1=$" "$file"; then
    sed -i "s|^$1=\$|$1=$2|" "$file"
  else
    printf '%s=%s\n' "$1" "$2" >> "$file"
  fi
  echo "made $1"
}

if [[ ! -e $file ]]; then
  cp .env.example "$file"
  echo "$file is a copy of .env.example"
fi
chmod 600 "$file"
fill DESKBUS_SECRET "$(random 32)"
fill MONGO_PASSWORD "$(word 32)"
fill MONGO_ROOT_PASSWORD "$(word 32)"
fill GRAFANA_PASSWORD "$(word 20)"
fill DESKBUS_FIRST_ADMIN_PASSWORD "$(word 20)"

value() { sed -n "s/^$1=//p" "$file"; }
echo
echo "Sign in at $(value DESKBUS_PUBLIC_URL)/console as $(value DESKBUS_FIRST_ADMIN_EMAIL) with $(value DESKBUS_FIRST_ADMIN_PASSWORD)"
