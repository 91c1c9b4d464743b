"""Given names in plain form: whose they may be, and the sex that a name or a title tells. Common ones only."""

from typing import Literal

from transforms.language.lists import words

_TITLES_OF_WOMEN = words("""
    chairwoman congresswoman dame frau lady madam miss mme mrs ms princess queen sister spokeswoman
    """)
_TITLES_OF_MEN = words("""
    archbishop bishop brother chairman congressman father herr king lord mr pope prince sir spokesman
    """)
WOMEN = words("""
    aasia abby abigail ada adaeze addie adela adele adriana agata agatha agnes agnieszka aida aiko aileen aina aino
    aisha aisling akiko alana alba aleida aleksandra alena alessandra alexa alexandra alexis alice alicia alina
    aline alison allison alma alyssa ama amal amalia amanda amara amber amelia amina aminata amy ana anabel anahit
    anais anastasia anastasiia anat andrea aneta angela angelica angelina angie anika anita anja anjali anke ann
    anna annabelle annalena annalise anne anneke anneli anneliese annette annie annika antje antoinette antonia
    anya aoife april arabella ariadne ariana arianna arlene ashley asia asli asma astrid audrey augusta aurora ava
    ayelet ayesha ayse azadeh bahar baiba bailey barb barbara beata beatrice beatrix beatriz becca becky begona
    bella benedetta benita berit bernadette beryl beth bethany betsy bettina betty bev beverly bianca birgit
    birgitta birgitte blanca bonita bonnie bozena brandi brenda briana bridget brigid brigitte brita britney britta
    brittany bronwen bruna bryony caitlin callie camilla camille candace candice candida carina carla carly carmela
    carmen carol carole carolina caroline carolyn carrie carys cass cassandra cassie catalina cate caterina cath
    catherine catriona cecilia celeste celia celina celine chantal charlene charlotte charmaine charo chelsea
    cherie cheryl chiamaka chiara chie chioma chiyo chloe chrissy christa christiana christie christina christine
    cindy claire clara clare clarissa claudia clemence clementina clementine cleo colette colleen condoleezza
    connie constance consuelo cora coral cordelia cordula corinne cornelia cosima courtney cressida cristina
    crystal cynthia dagmar daisy dalal dalia dana daniela danielle danuta daphne darcy daria darlene darya dawn
    debbie deborah debra dee deepa deirdre delia delphine denise desiree diana diane dilma dina dinah divya dolly
    dolores dominika dominique donna dora doreen doris dorota dorothea dorothy dot dottie dunja edda edith edna
    edwina eeva effie eileen ekaterina elaina elaine eleanor eleanora elena eleni eleonora elif elisa elisabeth
    elisabetta elise eliska eliza elizabeth elizaveta elke ella ellen ellie elodie eloise elsa elsie elspeth elvira
    emilia emilie emily emine emma emmanuelle emmeline enid erica erika erin esme esperanza esra estela estelle
    esther ethel ethelyn etta eugenia eugenie eunice eva eve evelyn evgenia evie ewa fabienne faith faiza fanny
    farah farida farzana fatima fatma fatou fatoumata fay faye federica felicia felicity fern fernanda fiona fleur
    flora florence florencia folake fran frances francesca francisca francoise franziska freya frida frieda fumiko
    gabby gabriela gabrielle gail galina gaynor geena gemma genevieve georgia georgina geraldine gertrude ghislaine
    gigi gillian gina ginger ginny giorgia giorgina gisele giselle giulia giuliana gladys glenda glenys gloria
    gloriana glynis golda goldie gosia grace graciela greer greta gretchen guadalupe gudrun gulnara gwen gwendolyn
    gwyneth habiba halima halina halyna hanan hanna hannah harriet harriett hattie hawa hayley hazel heather hedwig
    hedy heidi heike helen helena helene helga henrietta henriette hermione hester hettie hetty hiba hilary hilda
    hildegard hildy hillary hiroko hollie holly honor hope huda hyun-ju ida ilana ilaria ilona ilse imani imelda
    imogen indira ines inga inge ingeborg ingrid ingunn iolanda iona ione irena irene irina iris irma irmgard iryna
    isabel isabela isabella isabelle isla isobel isolde ivana ivanka ivanna ivy iwona izabela jacinda jacinta
    jackie jacqueline jacqui jana jane janet janice janina janine jasmin jasmine jayanti jayne jean jeanette jeanne
    jelena jemima jemma jenna jennie jennifer jenny jeri jess jessica jill jillian jimena jo joan joana joann
    joanna joannah joanne jocelyn jodi jodie johanna jolanta jolene joni josefina josephine josette josie joy joyce
    juana juanita judi judit judith judy julia juliana julianne julie juliet juliette june jurgita justine justyna
    kaia kaitlyn kaja kalpana kamala kamila kanya kara karen karima karin karina karla karoline karrie kasia
    katalin katarina katarzyna kate katerina kateryna katharina katharine katherine kathleen kathryn kathy katie
    katja katrina katy katya kavita kay kayla kazimiera keeley keiko keira keisha kellie kelly kellyanne kendall
    kendra kerri kerry kerstin keshia khadija kiera kim kimberley kimberly kinga kiran kirsten kirstie kirstin
    kirstine kirsty klara krista kristen kristi kristin kristina krystyna ksenia kyra lacey lada laima lakisha
    lakshmi lamia lana lara larissa larysa lashawn lashonda latifa latisha latonya latoya laura laure laurel lauren
    laurence lauri laverne layla lea leah leanne leela leena leila lena lenka lenore leocadia leona leonor leonora
    leonore lesley leticia lettie lexi liane libby lidia lien liese liesel lila lilah lilia lilian liliana lillian
    lily lina linda linette linnea lisa lise liudmila liv livia liz liza ljiljana lois lola loredana lorelei lorena
    loretta lori lorna lorraine lotta lotte lottie louella louisa louise lourdes luann lucia luciana lucille
    lucinda lucy ludivine ludmila luella luisa lula lulu lupe luz lydia lydie lynda lynette lynn lynne lyubov
    lyudmila lyudmyla maarit mabel mackenzie maddy madeleine madison mae magda magdalena maggie mahnaz mahsa mahua
    maia maike maja malala malgorzata malia malin mamata mamie mandy manuela mara marcela marcella marcia marcy
    mareike margaret margarete margarita margherita margo margot margrethe marguerite maria mariah mariam mariama
    marian mariana marianna marianne maribel marie mariia mariko marilyn marina marion marisa marisol maristela
    marit mariya marjorie marjory marla marlene marloes marnie marsha marta martha martina martine mary maryam
    maryna masha mathilde matilda mattie maud maude maura maureen mavis maxine may maya maye mayumi mckenzie
    meaghan meera meg megan mei meike melania melanie melinda melissa melody mercedes mercy meredith meryl mette
    mia michaela michelle michiko mieke mihaela mila milagros mildred milena millicent millie mina mindy minerva
    minna minnie miranda mireille miriam mirjam mitsuko moana moira mollie molly mona monica monika monique
    montserrat morag morgana morwenna mounia muriel myra myrtle nadezhda nadia nadiia nadine nadja naima nan nana
    nancy nanette naoko naomi nargiz nasrin nastya natalia natalie nataliia natalya natasha nawal neha nell nellie
    nelly netta nettie ngozi niamh nichola nicola nicole nicoletta nigella nikki nina nino nirmala nita nives nneka
    noelle noemi noor nora noreen norma nour noura nuala nur nuria nusrat odette oksana oleksandra olena olga olha
    olive olivia olwen olympia ona opal ophelia oprah orla ornella ottoline oxana paige palesa paloma pam pamela
    pansy paola parisa pascale patricia patrizia patsy patti patty paula paulette paulina pauline pearl peg peggy
    penelope penny perla perpetua petra petronella philippa philomena phoebe phyllis pilar pippa piroska pola polly
    pooja portia primrose priscilla priti priya priyanka prudence pupul queenie rachael rachel rada rae ragna raisa
    ramona rania raquel rasha razia reba rebecca rebeka regina reina rena renata renate renee rhiannon rhoda rhona
    ria riikka riitta rina rita ritu roberta robyn rochelle rocio roisin romana romy rosa rosalia rosalie rosalind
    rosalyn rosamund rosanna rosanne rose roseanne rosemarie rosemary rosie rosina roslyn roswitha rowena roxana
    roxanne roza ruby rukmini runa ruth ruthanne sabina sabine sabrina sadia sadie saffron safiya sahar saida
    sakura sally salma samantha samira sandra sangeeta sania sanna saoirse sara sarah saskia satu sawsan sayaka
    seda selena selina selma serena serenity shabana shadi shakira shana shania shanice shaniqua shannon sharan
    sharon shauna sheena sheila shelley sherri sherrie sherry sheryl shireen shirin shirley shona sian sienna signe
    sigrid sigrun silke silvia simona simone simonetta sinead siobhan siri sirpa sissy siv slavica sloane smriti
    snezana sofia sofie solange soledad solomiya solveig sondra sonia sonja sonya sophia sophie soraya stacey
    stefania steffi stella stephanie sue suki sumaya sunita susan susana susanna susannah susanne sushma susie
    suzana suzanne suzette svetlana svitlana sybil sylvia sylvie tabitha taisiya talia tamar tamara tami tamika
    tammy tamsin tamsyn tania tanisha tansu tanya tara tarja tasha tatiana tatum tatyana teresa tess tessa tetiana
    tetyana thandiwe thea thelma theodora theresa theresia thora tiffany tiina tilda tilly tina tomoko toni tonya
    tori tosca tova tove tracey tracy trina trine trish trisha trixie trudie trudy tuija tulsi tuula tuva twila
    ulla ulrika ulrike uma una ursa ursula urszula usha vaishali valentina valerie valerija valeriya vanda vanessa
    varvara vasilisa velma venetia vera verena verity veronica veronika vesna vicki vicky victoria vigdis viktoria
    viktoriya viola violet violeta virginia virginie viv viveca vivian vivien vivienne vlasta waltraud wanda
    wangari wendy wilhelmina wilhelmine willa wilma winifred winnie winona xanthe xenia ximena xiomara xochitl yael
    yana yaroslava yasmin yasmina yasmine yelena yelizaveta yesenia yetta yoko yolanda yolande yuki yulia yuliia
    yumiko yvette yvonna yvonne zadie zainab zara zdenka zelda zena zeynep zhanna zinaida zita zlata zoe zoey zofia
    zohra zora zsofia zuleika zuzana zuzanna
    """)
