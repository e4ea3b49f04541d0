#!/usr/bin/env bash
# secrets.sh OVERLAY: writes the secrets of single-node or production into overlays/OVERLAY/secrets/, which git ignores.
# Safe to repeat: a file that is there is left as it is.
set -euo pipefail
overlay=${1:?Say which overlay: single-node or production}
cd "$(dirname "${BASH_SOURCE[0]}")/overlays/$overlay"
umask 077
mkdir -p secrets

random() { head -c "$1" /dev/urandom | base64 -w 0; }
word() { random 64 | tr -dc 'A-Za-z0-9' | cut -c "1-$1"; }
make() { # make FILE: write standard input into it unless it is there
  if [[ -e secrets/$1 ]]; then return; fi
  cat > "secrets/$1"
  echo "made $PWD/secrets/$1"
}

mongo=
if [[ $overlay == single-node ]]; then
  make mongo-owner.env <<< "MONGO_KEY=$(random 96)
DESKBUS_MONGO_ROOT_PASSWORD=$(word 32)"
  mongo="mongodb://deskbus:$(word 32)@mongo:27017/?replicaSet=deskbus&authSource=admin"
fi
make services.env <<< "DESKBUS_SECRET=$(random 32)
DESKBUS_MONGO=$mongo"
make first-admin.env <<< "DESKBUS_FIRST_COMPANY=My company
DESKBUS_FIRST_PORTAL=desk
DESKBUS_FIRST_ADMIN_EMAIL=admin@example.com
DESKBUS_FIRST_ADMIN_PASSWORD=$(word 20)"
make mail.env <<< "DESKBUS_SMTP=
DESKBUS_SMTP_USER=
DESKBUS_SMTP_PASSWORD=
DESKBUS_MAIL_FROM=
DESKBUS_IMAP=
DESKBUS_IMAP_USER=
DESKBUS_IMAP_PASSWORD="
if grep -q '^DESKBUS_MONGO=$' secrets/services.env; then
  echo "Now write the address of your MongoDB, with user and password, into $PWD/secrets/services.env"
fi
echo "The first administrator's password stands in $PWD/secrets/first-admin.env"
