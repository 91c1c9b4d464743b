"""Who is meant: mentions, uncertain ones, and what is nobody watched."""

import datetime as dt
import json
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span

import samples
from schemas.documents import Origin
from schemas.mentions import Mention
from schemas.watchlist import Watchlist, load_watchlist
from transforms.actors.explain import explain, explain_text
from transforms.actors.find import find, find_in_text
from transforms.actors.matcher import Matcher

NLP = spacy.blank("en")
BUNDLED = Matcher(load_watchlist(samples.WATCHLIST))
BARE = Matcher(Watchlist.model_validate({"actors": [{"id": "ada-marsh", "name": "Ada Marsh"}]}))
ACCEPTANCE = Path(__file__).parents[3] / "shared" / "acceptance"


def _origin(title: str = "", language: str = "en") -> Origin:
    seen = dt.datetime(2025, 2, 17, tzinfo=dt.timezone.utc)
    return Origin(document="d", url="http://x/", title=title, language=language, seen=seen)


def _read(text: str, matcher: Matcher = BUNDLED, title: str = "") -> list[tuple[str, str, str]]:
    mentions = find(NLP(text), matcher, _origin(title))
    assert all(text[m.start : m.end] == m.text for m in mentions)
    assert all(text[m.sentence.start : m.sentence.end] == m.sentence.text for m in mentions)
    return [(m.text, m.actor, m.outcome) for m in mentions]


def _sure(text: str, matcher: Matcher = BUNDLED, title: str = "") -> list[str]:
    return [surface for surface, _, outcome in _read(text, matcher, title) if outcome == "mention"]


@pytest.mark.parametrize(
    "text",
    [
        "Kellogg’s cereal sold well.",
        "The Kellogg School of Management opens.",
        "The W.K. Kellogg Foundation gave money.",
        "Kellogg Brown & Root built it.",
        "They live in Kellogg, Idaho.",
        "Miles Kellogg plays on Saturday. Kellogg is a saxophonist.",
        "The Witkoff Group built a tower.",
        "Alex Witkoff and Zach Witkoff spoke.",
        "Donald Trump Jr. wrote a book.",
        "Brigitte Macron was a teacher. Mrs Macron retired.",
        "Will Keith Kellogg was born in 1860.",
        "The Kellogg-Briand Pact is in force.",
        "Olena Zelenska opened a centre.",
        "In bridge a trump is high.",
    ],
)
def test_namesakes_are_refused(text: str):
    assert _sure(text) == []


def test_a_number_of_things_is_no_year_of_old():
    assert _sure("“We have counted 1500 soldiers,” Keith Kellogg told reporters.") == ["Keith Kellogg"]
    assert _sure("Keith Kellogg kept the mill, and in 1863 his sons had it.") == []


def test_surname_after_the_full_name():
    text = "Gen. Keith Kellogg came. Kellogg said no."
    mentions = find(NLP(text), BUNDLED, _origin())
    assert [m.text for m in mentions] == ["Keith Kellogg", "Kellogg"]
    assert "surname after 'Keith Kellogg' at 5" in mentions[1].evidence
    assert mentions[1].score > 0.9


def test_surname_with_ukraine_in_view():
    assert _sure("Kellogg, the envoy, told NATO that talks on Ukraine go on.") == ["Kellogg"]


def test_surname_with_no_evidence_is_uncertain():
    assert _read("The answer was Kellogg.") == [("Kellogg", "keith-kellogg", "uncertain")]


def test_the_title_is_evidence():
    assert _sure("Marsh spoke.", BARE, title="Ada Marsh in town") == ["Marsh"]
    assert _sure("Marsh spoke.", BARE) == []


def test_id_and_name_are_enough():
    text = "Ada Marsh won. Marsh’s rival lost. The Marsh Street bridge closed. Gil Marsh, a baker, left."
    assert _sure(text, BARE) == ["Ada Marsh", "Marsh"]


def test_pet_forms_and_spellings():
    assert _sure("US envoy Stephen Witkoff met Zelenskyyy.") == ["Stephen Witkoff", "Zelenskyyy"]


def test_a_hyphen_and_a_possessive_are_not_part_of_the_name():
    assert _sure("The envoy Steve Witkoff’s plan, a Witkoff-led effort.") == ["Steve Witkoff", "Witkoff"]


