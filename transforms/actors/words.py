"""Words that stand beside names in English news, in plain form: what each says about whose name it is."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of the text, each once."""
    return frozenset(words.split())


TITLES = word_set("""
acting actor actress adm admiral adviser advisor aide alderman ambassador archbishop attorney author baron baroness
billionaire bishop boss boxer brig brigadier brother candidate capt captain cardinal ceo cfo chair chairman chairwoman
chancellor chef chief cmdr coach coadjutor cofounder col colonel comedian commander commissioner comrade congressman
congresswoman constable corporal councillor councilman counsel count countess cpl cpt dame dean defender democrat
deputy designate detective developer dictator diplomat director dr driver duchess duke elect emperor envoy ex father
financier former founder frau gen general goalkeeper golfer gov governor herr imam incumbent inspector interim jockey
judge justice king lady late lawmaker lawyer leader lieutenant lord lt madam madame magnate maj major marshal marshall
mayor mep messrs midfielder minister miss mister mogul monsieur mp mr mrs ms msp mx negotiator newcomer nominee nurse
officer oligarch owner pastor pitcher politician pope premier president prince princess principal private prof
professor prosecutor provost pvt quarterback queen rabbi rep representative republican retired rev reverend secretary
sen senator senor sergeant sgt sheriff signor singer sir sister spokesman spokesperson spokeswoman ssgt statesman
striker strongman then tsar tsgt tycoon undersecretary veteran vice
""")

ABBREVIATED = {
    "adm": "admiral", "brig": "brigadier", "capt": "captain", "cmdr": "commander", "col": "colonel", "gen": "general",
    "gov": "governor", "lt": "lieutenant", "maj": "major", "prof": "professor", "rep": "representative",
    "sen": "senator", "sgt": "sergeant", "spokesman": "spokesperson", "spokeswoman": "spokesperson",
    "advisor": "adviser", "chair": "chairman", "ceo": "executive", "chief": "executive",
}  # fmt: skip
"""Titles and what else they are called."""

CYRILLIC_TITLES = word_set("""
канцлер команда лидер лідер министр міністр президент премьер посол посланник посланець представитель представник
сенатор генерал господин пан спикер спікер спецпосланник спецпосланець спецпредставитель спецпредставник глава секретарь
держсекретар госсекретарь голова
""")

FEMALE_TITLES = word_set(
    "mrs ms miss dame lady queen princess duchess countess baroness congresswoman chairwoman sister madam madame frau "
    "spokeswoman actress"
)
CIVIL_TITLES = word_set("""
actor actress alderman archbishop attorney author baron baroness bishop boxer brother cardinal chef coach comedian
congressman congresswoman constable corporal councillor councilman count countess cpl dame dean defender detective
driver duchess duke father goalkeeper golfer imam inspector jockey judge justice king lady marshal mayor midfielder
nurse officer pastor pitcher prince princess principal private prof professor prosecutor provost pvt quarterback queen
rabbi rep rev reverend sen senator sergeant sgt sheriff singer sister striker
""")
"""Titles that few people watched for their office carry: unless the list gives the actor one, they speak against."""

NOT_GIVEN = word_set("""
a abc about according accusing added adds administration afp after again against aides all allies also although
america american amid among an analysis analysts and another anti any ap april are as asked asking asks at august
australia australian backing bbc be because been before being berlin between blaming both breaking britain british
brussels but by cabinet calling camp can canada canadian caption catholic cbs china chinese christian citing cnn
congress conservative could credit critics dear december democrat democratic democrats despite did diplomats do does
during dutch each earlier east eastern editorial either england english eu europe european even eventually every ex
exclusive experts facebook facing february few file finally first following for fox france french fri friday from
furthermore geneva german germany getty given gop government had has have having he hearing hello hence her here him
his house how however i if image in indeed india indian insisted insists instead into iran iranian is israel israeli
it italian italy its january japan japanese jewish joining journal journalists july june just kiev kremlin kyiv labour
last later lawmakers leaving less let liberal like live london maga many march may maybe me meanwhile meeting mexican
mexico mid middle might mon monday more moreover moscow most much munich muslim must my nations nato nbc near neither
neo never news next no non nor northern not november now observers october of officials oh ok on once only opinion or
orthodox other otherwise our over paris pentagon per perhaps photo photograph pictured poland polish post praising pre
president presidential pro read recently related reporters republican republicans reuters riyadh russia russian said
same sat saturday says second seeing seeking senate september shall she should since so socialist some sources
southern spain spanish speaking special state states still such sun sunday supporters supporting team telegram tells
thanks that the their them then there these they third this those though thu thursday thus times to today told
tomorrow tonight tory tue tuesday turkey turkish twitter uk ukraine ukrainian un under union united unlike until
update updates upon urging us usa via video visiting warned warns was washington watching we wed wednesday well were
western what when where whether which while white who whom whose why will with without would yes yesterday yet you
your youtube
""")
"""Words with a capital letter that stand before a surname without being a given name."""

