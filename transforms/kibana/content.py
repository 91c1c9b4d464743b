"""What newswatch shows in Kibana: its searches and its five dashboards, panel by panel."""

from collections.abc import Iterable
from dataclasses import dataclass

from schemas.mapping import alias
from schemas.query import Kind
from transforms.index.facets import FACETS
from transforms.kibana.boards import Board, Control, Place, dashboard
from transforms.kibana.lens import Column, Drawn, panel
from transforms.kibana.objects import Json, search
from transforms.kibana.views import LAG, OUTLET, PAIR, WHO, view

SURE = 'outcome : "mention"'
ACTOR, SAID, ALERTS = "an-actor", "who-said-what", "alerts"
COUNT = Column(do="count", label="Count")
NEWEST = "When"


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes the objects of one prefix: their ids carry it, so that two installations share one Kibana."""

    prefix: str

    def id(self, name: str) -> str:
        """Return the id of the object of that name."""
        return f"{self.prefix}-{name}"

    def panel(
        self, name: str, kind: Kind, title: str, *columns: Column, drawn: Drawn, query: str = "", alone: bool = False
    ) -> Json:
        """Return a panel over the records of one kind; `alone` for a kind that the page's filters do not fit."""
        view_id = alias(self.prefix, kind)
        return panel(self.id(name), view_id, title=title, columns=columns, drawn=drawn, query=query, alone=alone)

    def number(
        self, name: str, kind: Kind, title: str, measure: Column = COUNT, query: str = "", *, alone: bool = False
    ) -> Place:
        """Return a panel of one number."""
        shown = self.panel(name, kind, title, measure, drawn="metric", query=query, alone=alone)
        return Place(shows=shown, wide=12, high=6)

    def search(self, name: str, kind: Kind, title: str, *columns: str, query: str = "") -> Json:
        """Return a saved search over the records of one kind, newest first."""
        view_id, newest = alias(self.prefix, kind), FACETS[kind].time
        return search(self.id(name), view_id, title=title, columns=columns, newest=newest, query=query)

    def control(self, field: str, title: str, kind: Kind, *, single: bool = False) -> Control:
        """Return a list of the values that the kind's records have in a field."""
        return Control(field=field, title=title, view=alias(self.prefix, kind), single=single)


def objects(prefix: str) -> list[Json]:
    """Return all saved objects, those that are referred to first."""
    make = Maker(prefix)
    boards = [actors_today(make), who_said_what(make), an_actor(make), alerts(make), health(make)]
    shown = {(p.shows["type"], p.shows["id"]): p.shows for board in boards for p in board.places}
    rest = {("search", found["id"]): found for found in searches(make)}
    return [*(view(prefix, kind) for kind in FACETS), *{**rest, **shown}.values(), *map(dashboard, boards)]


def searches(make: Maker) -> Iterable[Json]:
    """Yield the searches: one table of every kind."""
    yield make.search("search-statements", "statements", "Statements", "origin.published", "speaker.name",
                      "speaker.source", "text", "about", "origin.outlet", "origin.url")  # fmt: skip
    yield make.search("search-mentions", "mentions", "Mentions, sure and not sure", "actor", "outcome", "form",
                      "sentence.text", "evidence", "origin.outlet", "origin.url")  # fmt: skip
    yield make.search("search-events", "events", "Events", "type", "mode", "agents.name", "targets.name",
                      "place.text", "time.date", "sentence.text", "origin.outlet", "origin.url")  # fmt: skip
    yield make.search("search-documents", "documents", "Articles", "published", "outlet", "title", "actors", "url")
    yield make.search("search-alerts", "alerts", "Alerts", "rule", "title", "actors", "count", "outlets",
                      "matches.sentence", "matches.origin.url")  # fmt: skip
    yield make.search("search-failures", "failures", "Failures", "stage", "reason", "element", "detail")
    yield make.search("search-feeds", "feeds", "Feeds", "status", "outlet", "url", "reason", "failures", "changed",
                      "due", "a_day", "why", "detail")  # fmt: skip


