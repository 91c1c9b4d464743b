"""Posts set into an article: found by their author's handle, whatever stands before them."""

import spacy
from hypothesis import given, settings
from hypothesis import strategies as st

from transforms.language.names import Names
from transforms.statements.layout import Layout
from transforms.statements.posts import posted

NLP = spacy.blank("en")


def said(text: str) -> list[str]:
    layout = Layout(NLP(text))
    return [text[start:end] for draft in posted(layout, Names(())) for start, end in draft.content]


def test_a_post_is_the_paragraph_before_its_signature_or_beside_it() -> None:
    signed = "— Anna Berg (@annaberg) August 3, 2016"
    assert said(f"She answered.\n“We sail at dawn.”\n{signed}") == ["We sail at dawn."]
    assert said(f"We sail at dawn. {signed} They sail at dusk. {signed}") == ["We sail at dawn.", "They sail at dusk."]
    assert said(f"We sail at dawn. pic.twitter.com/x1 {signed}\nIt was shared.") == ["We sail at dawn."]


def test_a_caption_and_a_byline_are_no_posts() -> None:
    assert said("At sea — Anna Berg (@annaberg)") == []
    assert said("By Anna Berg (@annaberg) August 3, 2016") == []
    assert said("The boats sail at dawn, said the skipper — Anna Berg (@annaberg) by name") == []


@given(st.text(alphabet="ab “”\"'—-.@()\n", max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_text_breaks_it(text: str) -> None:
    assert all(
        words == words.strip() and len(words.split()) > 2 for words in said(f"{text} — Anna Berg (@a_b)\n{text}")
    )
