"""The pages of bot guards in the place of what was asked for: recognised, never evaded."""

import re
from collections.abc import Sequence

from schemas.articles import Reply
from transforms.patterns import one_of

LITTLE = 1_500
"""A page with more text of its own than this is no challenge, whatever words or scripts it holds."""

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