MEN = words("""
    aage aaron abbas abdel abdul abdulaziz abdullah abe abel abraham achim adam adel adnan adolfo adrian ahmad
    ahmed ahmet ajay akbar akio akira alain alan alastair albert alberto aldo aldous alec aled alejandro aleksandar
    aleksandr alessandro alex alexander alexandre alexei alexey alf alfie alfonso alfred algernon ali alistair
    alister allan allen alonzo alphonse alvin amir amit amos anand anatoly ander anders andre andreas andrei andres
    andrew andrey andrius andriy andrzej andy angelo angus anil ansel anthony antoine anton antonio antony arash
    archibald archie ari aristide arjen arjun arkady arlo arman armando armin arnaud arne arnold artem arthur artur
    arturo asher ashton asif askar athol attila aubrey aurelio austin avi axel aziz babatunde bakhtiyar balazs
    baptiste barack barnaby barnes barrett barron barry bart bartholomew bashar basil bassam bastian beauregard
    behrouz ben benedict benedikt benito benjamin bennett benny bernard bernardo bernie bert bertie bertrand bilal
    bill billy bjarne bjorn blaine blaise blake bo bob bobby bogdan boris boyd brad bradley brady brandon branko
    brendan brendon brent brett brian brock bruce bruno bryan bryce bryn buddy byron cal caleb calvin cameron carel
    carl carlos casey casper caspian cecil cedric cem cesar chad chaim chandler charles charlie chas chester chet
    chinedu chris christian christoph christophe christopher christos chuck chukwuemeka cillian clarence clark
    claude claudio clayton clem clement cletus cliff clifford clint clive clyde cody colby cole colin colm connor
    conor conrad corbin corentin corey cormac cornelius cory craig crispin cristian curt curtis cyril cyrille cyrus
    dale dalton damian damien damir damon dan daniel danilo danny darius dariusz darnell darrell darren darrin
    darryl daryl dave davey david davide davis dawson dax dean deandre declan deepak deion delbert demetrius denis
    dennis denny denys denzel deon derek deshawn desmond devin devon dewey dexter dick didier diego dieter
    dimitrios dinesh dirck dirk dmitri dmitry dmytro domenico dominic don donal donald donny dontae doug douglas
    dragan drake drew duane duarte dudley duncan dustin dwayne dwight dwyane dylan earl earle earnest ebrahim ed
    eddie edgar edison edmund edouard eduard eduardo edward edwin efrain ehud eitan eivind ekrem elbert eldon eli
    elias elijah elliot elliott ellis ellsworth elmer elon elroy elton emeka emil emilio emmanuel emmett emory emre
    enoch enrique enzo eoin eric erich erik ernest ernie ernst errol ervin esteban ethan euan eugene evan everett
    ewan ezekiel ezra fabian fabio fabrice fadi faisal farid farouk fausto federico felipe felix ferdinand fergus
    fernando filip finley finn flavio fletcher florian floyd forrest foster francesc francesco francis francisco
    franco francois frank frankie franklin franklyn franz fred freddie frederick friedrich fritz fumio fyodor gabor
    gabriel gael ganesh gareth garfield garret garrett garry gary gaspard gaston gavin gavril geert gene gennady
    geno geoff geoffrey georg george georges georgi geraint gerald gerard gerardo gerhard germaine gerry gian
    gianluca gianni gideon gil gilbert giles gino giorgio giovanni giuseppe gleb glen glenn glyn gonzalo goran
    gordie gordon grady graham grant grayson greg gregor gregory griffin guido guillaume guillermo gunnar gunther
    gus gustav gustavo guy gwyn habib haim hakan hamdullah hamid hamish hamza hank hans hans-peter harald haris
    harlan harley harold harrison harry haruki harvey hasan hashim hassan haydn heath hector heiko heiner heinrich
    heinz helmut hendrik henri henrik henry herbert herman hernan hershel hideo hiram hiroshi hobart hollis homer
    horace horatio horst howard hoyt hristo hubert hubie hugh hugo humphrey hunter hussain hussein iain ian ibrahim
    ichiro idris ignacio igor ihor ike iker ilan ilham ilya imad imran imre iqbal ira irvin irving isaac isaiah
    isiah isidor ismael ismail israel itamar ivan ivo ivor jabari jabez jabu jack jackson jacob jacques jaime jairo
    jake jakob jakub jalen jamal jameel james jamie jamil jan jan-erik janek janne janos janusz jaquan jared jarek
    jaroslaw jarrod jarvis jason jasper javad javed javier jay jean jean-luc jeb jed jedediah jeff jefferson
    jeffery jeffrey jens jeremiah jeremy jermain jermaine jerome jerrod jerry jerzy jesper jesse jethro jim jimmy
    jiri joachim joao joaquin jock jody joe joel joerg joey johan johann johannes john johnnie johnny jon jonah
    jonas jonathan jonny jordan jorge jorgen jorn jose josef joseph josh joshua josiah josip joss jovan jozef
    jozsef juan judd jude juergen jules julian julien julio julius jurgen juri justin kai kaito kamal kareem karel
    karim karl karol karsten kasim kaspar kazuo keegan keenan keir keith kelvin kemal ken kendrick kenji kenneth
    kenny kent kenton kerem kerr kevin khaled khalid kiefer kieran kieron kimbal kip kirby kirill kirk kit kiyoshi
    kjell klaas klaus klemens knox knut koen kofi konrad konstantin kris kristian krzysztof kuba kurt kurtis
    kwabena kwame kwesi kyle lachlan lajos lal lalit lamar lamont lance landon langston larry lars lars-erik lasse
    laszlo laurence laurent lavar lawrence lawson lazar leandro lech lee leif leland lemuel len lenny leo leon
    leonard leonardo leonel leonid leopold leroy leslie lester lev levi lewis li liam lincoln linus linwood lionel
    ljubomir lloyd logan lonnie lorenz lorenzo lorin lorne lou louie louis lowell luc luca lucas lucian luciano
    ludwig luigi luis luka lukas lukasz luke luther lutz lyle lyndon maciej mack magic magnus mahdi mahmood mahmoud
    malachi malcolm malik mamadou manfred manish manny manoj mansour manuel marat marc marcel marcello marcelo
    marcin marco marcos marcus marek marian mariano mario marius mark markus marlon marquis marshall martin martti
    marty marvin masaru mason massimo matej mateo mateusz mathew mathias mathieu matt matteo matthew matthias
    mattias maurice mauricio maurizio mauro max maxim maxime maximilian maxwell maynard mehdi mehmet melvin
    menachem merle mervin mervyn micah michael michal michel mickey miguel mikael mike mikhail mikkel miklos milan
    miles milo milos milton mirko miroslav misha mitch mitchell mitsuo mo moamer mohamad mohamed mohammad mohammed
    mohan mohit monte monty mordecai morgan moritz morris mort morton moses moshe muhammad mukesh munir murat
    murray mustafa mykhailo mykola myles myron nabil naftali narendra naseem nasser nate nathan nathaniel naveed
    naveen nayib nazar ned neil nelson nestor neville newt niccolo nicholas nick nico nicola nicolas nigel nihad
    nikita niklas nikolai nikos nils nils-petter nirav nishant noah noam nobuo noel nolan norbert norman nuno
    nursultan oakley obadiah oded odell ola olaf oleg oleh oleksandr oliver olivier omar omari orest orlando orrin
    orson orville osama osborne oscar oskar oskari osman oswald ottavio otto owen ozzie paavo pablo pankaj paolo
    pascal pascoe pasquale patricio patrick patrik paul pavel pavlo pedro peer pekka percival percy perrin perry
    petar pete peter petr petro petros petteri phil philip philippe phillip phineas pierluigi pierre piet pieter
    piotr pippin prakash pranav pyotr qasim quentin quincey quincy rab radek radim radoslaw rafael rafal rafiq
    rahim rahul raj rajesh rajiv rakesh ralf ralph ramesh rami ramiro ramon ramsay ramzan randall randolph randy
    raoul raphael rashid rasmus rauf raul ravi ravindra ray raymond raza recep reece reed reg reggie reginald reid
    reinhard remington rene reuven rex reza rhett rhys riad ricardo richard richie rick ricky rik rishi rob robbie
    robert roberto robin robinson rocco rocky roderick rodion rodney rodolfo rodrigo rogelio roger rohan rohit
    roland rolf romain roman romeo ron ronald ronan ronnie rory roscoe ross roy royce ruben rudolf rudolph rudy
    rufus rupert ruslan russ russell rusty ruud ryan saad sacha saddam sadiq saeed said salah saleh salim salman
    salvador salvatore sam sami samir sammy samuel sandor sanjay santiago santino satoshi saul savva schuyler scott
    scottie seamus sean sebastian sebastien segun selim semyon serge sergei sergey sergio sergiy serhii serhiy seth
    shahid shane shaquille shaun shawn shedeur sheldon sherman sherrod sherwin shigeru shimon shinzo sid sidney
    siegfried siegmar siim silas silvio simeon simon sipho skip slavko slobodan sly soren sorin spencer spike
    spiridon spiro stamatis stan stanislav stanko stanley stanton stavros stefan stefano stelios stepan stephan
    stephane stephen sterling steve steven stewart stewie storm strom stu stuart suleiman sully sunil suresh svante
    sven syed sylvester taavi tad tadeusz taha tahir takashi takeshi tamas taras tarik tariq taro tasos tate tayyip
    ted teddy terence terrance terrell terrence terry thabo thad thaddeus thatcher themba theo theodor theodore
    thibault thierry thomas thor thornton thorsten thurman thurston tibor tim timmy timo timofey timothy timur tito
    titus tobey tobias tobin toby todd todor tom tomas tomasz tomislav tommaso tommy tony toomas topher torsten
    toshiro travis tre trevor trey tristan truman trygve tucker tunde ty tyler tyree tyrone uday ugo ulf ulrich
    ulysses umar umberto unai upton uriah uwe vaclav vadim valentin valentyn valeri valerii valeriy valery vance
    vasil vasile vasily vasyl vaughan vaughn vern vernon vic victor vijay vikram viktor vinay vince vincent
    vincenzo vinnie vinny vinod virgil vitali vitalii vitaly vito vitor vlad vladimir vladimiro vladislav vlado
    volker volodimir volodymyr wade waldo waleed walid wallace wally walter warren wassim waylon wayne wendel
    wendell werner wes weston whit wiktor wilbert wilbur wiley wilf wilfred wilhelm will willard willem william
    willie willis wilmer wilton winston winton wladimir wojciech wolfgang woody wyatt xander xavier xi yair yancey
    yann yannick yannis yaroslav yasser yaw yehuda yevgeny yevhen yitzhak yohannes yonatan yoshio yousef youssef
    yukio yuri yurii yuriy yusuf yves zach zachary zack zaid zane zbigniew zdenek zeb zeke zeljko ziad zoltan zoran
    zygmunt
    """)