ORGANISATION = word_set("""
academy afc ag airline airlines airport arena associates auditorium ave avenue award band bank bay beach bible bibles
blvd books boulevard bowl brand brands bridge bros brothers brown building canyon capital casino casinos castle
cathedral cemetery center centre cereal cereals chair chapel charity choir church city clinic clinics club co
collection college community companies company corn corp corporation county court creek cup dam disease drive dynasty
effect electric electronics elementary endowment energy engine enterprises entertainment equation estate estates farm
farms fc fellow fellows fellowship fellowships firm food foods forest foundation frosted fund funds gallery gas gmbh
golf group groups hall hansen high hill hills holdings homes hospital hotel hotels house huber inc incorporated
industries institute insurance international island islands junction kindergarten laboratories labs lake lane law
library limited links llc llp logistics ltd machine magazine manor mansion media method middle mill mills mine mining
model motors mount mountain museum national nv oil orchestra organisation organization pact park partners peninsula
pharma pharmaceuticals plaza plc point press prize products professor professorship properties publishing quartet
ranch rd realty reservoir resort resorts rice rifle river road rovers sa sauce school securities shipping shipyard
shuttle snack snacks sneakers society software sons special square st stadium station steaks steel street studio
studios syndrome systems taj technologies technology terminal theater theatre theorem tower towers town township toys
tractor trail treaty trio trophy trust united university valley ventures village vineyard vodka watches wine winery
wines
""") - {"house", "special", "middle", "law", "chair"}
"""Words with a capital letter after a surname that make the two a thing named after somebody."""

CORPORATE = word_set("company co corp corporation inc incorporated llc ltd limited plc gmbh ag group holdings")
"""Words after an organisation's name that leave it the same organisation."""

OFFICE = word_set("""
administration adviser advisers advisor advisors aide aides allies ally april at august backers but cabinet call
campaign critics deal december democrat democrats derangement doctrine envoy envoys era europe february for friday
government has impeachment in indictment is january july june kyiv loyalist loyalists march may meeting monday moscow
nato november october of on or peace plan presidency putin rally republican republicans russia said saturday says
september speech summit sunday supporter supporters talks tariff tariffs team tells thursday to today told tonight
transition trial tuesday ukraine v visit voters vs was wednesday white will with yesterday
""")
"""Words with a capital letter after a surname that leave it the person's."""

LOWER_THINGS = word_set("""
alumna alumni alumnus brothers casino casinos clan couple cousins dean dynasty estate family fellow fellows golf
graduate graduates heirs hotel hotels household mansion mba professor resort scholar scholars siblings sisters spouse
steaks student students tower towers twins winery
""")
"""Small words right after a surname that make the two something else than the person."""

PRODUCTS = word_set("""
bottler box boxes brand brands cars cereal cereals corn cornflakes crackers factories factory flakes frosted granola
krispies logo loops mascot muesli pops product products rice snack snacks subsidiary trucks waffles
""")
"""What a maker of that name makes: "Kellogg cereal" is no person, and "Kellogg's cereal" hardly."""

