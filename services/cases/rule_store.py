"""Where the rules of every account are kept, and how often each has run."""
# ruff: noqa: ARG002 - the fake is handed transactions that it does not need

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final, Protocol
from weakref import WeakKeyDictionary

from chassis.errors import DeskbusError
from chassis.mongo import Database, Document, Index, Session
from chassis.storage import FakeStorage, Tx, session_of
from services.cases.rules import Rule, Trigger, conditions_of
from services.cases.steps import kept_steps, steps_of

RULES, TALLIES = "rules", "rule_tallies"
MOST: Final = 100
"""Of an account."""
IN_FORCE: Final = {"on": True}
INDEXES: Final[dict[str, list[Index]]] = {
    RULES: [
        Index([("tenant", 1), ("place", 1)], name="of_account"),
        # Asked with every change of every case: where no rule is on there is nothing in it.
        Index(
            [("tenant", 1), ("trigger", 1), ("place", 1)],
            name="in_force",
            partialFilterExpression=IN_FORCE,
        ),
    ],
    TALLIES: [Index([("tenant", 1)], name="of_account")],
}

_Asked = tuple[str, frozenset[Trigger]]


class RuleUnknown(DeskbusError):
    """There is no such rule."""

    code = "rule_unknown"
    status = 404
    text = "This rule does not exist any more."


class TooManyRules(DeskbusError):
    """The account has as many rules as it can have."""

    code = "too_many_rules"
    status = 409
    text = "No more rules can be made. Please delete some first."


@dataclass(frozen=True, slots=True)
class RuleTally:
    """How often a rule has run, how often it could not do what it says, and when it last did either."""

    runs: int = 0
    failures: int = 0
    last_at: datetime | None = None


