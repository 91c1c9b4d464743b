"""Given names in plain form: whose they may be, and which stand for one another."""

from transforms.actors.words import FEMALE_TITLES, MALE_TITLES, NOT_GIVEN, TITLES, word_set
from transforms.language import given as common

_MEN = word_set("""
aaron abdul abdullah abraham adam adrian ahmad ahmed alan albert alberto alec alejandro aleksandr alex alexander
alexandre alexei alexey alfred ali alister allan allen alvin amir anders andre andreas andrei andrew andrey andriy
andy angelo anthony anton antonio antony archie arnold arthur artur austin barron barry bartholomew basil ben benedict
benjamin bernard bernie bert bill billy bob bobby boris brad bradley brendan brent brett brian bruce bruno bryan byron
calvin cameron carl carlos cecil cedric chad charles charlie chester chris christian christoph christopher chuck
clarence claude clayton clement cliff clifford clint clive clyde colin conor conrad craig curtis cyril dale damian dan
daniel danny darren darryl dave david dean denis dennis derek desmond dick diego dieter dirk dmitri dmitry dmytro
dominic don donald doug douglas drew duncan dustin dwayne dwight earl ed eddie edgar edmund eduard eduardo edward
edwin elijah elliot elliott elmer emil emmanuel emmett enrique eric erik ernest ernst ethan eugene evan fabian felix
ferdinand fernando floyd francesco francis francisco franco francois frank franklin franz fred freddie frederick
friedrich fritz gabriel gareth gary gavin geert geoff geoffrey george gerald gerard gerhard gilbert giorgio giovanni
giuseppe glen glenn gordon graham greg gregory guido guillermo gustav guy hamid hank hans harald harold harry hassan
heinrich helmut henri henrik henry herbert herman hobart horace howard hubert hugh hugo humphrey hussein ian ibrahim
igor ihor isaac ivan ivo jack jackson jacob jacques jaime jake jakob james jamie jan jared jason jasper javier jay
jean jeff jeffrey jens jeremy jermaine jerome jerry jesse jim jimmy joachim joe joel johan johann johannes john johnny
jon jonah jonas jonathan jordan jorge jose josef joseph josh joshua juan julian julius jurgen justin karel karim karl
keith ken kenneth kevin khalid kieran kirk klaus konstantin kurt kyle lachlan lance larry lars laurence laurent
lawrence lee leif leo leon leonard leonardo leroy leslie lester lewis liam lionel lloyd logan lorenzo louis luc luca
lucas luigi luis luke magnus malcolm manuel marc marcel marco marcus mario mark markus marshall martin marty marvin
mason mathew matt matteo matthew maurice max maxim maximilian maxwell melvin michael michel miguel mike mikhail mikkel
miles milton mitch mitchell mohamed mohammad mohammed morris moses muhammad murray mustafa mykola nathan nathaniel
neil nelson neville nicholas nick nico nicolas nigel nikita niklas nikolai noah noel norman olaf oleg oleksandr oliver
olivier omar oscar oskar osman otto owen pablo paolo patrick paul pavel pavlo pedro percy perry pete peter petr petro
phil philip philippe phillip pierre pieter quentin quincy rafael ralph ramon ramzan randall randy raphael rasmus raul
ravi ray raymond rene ricardo richard rick ricky rob robbie robert roberto robin rodney roger roland rolf roman ron
ronald rory ross roy rudolf rudy rupert russell ryan salvador sam samir samuel scott sean sebastian serge sergei
sergey sergio serhiy seth shane shaun shawn sidney siegfried silvio simon soren spencer stan stanislav stanley stefan
stefano stephan stephane stephen steve steven stewart stuart sven sylvester taras ted terence terry thaddeus theo
theodore thierry thomas tim timothy tobias tobin toby todd tom tommy tony torsten travis trevor tristan tyler tyrone
ulrich umberto uwe vadim valentin valery vasily vernon victor viktor vincent vinny virgil vitali vitaly vito vladimir
volodymyr wallace walter warren wayne wendell werner wilbur wilfred wilhelm will willard willem william willis wilmer
winston wolfgang woody xavier yannick yuri yusuf yves zach zachary zack
""")

