"""What a transcript looks like, as text, HTML and PDF, in three languages."""

import asyncio
import io
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import get_args

import pytest
from fluent.runtime import FluentBundle, FluentResource
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message
from pypdf import PdfReader

from contracts.chat import ActivityNoted, BotSpoke, ConversationEnded
from services.transcripts import pdf as pdf_module
from services.transcripts.document import Document, document
from services.transcripts.domain import Entry, transcript
from services.transcripts.pdf import Typesetter, TypesettingSlow
from services.transcripts.render import as_html, as_text
from services.transcripts.tests.examples import AT, case, entry, said, whole_journey
from services.transcripts.wording import LANGUAGES, Language, Words, is_zone, language_of

LOCALES = Path(__file__).parents[1] / "locales"
PAGES = Path(__file__).parents[3] / "web" / "shared" / "locales"
EVIL = "</p><script>alert(1)</script><img src=x onerror=alert(2)>&amp; \"'"


def paper(
    *entries: Entry, language: Language = "en", zone: str = "UTC", company: str = "Demo Ltd"
) -> Document:
    read = transcript(case(), entries, "customer")
    return document(read, company, Words(language, zone), AT)


def lines(text: str) -> list[str]:
    """Without the spaces that CLDR puts before `PM`."""
    return text.replace("\u202f", " ").splitlines()


async def pages(paper: Document) -> list[str]:
    made = PdfReader(io.BytesIO(await Typesetter().pdf(paper)))
    return [page.extract_text() for page in made.pages]


# ---- words ---------------------------------------------------------------------------------------


def test_the_catalogs_say_the_same_things() -> None:
    def names(language: str) -> dict[str, set[str]]:
        resource = FluentParser().parse((LOCALES / f"{language}.ftl").read_text("utf-8"))
        return {
            it.id.name: set(re.findall(r"\$(\w+)", repr_of(it)))
            for it in resource.body
            if isinstance(it, Message)
        }

    def repr_of(message: Message) -> str:
        return " ".join(
            f"${name}"
            for name in re.findall(r"VariableReference.*?'(\w+)'", str(message.to_json()))
        )

    assert names("de") == names("en") == names("es")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_has_a_sentence(language: Language) -> None:
    everything = [said("a", 1)]
    for kind, message, field in (
        ("activity", ActivityNoted, "code"),
        ("bot", BotSpoke, "code"),
        ("ended", ConversationEnded, "by"),
    ):
        codes = get_args(message.model_fields[field].annotation)
        assert codes
        for place, code in enumerate(codes):
            everything = [said("a", 1), entry(kind, 2 + place, code=code, name="Ann Ash")]
            read = transcript(case(), everything, "staff")
            (_, row) = document(read, "Demo", Words(language, "UTC"), AT).rows
            assert row.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_automatic_messages_are_filed_as_they_were_read(language: Language) -> None:
    pages = FluentBundle([language])
    pages.add_resource(FluentResource((PAGES / f"{language}.ftl").read_text("utf-8")))
    for code in get_args(BotSpoke.model_fields["code"].annotation):
        read = pages.get_message(f"bot-{code.replace('_', '-')}").value
        assert read is not None
        assert Words(language, "UTC").say(f"bot-{code}") == pages.format_pattern(read)[0]


def test_times_are_the_readers_own() -> None:
    first = said("a", 0)
    assert paper(first, zone="UTC").rows[0].time == "10:30\u202fPM"
    there = paper(first, zone="Europe/Vienna", language="de")
    assert (there.rows[0].day, there.rows[0].time) == ("Montag, 5. Januar 2026", "23:30")
    assert there.zone_note == "Alle Zeitangaben: Mitteleuropäische Zeit (Europe/Vienna)."
    assert paper(first, zone="UTC").zone_note == "All times: UTC."
    assert paper(first, zone="Asia/Tokyo", language="es").rows[0].day == (
        "Martes, 6 de enero de 2026"
    )


