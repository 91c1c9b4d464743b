"""What tells that the bearer of a watched name is somebody else: another occupation, sport, "a man called"."""

import re

from transforms.actors.evidence import APPOSITION, WORD_BEFORE, Clue, found_phrases
from transforms.actors.matcher import Profile
from transforms.actors.normalise import plain_name
from transforms.actors.scene import Scene
from transforms.actors.trades import NO_TRADES, OCCUPATIONS, PLAY
from transforms.actors.words import ELECTED

_CALLED = re.compile(
    r"\b(?:an?|another|one)\b[^.;,!?\n]{1,40}\b(?:called|named)\s+$"
    r"|\bin (?:the|this|that|his|her|whose) (?:play|novel|film|movie|opera|musical|drama|comedy|sequel|story)s?,?\s+$"
    r"|\b(?:stories|story|novel|film|episodes?|play|series|comics?) in which\s+$"
    r"|\b(?:the other|another|a different|namesake,?|of the same name,)\s+$",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    r"(?:an?|another) ((?:[\w’'-]+ ){0,3}[\w’'-]{2,30})"
    r"(?= (?:from|of|who|with|in|at|for|and|whose|by|on|to)\b|[.;,!?()\n]|$)"
)
_AGENTS = ("er", "or", "ist", "ian", "man", "woman", "eer", "ess", "smith", "monger", "wright", "ant")
_DOES = re.compile(
    r", who (?:\w+ly )?(coache[sd]|plays|played|sings|sang|teaches|taught|drives|drove|bakes|paints|farms|skates|swims"
    r"|umpires|referees|juggles|knits|gardens|breeds|repairs|plumbs)\b"
)
_PRESENTED = re.compile(r"\b[Aa]n? ((?:[\w-]+ ){0,3}[a-z]+), $")
_CITIZENS = frozenset({"lawyer", "pensioner", "teacher", "resident", "farmer", "driver", "student", "owner", "writer"})
_NO_NOUNS = frozenset(
    {
        "after",
        "under",
        "over",
        "per",
        "for",
        "or",
        "another",
        "however",
        "rather",
        "whether",
        "never",
        "than",
        "that",
        "either",
        "neither",
        "ever",
        "later",
        "earlier",
        "former",
        "other",
        "her",
        "and",
        "want",
        "important",
    }
)
_DESCRIBED = re.compile(r"(?:, (?:an?|the|[A-Z]\w+['’]s) ([a-z][\w -]{3,40})|[^\S\n]\(([A-Z]\w+)\)[^\S\n]\d)")
_DESCRIBED_BEFORE = re.compile(r"\b((?:[a-z]+ )?[a-z]{3,}), $|\b(?:[A-Z][a-z]{4,}) $")
_OF = re.compile(r",? of [A-Z]")
_YEAR = re.compile(
    r"(?<!^)\b(?:1\d|20)\d\d\b"
    # "1500 soldiers" are no year, "in 1863 his" is one
    r"(?! (?!(?:was|is|as|has|his|its|this|across|thus|perhaps|towards)\b)(?:[a-z]+s|people|men|women|children)\b)",
    re.MULTILINE,
)
"""No hour of an agenda: "1100 GENEVA - "."""
_LIVING = 1930
_GROWN = 25
_ENOUGH_WORDS = 50
"""Different words from which on a text that has to do with somebody has one that the list tells of him."""
_FUNCTION = frozenset({"a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with"})
_DEAD = 2000
_DIED = re.compile(
    r"(?:, (?:who|a[^,.\n]{0,40} who)| had)? (?:died|was killed|was shot)(?: in [A-Z]\w+)? in (1\d{3}|20\d\d)\b"
    r"|[^\S\n]\((?:[a-z.]+ )?1\d{3} ?[-–—] ?(1\d{3}|20\d\d)\)"
)
_BEYOND = re.compile(r"\b(?:to|with|for|from|by|at|in|on|as|who)\b")
"""What begins something else than what one is: "Ashdown, hands his umbrella to a firefighter"."""
_AGED = re.compile(r"(?:,|[^\S\n]\()[^\S\n]?(?:aged )?\d{1,2}(?:\)?, ((?:of|from) [A-Z\d])|[,.)])")
_CREDIT = re.compile(
    r"(?:^|\n|\(|[.;] )[^\S\n]*(By|Reporting by|Editing by|Additional reporting by|Credit:"
    r"|(?:Photo|Photograph|Picture|Video|Words|Text|Story)s? by:?"
    r"|(?:Directed|Written|Produced|Composed|Designed|Illustrated|Translated|Conducted) by)[^\S\n]+$"
    r"|\b(Director|Camera|Music|Editor|Editing|Script|Screenplay|Cast|With|Starring|Producer|Design|Lighting|Sound"
    r"|Costumes|Piano|Violin|Conductor|Soloists?|Referee|Umpires?|Cinematography|Illustrations?|Translation|Narrator"
    r"|Scorers?|Goals?|Winner|Judges?|Substitutes|Subs): (?:[A-Z][\w.’'-]+ ){0,3}(?:and )?$",
    re.IGNORECASE,
)
_LISTED = re.compile(
    r"(Cast|Starring|Players|Line-?ups?|Teams?|Sub(?:stitute)?s|Soloists|Births|Deaths|Marriages)(?::|\. )"
)
_SIGNED = re.compile(r"[^\S\n]*(?:$|\n|[,/|)(;.]|and\b|in\b|for\b)")
_SPORT = re.compile(
    r"\W*((?:Sports?|Football|Soccer|Cricket|Rugby|Tennis|Golf|Athletics|Rowing|Boxing)(?=:))", re.IGNORECASE
)
"""The label of an item of a bulletin: "Sport: …"."""
_YOUNG = re.compile(r"(?:, |[^\S\n]\()(?:aged )?(\d{1,2})[,)]")


