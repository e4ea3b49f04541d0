"""The audit log and API keys in the store, in memory and on MongoDB: one suite for both."""

from dataclasses import replace
from datetime import timedelta

import pytest

from services.portal.domain_audit import AuditEntry, AuditFilter
from services.portal.tests.integrations import ENTRY, KEY, NOW, entry
from services.portal.tests.test_storage import Kept, database, kept

__all__ = ["database", "kept"]

ENTRIES = [
    entry(0, "session.opened"),
    entry(1, by_id="greta", case_id="case-1"),
    entry(2, "case.resolved", by_id="greta", case_id="case-1"),
    entry(3, "case.resolved", case_id="case-2"),
    entry(4, tenant="other"),
]


async def filled(kept: Kept) -> None:
    for line in ENTRIES:
        await kept.storage.transact(lambda tx, it=line: kept.store.add_entry(tx, it))  # type: ignore[misc]


async def test_a_line_comes_back_as_it_was_written(kept: Kept) -> None:
    await kept.storage.transact(lambda tx: kept.store.add_entry(tx, ENTRY))
    assert await kept.store.get(None, AuditEntry, ENTRY.id) == ENTRY
    assert await kept.store.entries_of("tenant", AuditFilter(), None, 10) == [ENTRY]


async def test_a_line_that_is_there_is_not_written_over(kept: Kept) -> None:
    for name in ("Ada Berg", "Somebody Else"):
        line = replace(ENTRY, by_name=name)
        await kept.storage.transact(lambda tx, it=line: kept.store.add_entry(tx, it))  # type: ignore[misc]
    assert await kept.store.get(None, AuditEntry, ENTRY.id) == ENTRY


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditFilter(), [3, 2, 1, 0]),
        (AuditFilter(by_id="greta"), [2, 1]),
        (AuditFilter(group="cases"), [3, 2, 1]),
        (AuditFilter(action="case.resolved"), [3, 2]),
        (AuditFilter(case_id="case-1"), [2, 1]),
        (AuditFilter(by_id="ada", group="cases", case_id="case-1"), []),
        (AuditFilter(since=NOW + timedelta(seconds=2)), [3, 2]),
        (AuditFilter(until=NOW + timedelta(seconds=2)), [1, 0]),
        (AuditFilter(since=NOW + timedelta(seconds=1), until=NOW + timedelta(seconds=2)), [1]),
    ],
)
async def test_filters_find_the_accounts_own_lines_newest_first(
    kept: Kept, wanted: AuditFilter, found: list[int]
) -> None:
    await filled(kept)
    lines = await kept.store.entries_of("tenant", wanted, None, 10)
    assert [line.id for line in lines] == [f"entry-{number:03}" for number in found]


async def test_pages_go_on_behind_a_place(kept: Kept) -> None:
    await filled(kept)
    first = await kept.store.entries_of("tenant", AuditFilter(), None, 2)
    rest = await kept.store.entries_of("tenant", AuditFilter(), first[-1].place, 2)
    assert [line.id for line in (*first, *rest)] == [f"entry-{n:03}" for n in (3, 2, 1, 0)]


async def test_keys_of_an_account_are_the_newest_first(kept: Kept) -> None:
    later = replace(KEY, id="later", secret_hash="other", created_at=NOW + timedelta(days=1))
    await kept.put(KEY, later, replace(KEY, id="strange", secret_hash="third", tenant="other"))
    assert await kept.store.api_keys_of(None, "tenant") == [later, KEY]