def test_other_scripts():
    origin = _origin(language="ru")
    text = "Келлог прибыл. Встреча с Уиткоффом и Владимиром Зеленским. Брижит Макрон."
    mentions = find_in_text(text, BUNDLED, origin)
    sure = [(m.text, m.actor) for m in mentions if m.outcome == "mention"]
    assert sure == [
        ("Келлог", "keith-kellogg"),
        ("Уиткоффом", "steve-witkoff"),
        ("Владимиром Зеленским", "volodymyr-zelenskyy"),
    ]


def test_a_relative_of_the_same_name_takes_the_surname_with_him():
    text = "Ada Marsh met her brother Gil Marsh, a baker. Marsh sells rye bread."
    assert _read(text, BARE)[-1] == ("Marsh", "ada-marsh", "uncertain")


def test_never_alone():
    matcher = Matcher(
        Watchlist.model_validate({"actors": [{"id": "a", "name": "Ada Marsh", "surname_alone": "never"}]})
    )
    assert _read("Marsh spoke.", matcher) == []
    assert _sure("Ada Marsh spoke. Marsh left.", matcher) == ["Ada Marsh", "Marsh"]


def test_two_actors_of_one_surname_are_nobody_surely():
    actors = [{"id": "a", "name": "Ada Marsh"}, {"id": "b", "name": "Gil Marsh"}]
    matcher = Matcher(Watchlist.model_validate({"actors": actors}))
    assert _read("Ada Marsh and Gil Marsh spoke. Marsh left.", matcher) == [
        ("Ada Marsh", "a", "mention"),
        ("Gil Marsh", "b", "mention"),
        ("Marsh", "b", "uncertain"),
    ]


def test_a_longer_name_wins():
    actors = [{"id": "a", "name": "Ada Marsh"}, {"id": "o", "name": "Ada Marsh Trust", "kind": "organisation"}]
    matcher = Matcher(Watchlist.model_validate({"actors": actors}))
    assert _read("The Ada Marsh Trust gave.", matcher) == [("Ada Marsh Trust", "o", "mention")]


def test_ids_are_stable_and_apart():
    text = "Ada Marsh spoke. Marsh left. Marsh returned."
    once, again = (find(NLP(text), BARE, _origin()) for _ in range(2))
    assert [m.id for m in once] == [m.id for m in again]
    assert len({m.id for m in once}) == 3
    assert {m.watchlist for m in once} == {BARE.digest}


def test_entities_and_sentences_of_the_doc_are_used():
    text = "Keith Kellogg spoke of it. kellogg did"
    doc = Doc(NLP.vocab, words=["Ada", "Marsh", "spoke", ".", "Marsh", "left", "."], sent_starts=[1, 0, 0, 0, 1, 0, 0])
    doc.ents = [Span(doc, 0, 2, label="PERSON")]
    mentions = find(doc, BARE, _origin())
    assert [m.sentence.text for m in mentions] == ["Ada Marsh spoke .", "Marsh left ."]
    assert _sure(text) == ["Keith Kellogg"]


def test_explain_tells_of_the_refused_ones():
    text = "Miles Kellogg plays. Keith Kellogg does not."
    told = explain(NLP(text), BUNDLED, _origin())
    assert [(r["text"], r["verdict"]) for r in told] == [("Kellogg", "not"), ("Keith Kellogg", "mention")]
    assert "Miles" in told[0]["why"]
    assert json.dumps(told)
    assert explain_text(text, BUNDLED, _origin())[1]["verdict"] == "mention"


@pytest.mark.acceptance
@pytest.mark.parametrize("titled", [True, False])
def test_the_acceptance_article(titled: bool):
    if not ACCEPTANCE.is_dir():
        pytest.skip("../shared/acceptance is absent")
    article = json.loads((ACCEPTANCE / "envoys.jsonl").read_text(encoding="utf8"))
    gold = json.loads((ACCEPTANCE / "envoys.gold.jsonl").read_text(encoding="utf8"))
    found = find(NLP(article["text"]), BUNDLED, _origin(article["title"] if titled else ""))
    wanted = {(m["start"], m["end"], m["actor"]) for m in gold["mentions"]}
    assert {(m.start, m.end, m.actor) for m in found if m.outcome == "mention"} == wanted


PIECES = st.sampled_from(
    [
        "Kellogg",
        "Keith",
        "Kellogg’s",
        "Gen.",
        "Trump",
        "Jr.",
        "Putin-",
        "Келлога",
        ", Idaho",
        "\n",
        "W.K. ",
        "“",
        "said",
        " ",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=5)), max_size=15).map(" ".join))
def test_never_raises_and_offsets_hold(text: str):
    for found in (find(NLP(text), BUNDLED, _origin(text)), find_in_text(text, BUNDLED, _origin(language="ru"))):
        _well_formed(found, text)


