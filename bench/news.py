"""Articles as long as a newspaper's, each with sentences of its own, on pages as heavy as a newspaper's."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from functools import cache
from itertools import islice

from bench.corpus import APART, BEGAN, texts
from schemas.articles import Entry, Fetched, Reply
from schemas.ids import stable_id
from tests.conftest import SHARED

NEWSWIRE = SHARED / "data" / "gmb" / "gmb_train_dev.csv.zip"
"""45,000 sentences of newswire, where they are at hand: an index of texts that repeat themselves is too small."""

CHARS = 3_500
"""The text of an article at least."""

LINKS = 500
"""What stands around an article: menus, teasers, scripts; some 150 kB in all."""

FEW = 10_000

_BEFORE = re.compile(r" (?=[.,;:!?%)]|n't|'s|'re|'ve)")


@cache
def sentences() -> tuple[str, ...]:
    """Return the newswire's sentences, or the samples' where it is not at hand."""
    if not NEWSWIRE.exists():
        joined = " ".join(islice(texts(55), 55))
        return tuple(s for s in re.split(r"(?<=[.!?”]) +|\n+", joined) if s.strip())
    with zipfile.ZipFile(NEWSWIRE) as packed, packed.open(packed.namelist()[0]) as raw:
        rows = csv.reader(io.TextIOWrapper(raw, "latin-1", newline=""))
        words: list[list[str]] = []
        for number, word, *_ in islice(rows, 1, None):
            if number:
                words.append([])
            words[-1].append(word)
    return tuple(_BEFORE.sub("", " ".join(of_one)) for of_one in words)


def source() -> str:
    """Return whose sentences they are, in words."""
    return "newswire (Groningen Meaning Bank)" if NEWSWIRE.exists() else "the samples' own, which repeat themselves"


def text(number: int) -> str:
    """Return the text of an article: paragraphs of three sentences, none used twice before all have been."""
    pool, chosen, length = sentences(), list[str](), 0
    start = number * 37  # no article has so many
    step = 1 if len(pool) > FEW else 1 + 2 * (number % 50)  # where there are few, at least in another order
    while length < CHARS:
        chosen.append(pool[(start + step * len(chosen)) % len(pool)])
        length += len(chosen[-1]) + 1
    return "\n".join(" ".join(chosen[i : i + 3]) for i in range(0, len(chosen), 3))


def entries(many: int, base: str) -> Iterator[Entry]:
    """Yield the items of feeds that name those articles."""
    for number in range(many):
        yield Entry(
            id=stable_id("news", str(number)),
            feed=f"{base}/rss",
            outlet=f"outlet {number % 40}",
            url=f"{base}/{number}.html",
            title=title(number),
            published=BEGAN + number * APART,
            published_from="feed",
            published_precision="second",
            seen=BEGAN + number * APART + dt.timedelta(minutes=5),
        )


def title(number: int) -> str:
    """Return the article's headline."""
    return " ".join(text(number).split(" ")[:9])


def fetched(many: int) -> Iterator[Fetched]:
    """Yield the articles as fetched pages."""
    headers = (("content-type", "text/html; charset=utf-8"),)
    for number, entry in enumerate(entries(many, "https://bench.invalid")):
        yield Fetched(entry=entry, reply=Reply(url=entry.url, status=200, headers=headers, body=page(number).encode()))


def page(number: int) -> str:
    """Return the article's page, with all that such pages carry."""
    links = "".join(f'<li class="teaser"><a href="/s/{n}?from=menu">{_headline(n)}</a></li>' for n in range(LINKS))
    script = "".join(f'window.cfg["slot{n}"]={{"id":{n},"size":[300,250],"lazy":true}};' for n in range(LINKS))
    told = "".join(f"<p>{paragraph}</p>" for paragraph in text(number).split("\n"))
    head = f"<meta charset='utf-8'><title>{title(number)}</title><script>{script}</script>"
    menu, more = f"<nav><ul>{links}</ul></nav>", f"<aside><ul>{links}</ul></aside><footer>{links[:9000]}</footer>"
    body = f"{menu}<main><article><h1>{title(number)}</h1>{told}</article></main>{more}"
    return f"<!doctype html><html lang='en'><head>{head}</head><body>{body}</body></html>"


@cache
def _headline(number: int) -> str:
    return title(number + 7_000)[:60]
