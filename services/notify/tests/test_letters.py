import re

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Message

from contracts.notify import MailContent
from services.notify import letters
from services.notify.letters import Facts
from services.notify.tests.examples import request, resolved

FACTS = Facts("Demo Ltd", "https://desk.example/c#token")


def written(**different: object) -> MailContent:
    return letters.acknowledgement(request(**different), FACTS)


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


def test_who_has_one_name_is_greeted_by_it() -> None:
    event = request()
    customer = event.text.customer.model_copy(update={"last_name": ""})
    event = event.model_copy(update={"text": event.text.model_copy(update={"customer": customer})})
    assert "Hello Cleo,\n" in letters.acknowledgement(event, FACTS).text


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
    html = letters.acknowledgement(event, Facts("<b>Demo</b>", '"><b>')).html
    assert "<img" not in html
    assert "<b>" not in html
    assert "${number} {$name}" in html


@pytest.mark.parametrize(
    ("locale", "subject", "action"),
    [
        ("en", "Your request 1001 is resolved: how did we do?", "Rate our help"),
        ("es-MX", "Su solicitud 1001 está resuelta: ¿qué le ha parecido?", "Valorar nuestra ayuda"),
        ("de", "Ihre Anfrage 1001 ist gelöst: Wie zufrieden sind Sie?", "Hilfe bewerten"),
    ],
)
def test_the_survey_asks_in_the_readers_language_and_repeats_nothing(
    locale: str, subject: str, action: str
) -> None:
    content = letters.survey(resolved(locale=locale, problem=("My invoice is wrong.",)), FACTS)
    assert content.subject == subject
    for text in (content.text, content.html):
        assert all(word in text for word in (action, "Demo Ltd", "1001", "Cleo Cox"))
        assert "invoice" not in text


@pytest.mark.parametrize("content", [written(), letters.survey(resolved(), FACTS)])
def test_the_link_is_in_both_forms_of_a_letter(content: MailContent) -> None:
    assert f"\n{FACTS.link}\n" in content.text
    assert f'<a href="{FACTS.link}"' in content.html


@pytest.mark.parametrize("content", [written(), letters.survey(resolved(), FACTS)])
def test_the_html_loads_nothing(content: MailContent) -> None:
    without_the_link = content.html.replace(f'<a href="{FACTS.link}"', "")
    assert not re.search(r"(?:src|href|url)\s*[=(]", without_the_link)


def test_all_languages_say_the_same_things() -> None:
    def messages(language: str) -> set[str]:
        text = (letters._LOCALES / f"{language}.ftl").read_text("utf-8")
        return {e.id.name for e in FluentParser().parse(text).body if isinstance(e, Message)}

    assert messages("es") == messages("de") == messages("en")
