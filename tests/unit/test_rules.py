import datetime as dt
import pickle
from pathlib import Path
from typing import get_args

import pytest

import samples
from schemas.errors import BadFile
from schemas.rule import Rule, When
from schemas.rules import Rules, check_rules, default_rules, load_rules
from schemas.watchlist import Actor, Watchlist, load_watchlist

WATCHLIST = Watchlist(
    actors=(
        Actor(id="marta-velden", name="Marta Velden", tags=("norrvia",)),
        Actor(id="ivo-karst", name="Ivo Karst"),
        Actor(id="piet-sorlund", name="Piet Sørlund", tags=("norrvia",)),
    ),
    groups={"talks": ("marta-velden", "ivo-karst")},
)

GOOD = """
version: 3
note: of the strait
rules:
  - id: envoys
    title: The envoys
    when: statement-by
    actors: [talks]
    filters:
      outlets: {only: [The Post], not: Rumour Mill}
      groups: agencies
      languages: en
      confidence: 0.7
      sources: named
      kinds: [direct, mixed]
    throttle: 1h
    notify: [desk, console]
  - id: money
    when: words
    in: statements
    words: [interest rate, "inflation*"]
channels:
  - id: desk
    webhook: {url: "https://desk.example/in", secret_env: DESK_SECRET}
  - id: log
    jsonl: alerts.jsonl
"""


def load_text(tmp_path: Path, text: str) -> Rules:
    file = tmp_path / "rules.yaml"
    file.write_text(text)
    return load_rules(file)


def problems(tmp_path: Path, text: str, watchlist: Watchlist | None = None) -> list[str]:
    with pytest.raises(BadFile) as e:
        checked(tmp_path, text, watchlist)
    return [f"{p.line}: {p.reason}" for p in e.value.problems]


def checked(tmp_path: Path, text: str, watchlist: Watchlist | None) -> None:
    rules = load_text(tmp_path, text)
    if watchlist:
        check_rules(rules, watchlist, event_types={"meet", "travel"})


def test_a_full_file_is_read(tmp_path: Path):
    rules = load_text(tmp_path, GOOD)
    envoys = rules.rule("envoys")
    assert envoys.throttle == dt.timedelta(hours=1)
    assert envoys.filters.outlets.but_not == ("Rumour Mill",)
    assert envoys.filters.kinds == ("direct", "mixed")
    assert rules.rule("money").looks_in() == "statements"
    assert rules.rule("gone") is None
    assert rules.version == "3"


def test_channels_of_a_rule(tmp_path: Path):
    rules = load_text(tmp_path, GOOD)
    assert rules.channels_of(rules.rule("envoys")) == ("desk", "console")
    assert rules.channels_of(rules.rule("money")) == ("desk", "log"), "none named: all that are declared"
    assert rules.channels_of(None) == ()
    assert [channel.id for channel in rules.used_channels()] == ["console", "desk", "log"]


def test_without_channels_the_console_is_told(tmp_path: Path):
    rules = load_text(tmp_path, "rules: [{id: a, when: mention}]")
    assert rules.channels_of(rules.rule("a")) == ("console",)
    assert rules.used_channels()[0].console


def test_a_rule_may_notify_nobody(tmp_path: Path):
    rules = load_text(tmp_path, "rules: [{id: a, when: mention, notify: []}, {id: b, when: mention, enabled: false}]")
    assert [rules.channels_of(rule) for rule in rules.rules] == [(), ()]
    assert rules.used_channels() == ()


def test_groups_tags_and_names_come_from_the_watchlist(tmp_path: Path):
    text = "rules: [{id: a, when: mention, actors: [talks, norrvia]}, {id: b, when: mention, actors: any}]"
    bound = check_rules(load_text(tmp_path, text), WATCHLIST)
    assert bound.rule("a").actors == ("ivo-karst", "marta-velden", "piet-sorlund")
    assert bound.rule("b").any_actor()
    assert bound.name_of("piet-sorlund") == "Piet Sørlund"
    assert bound.name_of("not-listed") == "Not Listed"


def test_default_rules_tell_the_console_what_anybody_says():
    rules = check_rules(default_rules(), WATCHLIST)
    assert [(rule.when, rule.any_actor()) for rule in rules.rules] == [("statement-by", True)]
    assert rules.channels_of(rules.rules[0]) == ("console",)