_WOMEN = word_set("""
abigail ada adele agnes aisha alexandra alexis alice alicia alison allison alyssa amanda amber amelia amy ana
anastasia andrea angela angelica anita ann anna annabelle anne annette annie antonia april ariana ashley astrid audrey
barbara beatrice becky bella bernadette beth bethany betty beverly bianca bonnie brenda bridget brigitte brittany
camilla candice carla carmen carol carole caroline carolyn carrie cassandra catherine cecilia celeste charlotte
chelsea cheryl chloe christina christine cindy claire clara claudia colleen connie constance cora cordelia corinne
courtney crystal cynthia daisy dana daniela danielle daphne darlene deborah debra delia denise diana diane dolores
donna dora doreen doris dorothy edith edna eileen elaine eleanor elena eliza elizabeth ella ellen elsa elsie emily
emma erica erika erin estelle esther ethel eva eve evelyn faith fatima felicity fiona florence frances francesca
frieda gabriela gabrielle gail gemma genevieve georgia geraldine gertrude gillian gina ginger giulia gladys glenda
gloria grace greta gretchen gwen hanna hannah harriet hazel heather heidi helen helena helene henrietta hilary hillary
holly hope ida imogen ines ingrid irene irina iris irma isabel isabella isabelle ivana ivanka jackie jacqueline jane
janet janice jasmine jeanette jeanne jemima jennifer jenny jessica jill joan joanna joanne jocelyn josephine joy joyce
juanita judith judy julia juliana julie juliet june karen karin karina karla kate katharina katherine kathleen kathryn
kathy katie katrina katya kay kayla kelly kerry kim kirsten kristen kristin kristina lara larissa laura lauren lea
leah lena leonora lesley leticia lidia lilian lillian lily linda lisa liz liza lois lola loretta lori lorraine louisa
louise lucia lucille lucinda lucy ludmila lydia lynn lyudmila mabel madeleine madison mae maggie mandy marcia margaret
margarita margot maria marian marianne marie marilyn marina marion marjorie marlene martha mary matilda maureen mavis
maya meaghan megan melania melanie melinda melissa mercedes meredith mia michelle mildred mindy miranda miriam moira
molly monica monika muriel nadia nadine nancy naomi natalia natalie natasha nicole nina nora noreen norma odette
oksana olena olga olivia pamela patricia patty paula pauline peggy penelope penny petra philippa phoebe phyllis polly
priscilla rachel ramona rebecca regina renata renee rhoda rita roberta robyn rosa rosalind rose rosemary rosie roxanne
ruby ruth sabine sabrina sally samantha sandra sara sarah serena shannon sharon sheila shelley shirley silvia simone
sonia sonya sophia sophie stacey stella stephanie sue susan susanna suzanne svetlana sybil sylvia tamara tammy tania
tanya tara tatiana teresa tessa thelma theresa tiffany tina tracy trudy ursula valentina valerie vanessa vera verena
veronica vicky victoria viola violet virginia vivian wanda wendy wilma winifred yasmin yelena yolanda yulia yvette
yvonne zara zelda zoe
""")

