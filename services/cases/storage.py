"""Cases' store: every case with its lists, their counts, and the numbers that people say.

Names, addresses and what customers wrote stand in a case's document as one box, sealed with the
data key of the case and opened for the rows of a page only. So nothing here can be searched for
words: a search goes by keyed digests of them (`search.py`).

Counts are kept, not counted (`tallies.py`).
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import count
from typing import Final, Protocol, cast

from chassis.erasure import Holdings, purging
from chassis.keyring import Erased, KeySource
from chassis.mongo import Database, Document, Index, Update
from chassis.storage import FakeStorage, Tx, later, session_of, written
from contracts.cases import CaseState, CaseText
from services.cases.domain import INCOMING, Case, ListName
from services.cases.filters import Wanted, fits
from services.cases.list_store import MOST_COUNTED, ListReader, Tally
from services.cases.search import BlindIndex, is_beyond_digests
from services.cases.shelves import INDEXES as LISTS
from services.cases.shelves import Asked, digests_of
from services.cases.sorting import NEWEST, Sorting, key_of, keys_of
from services.cases.tallies import INDEXES as OF_TALLIES
from services.cases.tallies import TALLIES, Counts, Tallies

FIRST_NUMBER: Final = 1001
"""Numbers have the same length for the first nine thousand cases, and none tells how new a desk is."""

TAKEN: Final = ["assigned", "snoozed", "resolved"]
"""The states of cases that do not wait for a technician."""

CASES, NUMBERS = "cases", "numbers"
INDEXES: Final[dict[str, list[Index]]] = {
    CASES: [
        Index([("tenant", 1), ("number", 1)], name="number", unique=True),
        # All cases of one person are few: those of other companies are passed over one by one.
        Index([("tenant", 1), ("contact_id", 1), ("submitted", -1)], name="contact"),
        *LISTS,
    ],
    TALLIES: OF_TALLIES,
    NUMBERS: [],
}
NEWEST_FIRST: Final = [("submitted", -1)]

_STATUS: Final = frozenset(CaseState.model_fields)
_SEALED_AS: Final = b"case"
_MAIL_WORDS_AS: Final = b"words of mails"


@dataclass(frozen=True, slots=True)
class Scope:
    """What somebody may see of one account."""

    tenant: str
    companies: tuple[str, ...] | None
    """Those to which they have access; None for who has the case itself, and needs no company."""
    incoming: bool = True
    """Whether they see the cases that wait for a technician (S57)."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases of a list; `next` continues behind them, and is None at the end.

    A page with a `next` may be short, or empty: its filter fits little of what was looked at.
    """

    cases: list[Case]
    next: str | None


class CaseStore(Protocol):
    """`tx` is the transaction to be part of; a read may stand alone, with None."""

    async def next_number(self, tenant: str) -> int:
        """A number that no other case of the account has; one that is not used is a gap."""
        ...

    async def get(self, tx: Tx | None, scope: Scope, case_id: str) -> Case | None:
        """The case, if it is in the scope."""
        ...

    async def get_all(self, tx: Tx, case_ids: Collection[str]) -> dict[str, Case]:
        """Those cases that are there, whosever they are, by id: for what the bus tells of them."""
        ...

    async def add(self, tx: Tx, case: Case) -> None:
        """Keep a new case."""
        ...

    async def save(self, tx: Tx, before: Case, after: Case) -> None:
        """Keep what became of a case that was read in the same transaction."""
        ...

    async def remove(self, tx: Tx, case: Case) -> None:
        """Have the case that was read in the same transaction no more: neither in lists nor in their counts."""
        ...

    async def page(
        self, scope: Scope, wanted: Wanted, sorting: Sorting, after: str | None, limit: int
    ) -> Page:
        """The cases of a list that come behind `after`, the `next` of another page, in their order."""
        ...

    async def tally(self, scope: Scope, wanted: Wanted) -> Tally:
        """How many cases a list has with its filter."""
        ...

    async def of_contact(
        self, tx: Tx | None, scope: Scope, ids: Sequence[str], after: str | None, limit: int
    ) -> Page:
        """The newest submitted cases of the contact with these ids that come behind `after`, the `next` of another page."""
        ...

    async def counts(self, scope: Scope, technician_id: str) -> Counts:
        """How long the lists are for this technician."""
        ...

    async def candidates(self, scope: Scope, terms: Sequence[str], limit: int) -> list[Case]:
        """The newest cases that have a word beginning with each term, the longest term first."""
        ...


# ---- MongoDB -------------------------------------------------------------------------------------


class MongoCaseStore:
    """The store on the service's own database."""

    def __init__(self, database: Database, keyring: KeySource, index: BlindIndex) -> None:
        self._database = database
        self._keyring = keyring
        self._index = index
        self._cases = database.collection(CASES)
        self._tallies = Tallies(database)
        self._numbers = database.collection(NUMBERS)
        self._lists = ListReader(self._cases)

    async def prepare(self) -> None:
        """Create what is missing of collections and indexes."""
        await self._database.ensure_indexes(INDEXES)

    def holdings(self) -> Holdings:
        """What may be left of a case behind its removal, and how it is purged."""
        return {CASES: purging(self._cases, "_id")}

    async def next_number(self, tenant: str) -> int:
        # Outside of the case's transaction on purpose: inside, all customers of an account who come at
        # the same moment would have to wait for each other. What is given up is only that there be no gaps.
        row = await self._numbers.find_one_and_update(
            {"_id": tenant}, {"$inc": {"given": 1}}, upsert=True
        )
        # An upsert always finds something.
        return FIRST_NUMBER - 1 + int(cast(Document, row)["given"])

    async def get(self, tx: Tx | None, scope: Scope, case_id: str) -> Case | None:
        session = None if tx is None else await written(tx)
        row = await self._cases.find_one({"_id": case_id, **_within(scope)}, session=session)
        return None if row is None else await self._opened(row)

    async def get_all(self, tx: Tx, case_ids: Collection[str]) -> dict[str, Case]:
        rows = await self._cases.find({"_id": {"$in": list(case_ids)}}, session=await written(tx))
        await self._keyring.recall(row["_id"] for row in rows)
        cases = [await self._opened(row) for row in rows]
        return {case.id: case for case in cases if case is not None}

    async def add(self, tx: Tx, case: Case) -> None:
        await self._cases.insert_one(await self.row_of(case), session=session_of(tx))
        await self._tallies.move(tx, None, case)

    async def save(self, tx: Tx, before: Case, after: Case) -> None:
        fields = _changing(after)
        if after.text != before.text:
            fields["sealed"] = await self._seal(after)
        if after.mail_words != before.mail_words:
            fields |= await self._mail_words_of(after)
        if (after.text, after.mail_words) != (before.text, before.mail_words):
            fields["words"] = self._index.of_case(after)
        later(tx, self._cases, Update({"_id": after.id}, {"$set": fields}))
        await self._tallies.move(tx, before, after)

    async def page(
        self, scope: Scope, wanted: Wanted, sorting: Sorting, after: str | None, limit: int
    ) -> Page:
        asked = asked_of(scope, wanted, self._index)
        rows, behind = await self._lists.page(asked, sorting, after, limit)
        cases = await self._open(rows)
        if is_beyond_digests((*wanted.terms, *wanted.customer_terms, *wanted.title_terms)):
            cases = [case for case in cases if fits(case, wanted)]
        return Page(cases, behind)

    async def tally(self, scope: Scope, wanted: Wanted) -> Tally:
        return await self._lists.count(asked_of(scope, wanted, self._index))

    async def of_contact(
        self, tx: Tx | None, scope: Scope, ids: Sequence[str], after: str | None, limit: int
    ) -> Page:
        session = None if tx is None else await written(tx)
        query = contact_query(scope, ids, after)
        rows = await self._cases.find(
            query, sort=NEWEST_FIRST, limit=limit + 1, hint="contact", session=session
        )
        return await self._page(rows, limit)

    async def _page(self, rows: Sequence[Document], limit: int) -> Page:
        behind = rows[limit - 1]["submitted"] if len(rows) > limit else None
        return Page(await self._open(rows[:limit]), behind)

    async def candidates(self, scope: Scope, terms: Sequence[str], limit: int) -> list[Case]:
        query = search_query(scope, self._index.of_terms(scope.tenant, terms))
        rows = await self._cases.find(query, sort=NEWEST_FIRST, limit=limit, hint="words")
        return await self._open(rows)

    async def counts(self, scope: Scope, technician_id: str) -> Counts:
        states = [*TAKEN, *(INCOMING if scope.incoming else ())]
        return await self._tallies.counts(_of(scope), states, technician_id)

    async def remove(self, tx: Tx, case: Case) -> None:
        await self._cases.delete_one({"_id": case.id}, session=await written(tx))
        await self._tallies.move(tx, case, None)

    async def row_of(self, case: Case) -> Document:
        """A new case as it is kept, sealed."""
        return {
            "_id": case.id,
            "tenant": case.tenant,
            "company_id": case.company_id,
            **_changing(case),
            "sealed": await self._seal(case),
            "words": self._index.of_case(case),
            **await self._mail_words_of(case),
        }

    async def _mail_words_of(self, case: Case) -> Document:
        """The words of its mails as they are kept, sealed; nothing where it has none."""
        if not case.mail_words:
            return {}
        words = "\n".join(case.mail_words).encode()
        return {"mail_words": await self._keyring.seal(case.id, words, _MAIL_WORDS_AS)}

    async def _seal(self, case: Case) -> bytes:
        return await self._keyring.seal(case.id, case.text.model_dump_json().encode(), _SEALED_AS)

    async def _open(self, rows: Sequence[Document]) -> list[Case]:
        await self._keyring.recall(row["_id"] for row in rows)
        found = [await self._opened(row) for row in rows]
        return [case for case in found if case is not None]

    async def _opened(self, row: Document) -> Case | None:
        """The case of a row; None once its key was destroyed, which comes before its row is purged."""
        try:
            text = await self._keyring.open(row["_id"], row["sealed"], _SEALED_AS)
            mail_words = await self._mail_words_in(row)
        except Erased:
            return None
        return Case(
            id=row["_id"],
            tenant=row["tenant"],
            company_id=row["company_id"],
            version=row["version"],
            # A row of before a field was thought of has what the contract says of its absence.
            now=CaseState.model_validate({name: row[name] for name in _STATUS if name in row}),
            text=CaseText.model_validate_json(text),
            after_seq=row["after_seq"],
            answered=row["answered"],
            mail_words=mail_words,
        )

    async def _mail_words_in(self, row: Document) -> tuple[str, ...]:
        if "mail_words" not in row:
            return ()
        words = await self._keyring.open(row["_id"], row["mail_words"], _MAIL_WORDS_AS)
        return tuple(words.decode().split("\n"))


