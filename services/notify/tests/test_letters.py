import re

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from contracts.notify import MailContent
from services.notify import letters
from services.notify.tests.examples import request


def written(**different: object) -> MailContent:
    return letters.acknowledgement(request(**different), "Demo Ltd")


@pytest.mark.parametrize(
    ("locale", "subject", "greeting"),
    [
        ("en-GB", "We have received your request 1001", "Hello Cleo Cox,"),
        ("es", "Hemos recibido su solicitud 1001", "Hola, Cleo Cox:"),
        ("de-AT", "Wir haben Ihre Anfrage 1001 erhalten", "Guten Tag Cleo Cox,"),
        ("fr", "We have received your request 1001", "Hello Cleo Cox,"),
        ("", "We have received your request 1001", "Hello Cleo Cox,"),
    ],
)
def test_it_is_in_the_readers_language(locale: str, subject: str, greeting: str) -> None:
    content = written(locale=locale)
    assert content.subject == subject
    assert greeting in content.text
    assert greeting in content.html


def test_it_says_the_number_who_will_answer_and_what_was_written() -> None:
    content = written(problem=("My invoice is wrong.\nTwice.", "Please help"))
    for text in (content.text, content.html):
        assert "1001" in text
        assert "Demo Ltd" in text
        assert "demo.desk.example" in text
    assert "> My invoice is wrong.\n> Twice.\n>\n> Please help" in content.text
    assert content.html.count("overflow-wrap:anywhere") == 2


def test_without_a_problem_nothing_is_quoted() -> None:
    assert "What you wrote" not in written().text + written().html


def test_what_customers_write_stays_text() -> None:
    event = request(problem=("<img src=x onerror=alert(1)> ${number} {$name}",))
    html = letters.acknowledgement(event, "<b>Demo</b>").html
    assert "<img" not in html
    assert "<b>" not in html
    assert "${number} {$name}" in html


def test_the_html_loads_nothing() -> None:
    assert not re.search(r"(?:src|href|url)\s*[=(]", written().html)


def test_all_languages_say_the_same_things() -> None:
    def messages(language: str) -> set[str]:
        text = (letters._LOCALES / f"{language}.ftl").read_text("utf-8")
        return {e.id.name for e in FluentParser().parse(text).body if isinstance(e, Message)}

    assert messages("es") == messages("de") == messages("en")