def actors_today(make: Maker) -> Board:
    """Return the first page of the day: who is talked of, where, and with whom for the first time."""
    pairs = [
        _by(PAIR, "Together"),
        _count("Articles now"),
        Column(do="count", label="The time before", shift="previous"),
    ]
    rows = [
        _by(WHO, "Actor", 50),
        _count("Mentions"),
        _outlets(),
        Column(do="max", field="origin.seen", of="date", label="Last seen"),
    ]
    return Board(
        id=make.id("actors-today"),
        title="newswatch: Actors today",
        description="Mentions and statements of each watched actor; click on one for all about it.",
        since="now-24h",
        controls=(make.control(WHO, "Actor", "mentions"), make.control(OUTLET, "Outlet", "mentions")),
        places=(
            make.number("mentions", "mentions", "Mentions", query=SURE),
            make.number("statements-by-actors", "statements", "Statements by watched actors",
                        query="speaker.actor : *"),
            make.number("outlets", "mentions", "Outlets that name them", _outlets(), SURE),
            make.number("articles-naming", "documents", "Articles that name them", query="actors : *"),
            Place(shows=make.panel("mentions-over-time", "mentions", "Mentions of each actor", _time("mentions"),
                                   _by(WHO, "Actor"), COUNT, drawn="bars", query=SURE), wide=24, high=14,
                  leads_to=make.id(ACTOR), says="Show this actor"),
            Place(shows=make.panel("statements-over-time", "statements", "Statements by or about each actor",
                                   _time("statements"), _by(WHO, "Actor"), COUNT, drawn="bars"),
                  wide=24, high=14, leads_to=make.id(ACTOR), says="Show this actor"),
            Place(shows=make.panel("actors", "mentions", "Actors", *rows, drawn="table", query=SURE),
                  wide=24, high=14, leads_to=make.id(ACTOR), says="Show this actor"),
            Place(shows=make.panel("named-together", "documents", "Named together: new where there was none before",
                                   *pairs, drawn="table"), wide=24, high=14),
            Place(shows=make.panel("mentions-by-outlet", "mentions", "Outlets", _by(OUTLET, "Outlet"), COUNT,
                                   drawn="ranking", query=SURE), wide=48, high=12,
                  leads_to=make.id(SAID), says="Who said what there", keeps=True),
        ),
    )  # fmt: skip


def who_said_what(make: Maker) -> Board:
    """Return the statements with their speakers, named or not."""
    by_name = make.panel(
        "speakers", "statements", "Speakers", _by("speaker.name.raw", "Speaker", 15), COUNT, drawn="ranking"
    )
    return Board(
        id=make.id(SAID),
        title="newswatch: Who said what",
        description="Every statement with speaker, words, outlet and link.",
        since="now-7d",
        controls=(
            make.control("speaker.actor", "Speaker, watched", "statements"),
            make.control("speaker.source", "Kind of source", "statements"),
            make.control("about", "About", "statements"),
            make.control(OUTLET, "Outlet", "statements"),
        ),
        places=(
            make.number("statements", "statements", "Statements"),
            make.number("statements-quoted", "statements", "In the speaker's own words",
                        query='kind : "direct" or kind : "mixed"'),
            make.number("statements-unnamed", "statements", "By sources without a name",
                        query='speaker.source : "anonymous"'),
            make.number("statement-speakers", "statements", "Speakers",
                        Column(do="unique_count", field="speaker.name.raw", label="Speakers")),
            Place(shows=by_name, wide=18, high=14),
            Place(shows=make.panel("statements-of", "statements", "By or about whom", _by(WHO, "Actor"), COUNT,
                                   drawn="ranking"), wide=18, high=14, leads_to=make.id(ACTOR), says="Show this actor"),
            Place(shows=make.panel("sources", "statements", "Kinds of source", _by("speaker.source", "Source"), COUNT,
                                   drawn="donut"), wide=12, high=14),
            Place(shows=_search(make, "search-statements"), wide=48, high=24),
        ),
    )  # fmt: skip


def an_actor(make: Maker) -> Board:
    """Return all about one actor, whom a drilldown or the control picks."""
    by, about = (
        Column(do="count", label="By", filter="speaker.actor : *"),
        Column(do="count", label="About", filter="about : *"),
    )
    return Board(
        id=make.id(ACTOR),
        title="newswatch: An actor",
        description="Pick one actor above, or come here from another dashboard by a click on one.",
        since="now-7d",
        controls=(make.control(WHO, "Actor", "mentions", single=True), make.control(OUTLET, "Outlet", "mentions")),
        places=(
            make.number("mentions", "mentions", "Mentions", query=SURE),
            make.number("statements-about", "statements", "Statements about watched actors",
                        query="about : *"),
            make.number("events-number", "events", "Events"),
            make.number("alerts-number", "alerts", "Alerts"),
            Place(shows=make.panel("mention-forms", "mentions", "How the actor is named", _time("mentions"),
                                   _by("form", "Form"), COUNT, drawn="bars", query=SURE), wide=24, high=12),
            Place(shows=make.panel("statement-outlets", "statements", "Who prints it", _by(OUTLET, "Outlet"),
                                   COUNT, by, about, drawn="table"), wide=24, high=12,
                  leads_to=make.id(SAID), says="Who said what there", keeps=True),
            Place(shows=_search(make, "search-statements"), wide=48, high=16),
            Place(shows=make.panel("event-types", "events", "What happened", _by("type", "Event"), COUNT,
                                   drawn="ranking"),
                  wide=16, high=12),
            Place(shows=make.panel("company", "documents", "In whose company", _by(PAIR, "Together"), COUNT,
                                   drawn="table"),
                  wide=16, high=12),
            Place(shows=make.panel("alert-rules", "alerts", "Alerts by rule", _by("rule", "Rule"), COUNT,
                                   drawn="ranking"),
                  wide=16, high=12, leads_to=make.id(ALERTS), says="Show these alerts", keeps=True),
            Place(shows=_search(make, "search-events"), wide=48, high=14),
            Place(shows=_search(make, "search-mentions"), wide=48, high=16),
        ),
    )  # fmt: skip