ALSO_WORDS = words("""
    amber april art asia august basil bill bo candy carol cash chance chase christian chuck clay cliff cole coral
    daisy dale dawn dean destiny dexter dick drew earl eve even faith fern forrest foster frank gene glen goldie
    grace grant grey guy harmony heath heather holly homer honor hope hunter ike iris israel ivy jack jay jersey
    jewel jordan joy jude june junior kerry kit lance lane lee liberty lily long mack magic major marina mark marsh
    mason max may melody mercy merit miles mo nova olive opal pansy pat peace pearl penny per pilot pope price
    prudence rae ray reed rich rob robin rocky rose royce ruby rusty sage sandy skip sky sly spike sterling storm
    sue summer tad ty van victor violet virginia wade ward west will win winnie wren young
    """)
"""Given names that are other words too, and may open a sentence as such."""
_SELDOM = words("""
    august buck carter chip colton cooper curt deacon dell elliot even hal jud lem marquis mel milo milt monte norris
    per pierce reuben spence stew trip tripp tuck tyson ward wilson woody
    """)
"""Words or surnames first of all; as given names they are men's."""

GIVEN = MEN | WOMEN


def sex_of(given: str) -> Literal["", "f", "m"]:
    """Return f or m where the plain given name is one sex's only, else nothing."""
    man, woman = given in MEN, given in WOMEN
    return "" if man == woman else "m" if man else "f"


def gender_of(word: str) -> Literal["", "f", "m"]:
    """Return what a given name or title, in lower case, says about its bearer."""
    word = word.rstrip(".")
    if word in _TITLES_OF_WOMEN:
        return "f"
    return "m" if word in _TITLES_OF_MEN | _SELDOM else sex_of(word)
