"""A rule of ElastAlert 2 -> a file of rules of ours, and line by line what could not be translated."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from pydantic import ValidationError

from schemas.counting import RuleType
from schemas.errors import BadFile, Problem
from schemas.files import Lines, Location, parse, problem
from schemas.rules import faults, rules_in
from schemas.rules_file import RulesFile

Json = dict[str, Any]

TEXTS = {"text", "title", "body", "content", "message", "description", "summary", "headline"}
OUTLETS = {"outlet", "source", "site", "domain", "publisher"}
LANGUAGES = {"language", "lang"}
ACTORS = {"actor", "actors", "person", "people", "entity"}
FEEDS = {"feed", "feed_url"}
"""What fields of news are mostly called, and what they are here."""

UNITS = {"seconds": "s", "minutes": "m", "hours": "h", "days": "d", "weeks": "w"}
DURATIONS = {"timeframe": "timeframe", "realert": "throttle", "terms_window_size": "learn"}
AS_THEY_ARE = (
    "num_events", "spike_height", "spike_type", "threshold", "threshold_cur", "threshold_ref", "min_cardinality",
    "max_cardinality",
)  # fmt: skip
SILENT = {"name", "type", "index", "filter", "alert", "description", "is_enabled", "slack_webhook_url", "http_post_url"}
SILENT |= {
    "email",
    "query_key",
    "fields",
    "cardinality_field",
    "blacklist",
    "compare_key",
    "use_count_query",
    "doc_type",
}
"""Keys that are looked at elsewhere, or say nothing here."""


@dataclass
class Translation:
    """What has been made of the rule so far, and what is to be told of it."""

    name: str
    given: Json
    lines: Lines
    rule: Json = field(default_factory=dict)
    filters: Json = field(default_factory=dict)
    channels: list[Json] = field(default_factory=list)
    told: list[Problem] = field(default_factory=list)

    def tell(self, where: Location, reason: str) -> None:
        """Note what could not be taken over, or what has to be done by hand."""
        while where and where not in self.lines:
            where = where[:-1]
        self.told.append(Problem(self.name, self.lines.get(where, 0), reason))


def translate(text: str, name: str) -> tuple[Json, list[Problem]]:
    """Return the file of rules, and what has to be seen to; raises BadFile where there is nothing to translate."""
    given, lines = parse(text, name)
    if not isinstance(given, dict) or "type" not in given:
        raise BadFile([Problem(name, 1, "not a rule of ElastAlert: it has no 'type'")])
    done = Translation(name, given, lines)
    _head(done)
    for part in (_durations, _keys, _filter, _channels, _when, _rest):
        part(done)
    rule = done.rule | ({"filters": done.filters} if done.filters else {})
    made: Json = {"rules": [rule]} | ({"channels": done.channels} if done.channels else {})
    _check(made, done)
    return made, sorted(done.told, key=_line)


def _line(told: Problem) -> int:
    return told.line


def _head(done: Translation) -> None:
    given = done.given
    name = str(given.get("name", "rule"))
    done.rule["id"] = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-._").lower()[:100] or "rule"
    done.rule["title"] = name[:200]
    kind = str(given["type"])
    if kind == "blacklist":
        _blacklist(done)
    elif kind not in get_args(RuleType):
        raise BadFile([Problem(done.name, done.lines.get(("type",), 0), f"no rule here is of the type {kind!r}")])
    elif kind != "any":
        done.rule["type"] = kind
    if given.get("is_enabled") is False:
        done.rule["enabled"] = False


def _blacklist(done: Translation) -> None:
    key, words = str(done.given.get("compare_key", "")), done.given.get("blacklist", [])
    if key not in TEXTS:
        done.tell(("compare_key",), f"no text of an article is called {key!r}: its words are looked for in the whole")
    done.rule["words"] = [str(word) for word in words if not str(word).startswith("!file")]
    if any(str(word).startswith("!file") for word in words):
        done.tell(("blacklist",), "words in a file of their own: write them into 'words'")


def _durations(done: Translation) -> None:
    for key, ours in DURATIONS.items():
        if key in done.given:
            length = _duration(done.given[key])
            if length:
                done.rule[ours] = length
            else:
                done.tell((key,), f"{key}: not one number and unit (such as hours: 1)")


def _duration(value: Any) -> str:
    if isinstance(value, dict) and len(value) == 1:
        ((unit, number),) = value.items()
        if unit in UNITS and isinstance(number, int) and number > 0:
            return f"{number}{UNITS[unit]}"
    return ""


def _keys(done: Translation) -> None:
    done.rule |= {key: done.given[key] for key in AS_THEY_ARE if key in done.given}
    if "query_key" in done.given:
        done.rule["query_key"] = _named(done, "query_key", {"outlet": OUTLETS, "feed": FEEDS, "actors": ACTORS}, "rule")
    if "fields" in done.given or "cardinality_field" in done.given:
        key = "fields" if "fields" in done.given else "cardinality_field"
        done.rule["field"] = _named(done, key, {"outlet": OUTLETS, "actors": ACTORS, "speaker": {"speaker"}}, "outlet")


def _named(done: Translation, key: str, known: Mapping[str, set[str]], otherwise: str) -> str:
    value = done.given[key]
    names = [str(name) for name in (value if isinstance(value, list) else [value])]
    found = next((ours for ours, theirs in known.items() if _plain(names[0]) in theirs), "") if names else ""
    if not found or len(names) > 1:
        done.tell((key,), f"{key} {', '.join(names)}: taken as {found or otherwise}, one of {', '.join(known)}")
    return found or otherwise


def _plain(name: str) -> str:
    return name.removesuffix(".keyword").removesuffix(".raw").rpartition(".")[2].lower()


def _filter(done: Translation) -> None:
    found = done.given.get("filter") or []
    for n, one in enumerate(found if isinstance(found, list) else [found]):
        inner = one.get("query", one) if isinstance(one, dict) else {}
        if not any(_take(done, kind, inner[kind]) for kind in inner):
            done.tell(("filter", n), "this filter has no counterpart: see 'filters' and 'words' in docs/alerts.md")


def _take(done: Translation, kind: str, value: Any) -> bool:
    if kind == "query_string" and isinstance(value, dict):
        return _query_string(done, str(value.get("query", "")))
    if kind in {"term", "terms", "match", "match_phrase"} and isinstance(value, dict) and len(value) == 1:
        ((name, wanted),) = value.items()
        wanted = wanted.get("query", wanted.get("value", "")) if isinstance(wanted, dict) else wanted
        return _field(done, str(name), [str(one) for one in (wanted if isinstance(wanted, list) else [wanted])])
    return False


_TERM = re.compile(r'\s*(?:([\w.]+)\s*:\s*)?(?:"([^"]+)"|([^\s:()"]+))\s*')


def _query_string(done: Translation, query: str) -> bool:
    """Take a query of alternatives: `title:"peace deal" OR ceasefire`; what is joined otherwise has no counterpart."""
    terms = [_TERM.fullmatch(part) for part in re.split(r"\s+OR\s+", query.strip().removeprefix("(").removesuffix(")"))]
    if not all(terms):
        return False
    fields = {term[1] or "text" for term in terms if term}
    return len(fields) == 1 and _field(done, fields.pop(), [term[2] or term[3] for term in terms if term])


def _field(done: Translation, name: str, values: list[str]) -> bool:
    plain = _plain(name)
    put: dict[str, Callable[[], object]] = {
        "words": lambda: done.rule.setdefault("words", []).extend(values),
        "outlets": lambda: done.filters.setdefault("outlets", {}).setdefault("only", []).extend(values),
        "languages": lambda: done.filters.setdefault("languages", []).extend(values),
        "actors": lambda: done.rule.setdefault("actors", []).extend(values),
    }
    known = {"words": TEXTS, "outlets": OUTLETS, "languages": LANGUAGES, "actors": ACTORS}
    ours = next((key for key, names in known.items() if plain in names), None)
    if ours is None:
        return False
    put[ours]()
    return True


def _channels(done: Translation) -> None:
    named = done.given.get("alert", [])
    for kind in named if isinstance(named, list) else [named]:
        done.channels.append(_channel(done, str(next(iter(kind)) if isinstance(kind, dict) else kind)))
    if done.channels:
        done.rule["notify"] = [channel["id"] for channel in done.channels]


def _channel(done: Translation, kind: str) -> Json:
    if kind == "debug":
        return {"id": "eyes", "console": True}
    if kind in {"post", "http_post"} and done.given.get("http_post_url"):
        done.tell(("alert",), "http_post: the variable WEBHOOK_SECRET is to hold the secret to sign with")
        return {"id": "post", "webhook": {"url": str(done.given["http_post_url"]), "secret_env": "WEBHOOK_SECRET"}}
    variable = re.sub(r"\W", "_", kind).upper() + "_URL"
    done.tell(("alert",), f"{kind}: the variable {variable} is to hold its address as Apprise writes it")
    return {"id": re.sub(r"[^A-Za-z0-9._-]", "-", kind), "url_env": variable}


def _when(done: Translation) -> None:
    rule = done.rule
    rule["when"] = "words" if rule.get("words") else "mention" if rule.get("actors") else "article"
    if rule.get("type") == "change":
        rule |= {"when": "statement-by"}
        done.tell(
            ("type",), "change: here it is a speaker who reverses a word (denied, confirmed), not a field's value"
        )
    counts = "type" in rule and rule["type"] not in {"any", "change"}
    if counts and rule["when"] == "article" and rule.get("query_key", "actors") == "actors":
        rule["query_key"] = "rule"


def _rest(done: Translation) -> None:
    known = SILENT | set(AS_THEY_ARE) | set(DURATIONS)
    for key in done.given:
        if key not in known:
            done.tell((key,), f"{key!r} is not translated")


def _check(made: Json, done: Translation) -> None:
    """Tell what our own check says of the result: the line is that of the type, since ours has none yet."""
    try:
        wrong = [reason for _, reason in faults(rules_in(RulesFile.model_validate(made)))]
    except ValidationError as e:
        wrong = [problem(error, {}, done.name, RulesFile).reason for error in e.errors()]
    for reason in wrong:
        done.tell(("type",), f"to be mended in what was made: {reason}")