def test_rules_travel_to_workers(tmp_path: Path):
    rules = check_rules(load_text(tmp_path, GOOD), WATCHLIST)
    assert pickle.loads(pickle.dumps(rules)) == rules


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("rules:\n- id: a\n  when: mention\n  throtle: 1h", 4, "unknown key 'throtle': did you mean 'throttle'?"),
        ("rules:\n- id: a\n  when: mentions", 3, "when: one of 'mention', "),
        ("rules:\n- id: a\n  when: mention\n  throttle: 30", 4, "30m, 1h or 1d"),
        ("rules:\n- id: a\n  when: mention\n  throttle: 0m", 4, "30m, 1h or 1d"),
        ("rules:\n- id: a\n  when: mention\n- id: a\n  when: mention", 4, "two rules have the id 'a'"),
        ("rules:\n- id: a\n  when: mention\n  notify: [x]", 4, "no channel has the id 'x'"),
        ("rules:\n- id: a\n  when: mention\n  words: [x]", 4, "'words' belongs to a rule of words, not of mention"),
        ("rules:\n- id: a\n  when: words", 2, "a rule of words needs 'words'"),
        ("rules:\n- id: a\n  when: words\n  words: ['***']", 4, "neither letter nor digit"),
        ("rules:\n- id: a\n  when: together\n  in: statements", 4, "a rule of together looks in sentence or document"),
        ("rules:\n- id: a\n  when: together\n  require: all", 4, "'all' needs the actors by name"),
        ("rules:\n- id: a\n  when: mention\n  filters:\n    kinds: [direct]", 5, "'kinds' tells statements apart"),
        ("rules:\n- id: a\n  when: mention\n  filters: {confidence: 2}", 4, "filters.confidence"),
        ("rules: []\nchannels:\n- id: c", 3, "none is given"),
        ("rules: []\nchannels:\n- id: c\n  console: true\n  jsonl: x", 3, "not console and jsonl"),
        ("rules: []\nchannels:\n- id: c\n  webhook:\n    url: ftp://x\n    secret_env: S", 5, "begins with https://"),
        ("rules: []\nchannels:\n- id: c\n  webhook:\n    url: https://x", 4, "secret_env or secret_file"),
        ("rules: []\nchannels:\n- id: c\n  jsonl: x\n  title: hello", 3, "whole records"),
        ("rules:\n- id: a\n  when: mention\n  type: freqency", 4, "'frequency'"),
        ("rules:\n- id: a\n  when: mention\n  type: frequency\n  num_evnts: 3", 5, "did you mean 'num_events'?"),
        ("rules:\n- id: a\n  when: mention\n  type: frequency\n  num_events: 3", 4, "frequency needs 'timeframe'"),
        ("rules:\n- id: a\n  when: mention\n  num_events: 3", 4, "belongs to a rule of the type frequency, not any"),
        ("rules:\n- id: a\n  when: mention\n  type: new_term", 4, "needs 'field'"),
        ("rules:\n- id: a\n  when: mention\n  type: new_term\n  field: words", 5, "asks for 'when: words'"),
        ("rules:\n- id: a\n  when: mention\n  type: change\n  timeframe: 1d", 3, "one of a speaker's words"),
        ("rules:\n- id: a\n  when: mention\n  type: cardinality\n  timeframe: 1d", 4, "one of min_cardinality and"),
        (
            "rules:\n- id: a\n  when: article\n  type: flatline\n  timeframe: 1d",
            2,
            "'query_key' is outlet, feed or rule",
        ),
        ("rules:\n- id: a\n  when: article\n  actors: any", 4, "'when: mention' asks for actors"),
        ("rules:\n- id: a\n  when: mention\n  type: spike\n  timeframe: 1d\n  spike_height: 1", 6, "spike_height"),
        ("rules:\n- id: a\n  when: mention\n  repeat_times: 2", 4, "needs 'repeat_interval'"),
        (
            "rules:\n- id: a\n  when: mention\n  escalate:\n  - {after: 1h, notify: boss}",
            5,
            "no channel has the id 'boss'",
        ),
        ("rules: []\nchannels:\n- id: c\n  console: true\n  digest: {every: 1h, at: '07:00'}", 5, "one of every"),
        ("rules: []\nchannels:\n- id: c\n  console: true\n  digest: {at: 7am}", 5, "a time of day"),
        ("rules: []\nchannels:\n- id: c\n  console: true\n  group_wait: 1h", 5, "needs 'group_by'"),
        ("rules: []\nchannels:\n- id: c\n  console: true\n  group_by: rule\n  digest: {every: 1h}", 5, "one group"),
        (
            "rules: []\nchannels:\n- id: c\n  console: true\n  mute_time_intervals: night",
            5,
            "no time interval has the id",
        ),
        ("rules: []\ntime_intervals:\n- id: n\n  times: 22-7", 4, "such as 22:00-07:00"),
        ("rules: []\ntime_intervals:\n- id: n\n  weekdays: mon", 4, "monday:friday"),
        ("rules: []\ntime_intervals:\n- id: n\n  location: Prague", 4, "such as Europe/Prague"),
        ("rules: []\ninhibit_rules:\n- source: a\n  target: b", 3, "no rule has the id 'a'"),
        ("when: x", 1, "unknown key 'when'"),
        ("", 1, "the file: "),
    ],
)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, text: str, line: int, reason: str):
    found = problems(tmp_path, text)
    assert any(p.startswith(f"{line}: ") and reason in p for p in found), found


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("rules:\n- id: a\n  when: mention\n  actors: [marta-veldn]", 4, "did you mean 'marta-velden'?"),
        ("rules:\n- id: a\n  when: event\n  events: [meat]", 4, "no event is of the type 'meat': did you mean 'meet'?"),
        ("rules:\n- id: a\n  when: together\n  actors: [ivo-karst]", 4, "it takes two actors"),
    ],
)
def test_what_does_not_fit_the_watchlist_is_said_with_its_line(tmp_path: Path, text: str, line: int, reason: str):
    found = problems(tmp_path, text, WATCHLIST)
    assert any(p.startswith(f"{line}: ") and reason in p for p in found), found


