"""A transcript as a mail."""

import orjson
import pytest

from chassis.codec import encode
from chassis.keyring import FakeKeyring
from contracts.notify import MailContent
from services.transcripts.document import Document, document
from services.transcripts.domain import Addressee, Entry, transcript
from services.transcripts.handlers import send_mail
from services.transcripts.letters import LIMIT_BYTES, letter
from services.transcripts.storage import Mailing
from services.transcripts.tests.examples import ANNS, AT, CASE, case, said, whole_journey
from services.transcripts.wording import LANGUAGES, Language, Words

RECORD_LIMIT = 1_000_000


def mail(
    entries: list[Entry],
    to: Addressee = "customer",
    language: Language = "en",
    company: str = "Demo Ltd",
    *,
    asked: bool = True,
) -> MailContent:
    words = Words(language, "UTC")
    paper: Document = document(transcript(case(), entries, "customer"), company, words, AT)
    return letter(paper, case(), words, to, asked=asked)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_mail_has_the_whole_transcript_in_both_bodies(language: Language) -> None:
    made = mail(whole_journey(), language=language)
    for body in (made.text, made.html):
        for text in ("My lamp is dark", "Please look.", "One more thing", "1001", "Demo Ltd"):
            assert text in body
    assert "\n" not in made.subject
    assert "1001" in made.subject


@pytest.mark.parametrize("asked", [True, False])
@pytest.mark.parametrize("to", ["customer", "assignee", "address"])
def test_it_says_first_why_it_comes(to: Addressee, asked: bool) -> None:
    first = mail(whole_journey(), to, asked=asked).text.splitlines()[0]
    expected = {
        ("customer", True): "that you asked for.",
        ("customer", False): "Demo Ltd sends you the transcript of your conversation.",
        ("assignee", True): "that you asked for.",
        ("assignee", False): "Demo Ltd sends you the transcript of case 1001.",
        ("address", True): "Demo Ltd sends you the transcript of case 1001.",
        ("address", False): "Demo Ltd sends you the transcript of case 1001.",
    }
    assert first.endswith(expected[to, asked])


def test_a_desk_whose_company_is_not_known_goes_by_its_address() -> None:
    assert mail(whole_journey(), company="").subject.endswith("desk.example/p/demo")


@pytest.mark.parametrize("text", ["Wo ist meine Lampe? ", 'Привет "там" ', "<&>\n\n"])
async def test_of_what_is_too_long_the_newest_part_is_mailed_and_fits_a_record(text: str) -> None:
    entries = [said(f"{n} {text * 12}", n) for n in range(1, 4_001)]
    made = mail(entries)
    size = len(orjson.dumps(made.model_dump()))
    assert LIMIT_BYTES * 0.9 < size <= LIMIT_BYTES
    assert "4000 " in made.text
    assert "This conversation is too long for one mail." in made.text
    assert "This conversation is too long for one mail." in made.html
    assert await record_size(made) < RECORD_LIMIT


def test_what_is_left_out_is_counted_and_what_is_kept_is_the_end() -> None:
    made = mail([said(f"[{n}] {'x' * 200}", n) for n in range(1, 4_001)])
    kept = [n for n in range(1, 4_001) if f"[{n}]" in made.text]
    assert kept == list(range(kept[0], 4_001))
    assert f"{kept[0] - 1:,} earlier entries are left out" in made.text
    assert [n for n in range(1, 4_001) if f"[{n}]" in made.html] == kept


def test_what_fits_is_not_cut() -> None:
    assert "too long" not in mail([said("x" * 200, n) for n in range(1, 500)]).text


async def record_size(content: MailContent) -> int:
    keyring = FakeKeyring()
    await keyring.create(CASE)
    mailing = Mailing(CASE, CASE, AT, "customer")
    message = send_mail(
        mailing, case(), ANNS, recipient="cleo@example.com", content=content, count=1
    )
    return len((await encode(message, keyring)).value)