_MORE_MEN = word_set("""
abbas abdel abdulaziz achim adel adnan ahmet ajay akbar akio akira alain aldous alessandro alfie amit anand andrius
andrzej anil ansel antoine aristide arkady arjen armin arman arnaud arash asif askar attila avi aziz bakhtiyar balazs
bashar bassam behrouz bertrand bilal bjorn blaise branko brendon carel cem chaim christos claudio corentin cristian
cyrus damir danilo darius dariusz davide deepak demetrius denys didier dimitrios dinesh domenico donal dragan ebrahim
edouard ehud eitan ekrem elon emil emre eoin errol esteban fabio fabrice fadi faisal farid farouk fausto federico
filip flavio francesc fyodor gabor gael ganesh gaspard gavril gennady georg georges georgi gerardo gian gianluca
gianni gideon giles gleb goran gonzalo guillaume gunther habib haim hamza haris haruki hashim hector heiko heiner
heinz hideo hiroshi hristo ibrahim idris ignacio ilan ilham ilya imad imran iqbal isidor ismail itamar ivan jabari
jairo jakub jamal janek janusz javad jeremiah jerzy jiri joaquin johnnie jonny josip jovan jozsef julien juri kaito
kamal kareem karol kazuo keir kemal kenji khaled kimbal kirill kiyoshi kjell klemens krzysztof kuba kurtis lajos lal
lalit lamar lasse lazar leandro lech leonid levi lev lionel ljubomir luka lutz maciej mahmoud mahmood mamadou manfred
manish manoj marat marek mariano marian martti masaru massimo matej mathieu matthias mattias mauro maxime mehdi mehmet
menachem mervyn michal miklos milan milos mirko misha mitsuo moamer mohan mohit moshe mukesh munir murat nabil naftali
narendra naseem nasser naveed nayib nazar niccolo nicola nihad nikos nirav nishant nobuo nuno nursultan oded ola olaf
oleh oscar osama oskari ottavio pankaj paavo pascal pekka peer petar petteri pierluigi piotr prakash pranav pyotr
qasim radoslaw rafal rafiq rahul raj rajesh rakesh ramesh ramiro rashid rauf ravindra raza recep reuven riad rishi
robinson rodion rodolfo rohan rohit romain romeo ruben ruslan saad saddam sadiq said saleh salim salman salvatore sami
sandor sanjay santino satoshi saul savva selim semyon serhii shahid shigeru shimon shinzo siim siegmar slobodan sorin
spiridon stavros stelios stepan sunil suresh svante syed taavi tadeusz taha takashi tamas tariq tasos tayyip thabo
theodor thorsten tibor timo timofey timur tito tomas tomislav toomas toshiro trygve uday ugo umar vaclav valentyn
valerii valeriy valeri vasil vasyl vijay vikram vincenzo vinod vito vitor vladislav vlado volodimir walid wassim wes
wiktor wladimir wojciech xi yair yannis yasser yevhen yitzhak yonatan yoshio yousef youssef yukio yurii zaid zbigniew
zdenek zeljko zoran zygmunt bertie boyd brock bryce clem cody cole cornelius cyrille dalton darrell dax deandre deion
denzel devin devon dexter dirck dwyane edison eldon ellsworth elroy emory everett finley fletcher forrest foster
franklyn garret garrett gaston gavin geno germaine gordie grady greg griffin harlan harley harrison heath hendrik
hiram hollis homer horatio hoyt hunter ike ira irvin isaiah isiah israel jabez jalen jarvis jed jedediah jefferson
jermain jerrod jethro jock jody joss jude judd jules kendrick kenny kent kerr kieron kip kit knox lamont landon
langston lars lawson leland lemuel levi lincoln linus lonnie lorne lowell lucian luther lyle lyndon mack magic marlon
marquis maynard merle mervin milo monty mordecai morton myles nate ned newt nolan oakley odell orson orville osborne
osman oswald ozzie pascoe percival perrin phineas pippin quincey ramsay randolph reed reggie reid remington rhett rhys
rocco rocky ronan roscoe royce rufus rusty sacha schuyler seamus shaquille shedeur sheldon sherman sherrod sidney
silas skip sly spencer spike stanton sterling stewie storm strom sully tad tate terrence thad thor thornton thurman
titus tobey topher tre tucker ty ulysses upton uriah vance vaughan vern vinnie vladimiro wade waldo wally waylon
wendel weston whit wilbert wiley wilton wyatt xander yves zane zeke
""")