def test_every_fault_is_told_at_once(tmp_path: Path):
    text = "rules:\n- id: a\n  when: mention\n  notify: [x]\n- id: a\n  when: words"
    assert len(problems(tmp_path, text)) == 3


WRONG_IN_MANY_WAYS = """rules:
- id: a
  when: mentions
  notify: [x]
- id: a
  when: event
  actors: [nobody-known]
  events: [zzz]
  escalate: [{after: soon, notify: [y]}]
channels:
- {id: c, console: maybe, mute_time_intervals: z}
"""


def test_a_fault_of_form_hides_no_other(tmp_path: Path):
    (tmp_path / "r.yaml").write_text(WRONG_IN_MANY_WAYS)
    with pytest.raises(BadFile) as error:
        load_rules(tmp_path / "r.yaml", WATCHLIST, event_types={"meet", "die"})
    told = [(p.line, p.reason) for p in error.value.problems]
    whens = "one of 'mention', 'statement-by', 'statement-about', 'event', 'together', 'words' or 'article'"
    assert told == [
        (3, f"when: {whens}, not 'mentions': did you mean 'mention'?"),
        (4, "no channel has the id 'x'"),
        (5, "two rules have the id 'a'"),
        (7, "nobody watches 'nobody-known'"),
        (8, "no event is of the type 'zzz' (there are die, meet)"),
        (9, "after: a number and a unit up to a year, such as 30m, 1h or 1d (number 1 of escalate)"),
        (9, "no channel has the id 'y'"),
        (11, "console: true or false, not 'maybe'"),
        (11, "no time interval has the id 'z'"),
    ]


def test_secrets_are_not_shown(tmp_path: Path):
    text = "rules: []\nchannels:\n- id: c\n  url: slack://T0KEN/x\n- id: d\n  webhook: {url: 'ftp://T0KEN'}"
    assert not any("T0KEN" in problem for problem in problems(tmp_path, text))
    rules = load_text(tmp_path, "rules: []\nchannels:\n- id: c\n  url: slack://T0KEN/x")
    assert "T0KEN" not in repr(rules)


def test_throttle_takes_every_unit():
    lengths = {text: Rule(id="a", when="mention", throttle=text).throttle for text in ("90s", "30m", "2 h", "1d", "1w")}
    assert [int(length.total_seconds()) for length in lengths.values()] == [90, 1800, 7200, 86400, 604800]


def test_the_sample_rules_fit_the_sample_watchlists():
    rules = check_rules(load_rules(samples.RULES), load_watchlist(samples.ACTORS, samples.WATCHLIST))
    assert {rule.when for rule in rules.rules} == set(get_args(When))
    assert rules.rule("talks-speak").actors[:2] == ("alder-strait-commission", "ivo-karst")
