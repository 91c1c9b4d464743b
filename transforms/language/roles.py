"""Nouns for people: what they do, and what tells man from woman."""

from transforms.language.lists import words

PERSONS = words("""
    official officer person man woman spokesman spokeswoman spokesperson source diplomat minister president envoy
    general ambassador adviser advisor aide secretary leader chief head director analyst expert lawyer attorney
    judge senator lawmaker congressman congresswoman representative governor mayor commander soldier witness
    resident scientist researcher professor author journalist reporter editor critic supporter voter candidate
    negotiator chancellor premier king queen prince princess pope bishop priest doctor nurse teacher student worker
    activist campaigner organizer organiser executive manager chairman chairwoman chair founder owner investor
    trader economist farmer fisherman driver pilot captain colonel lieutenant sergeant admiral insider politician
    legislator deputy speaker member friend colleague neighbor neighbour mother father brother sister son daughter
    wife husband parent family child girl boy victim survivor prosecutor detective investigator inspector sheriff
    servant people russian ukrainian american european briton german pole turk others other one ones coach player
    actor actress singer artist writer historian curator businessman businesswoman boss lobbyist strategist pollster
    veteran democrat republican conservative liberal retiree pensioner refugee migrant tourist passenger guard
    protester demonstrator opponent rival ally counterpart predecessor successor incumbent nominee appointee
    delegate mediator monitor observer specialist consultant contractor engineer technician guide host presenter
    anchor commentator columnist blogger user poster commissioner superintendent trustee treasurer principal dean
    fellow scholar bystander onlooker eyewitness relative widow cousin uncle aunt nephew niece grandfather
    grandmother figure skipper tycoon magnate baker caretaker clerk striker keeper stopper deckhand forecaster
    fishmonger shepherd goalie novelist poet painter chef waiter clergyman vicar nun monk mum mom dad grandma
    grandad granny grandparent fiancé fiancée partner newcomer local pal passerby passer-by hairdresser plumber
    builder cleaner postman postwoman publican landlord landlady barmaid grocer butcher blonde brunette redhead star
    cook peer peeress backbencher frontbencher celeb cop copper bobby starlet icon ace champion golfer runner
    cyclist swimmer boxer sprinter winger goalscorer novice graduate undergraduate pupil schoolboy schoolgirl
    vlogger influencer podcaster comedian comic entertainer drummer guitarist rapper composer conductor dancer
    choreographer sculptor architect biologist physicist chemist psychologist sociologist philosopher theologian
    surgeon midwife paramedic firefighter lifeguard ranger gardener beekeeper vet dentist pharmacist optician
    coroner roofer electrician mechanic locksmith blacksmith carpenter joiner welder miner dairyman milkman
    lamplighter old dane scot swede finn spaniard frenchman frenchwoman dutchman irishman irishwoman welshman
    englishman italian norwegian canadian australian japanese brazilian argentinian austrian belgian hungarian greek
    israeli georgian solicitor barrister magistrate councillor councilor trucker carer shopper villager islander
    mp mep msp ceo pundit mogul publicist oligarch warlord dissident exile defector hacker whistleblower informant
    operative staffer donor fundraiser surrogate attendee participant panelist moderator correspondent anchorman provost
    rector cleric imam rabbi pastor marine trooper agent spy billionaire millionaire banker financier speechwriter
    rebel pontiff shopkeeper respondent militant jihadist commuter shareholder lender ratepayer taxpayer
    prefect consul attaché contender hopeful challenger frontrunner lady mate developer interviewer counsel
    rancher smith potter glazier goldsmith bookseller brewer vintner forester trapper hunter angler crofter tailor
    cobbler banker broker seller vendor hawker peddler planter grower logger shearer printer binder framer
    loyalist hardliner stalwart maverick fighter captive hostage evacuee settler immigrant parishioner juror litigator
    plaintiff defendant suspect gunman accuser complainant handler minder confidant confidante policymaker freshman
    everyone everybody someone somebody nobody many some several most few two three four five
    """)

FEMALE = words("""
    she her woman spokeswoman congresswoman chairwoman businesswoman actress queen princess mother sister daughter
    mum mom grandma granny fiancée landlady barmaid postwoman
    wife girl widow aunt niece grandmother mrs ms miss lady madam mme dame heroine policewoman
    """)
MALE = words("""
    dad grandad fiancé postman landlord
    he him man spokesman congressman chairman businessman king prince pope father brother son husband boy uncle nephew
    grandfather mr sir lord fisherman priest bishop policeman gentleman
    """)


def singular(word: str) -> str:
    """Return the singular of a noun in lower case, near enough to look it up."""
    if word in {"people", "persons"}:
        return "person"
    if word.endswith("men") and len(word) > 3:
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word
