"""Rules at work: what happens to a case asks for a run in its own transaction, and a run is one of its own.

`follow` is a part of every transaction that changes a case. Where a rule waits for what happened, it leaves
a row behind: the wish to run, which no crash can lose. The worker takes the row away in the transaction
that does what the rules say, so a run has its effect once however often it is begun, and a replay of the
bus sets off nothing. What a run has changed asks for a run in turn: a step further down a chain that has
an end. `case.ruled` has an id made from rule and cause, and is a ledger that outlives the row.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from chassis.clock import Clock
from chassis.errors import RetryLater
from chassis.ids import derived_id, new_id
from chassis.office_hours import is_open
from chassis.storage import Tx
from chassis.timers import Timers
from contracts.cases import CaseChanged, CaseRuled, Did, Through
from contracts.envelope import Actor
from services.cases import keeping
from services.cases.decisions import Asked
from services.cases.domain import Case, Change, step
from services.cases.keeping import Keeper
from services.cases.labels import Labels
from services.cases.rule_store import RuleStore
from services.cases.rules import (
    LONGEST_CHAIN,
    Cause,
    Condition,
    Rule,
    Seen,
    Trigger,
    asks_for_office,
    holding,
    sets_off,
    through,
    told,
    trigger_of,
    wait_timer,
    waits_since,
)
from services.cases.steps import Known, StepFailed, did_until, play
from services.cases.storage import Scope

RUN: Final = "run_rules"
WAITED: Final = "rule_waited"
_BY_CLOCK: Final[tuple[Trigger, ...]] = ("waited",)
RUNS: Final = "rule_runs"
"""The collection of what is still to be run."""


def run_ids(case_id: str) -> str:
    """What the ids of a case's runs begin with."""
    return f"{case_id}/"


