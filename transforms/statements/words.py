"""The word lists behind cues and sources."""

from transforms.language.lists import words

SPEECH = words("""
    say tell add warn note insist argue claim explain announce declare state report reply respond answer ask comment
    remark observe stress emphasize emphasise reiterate repeat recall acknowledge admit concede confirm deny assert
    maintain contend allege suggest propose predict promise pledge vow threaten complain lament joke quip shout yell
    cry whisper write tweet retweet post blog conclude continue agree urge demand boast brag caution charge clarify
    counter disclose reveal hint imply indicate inform interject testify swear tell underline underscore speculate
    estimate rule recommend signal opine muse retort protest plead assure remind advise notify convince brief posit
    theorize theorise reason elaborate inquire enquire wonder mention express relate recount proclaim profess affirm
    stipulate put chant scream read email text message telegraph point forecast project venture volunteer surmise
    exclaim confide react specify detail manifest reaffirm evoke recognize recognise assess summarize summarise fret
    grumble gripe grouse lecture scold marvel tease rant bluster bemoan chide caution relay theorize opine reckon
    """)
BELIEF = words("""
    think believe feel expect hope fear suspect find show know learn consider assume understand worry doubt realize
    realise regret anticipate
    """)
LABEL = words("""
    call describe dub brand label accuse blame criticize criticise slam praise dismiss denounce condemn refer hail mock
    deride judge term rate paint portray view regard pronounce deplore lambast lambaste ridicule rebuke applaud laud
    salute remember deride characterize characterise decry deem cite tout blast attack reject welcome defend thank
    liken compare speak talk
    """)
TOLD = words("tell promise inform assure remind advise notify warn convince brief ask urge email text message")
"""Verbs whose first object is the hearer."""

MANNER = words("""
    grin smile laugh shrug sigh growl snap beam fume rage storm thunder gush roar bark groan gasp mutter mumble murmur
    chuckle chime sneer scoff blast bellow howl sob weep intone drawl purr hiss yelp cackle wail moan crow enthuse
    launch advance slip hammer recognize recognise begin deadpan wisecrack offer interrupt object counsel preach
    crack
    """)
"""Verbs that report only beside words in quotation marks: “…,” grinned the keeper."""

OBJECTS_ONLY = words("""
    express relate mention imply indicate deny estimate rule recommend signal deliver demand urge convince brief notify
    inform profess stipulate telegraph venture volunteer assert
    """)
ALONE = (SPEECH - OBJECTS_ONLY) | MANNER | words("chant scream assert go hit shoot fire sum")
"""Verbs that may stand beside words in quotation marks with nothing but their subject."""

CLAUSAL = (ALONE - MANNER - words("go hit shoot fire ask")) | words(
    "think believe hope fear feel suspect expect worry assert deny estimate indicate imply"
)
"""Verbs whose clause needs no "that" and no word of the parser's."""

INTENDING = words("vow promise pledge threaten swear")
"""Verbs whose infinitive says what was announced."""

IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "think": "thought", "feel": "felt", "find": "found",
    "know": "knew known", "swear": "swore sworn", "put": "put",
    "go": "went gone", "hit": "hit", "shoot": "shot", "begin": "began begun", "weep": "wept",
    "understand": "understood", "speak": "spoke spoken", "read": "read", "show": "showed shown",
    "learn": "learned learnt", "plead": "pleaded pled", "forecast": "forecast forecasted", "retell": "retold",
}  # fmt: skip
DOUBLED = frozenset(
    {
        "grin",
        "snap",
        "sob",
        "chat",
        "put",
        "hit",
        "begin",
        "admit",
        "quip",
        "brag",
        "slam",
        "refer",
        "blog",
        "dub",
        "sum",
    }
)


def forms(lemma: str) -> list[str]:
    """Return every form of an English verb."""
    third, ing = _third(lemma), _stem(lemma, "ing") + "ing"
    past = IRREGULAR.get(lemma, "").split() or [_stem(lemma, "ed") + "ed"]
    return [lemma, third, ing, *past]


def _third(lemma: str) -> str:
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        return lemma + "es"
    return lemma[:-1] + "ies" if lemma.endswith("y") and lemma[-2] not in "aeiou" else lemma + "s"


def _stem(lemma: str, ending: str) -> str:
    if lemma in DOUBLED:
        return lemma + lemma[-1]
    if lemma.endswith("e") and not (lemma.endswith("ee") and ending == "ing"):
        return lemma[:-1]
    return lemma[:-1] + "i" if ending == "ed" and lemma.endswith("y") and lemma[-2] not in "aeiou" else lemma


VERBS = SPEECH | BELIEF | LABEL | MANNER | words("go hit shoot fire sum")
FORMS = {form: lemma for lemma in sorted(VERBS) for form in forms(lemma)} | {"sez": "say"}
"""Every form of a reporting verb -> its lemma."""

REPORT_NOUNS = words("""
    claim view statement warning accusation argument belief assertion suggestion promise insistence remark comment
    allegation contention complaint pledge conclusion prediction announcement admission acknowledgement fear hope
    advice assurance testimony evidence estimate denial reminder call
    """)
"""Nouns that report when their owner stands before them and "that" after: "the minister's claim that"."""

VIEWS = words("view opinion telling estimation judgment judgement reckoning eyes mind account")
"""Nouns of a frame without a verb: "in Berg's telling, …", "in the view of the skipper, …"."""

NAMING = frozenset({"call", "dub", "brand", "label", "term"})
"""Verbs that also give a thing its name."""

UTTERANCES = words("""
    response reply answer verdict reaction message advice warning view opinion explanation motto conclusion summary
    assessment retort comment words excuse plea pitch prediction slogan
    """)
"""Nouns whose owner says what follows them: "Her advice: “…”", “…” was the verdict of the skipper."""

PRESS = words("""
    newspaper paper times post news press journal herald courier gazette chronicle guardian telegraph reporter reporters
    journalist journalists broadcaster interviewer bbc magazine
    """)
"""Words for those who ask because it is their trade."""

DOCUMENTS = words("""
    cable statement report letter document memo study poll survey release paper note email message communique tweet
    post article analysis filing lawsuit complaint indictment affidavit book transcript agreement text draft
    questionnaire website site page results result data figures research review estimate findings finding leaflet
    tally count minutes ledger log diary manifesto leak menu invoice receipt paperwork prospectus census index briefing
    brochure leaflet sign banner placard plaque forecast calculation accounts inquest inventory register verdict
    advisory guidance bulletin notice declaration resolution treaty communiqué dossier file editorial record
    ad advertisement commercial platform petition column ruling op-ed caption video mailer flyer
    """)
ORGANISATIONS = words("""
    government ministry department office agency administration party company firm police army military court council
    committee commission parliament senate house union group organization organisation bank embassy palace command
    force navy service bureau authority board campaign team institute university school newspaper paper broadcaster
    network channel outlet media press church foundation federation association league alliance coalition cabinet
    kremlin pentagon treasury mission secretariat tribunal prosecution defence defense opposition rebels corporation
    country nation state bloc city region industry club hospital militia regime centre center operator regulator
    radio television tv magazine delegation entourage faction affiliate wire daily weekly tabloid
    watchdog charity think-tank presidency chancellery camp
    """)
OFFICES = words("""
    president minister premier chancellor king queen prince princess pope governor mayor secretary chief head leader
    director ambassador envoy speaker judge chairman chairwoman chair general commander admiral colonel captain sheriff
    boss owner founder executive manager coach bishop negotiator mediator deputy commissioner superintendent principal
    """)
"""Nouns for one particular person: never another name for whoever was just named, unless the text says so."""
