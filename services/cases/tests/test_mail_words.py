"""Cases are found by what their mails say (S63, S65): both those that came in, and those that were written."""

from dataclasses import replace

import pytest

from chassis.ids import new_id
from chassis.keyring import Erased, FakeKeyring
from chassis.mongo import Database
from contracts.cases import ProblemLine
from services.cases.actions import Mail, Title
from services.cases.filters import CaseFilter, Wanted, fits
from services.cases.mail_words import with_mail, with_words
from services.cases.search import MAILS_SHARE, MOST_WORDS, BlindIndex, relevance, told_words
from services.cases.storage import CASES
from services.cases.tests.examples import ANN, BEN, CASE, fresh
from services.cases.tests.house import HERE, House, who
from services.cases.tests.test_backfill import Old
from services.cases.tests.test_mailing import answer, body, hears, mail
from services.cases.tests.test_storage import Kept, on_mongo

INDEX = BlindIndex(bytes(32))
MANY = " ".join(f"word{n}" for n in range(2 * MOST_WORDS))


async def found(house: House, query: str) -> bool:
    by_ben = await house.technicians.search(who(BEN), query, 20)
    return [case.id for case in by_ben] == [CASE]


async def test_what_came_in_and_what_was_written_is_found_like_what_was_said(house: House) -> None:
    await hears(house, mail())
    await house.act(Mail(client_id=new_id(), subject="Löschdecke", text="Try a blanket."), ANN, 1)
    await hears(
        house, answer(mail=body("The curtains caught it.", "dora@firm.example", "Dora Fox"))
    )
    for query in ("printer fire", "LOSCHDECKE", "blank", "curtains", "dora", "firm.example"):
        assert await found(house, query), query
    assert await found(house, "printer blanket curtains")
    assert not await found(house, "chair")


async def test_another_title_does_not_hide_what_a_mail_was_called(house: House) -> None:
    await hears(house, mail(mail=body("It burns.")))
    await house.act(Title(title="Fire"), ANN)
    assert await found(house, "printer")


async def test_a_list_is_narrowed_down_by_the_words_of_mails_as_well() -> None:
    case = with_mail(fresh(), body("Donaudampfschifffahrtsgesellschaft"))
    for query, fit in (("donau", True), ("donaudampfschifffahrt", True), ("dampf", False)):
        assert fits(case, Wanted("all", ANN, CaseFilter(q=query))) == fit, query
    assert not fits(case, Wanted("all", ANN, CaseFilter(title="donau")))


async def test_what_a_case_tells_of_itself_comes_before_what_its_mails_say() -> None:
    case = with_words(fresh(), "Cleo has a lamp")
    assert relevance(case, ["cleo"]) > relevance(case, ["lamp"]) == 0


async def test_the_words_of_a_case_are_bounded_and_the_latest_mail_is_always_among_them() -> None:
    case = with_words(with_words(fresh(), MANY), "quite new")
    assert len(case.mail_words) == MOST_WORDS
    assert len(told_words(case)) == MOST_WORDS
    assert {"1001", "cleo", "quite", "new", "word0"} <= {*told_words(case)}
    line = ProblemLine(text=MANY.replace("word", "said"), time=case.now.created_at)
    long = replace(case, text=case.text.model_copy(update={"problem": (line,)}))
    words = told_words(long)
    assert len(words) == MOST_WORDS
    assert sum(word in case.mail_words for word in words) == MAILS_SHARE
    assert "said0" in words
    # Without mails nothing is held back for them.
    assert sum(it.startswith("said") for it in told_words(replace(long, mail_words=()))) > 200


async def test_the_database_has_no_word_of_them_and_gives_them_back(
    mongo_database: Database,
) -> None:
    keyring = FakeKeyring()
    kept = await on_mongo(mongo_database, keyring)
    case = await kept.add(with_words(fresh(), "a secret lamp"))
    assert await kept.store.get(None, HERE, CASE) == case
    assert [it.id for it in await kept.store.candidates(HERE, ["lamp"], 9)] == [CASE]
    changed = await _say_more(kept)
    assert await kept.store.get(None, HERE, CASE) == changed
    for term in ("lamp", "chair"):
        assert [it.id for it in await kept.store.candidates(HERE, [term], 9)] == [CASE]
    row = await mongo_database.collection(CASES).find_one({"_id": CASE})
    assert row is not None
    assert not any(it in repr(row) for it in ("lamp", "chair"))
    await keyring.erase(CASE)
    with pytest.raises(Erased):
        await keyring.open(CASE, row["mail_words"], b"words of mails")
    assert await kept.store.candidates(HERE, ["lamp"], 9) == []


async def _say_more(kept: Kept) -> object:
    async def work(tx: object) -> object:
        case = await kept.store.get(tx, HERE, CASE)  # type: ignore[arg-type]
        assert case is not None
        more = with_words(case, "and a chair")
        await kept.store.save(tx, case, more)  # type: ignore[arg-type]
        return more

    return await kept.storage.transact(work)


async def test_the_mails_of_before_are_found_once_they_were_looked_through(
    mongo_database: Database,
) -> None:
    old = Old(mongo_database)
    ids = await old.fill()
    house = House()
    await hears(house, mail(ids[0]), answer(case_id=ids[0]))
    for entry in await house.history.read(None, ids[0]):
        await old.storage.transact(lambda tx, it=entry: old.history.append(tx, it))  # type: ignore[misc]
    while not await old.backfill().advance():
        pass
    assert [it.id for it in await old.cases.candidates(HERE, ["fire"], 9)] == [ids[0]]
    case = await old.cases.get(None, HERE, ids[0])
    assert case is not None
    assert "fire" in case.mail_words