@pytest.mark.parametrize(
    ("tag", "language"), [("de-AT", "de"), ("es", "es"), ("EN-us", "en"), ("fr", "en"), ("", "en")]
)
def test_a_language_that_deskbus_does_not_speak_is_english(tag: str, language: Language) -> None:
    assert language_of(tag) == language


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"])
def test_zones_are_known_by_their_names(name: str) -> None:
    assert is_zone(name)


@pytest.mark.parametrize("name", ["", "Europe", "../../etc/passwd", "/etc/localtime", "Berlin"])
def test_what_is_no_zone_is_none(name: str) -> None:
    assert not is_zone(name)


# ---- text ----------------------------------------------------------------------------------------


def test_the_text_reads_from_top_to_bottom() -> None:
    text = as_text(paper(*whole_journey(), language="de", zone="Europe/Vienna"))
    assert lines(text)[:12] == [
        "Protokoll des Falls 1001",
        "========================",
        "",
        "Unternehmen:      Demo Ltd",
        "Eingegangen über: desk.example/p/demo",
        "Kunde:            Cleo Cox <cleo@example.com>",
        "Techniker:        Ann Ash",
        "Beginn:           5. Januar 2026, 23:31:00 MEZ",
        "Ende:             6. Januar 2026, 00:32:00 MEZ",
        "Nachrichten:      4",
        "",
        "Alle Zeitangaben: Mitteleuropäische Zeit (Europe/Vienna).",
    ]
    assert "23:38  Ann Ash:\n    Is it plugged in?\n    Please look.\n" in text
    assert "00:33  Cleo Cox (nach dem Ende des Chats gesendet):\n    One more thing\n" in text
    assert "23:37  * Ann Ash ist dem Chat beigetreten\n" in text
    assert text.count("2026\n----") == 2