BUSINESS = word_set("""
acquisition analysts brand brands breakfast cereal cereals companies company company's consumers cornflakes customers
dividend earnings factories factory flavor flavour forecast grocery guidance ingredients investors maker manufacturer
markets merger nasdaq nyse outlets packaging percent plant product products profit profits quarter quarterly recall
results retailer retailers revenue revenues sales shareholder shareholders shares snack snacks spinoff stock
subsidiary sugar supermarket supermarkets ticker traders trading workers
""")
THINGS_BEFORE = word_set("""
brand brewer brewery club company conglomerate corporation county factory firm giant group maker makers manufacturer
producer restaurant retailer school store supermarket tower town university village winery
""")
"""Small words before a surname that say it is a company's or a town's: cereal maker Kellogg."""

PLACE_BEFORE = word_set("in near at outside around")
TOWN = word_set("""
city county district downtown firefighters highway mayor miles police population resident residents river school
sheriff town township village
""")
REGIONS = word_set("""
ala alabama alaska alberta ariz arizona ark arkansas calif california colo colorado conn connecticut delaware fla
florida hawaii idaho illinois indiana iowa kan kansas kentucky louisiana maine manitoba maryland massachusetts md mich
michigan minn minnesota mississippi missouri mo mont montana neb nebraska nev nevada ohio okla oklahoma ontario oregon
pa pennsylvania quebec queensland saskatchewan scotland tasmania tenn tennessee texas utah va vermont virginia vt
wales wis wisconsin wyo wyoming
""")

OCCUPATIONS = word_set("""
pensioner driver postman
accountant actor actress architect artist astronomer athlete author baker banker barber barista bassist beekeeper
biologist bookkeeper boxer bricklayer broker builder bus butcher butler carpenter cellist chef chemist clerk coach
comedian composer cook cricketer cyclist dancer defender dentist dermatologist designer doctor drummer economist
editor electrician engineer farmer filmmaker firefighter fisherman florist footballer gardener geologist goalkeeper
goaltender golfer gp grandmother grocer guitarist hairdresser historian housewife illustrator janitor jeweler jeweller
jockey joiner librarian lifeguard linebacker linguist locksmith machinist mason mathematician mechanic midfielder
midwife miner model musician novelist nurse nutritionist optician painter paramedic pastor pathologist pediatrician
pensioner pharmacist photographer physicist physiotherapist pianist pitcher playwright plumber poet potter priest
principal printer professor programmer psychiatrist psychologist quarterback rapper realtor receptionist referee
runner sailor salesman saxophonist schoolboy sculptor shepherd shopkeeper shortstop singer skater skier sociologist
songwriter stonemason striker student surgeon surveyor swimmer tailor teacher teenager tennis therapist toddler
trucker tutor undertaker vet veterinarian violinist volleyball waiter waitress weaver welder winemaker winger wrestler
zoologist
""")

COMMON_SURNAMES = word_set("""
adams ahmed ali allen alvarez anderson bailey baker banks barnes becker bell bennett bianchi black brooks brown bush
butler campbell carter castillo chavez chen choi clark coleman collins cook cooper cox cruz davis day diaz edwards
evans fischer fisher flores ford foster garcia gomez gonzalez gray green gutierrez hall harris henderson hernandez
hill howard huang hughes hussein ivanov jackson james jenkins jimenez johnson jones kelly khan kim king kumar
kuznetsov lee lewis li liu long lopez ma martin martinez may mendoza meyer miller mitchell moore morales morgan morris
muller murphy myers nelson nguyen north ortiz page park parker patel perez perry peterson phillips popov powell price
ramirez ramos reed reyes rice richardson rivera roberts robinson rodriguez rogers rose ross rossi ruiz russell russo
sanchez sanders santos schmidt schneider scott silva singh smirnov smith stewart stone sullivan sun taylor thomas
thompson torres turner wagner walker wang ward watson weber west white williams wilson wood wright wu xu yang young
zhang zhao zhou
""")

SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv", "junior", "senior"})
PARTICLES = word_set(
    "o d de da di del della dos du la le van von der den ten ter bin ibn bint al el ben abu mac st zu zur af av"
)
FAMILY_FIRST = word_set("""
ban chen chiang cho choi deng han ho hong hu huang jang jiang kim lai lam li liu mao moon nguyen park pham shin tran
tsai vo wang wen wu xi xu yang yoon zhang zhao zhou zhu
""")