class RuleStore(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def all(self, tx: Tx | None, tenant: str) -> list[Rule]:
        """The rules of an account, in the order in which they are looked at."""
        ...

    async def get(self, tx: Tx | None, tenant: str, rule_id: str) -> Rule | None:
        """The rule of this id."""
        ...

    async def in_force(self, tx: Tx | None, tenant: str, triggers: Iterable[Trigger]) -> list[Rule]:
        """Those that are on and set off by one of these, in order."""
        ...

    async def put(self, tx: Tx, *rules: Rule) -> None:
        """Keep rules, new ones or instead of their former selves; raises `TooManyRules`."""
        ...

    async def remove(self, tx: Tx, rule: Rule) -> None:
        """Have it no more, nor its tally."""
        ...

    async def note_run(self, tx: Tx, rule: Rule, at: datetime, *, done: bool) -> None:
        """Count a run."""
        ...

    async def tallies(self, tenant: str) -> dict[str, RuleTally]:
        """By rule; one that never ran has none."""
        ...


class MongoRules:
    """The rules in the service's own database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._rows = database.collection(RULES)
        self._tallies = database.collection(TALLIES)
        self._in_force: WeakKeyDictionary[Tx, dict[_Asked, list[Rule]]] = WeakKeyDictionary()
        """What transactions have read: a flood's is of many cases, and its snapshot does not change."""

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    async def all(self, tx: Tx | None, tenant: str) -> list[Rule]:
        rows = await self._rows.find(
            {"tenant": tenant}, sort=[("place", 1)], hint="of_account", session=_session(tx)
        )
        return [_rule(row) for row in rows]

    async def get(self, tx: Tx | None, tenant: str, rule_id: str) -> Rule | None:
        mine = {"_id": rule_id, "tenant": tenant}
        row = await self._rows.find_one(mine, session=_session(tx))
        return None if row is None else _rule(row)

    async def in_force(self, tx: Tx | None, tenant: str, triggers: Iterable[Trigger]) -> list[Rule]:
        asked = tenant, frozenset(triggers)
        known = {} if tx is None else self._in_force.setdefault(tx, {})
        if asked not in known:
            query = in_force_query(*asked)
            rows = await self._rows.find(query, hint="in_force", session=_session(tx))
            known[asked] = _in_order([_rule(row) for row in rows])
        return known[asked]

    async def put(self, tx: Tx, *rules: Rule) -> None:
        self._in_force.pop(tx, None)
        for rule in rules:
            if rule.revision == 1:
                await self._check_room(tx, rule)
            row = _row(rule)
            await self._rows.replace_one({"_id": rule.id}, row, upsert=True, session=session_of(tx))

    async def remove(self, tx: Tx, rule: Rule) -> None:
        self._in_force.pop(tx, None)
        await self._rows.delete_one({"_id": rule.id}, session=session_of(tx))
        await self._tallies.delete_one({"_id": rule.id}, session=session_of(tx))

    async def note_run(self, tx: Tx, rule: Rule, at: datetime, *, done: bool) -> None:
        counted = {"$inc": {"runs" if done else "failures": 1}}
        last = {"$set": {"tenant": rule.tenant, "last_at": at}}
        await self._tallies.update_one(
            {"_id": rule.id}, counted | last, upsert=True, session=session_of(tx)
        )

    async def tallies(self, tenant: str) -> dict[str, RuleTally]:
        rows = await self._tallies.find({"tenant": tenant}, hint="of_account")
        return {
            row["_id"]: RuleTally(row.get("runs", 0), row.get("failures", 0), row["last_at"])
            for row in rows
        }

    async def _check_room(self, tx: Tx, rule: Rule) -> None:
        others = await self._rows.find(
            {"tenant": rule.tenant, "_id": {"$ne": rule.id}},
            projection={"_id": 1},
            limit=MOST,
            hint="of_account",
            session=session_of(tx),
        )
        if len(others) >= MOST:
            raise TooManyRules


def in_force_query(tenant: str, triggers: Iterable[Trigger]) -> Document:
    """What MongoDB is asked for the rules that something sets off."""
    return {"tenant": tenant, "trigger": {"$in": sorted(triggers)}, **IN_FORCE}


def _session(tx: Tx | None) -> Session | None:
    return None if tx is None else session_of(tx)


def _in_order(rules: Sequence[Rule]) -> list[Rule]:
    return sorted(rules, key=lambda it: (it.place, it.id))


_PLAIN: Final = (
    *("tenant", "name", "trigger", "match", "minutes", "on", "on_since", "place", "changed_by"),
    "revision",
)


def _row(rule: Rule) -> Document:
    kept: dict[str, Any] = {name: getattr(rule, name) for name in _PLAIN}
    conditions = [it.model_dump(mode="json") for it in rule.conditions]
    return {"_id": rule.id, **kept, "conditions": conditions, "steps": kept_steps(rule.steps)}


def _rule(row: Document) -> Rule:
    return Rule(
        id=row["_id"],
        conditions=conditions_of(row["conditions"]),
        steps=steps_of(row["steps"]),
        **{name: row[name] for name in _PLAIN},
    )


class FakeRules:
    """The same promises in memory."""

    def __init__(self, storage: FakeStorage) -> None:
        self._rules: dict[str, Rule] = storage.table(RULES)
        self._tallies: dict[str, RuleTally] = storage.table(TALLIES)

    async def all(self, tx: Tx | None, tenant: str) -> list[Rule]:
        return _in_order([it for it in self._rules.values() if it.tenant == tenant])

    async def get(self, tx: Tx | None, tenant: str, rule_id: str) -> Rule | None:
        rule = self._rules.get(rule_id)
        return rule if rule and rule.tenant == tenant else None

    async def in_force(self, tx: Tx | None, tenant: str, triggers: Iterable[Trigger]) -> list[Rule]:
        return [it for it in await self.all(tx, tenant) if it.on and it.trigger in set(triggers)]

    async def put(self, tx: Tx, *rules: Rule) -> None:
        for rule in rules:
            others = [it for it in await self.all(tx, rule.tenant) if it.id != rule.id]
            if rule.revision == 1 and len(others) >= MOST:
                raise TooManyRules
            self._rules[rule.id] = rule

    async def remove(self, tx: Tx, rule: Rule) -> None:
        self._rules.pop(rule.id, None)
        self._tallies.pop(rule.id, None)

    async def note_run(self, tx: Tx, rule: Rule, at: datetime, *, done: bool) -> None:
        known = self._tallies.get(rule.id, RuleTally())
        self._tallies[rule.id] = replace(
            known,
            runs=known.runs + done,
            failures=known.failures + (not done),
            last_at=at,
        )

    async def tallies(self, tenant: str) -> dict[str, RuleTally]:
        mine = {it.id for it in await self.all(None, tenant)}
        return {rule_id: tally for rule_id, tally in self._tallies.items() if rule_id in mine}