_MORE_WOMEN = word_set("""
aasia adela adriana agata aida aileen aina aiko akiko alba aleida aleksandra alena alessandra alexa alina aline amal
amalia amina anabel anais anahit anastasiia anat aneta anja anjali anke anneke anneli annika antje anya arabella
ariadne arianna arlene asia asli asma augusta ayelet ayesha ayse azadeh baiba bahar beata begona benedetta benita
berit bettina birgitta blanca bozena brigid brita bruna candida carmela carmen celina charlene charo chiara chie chiyo
clarissa clemence clementine coral cordula cosima dagmar dalia danuta darya delphine desiree dilma divya dominika
dorota dorothea edda edwina eeva ekaterina eleni eleonora elisa elisabetta elizaveta elke ella ellie elodie elvira
emilie emine emmanuelle enid esme esperanza esra estela eugenie evgenia fabienne faiza farah fatma federica fernanda
fleur florencia francisca francoise franziska fumiko galina ghislaine giuliana giorgina gisele gloriana golda gosia
graciela gulnara habiba halina halima hedwig hedy heike helga hermione hiba hildegard hiroko huda ilaria ilona imelda
indira inga inge ingeborg ines iolanda irena irmgard isabela isolde ivana ivanna iwona izabela jacinta jana janina
jasmin jelena jimena joana johanna jolanta josefina josette juana judit julianne jurgita justine justyna kaia kalpana
kamala kamila kanya karima karina karoline kasia katalin katarzyna kateryna katerina katharine kazimiera keiko keeley
khadija kinga kiran klara krystyna ksenia lada laima lakshmi lana larysa latifa laure laurence lauri leila lenka
leocadia leonor leonore leticia lien liesel liese liliana lina linnea liudmila livia ljiljana loredana lorena lotte
louella lourdes luciana ludivine luisa luz lydie lyubov maarit magda mahnaz maia maike maja malala malgorzata malia
manuela mara marcela mareike margarete margherita margrethe mariam mariana mariia mariko marisa marisol maristela
mariya marloes martina martine maryam maryna masha mathilde mayumi maye meaghan meera meike mercy michiko mieke
mihaela mila milena mina minna mireille mirjam mitsuko moana monique montserrat morgana mounia nadezhda nadiia nadja
naima nana naoko nargiz nastya natalya nataliia nawal neha nelly nicoletta nigella nikki nina nino nirmala nives noemi
noor noura nuria nuala nur oksana oleksandra olena olha ona oprah ornella orla oxana paige palesa paloma paola pascale
patrizia paulette perpetua petronella pilar piroska pola pooja priti priya priyanka pupul rada raisa rania raquel
razia rebeka reina rena renate renee rina roisin romana romy rosalia rosamund rosanna roswitha roxana roza rukmini
sabrina sadia safiya sahar saida sakura salma samira sania sanna saoirse saskia satu sawsan sayaka seda selena selma
shabana shadi shakira sharan shirin shireen sigrid signe silke simona simonetta sinead siobhan sirpa siv slavica
snezana sofia sofie soledad solange sonja soraya stefania steffi sumaya sunita susana susanne suzana svitlana sylvie
taisiya tamar tamsin tansu tarja tatyana tess theodora thora tiina tilda tomoko tosca tova trine tulsi tuula ulla
ulrika ulrike uma urszula usha vaishali valeriya valerija vanda varvara vasilisa vera veronika vesna vigdis viktoria
violeta virginie viveca vivienne vlasta waltraud wangari wilhelmina winnie xenia xiomara yael yana yasmina yelizaveta
yesenia yoko yuliia yumiko yvonna zainab zeynep zhanna zinaida zita zlata zofia zohra zora zsofia zuleika zuzana
zuzanna beatrix bryony camille cate caterina clementina cleo cressida darcy dinah dolly effie elaina elspeth emmeline
fanny fern flora georgina gigi goldie greer gwendolyn gwyneth harriett hattie henriette hetty honor ione isla jayne
jemma jess jodie jolene josie juliette karrie kendall kerri kirstie kristi lacey laurel leanne lettie liane libby lila
lilah lorna lotta luella lulu lynda lynette lynn marcy margo marnie marta maxine maude may mckenzie melody meryl
millicent millie minnie mollie mona myra myrtle nan nell nellie nettie nicola nigella olympia opal ophelia pansy pearl
philomena pippa portia primrose prudence queenie rae reba rhiannon rosalyn rosanne rosina rowena sadie saffron selina
serenity shania sheena sherri sherry sienna sissy sloane susannah suzette tabitha talia tamsyn tatum thea theresia
tilly trina trixie una ursa velma verity vivien wilhelmine winona yolande yvette zadie zena zoey
""")