class RuleRuns:
    """Follows every change, and runs."""

    def __init__(
        self, keeper: Keeper, rules: RuleStore, labels: Labels, runs: Timers, clock: Clock
    ) -> None:
        self._keeper = keeper
        self._rules = rules
        self._labels = labels
        self._runs = runs
        self._clock = clock

    # ---- asking for a run ----

    async def follow(
        self, tx: Tx, before: Case | None, after: Case, events: Sequence[CaseChanged]
    ) -> None:
        """Ask for a run where a rule waits for what happened, and have a timer where one waits with a customer."""
        causing = {it.aggregate_version: trigger for it in events if (trigger := _set_off(it))}
        triggers = set(causing.values())
        if triggers and await self._rules.in_force(tx, after.tenant, triggers):
            versions = sorted(causing)
            payload = {**_ref(after), "versions": versions}
            run_id = f"{run_ids(after.id)}{versions[0]}"
            await self._runs.schedule(tx, run_id, events[-1].time, RUN, payload)
        await self._wait_along(tx, before, after)

    async def _wait_along(self, tx: Tx, before: Case | None, after: Case) -> None:
        since = waits_since(after)
        if since == (None if before is None else waits_since(before)):
            return
        if since is None:
            await self._keeper.timers.cancel(tx, wait_timer(after.id))
        else:
            await self._wait_for_next(tx, after, since, 0)

    async def _wait_for_next(self, tx: Tx, case: Case, since: datetime, waited: int) -> None:
        """Wake up when the next rule's time has come, behind so many minutes."""
        waiting = await self._rules.in_force(tx, case.tenant, _BY_CLOCK)
        minutes = min((it.minutes for it in waiting if it.minutes > waited), default=None)
        if minutes is None:
            return
        payload = {**_ref(case), "since": since, "minutes": minutes}
        due = since + timedelta(minutes=minutes)
        await self._keeper.timers.schedule(tx, wait_timer(case.id), due, WAITED, payload)

    # ---- running ----

    async def run(self, tx: Tx, payload: dict[str, Any]) -> None:
        """What happened has set rules off; the case may have been erased since."""
        case = await self._find(tx, payload)
        if case is None:
            return
        versions = payload["versions"]
        entries = await self._keeper.history.read(
            tx, case.id, after=versions[0] - 1, through=versions[-1]
        )
        for entry in entries:
            trigger = trigger_of(entry.type, entry.tells, entry.actor.kind)
            if entry.version in versions and trigger is not None:
                cause = Cause(trigger, entry.time, _chain(entry.through))
                case = await self._fire(tx, case, cause, entry.id)

    async def waited(self, tx: Tx, payload: dict[str, Any]) -> None:
        """A customer has waited for so long, unless somebody answered meanwhile."""
        case = await self._find(tx, payload)
        since, minutes = payload["since"], payload["minutes"]
        if case is None or waits_since(case) != since:
            return
        cause = Cause("waited", self._clock.now(), minutes=minutes)
        cause_id = derived_id("waited", case.id, since.isoformat(), str(minutes))
        after = await self._fire(tx, case, cause, cause_id)
        if waits_since(after) == since:
            await self._wait_for_next(tx, after, since, minutes)

    async def _find(self, tx: Tx, payload: dict[str, Any]) -> Case | None:
        if not self._keeper.people.loaded:
            # Whoever is not known yet would be taken for somebody who has left.
            raise RetryLater
        return await self._keeper.store.get(tx, Scope(payload["tenant"], None), payload["case_id"])

    async def _fire(self, tx: Tx, case: Case, cause: Cause, cause_id: str) -> Case:
        """Let every rule look that this sets off, each at what the ones before it have left."""
        for rule in await self._rules.in_force(tx, case.tenant, (cause.trigger,)):
            if sets_off(rule, cause):
                case = await self._look(tx, case, rule, cause, cause_id)
        return case

    async def _look(self, tx: Tx, case: Case, rule: Rule, cause: Cause, cause_id: str) -> Case:
        held = holding(rule, await self._seen(tx, case, rule))
        if held is None:
            return case
        event_id = derived_id("ruled", rule.id, cause_id)
        changes, done = await self._changes(case, rule, cause, held, event_id)
        if not changes or await self._keeper.history.has(tx, changes[-1].event_id or ""):
            return case
        actor = Actor(kind="system", id=rule.id, via="rule")
        because = keeping.Cause(
            self._clock.now(), actor, new_id(), cause_id, through(rule, cause.chain)
        )
        after = await self._keeper.keep(tx, case, case, changes, because)
        await self._rules.note_run(tx, rule, because.time, done=done)
        return after

    async def _seen(self, tx: Tx, case: Case, rule: Rule) -> Seen:
        now = self._clock.now()
        if not asks_for_office(rule):
            return Seen(case, now)
        policy = await self._keeper.clocks.policy_of(tx, case)
        return Seen(case, now, is_open(policy.hours, now))

    async def _changes(
        self, case: Case, rule: Rule, cause: Cause, held: tuple[Condition, ...], event_id: str
    ) -> tuple[list[Change], bool]:
        """What the rule does, and whether it could; nothing where all is as it wants it already."""
        asked = Asked(None, self._clock.now(), case.now.state_version)
        known = await known_for(case.tenant, case.company_id, self._labels, self._keeper)
        try:
            played = play(case, rule.steps, asked, known, event_id, author=rule.changed_by)
        except StepFailed as failed:
            # Said once of a case, and not with every message of its customer.
            said = derived_id("rule failed", rule.id, str(rule.revision), case.id, failed.code)
            did = did_until(rule.steps, failed)
            return [_ruled(case, rule, cause, held, did, failed.code, said)], False
        if not played.changes:
            return [], True
        ruled = _ruled(played.case, rule, cause, held, played.did, "", event_id)
        return [*played.changes, ruled], True


async def known_for(tenant: str, company_id: str, labels: Labels, keeper: Keeper) -> Known:
    """What actions may name in a case of this company."""
    usable = [it.id for it in await labels.all(tenant) if not it.retired]
    able = keeper.people.technicians_with_access(tenant, company_id)
    times = await keeper.snoozing.times(None, tenant)
    return Known(frozenset(usable), frozenset(it.technician_id for it in able), times)


def _ruled(  # noqa: PLR0913, PLR0917 - the parts of one sentence
    case: Case,
    rule: Rule,
    cause: Cause,
    held: tuple[Condition, ...],
    did: tuple[Did, ...],
    code: str,
    event_id: str,
) -> Change:
    tells = {
        "rule_id": rule.id,
        "trigger": cause.trigger,
        "held": tuple(told(it) for it in held),
        "did": did,
        "code": code,
    }
    return replace(step(case, CaseRuled, tells), event_id=event_id)


def _set_off(event: CaseChanged) -> Trigger | None:
    """What an event sets off; at the end of a chain it is nothing."""
    if len(_chain(event.through)) >= LONGEST_CHAIN:
        return None
    return trigger_of(event.type, event.model_dump(include={"technician_id"}), event.actor.kind)


def _chain(by: Through | None) -> tuple[str, ...]:
    return () if by is None else by.chain


def _ref(case: Case) -> dict[str, Any]:
    return {"tenant": case.tenant, "case_id": case.id}


RULES_FROM_TIMERS: Final = {WAITED: RuleRuns.waited}
FROM_RUNS: Final = {RUN: RuleRuns.run}
