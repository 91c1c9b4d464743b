"""Lines that stand in an article's text and are none of it."""

import re
from collections.abc import Iterable, Sequence

from transforms.patterns import QUOTES, one_of

_LABELS = one_of(r"""
    read (?:also|more|next|this)
    also read
    see also
    related(?: \w+)?
    more (?:on|from) [\w’' ]{1,40}
    more(?: stories)?
    recommended(?: \w+)?
    don['’]t miss
    most (?:read|popular)
    trending(?: now)?
    top stories
    up next
    what to read next
    you (?:may|might) also like
    editor['’]?s['’]? (?:picks?|choice)
    suggested (?:topics|reading)
    in this (?:article|story)
    watch(?: live| now| also| the video)?
    listen(?: now)?
    in pictures
    explainer
    читайте (?:также|ещё|також)
    по теме
    lesen sie auch
    mehr zum thema
    lire aussi
    leggi anche
    lea también
""")
LABEL = re.compile(rf"\W*{_LABELS}\W*", re.IGNORECASE)
"""The heading of a list of links, or the words before one."""

LABELLED = re.compile(rf"\W*{_LABELS}\s*[:|»>]\s*\S.*", re.IGNORECASE | re.DOTALL)
"""Such words with the other story's headline after them."""

_MORE = one_of(r"""
    continue reading
    read (?:more|on|full|the (?:full|whole|rest))
    full (?:story|article|report)
    keep reading
    comments?\W*$
    leave a comment
    view (?:original|full|the full)
    click here
    weiterlesen
    читать (?:далее|полностью)
    читати далі
    lire la suite
""")
MORE = re.compile(rf"\W*{_MORE}\b.*", re.IGNORECASE | re.DOTALL)
"""The words of a link that only leads on."""

_WHOLE = one_of(r"""
    advert(?:isement)?s?
    ad
    (?:advertisement\W+)?scroll to continue
    sponsored(?: content)?
    copy link
    share(?: this(?: \w+)?)?
    print
    e-?mail
    tweet
    (?:(?:leave a|view|post a|show) )?comments?
    back to top
    skip to \w+
    loading(?: \w+)?
    follow
    subscribe
    sign (?:in|up)
    log in
    live
    video
    audio
    photos?
    opinion
    exclusive
    to be continued
    (?:this is a )?developing story.{0,80}
    (?:please )?check back.{0,60}
    this story (?:is being|has been|will be|was) updated.{0,80}
    \d+ min(?:ute)?s? read
    reading time.{0,20}
""")
_START = one_of(r"""
    (?:story|article) continues (?:below|after)
    continue reading
    (?:click|tap) here to
    click to (?:share|email|print)
    share this (?:article|story|post|with)
    sign up (?:for|to) (?:our|the|get|receive)
    subscribe to (?:our|the|receive|get)
    follow (?:us|our|\w+ \w+) on (?:x|twitter|facebook|instagram|telegram|google)
    (?:like|find) us on
    join (?:our|us on) (?:\w+ )?(?:telegram|whatsapp|newsletter|channel|community)
    download (?:our|the) .{0,20}app\b
    get (?:the latest|all the|our) .{0,60}(?:inbox|newsletter|app|alerts)\b
    to play this video
    (?:you need to|please) enable javascript
    enable javascript
    this (?:video|content|post|browser) (?:is|can|does) ?(?:not|’t|n['’]t) .{0,30}(?:availab|load|play|display|support)
    (?:do you have|got) a (?:story|tip)
    if you (?:have )?(?:notice|find|found|spot)\w* an? .{0,20}(?:error|mistake|typo)
    ©
    \(c\)
    copyright (?:©|\(c\)|\d{4})
    all rights reserved
    (?:photo|image|picture|video)s?(?: credits?| by)?:
    image (?:source|caption),
    (?:posted|filed) (?:in|on|under)\b[^.“”"]{0,60}$
    (?:tags?|tagged(?: with)?|topics?|categories):
    our standards:
    (?:the )?post .{3,200} appeared (?:first )?on
    this (?:article|story|post) (?:was )?(?:first |originally )(?:appeared|published)
    watch(?: live| now)?:\s
    listen to this (?:article|story)
    advertisement\b.{0,30}$
""")
_END = one_of(r"""
    ctrl ?\+ ?enter
    \(opens in (?:a )?new (?:window|tab)\)
    all rights reserved
    contributed to (?:this|the) (?:report|story|article)
""")
# what begins with a mark is somebody's words
_WHOLE_LINE = re.compile(rf"[^\w{QUOTES}]*{_WHOLE}\W*", re.IGNORECASE)
_START_OF_LINE = re.compile(rf"[^\w{QUOTES}]{{0,3}}{_START}", re.IGNORECASE)
_END_OF_LINE = re.compile(rf"{_END}\W*$", re.IGNORECASE)