def other_occupation(scene: Scene, start: int, end: int, profile: Profile) -> list[Clue]:
    """Return the doubt where the text gives the bearer of the name an occupation that the list does not.

    Where the list tells no roles, it cannot know: singer or dentist, the whole name is the actor's.
    """
    if not (profile.role_words or profile.context) or not scene.english:
        return []
    before = WORD_BEFORE.search(scene.text, max(0, start - 30), start)
    match = APPOSITION.match(scene.text, end)
    told = match is not None and not match[1].startswith("who ")  # "who worked as a nurse until 2015"
    first, _, second = match[1].partition(",") if match and told else ("", "", "")
    parts = [_BEYOND.split(part)[0] for part in (first, second.split(",")[0] if len(first.split()) < 4 else "")]
    said = plain_name(" ".join(parts)).split()
    words = ([before[1]] if before and before[1].islower() else []) + said
    found = next((word for word in words if word in OCCUPATIONS and word not in profile.role_words), "")
    does = _DOES.match(scene.text, end)
    found = (
        found
        or (does[1] if does else "")
        or _agent(match[1] if match else "", profile)
        or _before(scene, start, profile)
    )
    return [Clue(-4.5, f"called '{found}'")] if found else []


def _before(scene: Scene, start: int, profile: Profile) -> str:
    """Return the noun right before a name for what its bearer does: "the conductor", "said a pensioner, "."""
    ahead = scene.text[max(0, start - 70) : start]
    phrase = _PRESENTED.search(ahead)
    if phrase:
        words = plain_name(phrase[1]).split()
        known = words[-1] in OCCUPATIONS or words[-1] in _CITIZENS or words[-1].endswith(_AGENTS)
        own = profile.role_words | frozenset(word for form in profile.context for word in form.split())
        return words[-1] if known and not own & set(words) and words[-1] not in NO_TRADES - _CITIZENS else ""
    word = WORD_BEFORE.search(ahead)
    return _agent(f"a {word[1]}", profile) if word and word[1].islower() and word[1] not in _NO_NOUNS else ""


def _agent(said: str, profile: Profile) -> str:
    """Return the noun for what somebody does whom the text introduces: "a discus thrower from Perm"."""
    phrase = _INTRODUCED.match(said)
    words = plain_name(phrase[1]).split() if phrase else []
    if not words or not words[-1].endswith(_AGENTS) or words[-1] in NO_TRADES or profile.role_words & set(words):
        return ""
    own = frozenset(word for form in profile.context for word in form.split())
    return "" if own & set(words) else words[-1]


def of_old(scene: Scene, start: int, end: int) -> list[Clue]:
    """Return the doubt where a whole name stands beside a year in which nobody lived of whom the news tells."""
    first, last = scene.sentence(start, end)
    years = [int(year) for year in _YEAR.findall(scene.text, max(first, start - 50), min(last, end + 50))]
    return [Clue(-4.0, f"beside the year {years[0]}")] if years and max(years) < _LIVING else []


