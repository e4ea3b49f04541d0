"""What is done about service levels (X10): they are set, open cases are counted anew, promises fall due, and a
candidate is tried on the last month (N9)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from time import monotonic
from typing import Any, Final, Protocol

from chassis import office_hours
from chassis.audit import facts, noted
from chassis.clock import Clock
from chassis.errors import DeskbusError
from chassis.ids import new_id
from chassis.storage import Tx
from chassis.tokens import Identity
from contracts.envelope import Actor
from contracts.portal import PortalListed
from services.cases import sla, sla_lives
from services.cases.clocks import RING
from services.cases.domain import Case
from services.cases.keeping import SYSTEM, Cause, Keeper
from services.cases.sla import KINDS, NOTHING, Kind, Policy
from services.cases.sla_lives import Tried
from services.cases.sla_store import DEFAULT, Recount, ServiceLevel, ServiceLevels
from services.cases.storage import Scope
from services.cases.whatif import MOST_EVENTS, Bounds, Life, Past, Slice, Span, replay

RECOUNT: Final = "sla_recount"
BATCH: Final = 20
"""Cases that are counted anew in one transaction: a few, because a customer's message may want one of them."""
SETTLE: Final = timedelta(seconds=1)
"""How long a recount waits for transactions that began before the edit."""


class PortalNotFound(DeskbusError):
    """There is no such portal, or it is of a company to which the caller has no access."""

    code = "portal_not_found"
    status = 404
    text = "There is no such portal."


