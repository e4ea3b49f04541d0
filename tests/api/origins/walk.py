"""One who goes all the ways, and those who prepare what is found there."""

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import httpx

from services.portal.api import PLAIN_COOKIE
from tests.support.ready import LOOK_SECONDS
from tests.support.whole import Client, Visit, Whole, begin_chat

HERE = "127.0.0.7"
"""Where the walk comes from; everybody else is at 127.0.0.1."""
ADA, GRETA, TOMAS = "ada@example.com", "greta@example.com", "tomas@example.com"
SECONDS = 60.0
"""How long something may take that follows from what was done."""
Json = dict[str, Any]


class Step(NamedTuple):
    """A way that was gone, an action that it leads to, and the name of the browser, which no other step has."""

    route: str
    action: str
    browser: str


@dataclass
class Walk:
    """Goes ways of the REST interface from `HERE`, as Greta unless somebody else is named."""

    desk: Whole
    people: Client
    """Those who prepare."""
    done: list[Step] = field(default_factory=list)
    tokens: dict[str, str] = field(default_factory=dict)
    """Of those who are signed in."""
    portal: str = ""
    """The portal that was made on the way."""

    def __post_init__(self) -> None:
        transport = httpx.HTTPTransport(local_address=HERE)
        self.http = httpx.Client(transport=transport, base_url=self.desk.address, timeout=30)

    def sign_in(self) -> None:
        """Sign Ada and Greta in, or renew what they may do."""
        self.tokens = {email: self.people.sign_in(email) for email in (ADA, GRETA)}

    def take(  # noqa: PLR0913 - a request
        self,
        route: str,
        *actions: str,
        by: str = GRETA,
        body: Json | None = None,
        cookie: str = "",
        status: int = 0,
        query: Json | None = None,
        at: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Go one way, which leads to these actions; it succeeds unless a status is named.

        `at` fills the names in the route, such as `{"case_id": ...}`.
        """
        method, _, path = route.partition(" ")
        for name, value in (at or {}).items():
            path = path.replace(f"{{{name}}}", value)
        browser = f"walk {len(self.done)}"
        headers = {"user-agent": browser}
        if by in self.tokens:
            headers["authorization"] = f"Bearer {self.tokens[by]}"
        if cookie:
            headers["cookie"] = f"{PLAIN_COOKIE}={cookie}"
        answer = self.http.request(method, path, headers=headers, params=query, json=body)
        self.http.cookies.clear()
        assert answer.status_code == status if status else answer.is_success, (route, answer.text)
        self.done += [Step(route, action, browser) for action in actions]
        return answer

    # ---- what is prepared, and looked up ----

    def ask(
        self,
        method: str,
        path: str,
        body: Json | None = None,
        *,
        by: str = GRETA,
        query: Json | None = None,
    ) -> Json:
        """What somebody is told who is not on the walk."""
        answer = self.people.ask(method, path, self.tokens[by], json=body, params=query)
        found: Json = answer.raise_for_status().json()
        return found

    def is_there(self, path: str) -> bool:
        return self.people.ask("GET", path, self.tokens[GRETA]).is_success

    def until(self, what: str, wanted: Callable[[], object]) -> None:
        """Wait for what follows from something that was done."""
        self.until_none(what, lambda: [] if wanted() else [what])

    def until_none(self, what: str, left: Callable[[], Sequence[object]]) -> None:
        """Wait until nothing is left to be waited for."""
        deadline = time.monotonic() + SECONDS
        while rest := left():
            assert time.monotonic() < deadline, f"not {what} within {SECONDS} s: {rest}"
            time.sleep(LOOK_SECONDS)

    # ---- cases ----

    def case(self, case_id: str) -> Json:
        """The case as it is, once it is there."""
        path = f"/api/cases/cases/{case_id}"
        found: Json = self.people.until("GET", path, self.tokens[GRETA]).json()
        return found

    def state_version(self, case_id: str) -> int:
        return int(self.case(case_id)["state_version"])

    def act(self, case_id: str, do: str, *actions: str, **said: Any) -> Json:
        """Do something to a case as it is now; the case afterwards."""
        body = {"state_version": self.state_version(case_id), **said}
        return self.mark(case_id, do, *actions, **body)

    def mark(self, case_id: str, do: str, *actions: str, **body: Any) -> Json:
        """What outdates no decision."""
        route = f"POST /api/cases/cases/{{case_id}}/{do}"
        found: Json = self.take(route, *actions, body=body, at={"case_id": case_id}).json()
        return found

    def chat(self) -> Visit:
        """A live chat that cases knows."""
        chat = begin_chat(self.people)
        self.case(chat.conversation)
        return chat

    def ended(self) -> str:
        """A chat that its customer has ended; the id of its case."""
        chat = self.chat()
        path = f"/api/chat/conversations/{chat.conversation}/end"
        body = {"client_id": str(uuid.uuid4())}
        self.people.ask("POST", path, chat.token, json=body).raise_for_status()
        self.until_over(chat.conversation)
        return chat.conversation

    def until_over(self, case_id: str) -> None:
        """Wait until cases has heard that the chat has ended."""
        self.until("over", lambda: not self.case(case_id)["live"])