def asked_of(scope: Scope, wanted: Wanted, index: BlindIndex) -> Asked:
    """A list as it is asked for by somebody who sees no more than their scope."""
    states = wanted.states if scope.incoming else wanted.states - INCOMING
    digests = digests_of(scope.tenant, wanted, index)
    return Asked(scope.tenant, scope.companies or (), wanted, states, digests)


def contact_query(scope: Scope, ids: Sequence[str], after: str | None) -> Document:
    """What MongoDB is asked for the cases of a contact, which may have had several ids."""
    query = {**_within(scope), "contact_id": {"$in": list(ids)}}
    return query if after is None else query | {"submitted": {"$lt": after}}


def search_query(scope: Scope, digests: Sequence[bytes]) -> Document:
    """What MongoDB is asked for a search; the first digest stands alone, so that the index is read for it."""
    first, *others = digests
    query = {**_within(scope), "words": first}
    return query | {"$and": [{"words": other} for other in others]} if others else query


def _within(scope: Scope) -> Document:
    return _of(scope) | ({} if scope.incoming else {"state": {"$in": TAKEN}})


def _of(scope: Scope) -> Document:
    if scope.companies is None:
        return {"tenant": scope.tenant}
    return {"tenant": scope.tenant, "company_id": {"$in": list(scope.companies)}}


