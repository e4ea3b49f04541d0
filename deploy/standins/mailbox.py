"""The mailbox of `deskbus up` in a container of its own: mails at port 2525, their page at 8025."""

from pathlib import Path

import uvicorn
from aiosmtpd.controller import Controller
from starlette.applications import Starlette

from chassis.devstack.mailbox.page import MailboxSettings, routes
from chassis.devstack.mailbox.sink import Keeper

FOLDER = Path("/tmp/mails")  # noqa: S108 - the container's own


def main() -> None:
    """Serve until a signal."""
    FOLDER.mkdir(exist_ok=True)
    Controller(Keeper(FOLDER), "0.0.0.0", 2525, enable_SMTPUTF8=True).start()  # noqa: S104
    settings = MailboxSettings.model_construct(mailbox=FOLDER, public_url="http://127.0.0.1")
    uvicorn.run(Starlette(routes=routes(settings)), host="0.0.0.0", port=8025)  # noqa: S104


if __name__ == "__main__":
    main()
