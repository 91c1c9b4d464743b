"""Gender as a given name or a title tells it: common ones only, so that a pronoun is not given to the wrong person."""

from typing import Literal

from transforms.language.lists import words

FEMALE = words("""
    mrs ms miss mme lady dame madam queen princess spokeswoman congresswoman chairwoman sister frau mary anna anne ann
    maria marie elizabeth elisabeth sarah sara laura julia julie emma olivia sophia sophie susan susanna linda barbara
    patricia jennifer jessica nancy lisa karen helen helena donna carol ruth sharon michelle kimberly deborah amanda
    melissa stephanie rebecca kathleen catherine katherine kate christine christina janet rachel diane diana virginia
    heather teresa theresa gloria evelyn martha angela alice judith judy kelly lauren victoria hillary hilary melania
    ivanka ursula giorgia sanna kaja annalena christiana fiona emily charlotte lucy grace hannah jane joan joanna
    claire clare chloe eva ella elena irina olga natalia natasha svetlana tatiana yulia oksana daria ekaterina fatima
    aisha leila layla amina zainab mei yuki priya indira sonia isabel isabella agnes agnieszka alina alma amelia amy
    andrea annie antonia ariana aurora beatrice bella bianca birgit bonnie britta camilla carla carolina caroline
    cecilia celia clara claudia constance cora cynthia dana daphne deirdre denise dolores doris dorothy edith eileen
    elaine eleanor elise ellen elsa emilia erica erika esther ethel eugenia eunice felicia flora florence frances
    francesca freya frida gabriela gabrielle gail georgia geraldine gertrude gina guadalupe gudrun hanna hazel hilda
    holly ida ilse inga ingunn iris isla ivy jacqueline janice jasmine jean jeanne jenny jill joy joyce juliet karin
    katarina katja kerstin kirsten lara larissa leah lena leona lidia lillian lina lise liv lois lorraine louise lydia
    lyudmila mabel magdalena maja malin marcia marianne marina marion marit marjorie marlene marta matilda maud
    maureen mavis maxine mila mildred miranda miriam muriel myra nadia naomi norma pamela paulina penelope petra
    phoebe phyllis ramona regina roberta rosalind rosemary roxana ruby sabina sally samantha sandra selma sheila
    shirley sigrid signe sigrun silvia simone sofia stella sylvie tamara tamsin tanya thelma tove trudy tuva ulla
    ulrike valentina vera verena viola vivian winifred yvonne zdenka zlata zuzana mara gemma bev carys siri ragna
    solveig aino leena riitta siobhan niamh aoife roisin sinead anjali deepa meera lakshmi nadine nadja ksenia oxana
    dunja ewa zofia kinga runa tess trish dawn kerry stacey tracey lorna dot edna elsie hettie rhiannon bronwen
    thandiwe amara ama adaeze ngozi chiamaka carmen rosa lucia paula monica nicole nina nora ingrid astrid greta
    margaret margarita megan molly rita sylvia tina tracy valerie vanessa wendy zoe kamala nikki condoleezza madeleine
    jacinda gwen harriet heidi
    abby abigail ada addie adele adriana agatha aileen aisling akiko alana alexa alexandra alexis alicia alison
    allison alyssa aminata anastasia angelica angelina angie anika anita annalise anneliese annette annika antoinette
    arlene ashley audrey ava ayesha ayse azadeh bailey barb beatriz becca becky bernadette beryl beth bethany betsy
    betty beverly birgitte brandi brenda briana bridget brigid brigitte britney bryony caitlin callie candace candice
    carina carly carmela carole carolyn carrie cass cassandra cassie catalina cath catriona celine chantal charlene
    charmaine cherie cheryl chioma chrissy christa christie cindy colette colleen connie consuelo corinne courtney
    cristina dalal danielle darlene debbie debra dee delphine desiree dina dinah dominique dora doreen dorota dorothea
    elaina elif eliska eliza ellie eloise elvira emine emmeline enid erin estelle ethelyn etta eve evie farah farida
    farzana fatma fatou fatoumata faye fleur folake fran gabby gaynor geena genevieve ginny giselle gladys glenda
    glenys glynis graciela gretchen halima halyna hanan hawa hayley helga henrietta hester hollie huda hyun-ju ilana
    ilona imogen ines inge ingeborg iona irma iryna isabelle isobel ivana jackie jacqui jana janine jayanti jeanette
    jemima jenna jennie jeri jillian jo joann joannah jodi jodie johanna joni josephine josie juanita judi julianne
    justine kaitlyn kara karla kateryna kathryn kathy katie katy kavita kayla keiko keira keisha kellie kendra khadija
    kiera kimberley kirstie kirstin kirstine kirsty krista kristen kristi kristin kristina kyra lacey lamia lana
    latoya leanne lesley leticia lexi libby liesel lila lilia lilian linette lola loretta lori lottie luciana lucille
    lucinda ludmila luisa lynda lynn lynne lyudmyla maddy maggie mahsa mahua mamata mandy marcella margot marguerite
    mariah mariam mariama marianna maribel marilyn marisa marisol marjory marla marsha maryam mathilde mattie maura
    meg melinda meredith mette mia michaela michiko milagros millicent millie minnie moira mollie morag morwenna
    nanette naoko nasrin nellie nelly netta nettie nichola nicola nirmala nita nneka noelle noreen nour nusrat odette
    olive olwen ophelia ottoline pam parisa patsy patti patty pauline peg peggy perla philippa philomena pilar pippa
    polly rachael rania raquel rasha rena renee rhoda rhona ria riikka ritu robyn rochelle rocio rosalie rosanna
    roseanne rosemarie rosie roslyn rowena ruthanne sadia sakura samira sangeeta saskia satu serena shabana shana
    shanice shauna shelley sherri sherry sheryl shirin shona sian sienna smriti solomiya sondra sue suki sunita sushma
    susie suzanne suzette svitlana sybil tabitha tami tammy tara tasha tatyana tessa tetiana tetyana thea theodora
    tiffany tilda tilly toni tonya tori trina trisha trudie tuija velma venetia veronica vicki vicky viktoria
    viktoriya viv wanda wilma winnie xanthe ximena xiomara yaroslava yasmin yasmine yesenia yoko yolanda yumiko yvette
    zara zelda zena zeynep
    """)