def _changing(case: Case) -> Document:
    return {
        "version": case.version,
        "after_seq": case.after_seq,
        "answered": case.answered,
        **case.now.model_dump(include=set(_STATUS)),
        **keys_of(case),
    }


# ---- in memory -----------------------------------------------------------------------------------


class FakeCaseStore:
    """The same promises in memory; it counts what the real store keeps as counts."""

    def __init__(self, storage: FakeStorage, index: BlindIndex) -> None:
        self._index = index
        self._cases: dict[str, Case] = storage.table(CASES)
        self._numbers: dict[str, Iterator[int]] = {}

    async def next_number(self, tenant: str) -> int:
        return next(self._numbers.setdefault(tenant, count(FIRST_NUMBER)))

    async def get(self, tx: Tx | None, scope: Scope, case_id: str) -> Case | None:  # noqa: ARG002
        case = self._cases.get(case_id)
        return case if case and _sees(scope, case) else None

    async def get_all(self, tx: Tx, case_ids: Collection[str]) -> dict[str, Case]:  # noqa: ARG002
        return {case_id: self._cases[case_id] for case_id in case_ids if case_id in self._cases}

    async def add(self, tx: Tx, case: Case) -> None:  # noqa: ARG002
        self._cases[case.id] = case

    async def save(self, tx: Tx, before: Case, after: Case) -> None:  # noqa: ARG002
        self._cases[after.id] = after

    async def remove(self, tx: Tx, case: Case) -> None:  # noqa: ARG002
        del self._cases[case.id]

    async def page(
        self, scope: Scope, wanted: Wanted, sorting: Sorting, after: str | None, limit: int
    ) -> Page:
        return _fake_page(self._listed(scope, wanted), sorting, after, limit)

    async def tally(self, scope: Scope, wanted: Wanted) -> Tally:
        found = len(self._listed(scope, wanted))
        return Tally(min(found, MOST_COUNTED), found > MOST_COUNTED)

    async def of_contact(
        self,
        tx: Tx | None,  # noqa: ARG002
        scope: Scope,
        ids: Sequence[str],
        after: str | None,
        limit: int,
    ) -> Page:
        mine = [it for it in self._cases.values() if _sees(scope, it)]
        found = [it for it in mine if it.now.contact_id in ids]
        return _fake_page(found, NEWEST, after, limit)

    async def candidates(self, scope: Scope, terms: Sequence[str], limit: int) -> list[Case]:
        wanted = set(self._index.of_terms(scope.tenant, terms))
        seen = [case for case in self._cases.values() if _sees(scope, case)]
        found = [case for case in seen if wanted <= set(self._index.of_case(case))]
        return sorted(found, key=partial(key_of, "created"), reverse=True)[:limit]

    async def counts(self, scope: Scope, technician_id: str) -> Counts:
        lists: tuple[ListName, ...] = ("unassigned", "mine", "all")
        return Counts(*(len(self._listed(scope, Wanted(it, technician_id))) for it in lists))

    def _listed(self, scope: Scope, wanted: Wanted) -> list[Case]:
        return [case for case in self._cases.values() if _sees(scope, case) and fits(case, wanted)]


def _fake_page(listing: list[Case], sorting: Sorting, after: str | None, limit: int) -> Page:
    listed = {key_of(sorting.sort, case): case for case in listing}
    keys = sorted(listed, reverse=not sorting.ascending)
    behind = [key for key in keys if sorting.comes_behind(key, after)]
    page = behind[:limit]
    return Page([listed[key] for key in page], page[-1] if len(behind) > limit else None)


def _sees(scope: Scope, case: Case) -> bool:
    within = scope.companies is None or case.company_id in scope.companies
    seen = scope.incoming or case.now.state not in INCOMING
    return case.tenant == scope.tenant and within and seen
