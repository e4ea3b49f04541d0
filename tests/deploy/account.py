"""`python -m tests.deploy.account FOLDER`: the journeys' first account, for a desk in containers."""

import json
import sys
from pathlib import Path

from chassis.folder import Folder
from tests.journey.conftest import write_account
from tests.support.desk import PASSWORD


def main(data: Path) -> None:
    """Write it where only this user comes, and so that a container's user can read the file."""
    data.mkdir(mode=0o700)
    write_account(data)
    file = Folder(data).first_account
    account = json.loads(file.read_text())
    for person in account["people"]:
        person["password"] = PASSWORD
    file.write_text(json.dumps(account))
    file.chmod(0o644)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