MALE = words("""
    mr sir lord king prince pope spokesman congressman chairman father brother herr archbishop bishop james john
    robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark donald steven
    steve stephen paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan jacob gary
    nicholas eric jonathan larry justin scott brandon benjamin samuel gregory frank alexander raymond patrick jack
    dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold jeremy ethan carl keith
    roger gerald christian terry sean arthur austin noah lawrence jesse joe bryan billy bruce albert willie gabriel
    logan alan juan wayne ralph roy eugene randy vincent philip phillip bobby johnny bradley mike jim bill bob tom tim
    ted ben dan ken ron don sam max leo ivan igor oleg sergei sergey dmitry dmitri vladimir volodymyr viktor mikhail
    nikolai andrei andriy boris yuri anton pavel maxim alexei oleksandr petro emmanuel olaf friedrich recep hassan
    hussein ahmed mohammed mohamed muhammad ali omar abdullah ibrahim mustafa yusuf khalid tariq xi li narendra rajiv
    imran pedro luis carlos miguel jorge marco giuseppe matteo silvio antonio francesco karl hans klaus jens lars erik
    nils bjorn mateusz jaroslaw lech vaclav milos aleksandar barack bernie mitch chuck rudy jared abel abraham adrian
    alastair alberto aldo alec alejandro alex alfonso alfred alistair allan alvin amos anatoly anders angelo angus
    archie arjun arnold arne arturo asher august axel barry bart basil bastian benedict bernard bert bjarne bo bogdan
    brad brendan brent brett bruno caleb calvin cameron casey cedric cesar chad clarence clark claude clifford clive
    colin conrad craig curtis cyril damian damien darren dave dean derek desmond diego dirk dominic duncan dustin
    dwight earl eddie edgar edmund eduardo edwin eli elias elliot ellis emil emilio enrique ernest ernst ervin evan
    even fabian felix fernando finn floyd francis franz fred frederick fritz gareth gavin geoffrey gerard gerhard gil
    gilbert giovanni glen glenn gordon graham grant guido gunnar gustav guy hakan harald harry hector herbert herman
    horst howard hubert hugh hugo ian ilya imre ira irving isaac isaiah ivo jaime jakob jan janos jarek javier jay
    jean-luc jerome jesper joachim joao joel joerg johan johannes jon jonas josef josiah jozef julian julio julius
    jurgen kai kaspar keir kent kirk kofi konrad konstantin kristian kurt kwame lance laszlo laurence lee leif leon
    leonard leonid leopold leroy lester lewis liam lionel lloyd lorenz louis lucas lucian ludwig luke lukas magnus
    malcolm manuel marcel marcin marcus mario marius markus martin marvin mathias maurice mauricio melvin michal miles
    milan miroslav mo mohammad morgan morris moritz moses nathaniel neil nelson nigel niklas noel norman oliver
    olivier orlando oscar oskar otto owen pascal patrik percy perry per pierre piet piotr quentin radek rafael ralf
    ramon raul reginald rene ricardo rob roberto rodney rodrigo roland rolf roman rory ross rupert russell salvador
    santiago sebastian sergio seth shane sidney simon slavko stan stanislav stanko stefan stuart sven sylvester
    terence theo theodore tobias todd tomas tomasz tommy tony torsten travis trevor tristan uwe valentin vance vaughn
    vernon victor vince vito warren wilfred wilhelm will wolfgang yannick yaroslav yevgeny zoltan pete elon jeff rex
    hamdullah
    aage abdul abe adolfo ahmad aled alf alfie algernon alonzo alphonse amir ander andre andreas andres antoine
    archibald ari arlo armando armin artem ashton athol aubrey aurelio babatunde baptiste barnaby barnes barrett
    bartholomew beauregard benedikt benito bennett benny bernardo bertrand blaine blake brady brendon bryce bryn buddy
    cal casper caspian cecil chandler chas chet chinedu chris christophe christos chukwuemeka cillian clayton clint
    clyde colby cole colm connor conor corey cormac cory crispin cristian cyrus damon danny darius darnell darrell
    darryl davey davis dawson deandre declan delbert demetrius denis denny denzel deon devin dewey dexter dick
    dmytro donny doug drake duane duarte dudley dwayne dylan earnest ed efrain eivind elbert elliott elton emeka emre
    enoch enzo erich ernie errol euan ewan ezekiel ezra faisal farid farouk felipe ferdinand fergus florian francisco
    frankie freddie fumio garfield garry gaston gene geoff geraint gerry giles gino glyn gonzalo goran gordie grady
    grayson greg gregor griffin guillermo gus gustavo gwyn hamid hamish hamza hank hans-peter harlan harvey hasan
    haydn heinz helmut hendrik henrik hernan hiroshi homer hussain iain ichiro ignacio iker isiah ismael ismail ivor
    jabu jacques jake jamal jameel jamie jamil jan-erik janne jarrod jasper javed jed jeffery jeremiah jermaine jethro
    jimmy jody joey jonah jorgen jorn josh juergen kamal kareem karim karsten kasim kazuo keegan keenan kelvin kenji
    kenny kenton kerem kiefer kieran kirby klaas knut koen kris kurtis kwabena kwesi lachlan lars-erik laurent leandro
    len lenny leonardo leonel levi linus lonnie lou louie lowell luca luciano luigi lukasz luther lyle lyndon mack
    mahdi mahmoud malachi malik manny manoj mansour marc marcello marcelo marcos mariano mateo matt mattias maurizio
    maynard mehdi mehmet micah mickey mikael mohamad mort mykhailo mykola nabil nasser nate ned nestor nick nico
    nicolas nils-petter noam norbert nuno obadiah oleh omari orest orson osama osman oswald ozzie pablo pasquale
    patricio pavlo petar petr petros phil philippe prakash rab radim rafiq rahim rahul raj rajesh ramesh rami randall
    randolph raoul rashid rasmus ravi reece reg reggie reinhard reza rhett rhys richie rick ricky rik robbie rocco
    roderick rodolfo rogelio ronan ronnie ruben rudolf rudolph rufus russ ruud saad saeed salah salim sami samir sammy
    sanjay scottie seamus sebastien segun serge sergiy shaun sheldon sherwin shinzo sid silas simeon sipho spiro
    stamatis stefano stephan stu suleiman suresh tahir takeshi tarik taro teddy terrance terrence thabo themba theodor
    thibault thierry thurston tibor timmy timo timur tobin toby todor tommaso trey truman tunde tyrone ulf ulrich
    ulysses umberto unai vadim vasile vasyl vic vijay vinay vinny virgil vitalii vitaly vlad volker waleed walid wally
    wes wiktor wilbur wilf willard willem willis wyatt xavier yann yannis yasser yaw yehuda yohannes yurii yuriy zach
    zack zaid zane zbigniew zdenek zeke ziad
    """)


def gender_of(word: str) -> Literal["", "f", "m"]:
    """Return what a given name or title, in lower case, says about its bearer."""
    word = word.rstrip(".")
    return "f" if word in FEMALE else "m" if word in MALE else ""
