"""What administrators do with rules: write them, order them, switch them on and off, and try them on the past (N9)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic
from typing import Any, Final

from chassis.audit import facts, noted
from chassis.clock import Clock
from chassis.errors import DeskbusError
from chassis.ids import new_id
from chassis.office_hours import is_open
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.audit import AuditDetail, AuditNoted
from contracts.envelope import Actor
from contracts.portal import PortalListed, TechnicianListed
from services.cases.keeping import Keeper
from services.cases.labels import Labels
from services.cases.rule_faults import Desk, Fault, faults_of
from services.cases.rule_store import RuleStore, RuleTally, RuleUnknown
from services.cases.rule_trial import Trial, judge_of, needs_words
from services.cases.rules import Rule, asks_for_office
from services.cases.steps import Known, words_of_steps
from services.cases.whatif import Bounds, Past, Slice, Span, replay

_BOUNDS: Final = Bounds()


class RuleBroken(DeskbusError):
    """A rule that names what is no more is not switched on."""

    code = "rule_broken"
    status = 422
    text = "This rule names something that does not exist any more. Please correct it first."


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule with what is wrong with it and how it has run."""

    rule: Rule
    faults: list[Fault]
    tally: RuleTally


class RuleDesk:
    """The use cases of administrators."""

    def __init__(
        self, keeper: Keeper, rules: RuleStore, labels: Labels, past: Past, clock: Clock
    ) -> None:
        self._keeper = keeper
        self._rules = rules
        self._labels = labels
        self._past = past
        self._clock = clock
        self.people = keeper.people

    async def all(self, administrator: Identity) -> list[RuleShown]:
        """The rules of the account, in the order in which they are looked at."""
        tallies = await self._rules.tallies(administrator.tenant)
        desk = await self._desk(administrator)
        return [
            RuleShown(rule, faults_of(rule, desk), tallies.get(rule.id, RuleTally()))
            for rule in await self._rules.all(None, administrator.tenant)
        ]

    async def add(self, administrator: Identity, wanted: Rule) -> RuleShown:
        """Make a rule, behind all others and switched off; raises `TooManyRules`."""

        async def work(tx: Tx) -> Rule:
            rules = await self._rules.all(tx, administrator.tenant)
            place = max((it.place for it in rules), default=-1) + 1
            rule = replace(
                wanted,
                id=new_id(),
                tenant=administrator.tenant,
                place=place,
                changed_by=administrator.id,
            )
            await self._rules.put(tx, rule)
            tx.emit(self._noted("rule.created", administrator, rule))
            return rule

        return await self._shown(administrator, await self._transact(work))

    async def change(self, administrator: Identity, rule_id: str, wanted: Rule) -> RuleShown:
        """Keep a rule as it is given, on or off as it was; raises `RuleUnknown`."""

        async def work(tx: Tx) -> Rule:
            before = await self._get(tx, administrator, rule_id)
            rule = replace(
                wanted,
                id=before.id,
                tenant=before.tenant,
                place=before.place,
                on=before.on,
                on_since=before.on_since,
                changed_by=administrator.id,
                revision=before.revision + 1,
            )
            await self._rules.put(tx, rule)
            tx.emit(self._noted("rule.changed", administrator, rule, before))
            return rule

        return await self._shown(administrator, await self._transact(work))

    async def switch(self, administrator: Identity, rule_id: str, *, on: bool) -> RuleShown:
        """Let a rule act on what happens from now on, or no more; raises `RuleUnknown` and `RuleBroken`."""
        desk = await self._desk(administrator)

        async def work(tx: Tx) -> Rule:
            before = await self._get(tx, administrator, rule_id)
            if before.on == on:
                return before
            if on and faults_of(before, desk):
                raise RuleBroken
            since = self._clock.now() if on else None
            rule = replace(before, on=on, on_since=since, revision=before.revision + 1)
            await self._rules.put(tx, rule)
            tx.emit(self._noted("rule.switched", administrator, rule, before))
            return rule

        return await self._shown(administrator, await self._transact(work))

    async def order(self, administrator: Identity, ids: Sequence[str]) -> list[RuleShown]:
        """Have the rules looked at in this order; those that are not named come behind. Raises `RuleUnknown`."""

        async def work(tx: Tx) -> bool:
            rules = await self._rules.all(tx, administrator.tenant)
            if not {it.id for it in rules}.issuperset(ids):
                raise RuleUnknown
            places = {rule_id: place for place, rule_id in enumerate(dict.fromkeys(ids))}
            ordered = sorted(rules, key=lambda it: places.get(it.id, len(places)))
            moved = [
                replace(rule, place=place, revision=rule.revision + 1)
                for place, rule in enumerate(ordered)
                if rule.place != place
            ]
            await self._rules.put(tx, *moved)
            if moved:
                tx.emit(self._order_noted(administrator, ordered))
            return True

        await self._transact(work)
        return await self.all(administrator)

    async def remove(self, administrator: Identity, rule_id: str) -> None:
        """Delete a rule; what it has done stays done. Raises `RuleUnknown`."""

        async def work(tx: Tx) -> bool:
            rule = await self._get(tx, administrator, rule_id)
            await self._rules.remove(tx, rule)
            tx.emit(self._noted("rule.deleted", administrator, rule))
            return True

        await self._transact(work)

    async def try_out(
        self, administrator: Identity, wanted: Rule, after: str | None, bounds: Bounds = _BOUNDS
    ) -> Slice[Trial]:
        """What the rule would have done in the last month, a slice at a time, changing nothing (N9).

        Raises `CursorInvalid`.
        """
        span = Span(
            administrator.tenant,
            tuple(administrator.companies),
            self._clock.now(),
            sealed=needs_words(wanted),
        )
        desk = await self._desk(administrator)
        office = await self._office(administrator, wanted)
        judge = judge_of(wanted, await self._known(administrator, desk), office)
        return await replay(self._past, span, judge, after=after, bounds=bounds, now=monotonic)

    def choices(self, administrator: Identity) -> tuple[list[PortalListed], list[TechnicianListed]]:
        """The portals and technicians that a rule can name."""
        able = {it.technician_id: it for it in self._technicians(administrator)}
        return list(self.people.portals(administrator.tenant)), list(able.values())

    # ---- shared ----

    def _technicians(self, administrator: Identity) -> Iterator[TechnicianListed]:
        for company in administrator.companies:
            yield from self.people.technicians_with_access(administrator.tenant, company)

    async def _office(self, administrator: Identity, rule: Rule) -> Callable[[str, datetime], bool]:
        """Whether somebody works, by portal and time, as the hours are now."""
        if not asks_for_office(rule):
            return lambda _, __: True
        tenant, policies = administrator.tenant, self._keeper.clocks.policies
        hours = {
            it.portal_id: (await policies.policy_of(None, tenant, it.portal_id)).hours
            for it in self.people.portals(tenant)
        }
        return lambda portal_id, at: is_open(hours.get(portal_id), at)

    async def _known(self, administrator: Identity, desk: Desk) -> Callable[[str], Known]:
        people = self._keeper.people
        times = await self._keeper.snoozing.times(None, administrator.tenant)
        known = {
            company: Known(
                desk.labels,
                frozenset(
                    it.technician_id
                    for it in people.technicians_with_access(administrator.tenant, company)
                ),
                times,
            )
            for company in administrator.companies
        }
        return lambda company: known.get(company, Known(desk.labels, frozenset(), times))

    async def _desk(self, administrator: Identity) -> Desk:
        """What rules may name."""
        labels = await self._labels.all(administrator.tenant)
        people = self.people
        return Desk(
            labels=frozenset(it.id for it in labels if not it.retired),
            every_label=frozenset(it.id for it in labels),
            technicians=frozenset(it.technician_id for it in self._technicians(administrator)),
            has_portal=lambda it: _is_own(people.portal(it), administrator.tenant),
        )

    async def _get(self, tx: Tx, administrator: Identity, rule_id: str) -> Rule:
        rule = await self._rules.get(tx, administrator.tenant, rule_id)
        if rule is None:
            raise RuleUnknown
        return rule

    async def _shown(self, administrator: Identity, rule: Rule) -> RuleShown:
        tallies = await self._rules.tallies(administrator.tenant)
        faults = faults_of(rule, await self._desk(administrator))
        return RuleShown(rule, faults, tallies.get(rule.id, RuleTally()))

    async def _transact(self, work: Callable[[Tx], Any]) -> Any:
        return await self._keeper.storage.transact(work)

    def _noted(
        self, action: str, administrator: Identity, rule: Rule, before: Rule | None = None
    ) -> AuditNoted:
        told = facts(_told(rule), _told(before) if before else None)
        return self._line(action, administrator, rule.id, told)

    def _order_noted(self, administrator: Identity, ordered: Sequence[Rule]) -> AuditNoted:
        names = ", ".join(it.name for it in ordered)
        return self._line("rule.ordered", administrator, None, facts({"names": names[:1000]}))

    def _line(
        self,
        action: str,
        administrator: Identity,
        subject: str | None,
        told: tuple[AuditDetail, ...],
    ) -> AuditNoted:
        return noted(
            self._clock,
            action,
            Actor(kind="technician", id=administrator.id, via=administrator.via),
            administrator.tenant,
            subject_id=subject,
            details=told,
        )


def _told(rule: Rule) -> dict[str, Any]:
    return {
        "name": rule.name,
        "on": rule.on,
        "trigger": rule.trigger,
        "minutes": rule.minutes or None,
        "conditions": len(rule.conditions),
        "actions": words_of_steps(rule.steps),
    }


def _is_own(portal: Any, tenant: str) -> bool:
    return portal is not None and portal.tenant == tenant


# ---- what is asked for, and by which route -------------------------------------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/rules": RuleDesk.all,
    "GET /api/cases/rules/choices": RuleDesk.choices,
    "POST /api/cases/rules": RuleDesk.add,
    "PUT /api/cases/rules/{id}": RuleDesk.change,
    "POST /api/cases/rules/{id}/switch": RuleDesk.switch,
    "POST /api/cases/rules/order": RuleDesk.order,
    "DELETE /api/cases/rules/{id}": RuleDesk.remove,
    "POST /api/cases/rules/trial": RuleDesk.try_out,
}
