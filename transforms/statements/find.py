"""Doc -> who said what: the steps in their order."""

from bisect import bisect_right
from collections import Counter

from spacy.tokens import Doc

from schemas.documents import Origin, Span
from schemas.ids import stable_id
from schemas.statements import Cue, Statement
from transforms.language.names import Names, read_names
from transforms.statements.circumstances import Clauses
from transforms.statements.confidence import is_given, judge
from transforms.statements.coreference import Discourse
from transforms.statements.drafting import merged
from transforms.statements.drafts import Draft, Range
from transforms.statements.floating import add_floating
from transforms.statements.layout import Layout
from transforms.statements.posts import posted
from transforms.statements.referents import Referent
from transforms.statements.reporting import Reporting
from transforms.statements.telling import Sources, speaker_of, unnamed_sources
from transforms.statements.transcripts import transcribed


def find(doc: Doc, origin: Origin) -> tuple[Statement, ...]:
    """Return the document's statements sorted by start, no actors in them yet."""
    names = read_names(doc)
    layout = Layout(doc, names)
    found = resolved(drafted(layout, names), Discourse(layout, names))
    sources = unnamed_sources(layout, names, found)
    clauses = Clauses(layout, names, origin.published.date() if origin.published else None)
    seen: Counter[str] = Counter()
    return tuple(
        clauses.placed(draft, referent, _statement(layout, draft, referent, sources, (origin, seen)))
        for draft, referent in found
    )


def drafted(layout: Layout, names: Names) -> list[Draft]:
    """Return the statements before their speakers are resolved."""
    turns = sorted([*transcribed(layout, names), *posted(layout, names)], key=lambda turn: turn.start)
    reported = [d for d in Reporting(layout, names).drafts() if not _inside(d, turns)]
    return merged(add_floating(layout, names, [*reported, *turns]))


def _inside(draft: Draft, turns: list[Draft]) -> bool:
    """Return whether a draft stands within a turn of a transcript or a post, which is one statement."""
    at = bisect_right(turns, draft.start, key=lambda turn: turn.start) - 1
    return at >= 0 and draft.start < turns[at].end


def resolved(drafts: list[Draft], discourse: Discourse) -> list[tuple[Draft, Referent | None]]:
    """Return each draft with its speaker, asked for in the order in which the text names them."""
    return [(draft, discourse.resolve(draft)) for draft in drafts]


def _statement(
    layout: Layout, draft: Draft, referent: Referent | None, sources: Sources, place: tuple[Origin, Counter[str]]
) -> Statement:
    origin, seen = place
    text = " ".join(layout.text[a:b] for a, b in draft.content)
    seen[text] += 1
    repairs = layout.repairs(draft.quoted)
    confidence, reason = judge(draft, referent, repairs=repairs)
    sure = referent if referent is not None and is_given(referent, repairs=repairs) else None
    first, last = layout.sentence(layout.token_at(draft.start))
    return Statement(
        id=stable_id(origin.document, "statement", text, str(seen[text])),
        origin=origin,
        kind=draft.kind,
        content=tuple(_span(layout, each) for each in draft.content),
        quoted=tuple(_span(layout, each) for each in draft.quoted),
        text=text,
        cue=_cue(layout, draft),
        speaker=speaker_of(layout, sure, sources) if sure else None,
        confidence=confidence,
        reason=reason,
        sentence=_span(layout, layout.span(first, last)),
    )


def _span(layout: Layout, characters: Range) -> Span:
    start, end = characters
    return Span(start=start, end=end, text=layout.text[start:end])


def _cue(layout: Layout, draft: Draft) -> Cue | None:
    if draft.cue is None:
        return None
    start, end = layout.span(*draft.cue)
    return Cue(start=start, end=end, text=layout.text[start:end], lemma=draft.lemma)