def _well_formed(mentions: tuple[Mention, ...], text: str) -> None:
    for m in mentions:
        assert text[m.start : m.end] == m.text
        assert text[m.sentence.start : m.sentence.end] == m.sentence.text
        assert m.sentence.start <= m.start < m.end <= m.sentence.end
        assert 0 <= m.score <= 1
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert len({m.id for m in mentions}) == len(mentions)


FEW = Matcher(
    Watchlist.model_validate(
        {
            "actors": [
                {"id": "keir-mole", "name": "Keir Mole"},
                {"id": "jose-tarn", "name": "José Tarn"},
                {"id": "king-odo", "name": "King Odo III"},
                {"id": "el-tamiri", "name": "Hany el-Tamiri"},
                {"id": "mick-lunt", "name": "Mick Lunt"},
                {"id": "ann-holt", "name": "Ann Holt", "roles": ["governor of the bank"], "context": ["interest rate"]},
            ]
        }
    )
)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Keir Mole spoke. Later Sir Keir left.", "Keir"),
        ("José “Pepe” Tarn drove a Beetle.", "José “Pepe” Tarn"),
        ("In March King Odo read the speech.", "King Odo"),
        ("Hany al-Tamiri came to Cairo.", "Hany al-Tamiri"),
        ("Mole met a namesake. MOLE TO FIGHT ON, wrote a paper of Keir Mole.", "Keir Mole"),
    ],
)
def test_ways_in_which_news_names_people(text: str, surface: str):
    assert surface in _sure(text, FEW)


@pytest.mark.parametrize(
    "text",
    [
        "Keir Hardie was a miner. Sir Keir Hardie he never was.",
        "King Odo I was beheaded.",
        "Mike Lunt sailed.",
        "Missouri's attorney general, Ann Holt, spoke.",
        "The dancer had a dog named Tarn.",
        "By Keir Mole, Arts Correspondent",
        "A youth contract went to Keir Mole, 19, of Motherwell.",
    ],
)
def test_ways_in_which_namesakes_come(text: str):
    assert _sure(text, FEW) == []


def test_a_title_that_another_of_the_name_has_is_his():
    text = "Ann Holt sued. The case goes to Judge Alan Holt, once a prosecutor. Months went by. Judge Holt sat."
    assert ("Holt", "ann-holt", "mention") not in _read(text, FEW)


def test_a_part_of_a_bulletin_stands_by_itself():
    text = "Ada Marsh resigned.\n\n---\n\nLEEDS: In a box of fruit at Marsh a boy found a toad."
    assert _sure(text, BARE) == ["Ada Marsh"]


TOLD = Matcher(
    Watchlist.model_validate(
        {
            "actors": [
                {"id": "ada-marsh", "name": "Ada Marsh", "roles": ["envoy"], "context": ["Averland", "tariffs"]},
                {"id": "dora", "name": "Dorvale", "kind": "place"},
                {"id": "elm", "name": "Elmgate Holdings", "kind": "organisation", "aliases": ["Elmgate"]},
                {"id": "nfo", "name": "National Ferry Office", "kind": "organisation", "aliases": ["NFO"]},
                {"id": "dawn", "name": "New Dawn", "kind": "organisation"},
                {"id": "siro", "name": "San Tiro", "kind": "place"},
            ]
        }
    )
)
LONG = (
    "The quartet plays on Sunday at nine in the hall behind the old dairy, where seats are hard and sound is soft. "
    "Tickets cost eight pounds at the door, six for pupils. Bring a cushion, says the leaflet, and a friend to listen. "
    "Four songs by the late Ole Berg, whom nobody sings now, stand between two trios that everybody knows by heart. "
)