@pytest.mark.parametrize("end_of_line", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x85"])
def test_a_message_cannot_pass_for_somebody_elses(end_of_line: str) -> None:
    forged = "Hello" + end_of_line + "10:35 PM  Ann Ash:" + end_of_line + "    You get a refund."
    text = as_text(paper(said(forged, 1)))
    assert [line for line in lines(text) if "10:35" in line] == ["    10:35 PM  Ann Ash:"]


# ---- HTML ----------------------------------------------------------------------------------------


class Seen(HTMLParser):
    """The tags of a page, and what they would load."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_needs_nothing_and_runs_nothing_whatever_was_written() -> None:
    plain = Seen(as_html(paper(said("a", 1), said("b", 2, by="technician"))))
    wicked = [
        said(EVIL, 1),
        said(EVIL, 2, by="technician", name=EVIL),
        entry("activity", 3, code="joined", name=EVIL),
        entry("contact", 4, text=EVIL),
    ]
    seen = Seen(as_html(paper(*wicked, company=EVIL)))
    assert seen.tags - {"bdi"} == plain.tags - {"bdi"}
    assert seen.tags.isdisjoint({"script", "img", "link", "iframe", "a", "form", "object", "base"})
    assert seen.attributes.isdisjoint({"src", "href", "onerror", "onclick", "srcset", "action"})
    # Company, technician, two messages, one of their authors, and two activities.
    assert seen.text.count(EVIL) == 7
    assert "url(" not in as_html(paper(*wicked)).replace("&", "")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_what_the_text_says(language: Language) -> None:
    made = paper(*whole_journey(), language=language, zone="Europe/Vienna")
    page = Seen(as_html(made)).text
    assert f'lang="{language}"' in as_html(made)
    for said_there in (made.title, made.zone_note, made.produced):
        assert said_there in page
    for row in made.rows:
        assert row.text in page
        assert row.who in page


# ---- PDF -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
async def test_the_paper_says_what_the_text_says(language: Language) -> None:
    made = paper(*whole_journey(), language=language, zone="Europe/Vienna")
    (page,) = await pages(made)
    flat = " ".join(page.split())
    for row in made.rows:
        assert " ".join(row.text.split()) in flat
    for label, value in made.facts:
        assert label in flat
        assert " ".join(value.split()) in flat
    assert made.page.format(page=1, pages=1) in flat


async def test_the_paper_can_be_filed() -> None:
    made = paper(*(said(f"Message {n}", n) for n in range(1, 201)))
    reader = PdfReader(io.BytesIO(await Typesetter().pdf(made)))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (
        "Transcript of case 1001",
        "Demo Ltd",
    )
    count = len(reader.pages)
    assert count > 3
    for number, page in enumerate(reader.pages, start=1):
        text = page.extract_text()
        assert f"Page {number} of {count}" in text
        assert "Transcript of case 1001" in text
        assert page.mediabox.width < page.mediabox.height
    assert str(reader.root_object["/Lang"]) == "en"
    assert "/StructTreeRoot" in reader.root_object


@pytest.mark.parametrize(
    "written",
    [
        "Zażółć gęślą jaźń, İstanbul, ñandú, Größe",
        "Ξεσκεπάζω τὴν ψυχοφθόρα βδελυγμία",
        "Съешь ещё этих мягких французских булок, ґанок, ђак",
        "€ £ ₽ ½ № ™ → ← ✓ ✗ ★ ☐ ☑ ■ ● ≤ ≠ ∞ ± µ Ω • … — ┌─┐",
        "😀 👍 🎉",
    ],
)
async def test_no_character_of_the_usual_ones_is_missing(written: str) -> None:
    """Glyph 0 is what a font shows for a character that it does not have."""
    made = PdfReader(io.BytesIO(await Typesetter().pdf(paper(said(written, 1)))))
    text = made.pages[0].extract_text()
    assert "".join(written.split()) in "".join(text.split())
    assert "0000" not in glyphs(made)


def glyphs(reader: PdfReader) -> set[str]:
    """All glyphs that the first page shows, as hexadecimal numbers; every font here has two bytes each."""
    shown: set[str] = set()
    contents = reader.pages[0].get_contents()
    assert contents is not None
    for operands, operator in contents.operations:
        pieces = operands[0] if operator == b"TJ" else operands if operator == b"Tj" else []
        for piece in pieces:
            raw = getattr(piece, "original_bytes", None)
            if raw is not None:
                shown |= {raw[at : at + 2].hex() for at in range(0, len(raw), 2)}
    return shown


async def test_what_was_written_is_never_taken_for_markup() -> None:
    wicked = '#panic("no") *bold* $x$ #read("/etc/passwd") {page} <label> @ref `raw` // gone'
    (page,) = await pages(paper(said(wicked, 1), company="{pages} #1"))
    flat = "".join(page.split())
    assert "".join(wicked.split()) in flat
    assert "Page1of1" in flat


async def test_ten_thousand_messages_are_all_on_paper() -> None:
    entries = [
        said(f"Message {n} of many.", n, by=("customer", "technician")[n % 2])
        for n in range(10_000)
    ]
    made = PdfReader(io.BytesIO(await Typesetter().pdf(paper(*entries))))
    first, last = made.pages[0].extract_text(), made.pages[-1].extract_text()
    assert "Message 0 of many." in first
    assert "Message 9999 of many." in last
    assert f"Page {len(made.pages)} of {len(made.pages)}" in last


async def test_others_are_served_while_a_long_one_is_set() -> None:
    entries = [said(f"Message {n} of many.", n) for n in range(2_000)]
    setting = asyncio.create_task(Typesetter().pdf(paper(*entries)))
    turns = 0
    while not setting.done():
        await asyncio.sleep(0.005)
        turns += 1
    assert turns > 10
    assert (await setting).startswith(b"%PDF-")


async def test_a_typesetter_that_hangs_is_ended() -> None:
    with pytest.raises(TypesettingSlow):
        await Typesetter(patience=0.01).pdf(paper(said("a", 1)))


async def test_a_typesetter_that_fails_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_module, "_json", lambda _: b"{}")
    with pytest.raises(RuntimeError, match="status 1"):
        await Typesetter().pdf(paper(said("a", 1)))


async def test_the_typesetter_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKBUS_SECRET", "x")
    told = pdf_module._without_ours()
    assert told
    assert not [name for name in told if name.startswith("DESKBUS_")]