def alerts(make: Maker) -> Board:
    """Return what the rules found."""
    return Board(
        id=make.id(ALERTS),
        title="newswatch: Alerts",
        description="What the rules found, once a story or window.",
        since="now-7d",
        controls=(
            make.control("rule", "Rule", "alerts"),
            make.control(WHO, "Actor", "alerts"),
            make.control(OUTLET, "Outlet", "alerts"),
        ),
        places=(
            make.number("alerts-number", "alerts", "Alerts"),
            make.number("alert-actors-number", "alerts", "Actors",
                        Column(do="unique_count", field=WHO, label="Actors")),
            make.number("alert-outlets-number", "alerts", "Outlets", _outlets()),
            make.number("alert-most", "alerts", "Most matches of one",
                        Column(do="max", field="count", label="Matches")),
            Place(shows=make.panel("alerts-over-time", "alerts", "Alerts by rule over time", _time("alerts"),
                                   _by("rule", "Rule"), COUNT, drawn="bars"), wide=32, high=14),
            Place(shows=make.panel("alerts-by-actor", "alerts", "Alerts by actor", _by(WHO, "Actor"), COUNT,
                                   drawn="ranking"), wide=16, high=14, leads_to=make.id(ACTOR), says="Show this actor"),
            Place(shows=_search(make, "search-alerts"), wide=48, high=22),
        ),
    )  # fmt: skip


def health(make: Maker) -> Board:
    """Return how newswatch itself fares: which state each feed is in, what fails and why, what comes, and how late."""
    late = Column(do="median", field=LAG, label="Minutes late (median)")
    last = Column(do="max", field="seen", of="date", label="Last seen")
    changed = Column(do="max", field="changed", of="date", label="Last change")
    row = Column(do="max", field="failures", label="In a row")
    return Board(
        id=make.id("pipeline-health"),
        title="newswatch: Pipeline health",
        description="What failed and why; which state each feed is in; what it brought, when, and how late.",
        since="now-24h",
        controls=(make.control("stage", "Stage", "failures"), make.control("reason", "Reason", "failures")),
        places=(
            make.number("articles", "documents", "Articles", alone=True),
            make.number("failures-number", "failures", "Failures"),
            make.number("feeds-failing", "feeds", "Feeds that fail", query="reason : *", alone=True),
            make.number("lag", "documents", "From publication to here, minutes (median)", late, alone=True),
            Place(shows=make.panel("failures-over-time", "failures", "Failures by reason", _time("failures"),
                                   _by("reason", "Reason", 20), COUNT, drawn="bars"), wide=24, high=14),
            Place(shows=make.panel("failures-by-stage", "failures", "Failures by stage and reason",
                                   _by("stage", "Stage"), _by("reason", "Reason", 20), COUNT, last, drawn="table"),
                  wide=24, high=14),
            Place(shows=make.panel("feeds-by-state", "feeds", "Feeds by state", _by("status", "State", 20), COUNT,
                                   drawn="donut", alone=True), wide=12, high=14),
            Place(shows=make.panel("failing-feeds", "feeds", "Feeds that fail, and why", _by("url", "Feed", 50),
                                   _by("status", "State"), _by("reason", "Reason", 20), row, changed, drawn="table",
                                   query="reason : *", alone=True), wide=36, high=14),
            Place(shows=make.panel("feeds", "documents", "Feeds: articles, last one, lag", _by("feed", "Feed", 100),
                                   _count("Articles"), last, late, drawn="table", alone=True), wide=48, high=12),
            Place(shows=make.panel("articles-over-time", "documents", "Articles of each outlet", _time("documents"),
                                   _by(OUTLET, "Outlet", 15), COUNT, drawn="bars", alone=True), wide=36, high=12,
                  leads_to=make.id(SAID), says="Who said what there"),
            Place(shows=make.panel("text-from", "documents", "Where the text came from", _by("text_from", "From"),
                                   COUNT, drawn="donut", alone=True), wide=12, high=12),
            Place(shows=_search(make, "search-failures"), wide=48, high=16),
        ),
    )  # fmt: skip


def _search(make: Maker, name: str) -> Json:
    return next(found for found in searches(make) if found["id"] == make.id(name))


def _time(kind: Kind) -> Column:
    return Column(do="date_histogram", field=FACETS[kind].time, label=NEWEST)


def _by(field: str, label: str, size: int = 10) -> Column:
    return Column(do="terms", field=field, label=label, size=size)


def _count(label: str) -> Column:
    return Column(do="count", label=label)


def _outlets() -> Column:
    return Column(do="unique_count", field=OUTLET, label="Outlets")