class Portals(Protocol):
    """The portals of an account; `chassis.directory.Directory` knows them."""

    def portals(self, tenant: str) -> list[PortalListed]:
        """The account's portals, inactive ones included."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """A portal with what it promises of its own; None where it promises what all others do."""

    portal: PortalListed
    level: ServiceLevel | None


@dataclass(frozen=True, slots=True)
class Preview:
    """When a case that began at this moment would be due, by what is promised; `open` says whether somebody works now."""

    at: datetime
    open: bool
    due: Mapping[Kind, datetime | None]
    """Only what is promised; None for what never falls due."""


class SlaDesk:
    """The use cases of service levels."""

    def __init__(
        self, keeper: Keeper, levels: ServiceLevels, past: Past, portals: Portals, clock: Clock
    ) -> None:
        self._keeper = keeper
        self._levels = levels
        self._past = past
        self._portals = portals
        self._clock = clock

    # ---- what administrators ask for ----

    async def show(self, admin: Identity) -> tuple[ServiceLevel | None, list[Place]]:
        """What the account promises, and each portal that the administrator has access to."""
        levels = {it.portal_id: it for it in await self._levels.all(admin.tenant)}
        places = [Place(it, levels.get(it.portal_id)) for it in self._seen(admin)]
        return levels.get(DEFAULT), sorted(places, key=lambda it: it.portal.address)

    async def change(self, admin: Identity, portal_id: str, policy: Policy | None) -> ServiceLevel:
        """Set what is promised, or with None promise nothing of one's own; raises `PortalNotFound`.

        The open cases that it concerns are counted anew from now on.
        """
        self._check(admin, portal_id)
        total = await self._levels.count_open(admin.tenant)

        async def work(tx: Tx) -> ServiceLevel:
            known = await self._levels.get(tx, admin.tenant, portal_id)
            level = self._next(known, admin.tenant, portal_id, policy, total)
            await self._levels.put(tx, level)
            tx.emit(self._noted(admin, level, known))
            await self._go_on(tx, level, "", self._clock.now() + SETTLE)
            return level

        kept = await self._keeper.storage.transact(work)
        assert kept is not None  # noqa: S101 - without an inbox id no work is skipped
        return kept

    def preview(self, policy: Policy) -> Preview:
        """When a case that came in now would be due."""
        now = self._clock.now()
        allowed = {kind: policy.allowed(kind, "normal") for kind in KINDS}
        due = {
            kind: office_hours.after(policy.hours, now, time)
            for kind, time in allowed.items()
            if time is not None
        }
        return Preview(now, office_hours.is_open(policy.hours, now), due)

    async def try_out(
        self, admin: Identity, portal_id: str, candidate: Policy, after: str | None
    ) -> Slice[Tried]:
        """A slice of the last month under a candidate, beside what is in force; raises `PortalNotFound` and `CursorInvalid`."""
        self._check(admin, portal_id)
        present = await self._in_force(admin.tenant, portal_id)
        others = {it.portal_id for it in await self._levels.all(admin.tenant)}

        def judge(life: Life) -> Tried | None:
            if portal_id == DEFAULT and life.entries[-1].now.portal_id in others:
                return None
            return sla_lives.tried(life, present, candidate)

        companies = tuple(admin.companies)
        span = Span(admin.tenant, companies, self._clock.now(), portal_id or None)
        return await replay(self._past, span, judge, after=after, bounds=Bounds(), now=monotonic)

    # ---- what the clock brings ----

    async def ring(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """A promise falls due, or does so soon; the case may have gone on meanwhile."""
        scope = Scope(payload["tenant"], None)
        case = await self._keeper.store.get(tx, scope, payload["case_id"])
        if case is None:
            return
        cause = self._by_itself()
        policy = await self._keeper.clocks.policy_of(tx, case)
        changes = sla.ring(case, cause.time, policy)
        if changes:
            await self._keeper.keep(tx, case, case, changes, cause)
        else:
            await self._keeper.clocks.set_timer(tx, case)

    async def recount(self, tx: Tx, payload: Mapping[str, Any]) -> None:
        """A few open cases are counted anew by the present policy, and then the next; another edit begins again."""
        level = await self._levels.get(tx, payload["tenant"], payload["portal_id"])
        if level is None or level.version != payload["version"] or level.recount is None:
            return
        cases = await self._levels.open_cases(tx, level.tenant, payload["after"], BATCH)
        for case_id, portal_id in cases:
            if level.portal_id in {DEFAULT, portal_id}:
                await self._count_anew(tx, level.tenant, case_id)
        done = level.recount.done + len(cases)
        finished = len(cases) < BATCH
        recount = Recount(done, done if finished else max(done, level.recount.total), finished)
        level = replace(level, recount=recount)
        await self._levels.put(tx, level)
        if not finished:
            await self._go_on(tx, level, cases[-1][0], self._clock.now())

    async def _count_anew(self, tx: Tx, tenant: str, case_id: str) -> None:
        case = await self._keeper.store.get(tx, Scope(tenant, None), case_id)
        if case is None:
            return
        cause = self._by_itself()
        policy = await self._keeper.clocks.policy_of(tx, case)
        clocks = sla.quieted(
            await self._counted(case, cause.time, policy), case, cause.time, policy
        )
        changes = sla.recounted(case, clocks)
        after = await self._keeper.keep(tx, case, case, changes, cause)
        # How early a warning comes may be all that has changed.
        await self._keeper.clocks.set_timer(tx, after)

    async def _counted(self, case: Case, at: datetime, policy: Policy) -> Any:
        """The clocks of a case by its whole history, as if the policy had always been so."""
        if not policy.promises:
            return ()
        span = Span(case.tenant, (case.company_id,), at + SETTLE)
        entries = await self._past.life(case.id, span)
        if 0 < len(entries) < MOST_EVENTS:
            return sla_lives.lived(entries, policy, at)[0]
        now, clocks = case.now, case.now.sla_clocks
        return sla.follow(clocks, now, at, policy, answered=case.answered)

    # ---- shared ----

    def _seen(self, admin: Identity) -> list[PortalListed]:
        portals = self._portals.portals(admin.tenant)
        return [portal for portal in portals if portal.company_id in admin.companies]

    def _check(self, admin: Identity, portal_id: str) -> None:
        known = {portal.portal_id for portal in self._seen(admin)}
        if portal_id != DEFAULT and portal_id not in known:
            raise PortalNotFound

    async def _in_force(self, tenant: str, portal_id: str) -> Policy:
        if portal_id != DEFAULT:
            return await self._levels.policy_of(None, tenant, portal_id)
        level = await self._levels.get(None, tenant, DEFAULT)
        return NOTHING if level is None or level.removed else level.policy

    def _next(
        self,
        known: ServiceLevel | None,
        tenant: str,
        portal_id: str,
        policy: Policy | None,
        total: int,
    ) -> ServiceLevel:
        return ServiceLevel(
            tenant=tenant,
            portal_id=portal_id,
            policy=policy or NOTHING,
            version=known.version + 1 if known else 1,
            changed_at=self._clock.now(),
            recount=Recount(0, total, finished=False),
            removed=policy is None,
        )

    async def _go_on(self, tx: Tx, level: ServiceLevel, after: str, due: datetime) -> None:
        payload = {
            "tenant": level.tenant,
            "portal_id": level.portal_id,
            "version": level.version,
            "after": after,
        }
        timer = f"{RECOUNT}/{level.tenant}/{level.portal_id}"
        await self._keeper.timers.schedule(tx, timer, due, RECOUNT, payload)

    def _noted(self, admin: Identity, level: ServiceLevel, known: ServiceLevel | None) -> Any:
        portal = next((it for it in self._seen(admin) if it.portal_id == level.portal_id), None)
        return noted(
            self._clock,
            "sla.removed" if level.removed else "sla.changed",
            Actor(kind="technician", id=admin.id, via=admin.via),
            admin.tenant,
            company_id=portal.company_id if portal else None,
            subject_id=level.portal_id or None,
            details=facts(
                {"portal": portal.address if portal else "default", **_told(level)},
                {"portal": portal.address if portal else "default", **_told(known)},
            ),
        )

    def _by_itself(self) -> Cause:
        return Cause(self._clock.now(), SYSTEM, new_id())


def _told(level: ServiceLevel | None) -> dict[str, Any]:
    """What was decided, as the audit log keeps it; minutes as numbers. Nothing of what was removed."""
    if level is None or level.removed:
        return {}
    policy = level.policy
    told: dict[str, Any] = {kind: getattr(policy.targets, kind) for kind in KINDS}
    for priority, targets in policy.by_priority.items():
        told |= {f"{kind}_{priority}": getattr(targets, kind) for kind in KINDS}
    told["warn_percent"] = policy.warn_percent
    told["hours"] = "always"
    if policy.hours is not None:
        told["zone"] = policy.hours.zone
        told["hours"] = "; ".join(_hours_of(day) for day in policy.hours.week)
        told["holidays"] = ", ".join(sorted(map(str, policy.hours.holidays)))
    return told


def _hours_of(day: tuple[office_hours.Range, ...]) -> str:
    return ", ".join(
        f"{begin // 60:02}:{begin % 60:02}-{end // 60:02}:{end % 60:02}" for begin, end in day
    )


# ---- what is asked for, and by which route; and what the clock brings ----------------------------

HANDLES: Final[dict[str, Any]] = {
    "GET /api/cases/service-levels": SlaDesk.show,
    "PUT /api/cases/service-levels/{portal_id}": SlaDesk.change,
    "DELETE /api/cases/service-levels/{portal_id}": SlaDesk.change,
    "POST /api/cases/service-levels/preview": SlaDesk.preview,
    "POST /api/cases/service-levels/{portal_id}/trial": SlaDesk.try_out,
}
SLA_FROM_TIMERS: Final = {RING: SlaDesk.ring, RECOUNT: SlaDesk.recount}