def long_dead(scene: Scene, end: int) -> list[Clue]:
    """Return the doubt where the bearer died before the news of this century began: "Cordero, who died in 1979"."""
    found = _DIED.match(scene.text, end)
    dead = found is not None and int(found[1] or found[2]) < _DEAD
    return [Clue(-6.0, f"'{found[0].strip(' ,(')}' follows")] if found and dead else []


def private(scene: Scene, start: int, end: int, profile: Profile) -> list[Clue]:
    """Return the doubt where a whole name comes with an age and a home, or with an age as "a trader, Ann Ash, 61,"."""
    aged = _AGED.match(scene.text, end)
    young = _YOUNG.match(scene.text, end)
    known = profile.role_words or profile.context  # of whom nothing is told, he may be
    if (
        aged
        and (known or (young and int(young[1]) < _GROWN))
        and (aged[1] or _PRESENTED.search(scene.text, max(0, start - 70), start))
    ):
        return [Clue(-4.5, f"'{aged[0].strip(' ,(')}' follows")]
    return []


def credited(scene: Scene, start: int, end: int) -> list[Clue]:
    """Return the doubt where a whole name signs a text or a picture."""
    listed = _LISTED.match(scene.line(start))
    if listed:
        return [Clue(-4.5, f"a list: '{listed[1]}'")]
    found = _CREDIT.search(scene.text, max(0, start - 30), start)
    return [Clue(-4.5, f"a credit: '{found[1] or found[2]}'")] if found and _SIGNED.match(scene.text, end) else []


def introduced(scene: Scene, start: int) -> list[Clue]:
    """Return the doubt where the text introduces the name as somebody's whom nobody knows: "a man called"."""
    found = _CALLED.search(scene.text, max(0, start - 60), start)
    return [Clue(-7.0, f"'{found[0].strip()}' stands before")] if found else []


def alone(scene: Scene, start: int, end: int, profile: Profile) -> list[Clue]:
    """Return the doubt where nothing else in a text is of the actor; the more where the bearer is "of" some place."""
    known = profile.context | profile.roles
    if len(known) < 2 or not scene.english or found_phrases(known, scene.plain.text + scene.title_plain):
        return []
    clues = [Clue(-1.5, "nothing else in the article is of the actor")]
    told = _DESCRIBED.match(scene.text, end) or _DESCRIBED_BEFORE.search(scene.text, max(0, start - 60), start)
    own = told is not None and (profile.role_words | ELECTED) & set(plain_name(told[0]).split())
    if told and not own:
        clues.append(Clue(-2.5, f"called '{told[0].strip(' ,')}'"))
    return [*clues, Clue(-2.2, "of another place")] if _OF.match(scene.text, end) else clues


def unrelated(scene: Scene, profile: Profile) -> list[Clue]:
    """Return the doubt where a text that is long enough to tell has no word at all of what the list tells."""
    told = profile.role_words.union(*(form.split() for form in profile.context))
    phrases = len(profile.context) + len(profile.roles)
    if (
        phrases < 2
        or not scene.english
        or len(scene.words) < _ENOUGH_WORDS
        or not scene.words.isdisjoint(told - _FUNCTION)
    ):
        return []
    return [Clue(-2.5, "not a word in the article is of the actor")]


def at_play(scene: Scene, start: int, end: int, profile: Profile) -> list[Clue]:
    """Return the doubt where a name stands among words of sport or school and nothing in the text is of the actor.

    Where the list tells neither roles nor context, it cannot know.
    """
    known = profile.context | profile.roles
    if not known or found_phrases(known, scene.plain.text + scene.title_plain):
        return []
    first, last = scene.sentence(start, end)
    own = frozenset(word for form in known for word in form.split()) | profile.role_words
    label = _SPORT.match(scene.line(start))
    words = (frozenset(plain_name(scene.text[first:last]).split()) & PLAY) - own
    found = [label[1]] if label else sorted(words)
    young = _YOUNG.match(scene.text, end)
    clues = [Clue(-4.5, f"words of sport or the stage '{found[0]}'")] if found else []
    return clues + ([Clue(-4.5, f"{young[1]} years old")] if young and int(young[1]) < 25 else [])
