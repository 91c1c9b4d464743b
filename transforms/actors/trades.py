"""What people do, in plain form: trades, what anybody may be called, sport and stage, names that are words too."""

from transforms.actors.words import word_set

OCCUPATIONS = word_set("""
pensioner driver postman producer hurdler sprinter curler rower fencer archer gymnast diver skipper batsman batter
bowler wicketkeeper keeper catcher infielder outfielder reliever shortstop cornerback receiver lineman tackle fullback
hooker flanker snooker darts decathlete heptathlete marathoner triathlete skateboarder snowboarder biathlete
bobsledder judoka wicket youtuber streamer influencer podcaster blogger vlogger dj busker magician juggler clown
puppeteer illusionist thrower discus javelin putter ceramicist printmaker calligrapher bookbinder typesetter botanist
ornithologist entomologist palaeontologist paleontologist archaeologist anthropologist neurologist cardiologist
oncologist radiologist orthodontist podiatrist chiropractor acupuncturist masseur beautician barista bartender
sommelier brewer distiller cheesemaker butter fishmonger greengrocer ironmonger blacksmith silversmith goldsmith
watchmaker cobbler shoemaker saddler upholsterer thatcher roofer glazier scaffolder electrician decorator landscaper
arborist forester gamekeeper shepherd drover stockman rancher beautician caretaker janitor cleaner porter doorman
bouncer locksmith courier cabbie chauffeur trucker stoker signalman stuntman screenwriter cinematographer animator
cartoonist lyricist songwriter organist harpist flautist flutist oboist clarinettist trombonist trumpeter
percussionist soprano mezzo tenor baritone contralto countertenor choreographer ballerina kindergarten preschool
headteacher headmaster headmistress schoolteacher tutor caddie groom farrier trainee apprentice intern freshman
sophomore undergraduate boatbuilder shipwright angler lobsterman crofter smallholder accountant actor actress
architect artist astronomer athlete author baker banker barber barista bassist beekeeper biologist bookkeeper boxer
bricklayer broker builder bus butcher butler carpenter cellist chef chemist clerk coach comedian composer cook
cricketer cyclist dancer defender dentist dermatologist designer doctor drummer economist editor electrician engineer
farmer filmmaker firefighter fisherman florist footballer gardener geologist goalkeeper goaltender golfer gp
grandmother grocer guitarist hairdresser historian housewife illustrator janitor jeweler jeweller jockey joiner
librarian lifeguard linebacker linguist locksmith machinist mason mathematician mechanic midfielder midwife miner
model musician novelist nurse nutritionist optician painter paramedic pastor pathologist pediatrician pensioner
pharmacist photographer physicist physiotherapist pianist pitcher playwright plumber poet potter priest principal
printer professor programmer psychiatrist psychologist quarterback rapper realtor receptionist referee runner sailor
salesman saxophonist schoolboy sculptor shepherd shopkeeper shortstop singer skater skier sociologist songwriter
stonemason striker student surgeon surveyor swimmer tailor teacher teenager tennis therapist toddler trucker tutor
undertaker vet veterinarian violinist volleyball waiter waitress weaver welder winemaker winger wrestler zoologist
""")

NO_TRADES = word_set("""
leader member minister lawyer politician supporter insider adviser advisor officer soldier negotiator broker dealmaker
partner former republican democrat commander ambassador governor senator president chancellor newcomer outsider veteran
founder cofounder backer donor investor developer executive director banker critic hardliner moderate reformer loyalist
socialist nationalist populist conservative liberal centrist communist unionist pragmatist realist strategist economist
activist lobbyist journalist columnist commentator broadcaster presenter author writer lecturer professor teacher
engineer officer pilot ranger manager entrepreneur businessman businesswoman billionaire millionaire statesman
lawmaker policymaker kingmaker peacemaker parliamentarian backbencher frontbencher
spokesman spokeswoman congressman congresswoman chairman chairwoman woman man father mother brother sister daughter
speaker believer follower admirer opponent contender challenger frontrunner front runner winner loser power character
figure friend mentor neighbor neighbour predecessor successor counter number master insider fighter caller confidant
prosecutor investor mediator legislator dictator administrator operator coordinator negotiator sponsor
american russian ukrainian canadian italian german austrian hungarian norwegian belgian californian texan floridian
""")
"""Nouns for people that anybody watched may be called."""

