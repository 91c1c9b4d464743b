"""What a notice says: sandboxed templates, and text from the web made harmless for where it is shown."""

import datetime as dt
import re
from collections.abc import Callable
from functools import cache, partial
from typing import Any, NamedTuple
from urllib.parse import quote, urlsplit

from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from schemas.alerts import Alert, Match
from schemas.codec import to_dict
from schemas.documents import Origin
from schemas.kept import Notice
from transforms import printable
from transforms.printable import one_line
from transforms.protocols import NotifyError

Escape = Callable[[str], str]

MOST = 50
"""Alerts that one notice tells of; of the rest it tells how many there are."""

LONGEST = 2_000
"""Characters of one value in a notice."""

TITLE = "{{ alert.title }}"
SHORT_BODY = "{{ alert.summary }}\n{{ link }}"
BODY = """{{ match.sentence }}
{% if match.speaker %}Speaker: {{ match.speaker }}
{% endif %}Where: {{ alert.outlets | join(", ") or match.origin.url }}
Why: {{ reason }}
{{ link }}"""


class Words(NamedTuple):
    """A title and a text."""

    title: str
    body: str


class Templates(NamedTuple):
    """Jinja templates of a notice; they see `alert`, its first `match`, `reason` and `link`."""

    title: str = TITLE
    body: str = BODY


def clean(text: str) -> str:
    """Return the text on one line, without control, format and direction characters, of bounded length."""
    line = one_line(text)
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def for_terminal(text: str) -> str:
    """Return the cleaned text, and no bracket in it that a terminal library takes for markup."""
    return re.sub(r"\[(?=[a-z#/@])", "[ ", clean(text), flags=re.IGNORECASE)


def for_chat(text: str) -> str:
    """Return the cleaned text without marks that a chat would act upon."""
    return printable.for_chat(clean(text))


def link_to(url: str) -> str:
    """Return the address percent-encoded, or nothing where it is none of the web."""
    try:
        of_the_web = urlsplit(clean(url)).scheme in {"http", "https"}
    except ValueError:  # a bracket in the host that no address has
        return ""
    return quote(clean(url), safe=":/?#&=%+,;!~$*-._") if of_the_web else ""


def render(notice: Notice, templates: Templates, escape: Escape) -> Words:
    """Return the notice in words, every value escaped; raises NotifyError where a template fails.

    Of several alerts each is told by the templates, one under the other.
    """
    shown = [_told(alert, templates, escape) for alert in notice.alerts[:MOST]]
    more = len(notice.alerts) - len(shown)
    if len(notice.alerts) == 1:
        return Words(": ".join(part for part in (notice.note, shown[0].title) if part), shown[0].body)
    parts = [f"{one.title}\n{one.body}" for one in shown]
    return Words(
        notice.note or f"{len(notice.alerts)} alerts", "\n\n".join([*parts, *([f"and {more} more"] if more else [])])
    )


def _told(alert: Alert, templates: Templates, escape: Escape) -> Words:
    values = _values(alert)
    try:
        title, body = (_template(text, escape).render(values) for text in templates)
        return Words(" ".join(title.split()), body.strip())
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as e:
        raise NotifyError(f"template: {e}", transient=False) from e


def template_fault(text: str) -> str:
    """Return what is wrong with the template, tried on an alert; nothing where all is well."""
    try:
        _told(_EXAMPLE, Templates(title=text), clean)
    except NotifyError as e:
        cause = e.__cause__
        return f"{e.detail} (line {cause.lineno})" if isinstance(cause, TemplateSyntaxError) else e.detail
    return ""


@cache
def _template(text: str, escape: Escape) -> Template:
    # `finalize` sees every value that a template puts out, however it was made, and none of the template's own text
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=partial(_final, escape))
    return environment.from_string(text)


def _final(escape: Escape, value: Any) -> str:
    return escape(str(value))


def _values(alert: Alert) -> dict[str, Any]:
    found = to_dict(alert)
    first = found["matches"][0]
    return {"alert": found, "match": first, "link": link_to(first["origin"]["url"]), "reason": alert.reason}


_SEEN = dt.datetime(2025, 1, 1, tzinfo=dt.timezone.utc)
_EXAMPLE = Alert(
    id="0" * 32,
    rule="example",
    title="Example",
    summary="An example.",
    matches=(
        Match(
            alert="0" * 32,
            rule="example",
            record="0" * 32,
            kind="statement",
            confidence=1.0,
            origin=Origin(document="0" * 32, url="https://example.org/", seen=_SEEN),
        ),
    ),
    count=1,
    first_seen=_SEEN,
    last_seen=_SEEN,
)