ALSO_WORDS = word_set("""
amber april art asia august basil bill bo candy carol cash chance chase christian chuck clay cliff cole coral daisy
dale dawn dean destiny dexter dick drew earl eve even faith fern forrest foster frank fern gene glen goldie grace
grant grey guy harmony heath heather holly homer honor hope hunter ike iris israel ivy jack jay jersey jewel jordan
joy jude june junior kerry kit lance lane lee liberty lily long mack magic major marina mark marsh mason max may
melody mercy merit miles mo nova olive opal pansy pat pearl penny per peace pilot pope price prudence rae ray reed
rich rob robin rocky rose royce ruby rusty sage sandy sky skip sly spike sterling storm sue summer tad ty van victor
violet virginia wade ward west will win winnie wren young
""")
"""Given names that are other words too, and may open a sentence as such."""

_NO_NAMES = TITLES | NOT_GIVEN | word_set("mr sir lord king prince pope herr lady mme dame madam frau queen")

MEN = _MEN | _MORE_MEN | (common.MALE - _NO_NAMES)
WOMEN = (_WOMEN | _MORE_WOMEN | (common.FEMALE - _NO_NAMES)) - {"jean"}
GIVEN = MEN | WOMEN


def sex_of(given: str) -> str:
    """Return m or f where the plain given name is one sex's only, else nothing."""
    man, woman = given in MEN, given in WOMEN
    return "" if man == woman else "m" if man else "f"


def sex_told(words: frozenset[str]) -> str:
    """Return m or f where the words (titles, roles) are one sex's only."""
    man, woman = bool(words & MALE_TITLES), bool(words & FEMALE_TITLES)
    return "" if man == woman else "m" if man else "f"


NICKNAMES = tuple(
    frozenset(group.split())
    for group in """
steve stephen steven stephan stefan
mike michael mick mickey mikhail mykhailo
bill billy will william liam willy
bob bobby rob robert robbie bert
dick rick rich richard ricky
jim jimmy james jamie
jack john johnny jon jonathan
joe joseph joey josef
tom tommy thomas
tony anthony antony
dan danny daniel
dave david davy
don donald donnie donny
ed eddie ted ned edward edmund
ted teddy theodore theo
fred freddie frederick alfred
greg gregory
jeff jeffrey geoffrey geoff
ken kenneth kenny
larry lawrence laurence
matt matthew mathew matthias
nick nicholas nicolas nikolas mykola nikolai nikolay
pat patrick
pete peter petr petro pyotr
phil philip phillip philippe
ron ronald ronnie
sam samuel sammy
tim timothy
vic victor viktor
walt walter
zach zack zachary zak
alex alexander aleksandr oleksandr alexandre sasha alec aleksander
andy andrew andrei andrey andriy andreas
ben benjamin bennie benny
chris christopher kristof christoph
chuck charles charlie
gerry jerry gerald gerard jerome
hank henry harry
josh joshua
ray raymond
doug douglas
olga olha
igor ihor
oleg oleh
bogdan bohdan
vlad vladimir volodymyr volodimir wolodymyr wladimir volodymir vladymyr
dmitry dmitri dmitriy dmitrij dimitri dimitry dmytro dima
sergei sergey serhiy serhii serge sergej
yevgeny evgeny yevgeni evgeniy eugene yevhen
yuri yury iurii yuriy yurii
andrii andriy andrij
volodia volodya volodymyr vladimir
mohammed muhammad mohamed mohammad muhammed mohamad
marc mark marko markus marcus
max maxim maksim maximilian maksym
liz beth elizabeth betty eliza lisa elisabeth
kate katie kathy catherine katherine kathryn katharine
meg maggie peggy margaret
sue susan suzanne susie
jen jenny jennifer
vicky victoria viktoria
nancy ann anne anna annie
kim kimberly
debbie deborah debra
pam pamela
""".strip().splitlines()
)
"""Given names that stand for one another."""
