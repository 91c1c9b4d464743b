"""What a reporting clause tells besides: to whom, at what occasion, where."""

from dataclasses import dataclass
from typing import NamedTuple

from schemas.statements import OccasionType
from transforms.language.lists import words
from transforms.language.names import Names
from transforms.language.roles import singular
from transforms.statements.appositions import may_speak
from transforms.statements.drafts import Phrase, Range
from transforms.statements.layout import Layout
from transforms.statements.naming import NOUNS
from transforms.statements.phrases import BEFORE, DAYS, first_head
from transforms.statements.speakers import noun_phrase
from transforms.statements.words import FORMS, PRESS, TOLD

KINDS: dict[OccasionType, frozenset[str]] = {
    "interview": words("interview conversation"),
    "briefing": words("briefing presser gaggle"),
    "speech": words("speech address lecture sermon keynote toast eulogy homily"),
    "remarks": words("remark comment"),
    "post": words("post tweet thread"),
    "written": words("""
        statement letter email e-mail memo memorandum note op-ed essay article column editorial blog book memoir release
        communique communiqué newsletter leaflet message
        """),
    "broadcast": words("radio television tv programme program show podcast broadcast livestream channel"),
    "call": words("phone telephone call"),
    "event": words("""
        conference summit meeting forum rally ceremony hearing gathering dinner lunch breakfast session debate congress
        convention vigil funeral assembly panel reception inquest trial visit talk tour event festival screening seminar
        symposium workshop
        """),
}
KIND_OF: dict[str, OccasionType] = {word: kind for kind, found in KINDS.items() for word in found}
PLATFORMS = words("""
    twitter facebook instagram telegram bluesky tiktok linkedin youtube threads weibo whatsapp mastodon substack
    vkontakte reddit snapchat wechat
    """)
"""Where one posts; so do "X", "Truth Social" and "social media"."""

STATIONS = words("cnn bbc msnbc nbc cbs abc npr itv pbs rte c-span radio tv television")
PAPERS = frozenset({"weekly", "daily", "newspaper", "magazine", "journal", "paper"})
AT = frozenset({"in", "at", "on", "during", "via", "through", "over", "by"})
PLACED = frozenset({"in", "at", "near", "outside", "inside", "from"})
WIDER = frozenset({"with", "on", "to", "of", "for", "in", "at", "by", "between"})
"""Prepositions over which the phrase of an occasion goes on: "a post on Halvik's harbour"."""

LANDS = frozenset({"GPE", "LOC", "FAC"})
HEARERS = words("""
    crowd audience supporter viewer listener follower reader delegate caller guest colleague staff congregation
    gathering ally donor investor public family worker
    """)
SPEAKING = words("speaking talking writing appearing testifying posting also later earlier live separately")
TALES = words(
    "story stories truth lie lies joke tale tales news difference time everything something anything nothing all"
)
"""What one tells, and tells nobody."""


@dataclass(frozen=True, slots=True)
class Told:
    """What a reporting clause tells besides, in tokens; `hearer` with the name that is its head."""

    hearer: Phrase | None = None
    occasion: tuple[OccasionType, Range] | None = None
    place: Range | None = None

    def or_else(self, other: "Told") -> "Told":
        """Return what this clause tells, and the other's word where this one is silent."""
        return Told(self.hearer or other.hearer, self.occasion or other.occasion, self.place or other.place)


NOTHING = Told()


class View(NamedTuple):
    """What the readers of a clause share: its reporting word, and the noun that the speaker's phrase ends with."""

    layout: Layout
    names: Names
    cue: int
    lemma: str
    owner: int


def read_clause(view: View, parts: list[Range], times: set[int]) -> Told:
    """Return what the parts of a reporting clause tell of hearer, occasion and place; `times` end its time phrases.

    A preposition is read only where it hangs on the cue, a hearer, an occasion or a time: the tokens of `anchors`.
    """
    found = Told()
    anchors = {view.cue, *times}
    for first, last in parts:
        anchors.add(first - 1)
        at = first
        while at < last:
            told, after = _at(view, at, last, anchors)
            found = found.or_else(told)
            at = max(after, at + 1)
    return found


def _at(view: View, at: int, last: int, anchors: set[int]) -> tuple[Told, int]:
    """Return what starts at a token, and where to go on."""
    layout, word = view.layout, view.layout.lower[at]
    if at == view.cue + 1 and view.lemma in TOLD and layout.tags[at] in BEFORE | {"PRP"}:
        return _hearer(view, at, last, anchors, tell=view.lemma == "tell")
    if word == "addressing":
        return _hearer(view, at + 1, last, anchors, tell=True)
    if at - 1 not in anchors or at + 1 >= last:
        return Told(), at
    if word in SPEAKING:
        anchors.add(at)
    if (word == "to" and not _leads_on(view, at - 1)) or (word == "with" and layout.lower[at - 1] in SPEAKING):
        return _hearer(view, at + 1, last, anchors, tell=False)
    return _occasion(view, at, last, anchors) if word in AT | PLACED else (Told(), at)


def _leads_on(view: View, at: int) -> bool:
    """Return whether "to" after a word is no hearer's: "the ambassador to Norrvia", "a visit to Norrvia"."""
    word = view.layout.lower[at]
    occasion = KIND_OF.get(word) or KIND_OF.get(singular(word))
    return at == view.owner or view.lemma == "according to" or occasion in {"event", "call", "interview", "briefing"}


