"""A MongoDB replica set of one with the user of MONGODB_INITDB_ROOT_*, as mongodb/mongodb-atlas-local has it."""

import base64
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from pymongo import MongoClient

from chassis.replica_set import OWNER, set_up

KEY = Path("/tmp/key")  # noqa: S108 - the container's own
OWNER_PASSWORD = "owner"  # noqa: S105 - of a database that holds nothing


def main() -> None:
    """`serve` runs it; `healthy` fails until it takes writes from that user."""
    user = os.environ["MONGODB_INITDB_ROOT_USERNAME"]
    password = os.environ["MONGODB_INITDB_ROOT_PASSWORD"]
    address = f"mongodb://{user}:{password}@127.0.0.1:27017/?replicaSet=rs"
    if sys.argv[1] == "healthy":
        with MongoClient[dict[str, Any]](address, serverSelectionTimeoutMS=2_000) as client:
            granted = client.admin.command("usersInfo", user)["users"][0]["roles"]
        sys.exit(not any(role["role"] == "root" for role in granted))
    KEY.write_text(base64.b64encode(os.urandom(90)).decode())
    KEY.chmod(0o400)
    mongod = subprocess.Popen(
        ["mongod", "--replSet=rs", f"--keyFile={KEY}", "--bind_ip_all", "--nounixsocket", "--quiet"]
    )
    set_up(address, [], OWNER_PASSWORD)
    owner = f"mongodb://{OWNER}:{OWNER_PASSWORD}@127.0.0.1:27017/?directConnection=true"
    with MongoClient[dict[str, Any]](owner) as client:
        client.admin.command("grantRolesToUser", user, roles=["root"])
    sys.exit(mongod.wait())


if __name__ == "__main__":
    main()
