"""Given names in plain form: whose they may be, and which stand for one another."""

from transforms.actors.words import word_set

MEN = word_set("""
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

WOMEN = word_set("""
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

GIVEN = MEN | WOMEN

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