def _hearer(view: View, first: int, last: int, anchors: set[int], *, tell: bool) -> tuple[Told, int]:
    """Return who is told, from his first word on."""
    layout, names = view.layout, view.names
    phrase = noun_phrase(layout, names, first, last) if first < last else None
    if phrase is None or layout.lower[phrase.head] in TALES | DAYS or not _listens(view, phrase, tell=tell):
        return Told(), first
    end = _extent(view, phrase.head, last, anchors, over=frozenset({"of", "from"}))
    hearer = Phrase(phrase.first, end, phrase.head, phrase.name)
    kind = _kind(layout, phrase.first, phrase.head)
    return Told(hearer, (kind, (phrase.first, end)) if kind else None), end


def _listens(view: View, phrase: Phrase, *, tell: bool) -> bool:
    """Return whether that can be told something; of what is told ("told the court") no more than a noun is asked."""
    layout, head = view.layout, phrase.head
    word = singular(layout.lower[head])
    if phrase.name is not None or layout.tags[head] == "PRP" or word in PRESS | HEARERS:
        return True
    return may_speak(layout, view.names, head) or (tell and layout.tags[head] in NOUNS)


def _occasion(view: View, at: int, last: int, anchors: set[int]) -> tuple[Told, int]:
    """Return the occasion or the place that a preposition leads to."""
    layout, names = view.layout, view.names
    word, first = layout.lower[at], at + 1
    dated = layout.lower[first] in DAYS and layout.tags[first + 1 : first + 2] != ["POS"]
    if dated or layout.tags[first] not in BEFORE | {"SYM", "LS"}:
        return Told(), at
    head = min(first_head(layout, first, last), last - 1)
    kind = _kind(layout, first, head, on=word in {"on", "via"}) if word in AT else None
    if word == "in" and "write" in {view.lemma, FORMS.get(layout.lower[at - 1])} and _in_print(layout, first, head):
        kind = "written"
    if kind:
        return Told(occasion=(kind, (first, _extent(view, head, last, anchors, over=WIDER)))), head + 1
    name, place = names.at(head), names.place(head)
    if word in PLACED and name is not None and place is not None:
        there = name.label in LANDS and _ends(layout, place[1])
        anchors.add(place[1] - 1)
        return Told(place=place if there else None), place[1]
    if word in PLACED and layout.tags[head][:2] == "NN":  # "outside the court in Halvik"
        anchors.add(head)
    return Told(), head


def _in_print(layout: Layout, first: int, head: int) -> bool:
    """Return whether a noun phrase names a paper: "the Halvik Post", "the weekly Gannet"."""
    return layout.lower[head] in PRESS or not PAPERS.isdisjoint(layout.lower[first:head])


def _ends(layout: Layout, end: int) -> bool:
    """Return whether the name is nobody's adjective or owner: not "in Halvik's harbour"."""
    if end >= len(layout.words):
        return True
    return layout.tags[end] not in {"POS", "NN", "NNS", "NNP", "HYPH"} and layout.lower[end] not in {"'s", "’s", "-"}


def _kind(layout: Layout, first: int, head: int, *, on: bool = False) -> OccasionType | None:
    """Return the kind of occasion that a noun phrase names."""
    inner, word = set(layout.lower[first : head + 1]), layout.lower[head]
    if word == "conference" and inner & {"news", "press", "video"}:
        return "briefing"
    if inner & PLATFORMS or (word == "social" and "truth" in inner) or (word == "media" and "social" in inner):
        return "post"
    if on and layout.words[head] in {"X", "X."}:
        return "post"
    if on and (inner & STATIONS or layout.words[head] in {"News", "Fox"}):
        return "broadcast"
    kind = None if word == "talk" else KIND_OF.get(word) or KIND_OF.get(singular(word))
    return (
        None if kind in {"post", "written", "call"} and layout.words[head][0].isupper() else kind
    )  # "the Halvik Post"


def _extent(view: View, head: int, last: int, anchors: set[int], *, over: frozenset[str]) -> int:
    """Return where the phrase of an occasion or a hearer ends, times left out; its inner ends are anchors too."""
    layout, end = view.layout, head + 1
    anchors.add(head)
    while end + 1 < last and layout.lower[end] in over and layout.tags[end + 1] in BEFORE | {"SYM", "PRP"}:
        if layout.lower[end + 1] in CALENDAR or layout.words[end + 1].isdigit():
            break
        inner = min(first_head(layout, end + 1, last), last - 1)
        inner -= layout.lower[inner] in UNITS  # "a post on her site hours later"
        if layout.tags[inner] not in NOUNS | {"PRP", "SYM"}:
            break
        if layout.lower[end] in {"with", "to", "of", "from"}:
            anchors.add(inner)
        end = inner + 1
    return end


UNITS = frozenset({"minutes", "hours", "days", "weeks", "months", "years", "moments"})
CALENDAR = DAYS | words("""
    january february march april may june july august september october november december last this next jan. feb. mar.
    apr. aug. sept. oct. nov. dec. jan feb apr aug sept oct nov dec
    """)
