"""Pages that stand in an article's place: bot challenges, consent walls, paywall stubs. Recognised, never evaded."""

import re
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

from schemas.records import Reply
from transforms.articles.patterns import one_of

Wall = Literal["challenge", "consent", "paywall"]

LITTLE = 1_500
"""A page with more text of its own than this is no challenge, whatever words or scripts it holds."""

STUB = 1_200
"""An article longer than this is read, whatever is asked for below it."""

_MACHINE = re.compile(
    one_of(r"""
    _cf_chl_opt
    cf-browser-verification
    cf-turnstile
    challenges\.cloudflare\.com
    /cdn-cgi/challenge-platform/h/
    _Incapsula_Resource
    captcha-delivery\.com
    datadome
    px-captcha
    perimeterx
    awsWafCookieDomainList
    aws-waf-token
    ddos-guard
    sucuri_cloudproxy
    /_sec/cp_challenge
    kpsdk
    g-recaptcha|h-captcha
    vercel/security
    __ddg
    """).encode(),
    re.IGNORECASE,
)
"""What the pages of bot guards hold, and the ordinary pages behind them too: a mark alone decides nothing."""

_TITLE = re.compile(
    r"\W*"
    + one_of(r"""
    just a moment
    attention required
    pardon our interruption
    access (?:to this page has been )?denied
    are you (?:a robot|human)
    robot check
    (?:please )?verify(?:ing)? (?:that )?you(?:’re|'re| are) (?:a )?human
    (?:vercel )?security check(?:point)?
    ddos-guard
    one moment,? please
    please wait
    checking your browser
    (?:human|bot) (?:verification|detection)
    request unsuccessful
    client challenge
    you have been blocked
    unusual traffic
    (?:challenge validation|validation request)
    radware bot manager
    (?:error )?403(?: forbidden)?
    blocked
    captcha
    """)
    + r"\b",
    re.IGNORECASE,
)
_ASKS = re.compile(
    one_of(r"""
    enable javascript and cookies to continue
    verify(?:ing)? (?:that )?you are (?:a )?human
    you were a bot
    not a robot
    checking (?:if the site connection|your browser)
    unusual (?:traffic|activity) from your
    complete the security check
    your (?:request|access|ip) has been blocked
    automated (?:access|requests|traffic)
    """),
    re.IGNORECASE,
)
_CONSENT = re.compile(
    one_of(r"""
    cookies?\b
    \bconsent
    personal(?:i[sz]ed)? (?:data|ads|advertising|information)
    our (?:\d+ |trusted )?partners
    privacy
    legitimate interest
    store and(?:/or)? access information
    on (?:a|your) device
    (?:accept|reject|agree)(?: to)? all
    vendors\b
    gdpr
    """),
    re.IGNORECASE,
)
_AGREE = re.compile(
    r"\b"
    + one_of(r"""
    accept(?: all)?(?: cookies)?
    i agree
    agree(?: and continue)?
    (?:reject|allow) all
    manage (?:options|preferences|choices|(?:privacy )?settings)
    zustimmen
    alle akzeptieren
    tout accepter
    aceptar todo
    """)
    + r"\b",
    re.IGNORECASE,
)
_PAY = re.compile(
    one_of(r"""
    to (?:continue|keep) reading
    to read (?:this|the (?:full|rest|whole|entire|complete))
    continue reading with
    (?:article|story|content) is (?:(?:only|available|reserved) )*(?:for|to)(?: \w+){0,2} (?:subscriber|member)s
    (?:subscribers?|members?)[- ]only (?:article|content|story)
    you(?:’ve|'ve| have) (?:reached|read|used|hit) (?:your|all|the) .{0,40}(?:limit|articles|stories)
    unlock (?:this|the full) (?:article|story)
    (?:the )?rest of this (?:article|story) is
    """),
    re.IGNORECASE,
)


def challenge(reply: Reply, *, titles: Sequence[str], visible: str) -> bool:
    """Return whether the reply is a bot challenge or a block page: little text, and two signs of its maker."""
    if reply.header("cf-mitigated") == "challenge":
        return True
    if len(visible) > LITTLE:
        return False
    signs = (
        any(_TITLE.match(title) for title in titles),
        _ASKS.search(visible) is not None,
        _MACHINE.search(reply.body[:500_000]) is not None,
        reply.status >= 400,
    )
    return sum(signs) > 1


def consent(url: str, *, visible: str, lines: Sequence[str]) -> bool:
    """Return whether the page only asks for consent: its address says so, or its text speaks of little else."""
    parts = urlsplit(url)
    if (parts.hostname or "").split(".")[0] in {
        "consent",
        "guce",
        "privacy",
        "cmp",
    } or "collectconsent" in parts.path.lower():
        return True
    text = lines or [visible]
    asking = sum(len(line) for line in text if len(_CONSENT.findall(line)) > 1)
    return asking > 0.6 * sum(map(len, text)) and _AGREE.search(visible) is not None


def paywall(*, text: str, visible: str, locked: bool) -> bool:
    """Return whether only a stub is shown: a short text, and the offer to read on beside it, not in it."""
    if len(text) > STUB:
        return False
    beside = visible
    for line in text.split("\n"):
        beside = beside.replace(line, " ")
    return _PAY.search(beside) is not None or (locked and len(text) < STUB // 2)
