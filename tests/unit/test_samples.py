"""The samples: pages and feeds render, nobody real speaks, and what is expected of them stands in them."""

import html
import re
import unicodedata
from pathlib import Path
from typing import Any

import feedparser
import pytest
import yaml

import samples
from samples.articles import SampleArticle, SampleFeed, SampleOutlet, articles, of_outlet, outlets, read_article
from samples.render import feed_answer, page, path_of, site
from schemas.watchlist import load_watchlist

BASE = "http://127.0.0.1:1"
EXPECTED: dict[str, Any] = yaml.safe_load(samples.EXPECTED.read_text("utf-8"))["articles"]
INVENTED = load_watchlist(samples.ACTORS).by_id
REAL = r"(?:Kellogg|Witkoff|Rutte|Macron|Zelenskyy+|Trump|Waltz|Peskov|Putin|Rubio|Vance|Lavrov|Ushakov|Fogel)"
SPEECH = (
    r"(?:said|says?|told|tells|adds?|added|warn\w*|insist\w*|argue\w*|claim\w*|explain\w*|declar\w*|announc\w*|joked|"
    r"repl\w+|stress\w*|urg\w*|demand\w*|promis\w*|ask(?:s|ed)|wrote|writes|tweet\w*|post(?:s|ed)|thinks|believes?|"
    r"call(?:s|ed) (?:for|it|on)|admit\w*|accus\w*|deni\w+|confirm\w*|suggest\w*|hop(?:es|ed)|"
    r"сказа\w+|каже|заяви\w+|sagte?)"
)
SUBJECT_FIRST = rf"\b{REAL}(?:’s|'s)? (?:\w+ly |has |had |also |later )?{SPEECH}\b"
VERB_FIRST = rf"\b{SPEECH} (?:\w+\.? ){{0,2}}{REAL}\b(?!’s|'s)"
TRANSCRIPT = rf"\b{REAL}: [“\"‘]"
SPEAKS = re.compile(f"{SUBJECT_FIRST}|{VERB_FIRST}|{TRANSCRIPT}", re.IGNORECASE)

EVERY_FEED = [
    pytest.param(o, f, id=o.id + f.path)
    for o in outlets()
    for f in o.feeds
    if f.format in {"rss20", "rss091", "rdf", "atom"}
]


def outlet(name: str) -> SampleOutlet:
    return next(o for o in outlets() if o.id == name)


def test_there_is_enough_to_read() -> None:
    own = [a for path in samples.OUTLETS.glob("*/*.md") if "copy_of:" not in path.read_text("utf-8") for a in [path]]
    assert len(own) >= 44
    assert len({a.outlet for a in articles()}) >= 6
    assert all(100 <= len(a.text.split()) <= 500 for a in articles())


@pytest.mark.parametrize("article", articles(), ids=lambda a: a.key)
def test_page_holds_the_whole_article_and_says_that_it_is_a_sample(article: SampleArticle) -> None:
    text = page(outlet(article.outlet), article, BASE)
    bare = html.unescape(re.sub(r"<[^>]+>", "", text))
    assert all(block.text in bare for block in article.blocks)
    assert article.title in bare
    assert 'content="newswatch samples"' in text
    assert "Sample page of newswatch" in bare
    assert page(outlet(article.outlet), article, BASE) == text


@pytest.mark.parametrize(("source", "feed"), EVERY_FEED)
def test_feed_parses_without_loss(source: SampleOutlet, feed: SampleFeed) -> None:
    answer = feed_answer(source, feed, BASE)
    parsed = feedparser.parse(
        answer.body,
        response_headers={"content-type": f"{answer.type}; charset={feed.encoding}", "content-location": BASE},
    )
    listed = of_outlet(source.id, feed.only)
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == [a.title.strip() for a in listed]
    assert [entry.link.split("?")[0] for entry in parsed.entries] == [BASE + path_of(source, a) for a in listed]


def test_broken_feed_still_gives_its_items() -> None:
    mirror = outlet("mirror")
    broken = next(feed for feed in mirror.feeds if feed.format == "raw")
    parsed = feedparser.parse(feed_answer(mirror, broken, BASE).body)
    assert parsed.bozo
    assert [entry.link.split("?")[0] for entry in parsed.entries] == [
        f"{BASE}/article/{slug}.php" for slug in broken.only
    ]


def test_every_address_of_a_site_is_the_same_each_time() -> None:
    for source in outlets():
        assert site(source, BASE) == site(source, BASE)


@pytest.mark.parametrize("article", articles(), ids=lambda a: a.key)
def test_no_real_person_is_given_words(article: SampleArticle) -> None:
    about_others = [n["text"] for n in EXPECTED[article.key].get("not", [])]
    text = f"{article.title}\n{article.lead}\n{article.caption}\n{article.text}"
    for phrase in about_others:
        text = text.replace(phrase, "")
    assert not SPEAKS.search(text), SPEAKS.search(text)
    speakers = {statement["by"] for statement in EXPECTED[article.key]["statements"]}
    assert not [by for by in speakers if re.search(rf"\b{REAL}$", by) and f"{by}" not in about_others]


@pytest.mark.parametrize(
    "words", ["Kellogg said", "Emmanuel Macron has warned", "said Mark Rutte", "“Yes,” Witkoff later told", "PUTIN: “"]
)
def test_pattern_of_speech_can_fail(words: str) -> None:
    assert SPEAKS.search(words)


def test_expectations_cover_every_article() -> None:
    assert set(EXPECTED) == {a.key for a in articles()}
    assert sum(len(e["statements"]) for e in EXPECTED.values()) >= 60


@pytest.mark.parametrize("article", articles(), ids=lambda a: a.key)
def test_expectations_stand_in_the_text(article: SampleArticle) -> None:
    expected = EXPECTED[article.key]
    for statement in expected["statements"]:
        assert statement["says"] in article.text
        named = statement.get("source", "named") == "named"
        assert (statement["by"].split()[-1] if named else statement["by"]).lower() in article.text.lower()
    assert all(n["text"] in article.text for n in expected.get("not", []))


@pytest.mark.parametrize("article", [a for a in articles() if outlet(a.outlet).language == "en"], ids=lambda a: a.key)
def test_every_surname_is_a_mention_or_a_namesake(article: SampleArticle) -> None:
    expected = EXPECTED[article.key]
    for actor in (a for a in INVENTED.values() if a.kind == "person"):
        others = folded(" ".join(n["text"] for n in namesakes(expected, actor.id, article.text)))
        surname = re.compile(rf"\b{folded(actor.name.split()[-1])}\b", re.IGNORECASE)
        assert len(surname.findall(folded(article.text))) - len(surname.findall(others)) == expected["mentions"].get(
            actor.id, 0
        )


def namesakes(expected: dict[str, Any], actor: str, text: str) -> list[dict[str, str]]:
    """Each place of a namesake once, the longest phrase first."""
    found = []
    for namesake in sorted(expected.get("not", []), key=lambda n: -len(n["text"])):
        if namesake["actor"] == actor:
            found += [namesake] * text.count(namesake["text"])
            text = text.replace(namesake["text"], "")
    return found


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c))


def test_a_file_without_a_zone_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("---\ntitle: A\npublished: 2025-02-16T10:00:00\n---\nText.\n", "utf-8")
    with pytest.raises(ValueError, match="timezone"):
        read_article(file)
