"""Words that stand beside names in English news, in plain form: what each says about whose name it is."""


def word_set(words: str) -> frozenset[str]:
    """Return the words of the text, each once."""
    return frozenset(words.split())


TITLES = word_set("""
acting actor actress adm admiral adviser advisor aide alderman ambassador archbishop attorney author baron baroness
billionaire bishop boss boxer brig brigadier brother candidate capt captain cardinal ceo cfo chair chairman chairwoman
chancellor chef chief cllr cmdr coach coadjutor cofounder col colonel comedian commander commissioner comrade
congressman congresswoman constable corporal councillor councilman counsel count countess cpl cpt dame dean defender
democrat deputy designate detective developer dictator diplomat director dr driver duchess duke elect emperor envoy ex
father financier former founder frau gen general goalkeeper golfer gov governor herr imam incumbent inspector interim
jockey judge justice king lady late lawmaker lawyer leader lieutenant lord lt madam madame magnate maj major marshal
marshall mayor mep messrs midfielder minister miss mister mogul monsieur mp mr mrs ms msp mx negotiator newcomer
nominee nurse officer oligarch owner pastor pitcher politician pope premier president prince princess principal
private prof professor prosecutor provost pvt quarterback queen rabbi rep representative republican retired rev
reverend sec secretary sen senator senor sergeant sgt sheriff signor singer sir sister spokesman spokesperson
spokeswoman ssgt statesman striker strongman then tsar tsgt tycoon undersecretary veteran vice pm pres vp amb hon dir
supt det insp mme mlle signor signora senora señor señora don dona doña monsignor msgr fr br sr kaiser kanzler
kanzlerin ministre presidente presidentin canciller chancelier
""")

DULL = word_set(
    "the and for former has been was its his her with from who that special united states american people since of "
    "retired acting deputy senior late ex previous longtime"
)
"""Words of roles and descriptions that tell nothing."""

ABBREVIATED = {
    "adm": "admiral", "brig": "brigadier", "capt": "captain", "cmdr": "commander", "col": "colonel", "gen": "general",
    "gov": "governor", "lt": "lieutenant", "maj": "major", "prof": "professor", "rep": "representative",
    "sen": "senator", "sgt": "sergeant", "spokesman": "spokesperson", "spokeswoman": "spokesperson",
    "advisor": "adviser", "chair": "chairman", "ceo": "executive", "chief": "executive",
    "pm": "minister", "pres": "president", "vp": "vice", "amb": "ambassador", "sec": "secretary", "det": "detective",
}  # fmt: skip
"""Titles and what else they are called."""

CYRILLIC_TITLES = word_set("""
канцлер команда лидер лідер министр міністр президент премьер посол посланник посланець представитель представник
сенатор генерал господин пан спикер спікер спецпосланник спецпосланець спецпредставитель спецпредставник глава секретарь
держсекретар госсекретарь голова
""")

CYRILLIC_WOMEN = word_set("""
мария марія анна ганна елена олена ольга татьяна тетяна наталья наталія юлия юлія ирина ірина светлана світлана
екатерина катерина людмила оксана виктория вікторія александра олександра анастасия анастасія марианна маріанна надежда
надія вера віра любовь софья софія софия дарья дарія полина поліна евгения євгенія галина валентина лариса лидия
маргарита алла инна яна елизавета єлизавета мелания меланія иванка ксения ксенія вероника диана діана марина алина аліна
кристина христина жанна брижит брижитт зоя нина ніна тамара раиса эмма лилия лілія
""")
FOREIGN_TITLES = (
    "prasident",
    "prasidentin",
    "kanzler",
    "kanzlerin",
    "minister",
    "ministerin",
    "chef",
    "chefin",
    "sprecher",
    "sprecherin",
    "general",
    "president",
    "presidente",
    "ministro",
    "ministra",
    "canciller",
    "gouverneur",
    "premier",
    "senator",
    "senatorin",
    "beauftragter",
    "gesandter",
    "gesandte",
    "sekretar",
    "sekretarin",
    "regierung",
)
"""Endings of words for offices before a surname in other languages: US-Präsident, Ministerpräsidentin."""

FEMALE_TITLES = word_set(
    "mrs ms miss dame lady queen princess duchess countess baroness congresswoman chairwoman sister madam madame frau "
    "spokeswoman actress mme mlle signora senora dona"
)
MALE_TITLES = word_set(
    "mr sir lord king prince duke count baron emperor tsar father brother congressman chairman spokesman monsieur herr "
    "signor actor"
)
CIVIL_TITLES = word_set("""
actor actress alderman archbishop attorney author baron baroness bishop boxer brother cardinal chef coach comedian
congressman congresswoman constable corporal councillor councilman count countess cpl dame dean defender detective
driver duchess duke father goalkeeper golfer imam inspector jockey judge justice king lady marshal mayor midfielder
nurse officer pastor pitcher prince princess principal private prof professor prosecutor provost pvt quarterback queen
rabbi rep rev reverend sen senator sergeant sgt sheriff singer sister striker
""")
"""Titles that few people watched for their office carry: unless the list gives the actor one, they speak against."""

ELECTED = word_set("senator sen rep congressman congresswoman councillor mayor representative")
"""Offices that one may have held before the one that the list tells."""