PLAY = word_set("""
scored scorer goal goals league season striker midfield midfielder defender defenders goalkeeper innings inning pitched
batted bowled wicket wickets sprint hurdles medal medals championship championships trophy tournament semi semifinal
semifinals quarterfinal quarterfinals playoff playoffs touchdown touchdowns quarterback linebacker rebounds dunk dunked
assists penalty halftime metres hat trick relegation relegated promoted kickoff puck goalie homer homers fastball
pitcher catcher curled curling skating skated gymnast gymnastics swam backstroke breaststroke butterfly freestyle
marathon triathlon regatta rowing rowed paddock jockey furlong furlongs handicap birdie birdies bogey eagle tee fairway
par serve ace volley tiebreak backhand forehand rink varsity sophomore freshman valedictorian classmates prom recital
choir album albums gig gigs setlist bassist drummer saxophone saxophonist trumpet violin cello sonata concerto soloist
debut duet vocals karaoke sang sings exhibition watercolours watercolors ceramics pottery sculptures knitting
muscle hamstring groin ligament ligaments calf achilles squad teammate teammates substituted unbeaten
quilting bakery cupcakes sourdough bake allotment marrow marrows leeks dahlias pumpkin pumpkins pageant
""")
"""Words of sport, school, stage and pastimes, among which a politician's name is likely somebody else's."""

NAME_WORDS = word_set("""
abbot amber angel apple archer arrow ash baker ball bank banks barber barley bass bay bean beck bell berry best birch
bird bishop black block bloom blue bolt bond bone book booth boss bow bowler bowman box boy branch brand bridge bright
brook brooks brown buck bull burns bush butcher butler byrd cannon care carpenter carr carter carver case cash castle
chain chance chandler chase cherry child church clay cliff close cloud coach cole cook cooper corn court cox craft
crane cross crow crown curry dale dance day days dean deer dove dove drake drew driver drum duke dyer early east ember
ever fair fairy faith falcon fall farmer farrow fast feather field fields finch fink fire fish fisher fleet flint
flood flower fool ford forest forge forrest foster fountain fox frank free freeman french friend frost fry fuller gale
game gap garden gates gay gift glass glover gold golden good grace grant grass graves gray green grey grove gunn guy
hail hale hall hand hands hardy hare harm harp hart hatch hawk hay head heart heath hill hinge hobbs hog holiday hood
hook hope hopper horn house hull hunt hunter hurt inch innocent iron ivy jewel joy joyce judge just keen keeper key
king kings kitchen knight lake lamb lance land lane lark law leaf lemon light lilly lily lincoln lion little lock long
lord love lynch major mann march mark marks marsh mason masters may meadow meadows mercer merit meta miller mills mint
mist moon moore moss mount mundy musk nail neck needle nice night noble north nunn nut oak olive orange page paine
paris park parker parks parson parsons peace peach peacock pearl peck peel pence penny pepper perry pike pine piper
pitt place plant plum pole pond poole poor pope porter post potter pound powers presser price priest prince prior
proud purple quick rain ray reader reed reeves rich rice ring rivers rock rock rook root rose ross rush sail salmon
salt sand sands savage sawyer sculley sea self sellers senior shade sharp shell shepherd ship shore short silver
singer skinner slaughter small smart smith snow sparks speaker spear spring square stack star steel stern stock stone
storm stout strange street strong sugar summer sumner sun swan sweet swift tanner target taylor temple thorn tide
tower towers trader tree tripp trump tucker turner turtle tusk tyler underwood vale valentine van vance vine wade
wagner walker wall wallace waltz ward warden warren waters watt weaver webb weeks weld well wells west wheat wheeler
white who wild will wills wind wine winner winter winters wise wolf wolfe wood woods word words worth wren wright
young youngs
""")
"""Names that are words too, so that where they open a sentence the parse may tell which."""
