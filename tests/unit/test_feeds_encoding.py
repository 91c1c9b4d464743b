"""Titles come out exact, whatever header and declaration say."""

import gzip
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from transforms.feeds.encoding import once_encoded, opened, to_text

RUSSIAN = "Глава Минфина: «Курс рубля — не повод для тревоги», подъём съел ёж"
FRENCH = "L’été où Noël dîna à l’hôtel : « ça coûte 5 € » — œuvre"
POLISH = "Zażółć gęślą jaźń w Łodzi"
ENGLISH = "Minister says “no” — again"


def feed(title: str, declared: str) -> str:
    declaration = f'<?xml version="1.0" encoding="{declared}"?>' if declared else ""
    return f"{declaration}<rss><channel><item><title>{title}</title></item></channel></rss>"


def title_of(text: str) -> str:
    return text.partition("<title>")[2].partition("</title>")[0]


CYRILLIC = ["windows-1251", "koi8-r", "utf-8", "utf-16", "iso-8859-5"]
KNOWABLE = [
    (real, header, declared)
    for real, header, declared in itertools.product(CYRILLIC, ["", *CYRILLIC], ["", *CYRILLIC])
    if real in {header, declared} or not {header, declared} & {"windows-1251", "koi8-r", "iso-8859-5"}
]


@pytest.mark.parametrize(("real", "header", "declared"), KNOWABLE)
def test_header_against_declaration(real: str, header: str, declared: str):
    plain = RUSSIAN.translate(str.maketrans("«»—ё", '""-е')) if real in {"koi8-r", "iso-8859-5"} else RUSSIAN
    body = feed(plain, declared).encode(real)
    assert title_of(to_text(body, f"text/xml; charset={header}" if header else "text/xml")) == plain


@pytest.mark.parametrize(
    ("title", "real", "declared"),
    [
        (FRENCH, "cp1252", "iso-8859-1"),
        (FRENCH, "cp1252", ""),
        (FRENCH, "cp1252", "utf-8"),
        (FRENCH, "iso-8859-15", "iso-8859-15"),
        (POLISH, "iso-8859-2", "iso-8859-2"),
        (POLISH, "cp1250", "windows-1250"),
        (ENGLISH, "cp1252", "us-ascii"),
        ("首相は辞任を否定", "shift_jis", "Shift_JIS"),
        ("首相は辞任を否定", "iso2022_jp", "iso-2022-jp"),
        ("首相は辞任を否定", "euc_jp", "euc-jp"),
        ("总理否认辞职，說「不」", "gb18030", "gb2312"),
        ("רֹאשׁ הַמֶּמְשָׁלָה", "cp1255", "windows-1255"),
        (ENGLISH, "utf-8-sig", "iso-8859-1"),
        (RUSSIAN, "utf-16-le", "utf-16"),
        (RUSSIAN, "utf-16-be", "utf-8"),
        (RUSSIAN, "utf-32", "utf-32"),
    ],
)
def test_titles_are_exact(title: str, real: str, declared: str):
    title = title.replace("’", "'").replace("œ", "oe").replace("—", "-") if real == "iso-8859-15" else title
    assert title_of(to_text(feed(title, declared).encode(real))) == title


@pytest.mark.parametrize("title", [RUSSIAN, FRENCH, ENGLISH])
def test_text_that_was_encoded_twice(title: str):
    twice = title.encode().decode("latin-1").encode()
    assert title_of(to_text(feed("", "utf-8").encode().replace(b"<title>", b"<title>" + twice))) == title


def test_text_that_was_encoded_once_stays():
    for title in (RUSSIAN, FRENCH, POLISH, ENGLISH, "Ã la carte: Â£5", "Ñandú €", "naïve"):
        assert once_encoded(title) == title


@pytest.mark.parametrize("named", ["", "utf-8", "iso-8859-1"])
@pytest.mark.parametrize("title", [FRENCH, POLISH, "Ångström är död", "Über Öl", "ÀÉÈÙ ÇA"])
def test_latin_letters_are_not_taken_for_cyrillic(title: str, named: str):
    real = "cp1250" if title == POLISH else "cp1252"
    assert not set(to_text(feed(title * 5, named).encode(real))) & set("оеаинтсрвлдку")


def test_a_character_cut_in_two_costs_only_itself():
    body = feed(RUSSIAN, "utf-8").encode() + "<p>конец".encode()[:-1] + b"</p>"
    text = to_text(body)
    assert title_of(text) == RUSSIAN
    assert "\ufffd" not in text


def test_gzip_without_its_header():
    body = feed(RUSSIAN, "utf-8").encode()
    assert title_of(to_text(gzip.compress(body))) == RUSSIAN
    assert title_of(to_text(gzip.compress(gzip.compress(body)))) == RUSSIAN
    assert title_of(to_text(gzip.compress(body)[:-12])) == RUSSIAN
    assert opened(b"\x1f\x8bnot gzip at all") == b"\x1f\x8bnot gzip at all"


@pytest.mark.parametrize("name", ["rot13", "hex", "unicode_escape", "idna", "nonsense", "utf-7", "zip"])
def test_encodings_that_no_feed_is_in(name: str):
    assert title_of(to_text(feed(ENGLISH, name).encode(), f"text/xml; charset={name}")) == ENGLISH


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_become_text(body: bytes, content_type: str):
    text = to_text(body, content_type)
    assert text.encode().decode() == text
    assert not set(text) & set("\x00\x08\ufffd\ufeff")
