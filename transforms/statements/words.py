"""The word lists behind cues and sources."""

SPEECH = frozenset(
    """
    say tell add warn note insist argue claim explain announce declare state report reply respond answer ask comment
    remark observe stress emphasize emphasise reiterate repeat recall acknowledge admit concede confirm deny assert
    maintain contend allege suggest propose predict promise pledge vow threaten complain lament joke quip shout yell
    cry whisper write tweet retweet post blog conclude continue agree urge demand boast brag caution charge clarify
    counter disclose reveal hint imply indicate inform interject testify swear tell underline underscore speculate
    estimate rule recommend signal opine muse retort protest plead assure remind advise notify convince brief posit
    theorize theorise reason elaborate inquire enquire wonder mention express relate recount proclaim profess affirm
    stipulate put chant scream read email text message telegraph point forecast project venture volunteer surmise exclaim
    """.split()
)
BELIEF = frozenset(
    """
    think believe feel expect hope fear suspect find show know learn consider assume understand worry doubt realize
    realise regret anticipate
    """.split()
)
LABEL = frozenset(
    """
    call describe dub brand label accuse blame criticize criticise slam praise dismiss denounce condemn refer hail mock
    deride characterize characterise decry deem cite tout blast attack reject welcome defend thank liken compare
    """.split()
)
TOLD = frozenset("tell promise inform assure remind advise notify warn convince brief ask urge email text message".split())
"""Verbs whose first object is the hearer."""

OBJECTS_ONLY = frozenset(
    """
    express relate mention imply indicate deny estimate rule recommend signal deliver demand urge convince brief notify
    inform profess stipulate telegraph point venture volunteer assert
    """.split()
)
ALONE = (SPEECH - OBJECTS_ONLY) | frozenset("chant scream assert".split())
"""Verbs that may stand beside words in quotation marks with nothing but their subject."""

CLAUSAL = ALONE | frozenset("think believe hope fear feel suspect expect worry assert deny estimate indicate imply".split())
"""Verbs whose clause needs no "that" and no word of the parser's."""

INTENDING = frozenset("vow promise pledge threaten".split())
"""Verbs whose infinitive says what was announced."""

IRREGULAR = {
    "say": "said", "tell": "told", "write": "wrote written", "think": "thought", "feel": "felt", "find": "found",
    "know": "knew known", "swear": "swore sworn", "put": "put", "understand": "understood", "read": "read", "show": "showed shown",
    "learn": "learned learnt", "plead": "pleaded pled", "forecast": "forecast forecasted", "retell": "retold",
}  # fmt: skip
DOUBLED = frozenset({"admit", "quip", "brag", "slam", "refer", "blog", "dub"})


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


FORMS = {form: lemma for lemma in sorted(SPEECH | BELIEF | LABEL) for form in forms(lemma)} | {"sez": "say"}
"""Every form of a reporting verb -> its lemma."""

REPORT_NOUNS = frozenset(
    """
    claim view statement warning accusation argument belief assertion suggestion promise insistence remark comment
    allegation contention complaint pledge conclusion prediction announcement admission acknowledgement fear hope
    """.split()
)
"""Nouns that report when their owner stands before them and "that" after: "the minister's claim that"."""

DOCUMENTS = frozenset(
    """
    cable statement report letter document memo study poll survey release paper note email message communique tweet
    post article analysis filing lawsuit complaint indictment affidavit book transcript agreement text draft
    questionnaire website site page results result data figures research review estimate findings finding leaflet
    advisory bulletin notice declaration resolution treaty communiqué dossier file editorial record
    """.split()
)
ORGANISATIONS = frozenset(
    """
    government ministry department office agency administration party company firm police army military court council
    committee commission parliament senate house union group organization organisation bank embassy palace command
    force navy service bureau authority board campaign team institute university school newspaper paper broadcaster
    network channel outlet media press church foundation federation association league alliance coalition cabinet
    kremlin pentagon treasury mission secretariat tribunal prosecution defence defense opposition rebels corporation
    country nation state bloc city region industry club hospital militia regime centre center operator regulator
    watchdog charity think-tank presidency chancellery
    """.split()
)
PERSONS = frozenset(
    """
    official officer person man woman spokesman spokeswoman spokesperson source diplomat minister president envoy
    general ambassador adviser advisor aide secretary leader chief head director analyst expert lawyer attorney
    judge senator lawmaker congressman congresswoman representative governor mayor commander soldier witness resident
    scientist researcher professor author journalist reporter editor critic supporter voter candidate negotiator
    chancellor premier king queen prince princess pope bishop priest doctor nurse teacher student worker activist
    campaigner organizer organiser executive manager chairman chairwoman chair founder owner investor trader economist
    farmer fisherman driver pilot captain colonel lieutenant sergeant admiral insider politician legislator deputy
    speaker member friend colleague neighbor neighbour mother father brother sister son daughter wife husband parent
    family child girl boy victim survivor prosecutor detective investigator inspector sheriff servant people
    russian ukrainian american european briton german pole turk others other one ones coach player actor actress
    singer artist writer historian curator businessman businesswoman boss lobbyist strategist pollster veteran
    democrat republican conservative liberal retiree pensioner refugee migrant tourist passenger guard protester
    demonstrator opponent rival ally counterpart predecessor successor incumbent nominee appointee delegate mediator
    monitor observer specialist consultant contractor engineer technician guide host presenter anchor commentator
    columnist blogger user poster commissioner superintendent trustee treasurer principal dean fellow scholar
    bystander onlooker eyewitness relative widow cousin uncle aunt nephew niece grandfather grandmother figure
    everyone everybody someone somebody nobody many some several most few two three four five
    """.split()
)
EPITHETS = frozenset(
    """
    democrat republican conservative liberal senator lawmaker congressman congresswoman politician billionaire
    businessman businesswoman legislator veteran lawyer nominee candidate incumbent newcomer
    """.split()
)
"""Nouns by which a text calls the one it has just named: "the Ohio Democrat said"."""

FEMALE = frozenset(
    """
    she her woman spokeswoman congresswoman chairwoman businesswoman actress queen princess mother sister daughter
    wife girl widow aunt niece grandmother mrs ms miss lady madam mme dame heroine policewoman
    """.split()
)
MALE = frozenset(
    """
    he him man spokesman congressman chairman businessman king prince pope father brother son husband boy uncle nephew
    grandfather mr sir lord fisherman priest bishop policeman gentleman
    """.split()
)
