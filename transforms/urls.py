"""Addresses of articles: one spelling for each, and ids that survive tracking, http or https, and churning GUIDs."""

import re
from urllib.parse import quote, unquote_plus, urljoin, urlsplit, urlunsplit

from schemas.ids import stable_id

MAX_URL = 4_000
UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
KEPT = "%/:?@!$&'()*+,;=~"  # characters of a path or query that mean something as they are
PORTS = {"http": 80, "https": 443}

TRACKING = re.compile(
    r"""
    utm_\w+ | (?:fb|g|d|ms|y|ys|tw|tt)clid | gclsrc | gbraid | wbraid | _ga | _gl | li_fat_id | igsh(?:id)?
    | mc_[ce]id | mkt_tok | _hs(?:enc|mi) | vero_id | oly_(?:enc|anon)_id | xtor | wt[._]mc(?:_id)? | at_ptr_name
    | at_(?:medium|campaign|custom\d|bbc_team|link_(?:id|type|origin)) | ns_(?:mchannel|source|campaign|linkname|fee)
    | __twitter_impression | ito | guccounter | guce_referrer(?:_sig)?
    """,
    re.VERBOSE,
)
"""Parameters that say how the reader came, never which article it is."""

CAMPAIGNS = frozenset({"cmp", "cmpid", "s_cid", "smid", "spm", "ftag", "ocid", "ncid"})
"""The same, unless they hold a number: then it may be the article's."""

ORIGINS = frozenset({"ref", "source", "src", "from", "via", "partner", "emc", "medium", "feature"})
FEED_WORDS = frozenset({"rss", "rss2", "rss20", "rss_feed", "rssfeed", "feed", "atom", "xml_feed"})
"""Only together do these say "came from the feed": `ref=rss`; `ref=8812` may well be the article."""

_CACHED = re.compile(r"//(?:www\.google\.[a-z.]+/amp/|[\w-]+\.cdn\.ampproject\.org/[cvi]/)(?:s/)?", re.IGNORECASE)
_VARIANT = re.compile(r"(?<=[^/])(?:/(?:amp|print)(?:\.html?)?|\.(?:amp|print)(?:\.html?)?)$", re.IGNORECASE)
_VARIANTS = re.compile(
    r"amp(?:=(?:1|true|yes)?)?|(?:output|format)(?:type)?=amp[\w-]*"
    r"|(?:print|printable)=(?:1|true|yes|print)|(?:view|mode)=print",
    re.IGNORECASE,
)
"""Ends of paths and parameters of the same article's page for phones (AMP) or for paper."""

_PERCENT = re.compile(r"%([0-9a-fA-F]{2})")
_SPACE = re.compile(r"[\x00-\x20\x7f-\xa0\u2028\u2029\ufeff]")


def canonical_url(url: str) -> str:
    """Return the one spelling of the address, still to be fetched as it stands; raises ValueError where it is none."""
    if len(url) > MAX_URL:
        raise ValueError(f"longer than {MAX_URL} characters")
    parts = urlsplit(_SPACE.sub(_blank, url.strip()))
    scheme = parts.scheme.lower()
    if scheme not in PORTS or not parts.hostname:
        raise ValueError(f"not a web address: {url[:100]}")
    host = _host(parts.hostname)
    port = "" if parts.port in {None, PORTS[scheme]} else f":{parts.port}"
    return urlunsplit((scheme, host + port, _spelt(parts.path) or "/", _query(parts.query), _fragment(parts.fragment)))


def joined(base: str, link: str) -> str:
    """Return the address that the link means on the base's page; empty where it is none."""
    try:
        return urljoin(base, link)
    except ValueError:
        return ""


def identity(url: str) -> str:
    """Return what stays the same of a canonical URL in all the ways that lead to one article.

    That is over http and https, with a slash at its end, in any order of its parameters; as AMP, from an AMP cache, for
    printing.
    """
    parts = urlsplit(_CACHED.sub("//", url, count=1))
    told = [part for part in parts.query.split("&") if not _VARIANTS.fullmatch(part)]
    query = "&".join(sorted(told, key=_name))
    path = _VARIANT.sub("", parts.path.rstrip("/"))
    host = f"www.{parts.netloc[4:]}" if parts.netloc.startswith("amp.") else parts.netloc
    return urlunsplit(("", host, path.rstrip("/"), query, parts.fragment))


def entry_id(url: str) -> str:
    """Return the id of the article at a canonical URL."""
    return stable_id("entry", identity(url))


def item_id(feed: str, *evidence: str) -> str:
    """Return the id of an item without an address of its own: its feed, and its GUID or its words."""
    return stable_id("item", feed, *(_without_scheme(part) for part in evidence))


def is_front(url: str) -> bool:
    """Return whether the canonical URL is a site's front page, which is never one article."""
    parts = urlsplit(url)
    return parts.path in {"", "/"} and not parts.query and not parts.fragment


def _blank(found: re.Match[str]) -> str:
    return "%20" if found[0] == " " else ""


def _host(host: str) -> str:
    host = host.rstrip(".")
    if ":" in host:  # an IPv6 address
        return f"[{host}]"
    return host if host.isascii() else host.encode("idna").decode()


def _spelt(text: str) -> str:
    def one(found: re.Match[str]) -> str:
        character = chr(int(found[1], 16))
        return character if character in UNRESERVED else found[0].upper()

    return quote(_PERCENT.sub(one, text), safe=KEPT)


def _query(query: str) -> str:
    parts = query.replace("&amp;", "&").split("&")  # escaped twice by the feed
    return "&".join(_spelt(part) for part in parts if part and not _is_tracking(part))


def _is_tracking(part: str) -> bool:
    value = unquote_plus(part.partition("=")[2]).lower()
    name = unquote_plus(_name(part)).lower()
    told = (name in CAMPAIGNS and not value.isdecimal()) or (name in ORIGINS and value in FEED_WORDS)
    return told or TRACKING.fullmatch(name) is not None


def _name(part: str) -> str:
    return part.partition("=")[0]


def _fragment(fragment: str) -> str:
    # "#!/news/5" and "#/news/5" are addresses of their own; any other fragment is a place in the page
    return _spelt(fragment) if fragment.startswith(("!", "/")) else ""


def _without_scheme(text: str) -> str:
    return re.sub(r"^https?://", "//", text.strip(), flags=re.IGNORECASE)