PEOPLES = word_set("""
swede dane finn norwegian briton spaniard turk frenchman frenchwoman englishman irishman scotsman welshman dutchman
american russian ukrainian german italian canadian australian austrian belgian czech hungarian
""")
"""What somebody is by nation, before the name: the Swede Eklund."""

NOT_GIVEN = (
    word_set("""
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
your youtube free
""")
    | PEOPLES
)
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
wines medal medals trophy lecture lectures lectureship scholarship scholarships scholar scholars bursary memorial chapel
wing pavilion ward crater comet asteroid codex press stakes derby handicap regatta marathon invitational gazette herald
archive archives laboratory observatory telescope lighthouse falls springs heights gardens grove crescent terrace walk
hollow ridge peak glacier reef strait sea ocean islands isle isles parish borough diocese republic wildcats tigers choir
ensemble philharmonic symphony sonata variations regiment battalion barracks base field airfield railway railroad barn
constant reaction process cells bacillus reflex triangle pub inn tavern brewery distillery bakery bistro cafe diner
grill restaurant pharmacy garage motor nursery kennels stables mosque synagogue temple monastery abbey priory convent
academy isd elementary campus quad dormitory residence flats apartments tower mall outlet outlets supermarket motel
lodge cabin camp ferry shipping boats yachts rovers wanderers rangers athletic albion argyle fc sc utd
mccartney saint lumber dairy creamery orchards vineyards cellars biscuits chocolate sweets tyres tires bulbs
""") - {"house", "special", "middle", "law", "chair"}
"""Words with a capital letter after a surname that make the two a thing named after somebody."""

CORPORATE = word_set("company co corp corporation inc incorporated llc ltd limited plc gmbh ag group holdings")
"""Words after an organisation's name that leave it the same organisation."""

OF_PLACES = word_set("""
city strip oblast region province district county prefecture governorate state republic valley coast police mayor
government parliament court council airport station street streets residents officials authorities border king queen
prince ceo cfo boss chief spokesman spokeswoman spokesperson shares stock headquarters
""")
"""Words with a capital letter after a place's or body's name that leave it what it is: Gaza Strip, Apple CEO."""

OF_FIRMS = word_set("""
airport station police council court government ceo cfo boss chief spokesman spokeswoman spokesperson shares stock
headquarters officials mps meps senators deputies delegates
""")
"""The same of a firm's name: Apple CEO, not Orange County."""

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
helicopter helicopters jet jets rifle truck trucks car cars piano tractor tractors
ceramics pottery wines beers shirts jams boots guitars pianos rifles
street avenue road boulevard bridge museum prize medal award scholarship fellowship triangle theorem constant crater
comet asteroid foundation school college university hospital library stadium arena airport barracks brewery bakery
restaurant hotel pub store shop outlets franchise clan twins surname lookalike impersonator spaniel plant plants
factory factories store stores alumna alumni alumnus brothers casino casinos clan couple cousins dean dynasty estate
family fellow fellows golf graduate graduates heirs hotel hotels household mansion mba professor resort scholar
scholars siblings sisters spouse steaks student students tower towers twins winery
""")
"""Small words right after a surname that make the two something else than the person."""

PRODUCTS = word_set("""
bottler box boxes brand brands cars cereal cereals corn cornflakes crackers factories factory flakes frosted granola
krispies logo loops mascot muesli pops product products rice snack snacks subsidiary trucks waffles
""")
"""What a maker of that name makes: "Kellogg cereal" is no person, and "Kellogg's cereal" hardly."""

BUSINESS = word_set("""
acquisition analysts brand brands breakfast cereal cereals companies company company's
consumers cornflakes customers dividend earnings factories factory flavor flavour forecast grocery guidance
ingredients investors maker manufacturer markets merger nasdaq nyse outlets packaging percent plant product products
profit profits quarter quarterly recall results retailer retailers revenue revenues sales shareholder shareholders
shares snack snacks spinoff stock subsidiary sugar supermarket supermarkets ticker traders trading workers
""")
TRADE = word_set("boxes kit kits recalls unveils launches ceramics jam label")
"""Words that speak of a firm in its name's own sentence only."""
THINGS_BEFORE = word_set("""
brand brewer brewery club company conglomerate corporation county factory firm giant group maker makers manufacturer
producer restaurant retailer school store supermarket tower town university village winery surname nickname ship
icebreaker tug tugboat ferry yacht frigate destroyer cruiser submarine steamer steamship vessel trawler tanker
freighter schooner boat lifeboat barge warship minesweeper corvette horse stallion mare gelding colt filly racehorse
dog cat puppy parrot hurricane typhoon cyclone tornado asteroid comet crater rover telescope satellite spacecraft
locomotive river creek hamlet suburb borough street avenue hospital museum theatre theater pub hotel brand label band
brewery bakery film movie documentary novel musical opera play biopic sitcom album song poem painting
""")
PLACES_BEFORE = word_set("""
lake mount mt fort camp cape port hurricane storm typhoon cyclone ss uss hms mv rms operation crater comet asteroid
castle chateau château hotel villa planet calle rue via plaza piazza rua radio saint santa san loch glen mont monte
""")
"""Words with a capital letter before a surname that make the two a place's or a thing's name: Lake Kellogg."""
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