@pytest.mark.parametrize(
    "text",
    [
        "First innings: A Marsh 104, R Mistry 61; T Vane 4-70.",
        "Dora Marsh won the cup from Ada Marsh of Averland. Roses, D. Marsh; leeks, T. Orr.",
        "It was sold to Dorvale Capital LP. Dorvale will name two directors.",
        "Dorvale 12 (46%, £54) smells of rope. A drop of water helps Dorvale.",
        "A main burst under Elmgate, the street that leads to the tower. Police closed Elmgate.",
        "The North Fork Owners met on Saturday. NFO president Dale Orr spoke.",
        "Harrow Lane (NFO), various artists. A second NFO came out in May.",
        "She spoke of a new dawn.",
        "The New Dawn Hotel burnt. The New Dawn had been full.",
        "The parish church of San Tiro has a new roof.",
        "The Salt Road. Director: Ada Marsh. Music: Otto Weil.",
        "Ada Marsh, who died in 1979, shot in natural light.",
        LONG + "The violin is played by Ada Marsh.",
        "She slept in the Hotel Elmgate.",
        "The band Elmgate play on Friday. Elmgate have a new drummer.",
        "Her third novel, Elmgate, is set at sea. Elmgate was called slow.",
        "Elmgate 3.2 mends the editor. Users of Elmgate should install it.",
        "Haydock: 1. Elmgate (T. Orr) 7-2; 2. Bold Heart 4-1. Elmgate won by a neck.",
        "Cast: Hamlet, Ada Marsh; Ophelia, Rita Moon.",
        "In the opera, Ada Marsh loves a count. Marsh dies in the third act.",
        "Dorvale Sparkling Water has been recalled. Dorvale said that 40,000 bottles were affected.",
        "The Forest of Dorvale lies far off. Dorvale United lost. Dorvale scored twice before half-time.",
        "It was 46 degrees. Additional reporting by Ada Marsh in Leeds",
    ],
)
def test_ways_in_which_things_and_strangers_come(text: str):
    found = [surface for surface in _sure(text, TOLD) if surface != "Ada Marsh" or "Averland" not in text]
    assert found == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        (LONG + "The envoy, Ada Marsh, was there.", "Ada Marsh"),
        ("Ada Marsh, hands in her pockets, gave a firefighter of Averland her hat.", "Ada Marsh"),
        ("The National Ferry Office (NFO) was closed.", "NFO"),
        ("1100 GENEVA - Envoy Ada Marsh speaks.", "Ada Marsh"),
        ("Ada Marsh of Averland came. Marsh-watchers think she will stay.", "Marsh"),
        ("The New Dawn programme is out.", "New Dawn"),
        ("The retailer Elmgate gained three percent.", "Elmgate"),
        ("0910 Dorvale BA22 delayed; 0930 Oslo SK5.", "Dorvale"),
        ("Ada Marsh of Averland is in prison. “Free Marsh!” they shouted.", "Marsh"),
        ("Ada Marsh saw Carl Marsh, a broker. Marsh of Averland said that he left her no choice.", "Marsh"),
        ("Elizabeth Dorvale sang. Votes in Dorvale were counted. Rain fell. Dorvale chose a baker.", "Dorvale"),
    ],
)
def test_ways_in_which_they_do_not_go_unfound(text: str, surface: str):
    assert surface in _sure(text, TOLD)


def test_a_genitive_without_an_apostrophe():
    text = "Ada Marsh ging. Im Konzern wird Marshs Schritt mit dem Streit erklärt. Dort starten 140 Marsh."
    mentions = find_in_text(text, TOLD, _origin(language="de"))
    assert [(m.text, m.outcome) for m in mentions][:2] == [("Ada Marsh", "mention"), ("Marshs", "mention")]
    assert [m.text for m in mentions if m.outcome == "mention"] == ["Ada Marsh", "Marshs"]


def test_headlines_in_capitals_part_a_bulletin():
    text = (
        "MARSH VETO STANDS\nThe house failed to overturn the veto of Ada Marsh of Averland.\n\n"
        "MARSH FIRES IN THE NORTH\nReeds have burnt since Monday, the weather office says."
    )
    assert [m.start for m in find(NLP(text), TOLD, _origin()) if m.outcome == "mention"] == [0, text.index("Ada")]


MINISTER = Matcher(
    Watchlist.model_validate(
        {
            "actors": [
                {
                    "id": "jan-brandt",
                    "name": "Jan Brandt",
                    "roles": ["defence minister"],
                    "context": ["navy", "cabinet"],
                },
                {"id": "carla-menges", "name": "Carla Menges", "roles": ["opposition leader"]},
            ]
        }
    )
)


def test_an_item_of_sport_in_a_bulletin_is_of_nobody_watched():
    assert _sure("Weather: snow is expected.\n\nSport: Jan Brandt is out for weeks, his club said.", MINISTER) == []
    assert _sure("Jan Brandt is out for six weeks with a torn muscle.", MINISTER) == []
    assert _sure("Jan Brandt is out of the cabinet.", MINISTER) == ["Jan Brandt"]


def test_who_makes_laws_may_lead_the_opposition():
    text = "Lawmaker Carla Menges said it was a sham. “It has a stamp on it,” Menges said."
    assert _sure(text, MINISTER) == ["Carla Menges", "Menges"]
