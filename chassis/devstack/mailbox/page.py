"""The page `/mailbox`: a list of the mails, and each as its reader sees it.

The pages are made here and need no script; with one, new mails appear by themselves. What a mail
says is shown in a frame that runs nothing and loads nothing, for a mail is written by strangers.
"""

import html
import re
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from string import Template
from typing import Final

from pydantic import Field
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from chassis.devstack.mailbox import folder as mails
from chassis.devstack.mailbox.folder import Received
from chassis.settings import Settings

WAYS: Final = {"html": "Message", "text": "Plain text", "source": "Source"}
_PACKAGE: Final = "chassis.devstack.mailbox"
_FILES: Final = {"mailbox.css": "text/css", "mailbox.js": "text/javascript"}
_POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_MAIL_POLICY: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
_HEADERS: Final = {
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
_PAGE: Final = Template("""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>$title</title>
<link rel="stylesheet" href="/mailbox/files/mailbox.css">
<script src="/mailbox/files/mailbox.js" defer></script>
</head>
<body class="$view">
<header class="top">
<h1><a href="/mailbox">Mailbox</a></h1>
<p class="hint">Every mail that this desk sends ends here. Nothing leaves this machine.</p>
$write</header>
<main>
<nav class="list" aria-label="Mails" id="list" data-selected="$selected">$list</nav>
<div class="reader">$main</div>
</main>
</body>
</html>
""")
_WRITE: Final = Template("""<details class="write"><summary>Write to the desk</summary>
<p>A portal takes mail at its subdomain, such as <code>demo@$domain</code>, by SMTP at <code>$place</code>. In a terminal:</p>
<pre tabindex="0">python3 -c "import smtplib; smtplib.SMTP('$host', $port).sendmail('jane@example.com', 'demo@$domain', \
'From: Jane Doe &lt;jane@example.com&gt;\\nSubject: My printer\\n\\nIt is on fire.')"</pre>
</details>
""")
_ROW: Final = Template("""<li><a class="row" href="/mailbox/$id"$current>
<span class="to">$to</span><time datetime="$iso">$time</time>
<span class="subject">$subject</span><span class="preview">$preview</span>
</a></li>""")
_MAIL: Final = Template("""<article class="mail">
<p class="back"><a href="/mailbox">All mails</a></p>
<h2>$subject</h2>
<dl><dt>From</dt><dd>$sender</dd><dt>To</dt><dd>$to</dd>
<dt>Received</dt><dd><time datetime="$iso">$time</time></dd></dl>
<p class="ways">$ways</p>
$body
</article>""")
_FRAME: Final = Template(
    '<iframe title="The message" sandbox="allow-popups allow-popups-to-escape-sandbox" '
    'src="/mailbox/$id/html"></iframe>'
)
_NO_MAIL: Final = """<div class="empty"><h2>No mails yet</h2>
<p>What the desk sends to customers and technicians appears here by itself.</p></div>"""
_NO_CHOICE: Final = (
    '<div class="empty"><h2>No mail chosen</h2><p>Choose one from the list to read it.</p></div>'
)
_GONE: Final = (
    '<div class="empty"><h2>There is no such mail</h2><p>It may have been removed.</p></div>'
)


class MailboxSettings(Settings):
    """Where the page finds its mails."""

    mailbox: Path | None = Field(
        None, description="the folder of the mailbox that /mailbox shows; `deskbus up` sets it"
    )
    mail_listen: str = ""
    mail_intake: str = ""
    """As notify has them: where mail is taken in, and the address that shows its domain."""


def routes(settings: MailboxSettings) -> list[Route]:
    """The page's routes; none without a mailbox."""
    if settings.mailbox is None:
        return []
    page = _Pages(settings.mailbox, _write(settings))
    # A page elsewhere could give its own name our address, and read along (DNS rebinding).
    public = settings.public_url.partition("://")[2].partition(":")[0]
    guard = Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost", public])
    paths = {
        "/mailbox": page.show_list,
        "/mailbox/list": page.show_rows,
        "/mailbox/files/{name}": page.show_file,
        "/mailbox/{mail_id}": page.show_mail,
        "/mailbox/{mail_id}/html": page.show_html,
    }
    return [Route(path, endpoint, middleware=[guard]) for path, endpoint in paths.items()]


def _write(settings: MailboxSettings) -> str:
    """How to send the desk a mail, where it takes any."""
    host, _, port = settings.mail_listen.rpartition(":")
    if not port:
        return ""
    domain = settings.mail_intake.rpartition("@")[2]
    return _WRITE.substitute(place=settings.mail_listen, host=host, port=port, domain=domain)


class _Pages:
    def __init__(self, folder: Path, write: str) -> None:
        self._folder = folder
        self._write = write

    async def show_list(self, _: Request) -> Response:
        return self._page("Mailbox", "all", _NO_CHOICE)

    async def show_rows(self, request: Request) -> Response:
        """The list alone, for the script."""
        selected = request.query_params.get("selected", "")
        return _html(_rows(mails.newest(self._folder), selected))

    async def show_mail(self, request: Request) -> Response:
        mail = mails.find(self._folder, request.path_params["mail_id"])
        if mail is None:
            return self._page("Mailbox", "one", _GONE, status=404)
        way = request.query_params.get("as", "")
        return self._page(mail.subject, "one", _article(mail, way), selected=mail.id)

    async def show_html(self, request: Request) -> Response:
        mail = mails.find(self._folder, request.path_params["mail_id"])
        if mail is None or not mail.html:
            return _html("", status=404)
        return _html(_with_links_outside(mail.html), policy=_MAIL_POLICY)

    async def show_file(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in _FILES:
            return PlainTextResponse("", 404, _HEADERS)
        content = files(_PACKAGE).joinpath(name).read_bytes()
        return Response(content, media_type=_FILES[name], headers=_HEADERS)

    def _page(
        self, title: str, view: str, main: str, *, selected: str = "", status: int = 200
    ) -> Response:
        listed = mails.newest(self._folder)
        page = _PAGE.substitute(
            title=html.escape(title),
            view=view,
            write=self._write,
            selected=selected,
            list=_rows(listed, selected),
            main=main if listed or status != 200 else _NO_MAIL,  # noqa: PLR2004
        )
        return _html(page, status=status)


def _html(text: str, *, policy: str = _POLICY, status: int = 200) -> Response:
    return HTMLResponse(text, status, {**_HEADERS, "content-security-policy": policy})


def _rows(listed: Sequence[Received], selected: str) -> str:
    rows = [
        _ROW.substitute(
            _shown(mail),
            preview=html.escape(mail.preview),
            current=' aria-current="page"' if mail.id == selected else "",
        )
        for mail in listed
    ]
    count = f"{len(rows)} mails" if len(rows) != 1 else "1 mail"
    return f'<p class="count" role="status">{count}</p><ul>{"".join(rows)}</ul>'


def _article(mail: Received, way: str) -> str:
    there = [name for name in WAYS if name != "html" or mail.html]
    way = way if way in there else there[0]
    links = [_way(mail, name, chosen=name == way) for name in there]
    return _MAIL.substitute(
        _shown(mail),
        sender=html.escape(mail.sender),
        ways=" ".join(links),
        body=_body(mail, way),
    )


def _way(mail: Received, name: str, *, chosen: bool) -> str:
    current = ' aria-current="true"' if chosen else ""
    return f'<a href="/mailbox/{mail.id}?as={name}"{current}>{WAYS[name]}</a>'


def _body(mail: Received, way: str) -> str:
    if way == "html":
        return _FRAME.substitute(id=mail.id)
    return f'<pre tabindex="0">{html.escape(mail.text if way == "text" else mail.source)}</pre>'


def _shown(mail: Received) -> dict[str, str]:
    return {
        "id": mail.id,
        "subject": html.escape(mail.subject or "(no subject)"),
        "to": html.escape(", ".join(mail.recipients)),
        "iso": mail.received_at.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "time": f"{mail.received_at:%d %b %Y, %H:%M} UTC",
    }


def _with_links_outside(document: str) -> str:
    """Links open in a window of their own: the frame may show nothing but the mail."""
    base = '<base target="_blank">'
    found = re.search(r"<head(?:\s[^>]*)?>", document, re.IGNORECASE)
    if found is None:
        return f"<!doctype html>{base}{document}"
    return document[: found.end()] + base + document[found.end() :]
