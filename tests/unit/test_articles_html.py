"""Bytes -> text -> tree: encodings, bounds, whatever the bytes are."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.articles.clean import clean
from transforms.articles.html import MAX_TAGS, decode, parse

KOI8 = "<html><head>{}</head><body><p>Губернатор Аркадий Версилов назвал мост позором области.</p></body></html>"
RUSSIAN = "<html><head>{}</head><body><p>Губернатор Аркадий Версилов назвал мост «позором области».</p></body></html>"
FRENCH = "<html><head>{}</head><body><p>« L’été », dit-il — « c’est fini ».</p></body></html>"


def meta(charset: str) -> str:
    return f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">'


@pytest.mark.parametrize(
    ("text", "real", "header", "declared"),
    [
        (RUSSIAN, "cp1251", "", "windows-1251"),
        (RUSSIAN, "cp1251", "windows-1251", ""),
        (RUSSIAN, "cp1251", "koi8-r", "windows-1251"),
        (RUSSIAN, "cp1251", "windows-1251", "koi8-r"),
        (KOI8, "koi8-r", "windows-1251", "koi8-r"),
        (RUSSIAN, "cp1251", "utf-8", "windows-1251"),
        (RUSSIAN, "cp1251", "iso-8859-1", "windows-1251"),
        (RUSSIAN, "utf-8", "windows-1251", ""),
        (RUSSIAN, "utf-8", "", "windows-1251"),
        (RUSSIAN, "utf-8", "iso-8859-1", "utf-16"),
        (RUSSIAN, "utf-16", "", ""),
        (RUSSIAN, "utf-16-le", "utf-16le", ""),
        (RUSSIAN, "utf-8-sig", "", ""),
        (RUSSIAN, "cp1251", "", ""),
        (FRENCH, "cp1252", "iso-8859-1", ""),
        (FRENCH, "cp1252", "", "iso-8859-1"),
        (FRENCH, "cp1252", "", "no-such-charset"),
        (FRENCH, "cp1252", "rot13", ""),
    ],
)
def test_encodings(text: str, real: str, header: str, declared: str) -> None:
    page = text.format(meta(declared) if declared else "")
    assert decode(page.encode(real), f"text/html; charset={header}") == page


def test_stray_bytes_in_utf8_are_marks_of_windows() -> None:
    body = "<p>Ärger, sagte er. ".encode() * 20 + b"\x93No\x94</p>"
    assert decode(body).endswith("“No”</p>")


@given(
    st.binary(max_size=3_000),
    st.sampled_from(["", "text/html; charset=utf-8", "text/html; charset=utf-16", "charset=gb2312"]),
)
def test_any_bytes_are_text(body: bytes, content_type: str) -> None:
    assert isinstance(decode(body, content_type), str)


@settings(max_examples=200)
@given(st.text(alphabet=st.sampled_from(list("<>/=\"' abdpqtrh&;!-[]\x00\ud800“”")) | st.characters(), max_size=400))
def test_any_text_is_a_tree_that_can_be_cleaned(text: str) -> None:
    tree = parse(text)
    if tree is not None:
        clean(tree.root, live=True)


@pytest.mark.parametrize("tag", ["div", "b", "blockquote", "table", "ul", "q", "td", "p"])
def test_ten_thousand_levels(tag: str) -> None:
    tree = parse(f"<html><body><p>Before.</p>{f'<{tag}>' * 10_000}inside{f'</{tag}>' * 10_000}<p>After.</p>")
    assert tree is not None
    clean(tree.root)
    assert "Before." in tree.root.text_content()


def test_unclosed_fonts_do_not_cut_the_page() -> None:
    tree = parse("<html><body>" + "<p><font size=2><b>Old page." * 400 + "<p>The end.")
    assert tree is not None
    assert not tree.cut
    assert tree.root.text_content().endswith("The end.")


@pytest.mark.parametrize(
    "piece", ["<p>word</p>", "<br>", "<b>x</b>y", "<td>abc", "x<p class=ad>", "<a href=x>q</a>", "<q>a</q>"]
)
def test_a_page_of_five_megabytes_is_bounded(piece: str) -> None:
    started = time.process_time()
    tree = parse("<html><body>" + piece * (5_000_000 // len(piece)))
    assert tree is not None
    assert tree.cut
    clean(tree.root)
    assert sum(1 for _ in tree.root.iter()) <= 2 * MAX_TAGS
    assert time.process_time() - started < 5


def test_a_page_without_its_body_tag() -> None:
    tree = parse("<title>t</title><script>x</script><article><p>Text.</p></article>")
    assert tree is not None
    assert tree.root.findtext("body/article/p") == "Text."


def test_scripts_do_not_use_up_the_measure() -> None:
    tree = parse(f"<html><body><script>{'<b>' * (MAX_TAGS + 1)}</script><p>Text.</p></body></html>")
    assert tree is not None
    assert tree.root.findtext(".//p") == "Text."
