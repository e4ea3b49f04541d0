"""Whether what two technicians see is what the store has, and how long it took until it was."""

import json
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.agree.console import Console
from tests.support.people import Technician

Case = dict[str, Any]
Seen = dict[str, Any]
FRACTION = re.compile(r"(?<=T\d\d:\d\d:\d\d)(?:\.(\d{3})\d*)?Z\"")
SHORT = 160
TOLD = 12
"""How many differences are told of."""


@dataclass
class Sight:
    """One technician: what their console shows, beside what the REST interface tells them."""

    console: Console
    person: Technician
    address: str = "/console/cases?list=unassigned"
    """Where the console is: what it shows depends on it."""
    _found: list[str] = field(default_factory=list)

    async def differences(self) -> list[str]:
        """Everything that the console shows otherwise than the store has it."""
        self._found = []
        seen = await self.console.do("seen")
        if not seen["online"] or seen["busy"]:
            return [f"{self.console.name} is not at rest: {seen['online']=} {seen['busy']=}"]
        counts = await self._compare_lists(seen)
        self._expect("counts", seen["counts"], counts)
        await self._compare_narrowed(seen)
        filters = (await self._get("cases", "/filters"))["filters"]
        self._expect("saved filters", seen["saved"], {it["id"]: it["count"] for it in filters})
        await self._compare_open(seen["open"])
        await self._compare_unread(seen)
        return self._found

    async def _compare_lists(self, seen: Seen) -> Mapping[str, int]:
        counts: Mapping[str, int] = {}
        for name, shown in seen["lists"].items():
            rows, counts = await self._pages({"list": name})
            if shown["phase"] == "ready":
                self._compare_rows(name, shown, rows)
            elif shown["phase"] != "idle":
                self._found.append(f"{self.console.name}: {name} is {shown['phase']}")
        return counts

    async def _compare_narrowed(self, seen: Seen) -> None:
        query = httpx.QueryParams(self.address.partition("?")[2])
        if seen["narrowed"] is None:
            return
        if seen["narrowed"]["phase"] != "ready":
            self._found.append(f"{self.console.name}: {query} is {seen['narrowed']['phase']}")
            return
        rows, _ = await self._pages(query)
        self._compare_rows(f"narrowed {query}", seen["narrowed"], rows)

    def _compare_rows(self, name: str, shown: Seen, rows: list[Case]) -> None:
        """The rows that are loaded: behind them the console knows that there are more."""
        if not shown["whole"]:
            rows = rows[: len(shown["rows"])]
        ids = [it["id"] for it in shown["rows"]]
        self._expect(f"rows of {name}", ids, [it["id"] for it in rows])
        for mine, stored in zip(shown["rows"], rows, strict=False):
            if mine["id"] == stored["id"]:
                self._compare_case(f"#{stored['number']} in {name}", mine, stored)

    def _compare_case(self, where: str, mine: Case, stored: Case) -> None:
        mine, stored = _in_milliseconds(mine), _in_milliseconds(stored)
        other = {it: (mine.get(it), stored[it]) for it in stored if mine.get(it) != stored[it]}
        if other:
            self._found.append(f"{self.console.name}: {where}: seen and stored {other}")

    async def _compare_open(self, shown: Seen | None) -> None:
        if shown is None:
            return
        case_id = shown["case"]["id"]
        answer = await self._ask("cases", f"/cases/{case_id}")
        if answer.status_code == httpx.codes.NOT_FOUND:
            self._found.append(f"{self.console.name}: {case_id} is open and none of theirs")
            return
        self._compare_case("the open case", shown["case"], answer.json())
        happened = (await self._get("cases", f"/cases/{case_id}/timeline"))["entries"]
        self._expect("timeline", shown["happened"], [it["id"] for it in happened])
        if shown["said"] is not None:
            said = await self.person.entries(case_id)
            self._expect("conversation", shown["said"], [it["id"] for it in said])

    async def _compare_unread(self, seen: Seen) -> None:
        for item in seen["lists"]["mine"]["rows"]:
            if item["state"] != "assigned" or item["id"] not in seen["followed"]:
                continue
            said = [it for it in await self.person.entries(item["id"]) if it["kind"] == "message"]
            mine = [it["seq"] for it in said if it["author"]["id"] == self.console.id]
            after = max(mine, default=0)
            theirs = [it for it in said if it["author"]["kind"] == "customer" and it["seq"] > after]
            self._expect(f"unread of #{item['number']}", seen["unread"][item["id"]], len(theirs))

    def _expect(self, what: str, seen: Any, stored: Any) -> None:
        if seen != stored:
            self._found.append(f"{self.console.name}: {what}: seen {seen}, stored {stored}")

    async def _pages(self, query: Any) -> tuple[list[Case], Mapping[str, int]]:
        rows: list[Case] = []
        params = httpx.QueryParams(query).set("limit", "100")
        while True:
            page = await self._get("cases", f"/cases?{params}")
            rows += page["cases"]
            if page["next"] is None:
                return rows, page["counts"]
            params = params.set("after", page["next"])

    async def _get(self, service: str, path: str) -> dict[str, Any]:
        found: dict[str, Any] = (await self._ask(service, path)).raise_for_status().json()
        return found

    async def _ask(self, service: str, path: str) -> httpx.Response:
        url = f"{self.person.desk.url(service)}/api/{service}{path}"
        return await self.person._ask("GET", url)


def _in_milliseconds(case: Case) -> Case:
    """Frames write times with three digits behind the second, answers with six or none: the same moments."""
    text = FRACTION.sub(lambda found: f'.{found[1] or "000"}Z"', json.dumps(case))
    same: Case = json.loads(text)
    return same


async def agree(sights: list[Sight], patience: float) -> tuple[float, str]:
    """Seconds until both consoles showed what the store has, and what differed last.

    Raises `AssertionError` after `patience`.
    """
    began, last = time.monotonic(), ""
    while True:
        asked_at = time.monotonic() - began
        differences = [it for sight in sights for it in await sight.differences()]
        if not differences:
            return asked_at, last
        last = differences[0][:SHORT]
        if asked_at > patience:
            told = "\n".join(differences[:TOLD])
            raise AssertionError(f"they still differ after {asked_at:.1f} s:\n{told}")