_SMALL = "and|in|for|of|at|the|by|from|de|van|von"
_NAME = rf"(?:[A-Z][\w.’'-]*|{_SMALL}|&)"
_BYLINE = re.compile(rf"(?:[Bb]y|BY|[Ff]rom|[Vv]on|[Pp]ar) {_NAME}(?:,? {_NAME})*")
_CREDIT = re.compile(
    r"\W*(?:Additional |With )?(?:[Rr]eporting|[Ww]riting|[Ee]diting|[Cc]ompiled) by"
    rf"(?:[\s,;:()&|.-]+|[A-Z][\w.’'-]*|(?:{_SMALL}|additional|reporting|writing|editing|with|contributed|to|this|report)\b)+"
)
_TAIL = re.compile(r"\s*(?:\[\s*(?:…|\.\.\.)\s*\]|\((?:…|\.\.\.)\))\s*$")
_DATES = one_of(r"""
    (?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*
    (?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?
    published|updated|posted|modified|last|first|on|at
    ago|hours?|minutes?|days?
    [ap]\.?m\.?|utc|gmt|e[sd]t|bst|ce?s?t|msk|st|nd|rd|th
    [\W\d_t]
""")
_DATE_WORDS = re.compile(_DATES, re.IGNORECASE)


def is_noise(line: str) -> bool:
    """Return whether the line is a label, a call to act, a credit or a date, and no sentence of the article."""
    if len(line) > 300:
        return False
    if not any(c.isalnum() for c in line):
        return True
    if _WHOLE_LINE.fullmatch(line) or LABEL.fullmatch(line) or LABELLED.fullmatch(line) or _START_OF_LINE.match(line):
        return True
    if len(line) < 120 and _END_OF_LINE.search(line):
        return True
    return is_date_line(line) or _CREDIT.fullmatch(line) is not None


def is_date_line(line: str) -> bool:
    """Return whether the line says nothing but when."""
    return len(line) < 80 and any(c.isdigit() for c in line) and not _DATE_WORDS.sub("", line)


def fold(line: str) -> str:
    """Return the line's letters and digits alone, in lower case, to compare headlines by."""
    return "".join(c for c in line.casefold() if c.isalnum())


def without_noise(lines: Iterable[str], titles: Sequence[str] = ()) -> list[str]:
    """Return the article's own lines: no noise, no section or byline, no repetition of its title at the head."""
    heads = {fold(title) for title in titles if title}
    kept: list[str] = []
    for line in lines:
        at_head = len(kept) < 3 and (fold(line) in heads or _is_byline(_without_title(line, titles)))
        if not at_head and not is_noise(line) and (kept or not _is_kicker(line)):
            kept.append(_TAIL.sub("…", line))
    return kept


def _without_title(line: str, titles: Sequence[str]) -> str:
    # old pages put headline and byline on two lines of one paragraph
    return next((line[len(title) :].strip() for title in titles if title and line.startswith(title)), line)


def _is_byline(line: str) -> bool:
    found = _BYLINE.match(line) if len(line) < 100 else None
    rest = line[found.end() :].strip(" |•·,") if found else line
    return found is not None and (not rest or is_date_line(rest))


def _is_kicker(line: str) -> bool:
    """Return whether the line is the name of a section, as stands above headlines."""
    return len(line.split()) < 4 and line[-1].isalnum() and not any(c in QUOTES for c in line)
