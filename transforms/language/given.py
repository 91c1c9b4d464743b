"""Gender as a given name or a title tells it: common ones only, so that a pronoun is not given to the wrong person."""

from typing import Literal

from transforms.language.lists import words

FEMALE = words("""
    mrs ms miss mme lady dame madam queen princess spokeswoman congresswoman chairwoman sister frau
    mary anna anne ann maria marie elizabeth elisabeth sarah sara laura julia julie emma olivia sophia sophie susan
    susanna linda barbara patricia jennifer jessica nancy lisa karen helen helena donna carol ruth sharon michelle
    kimberly deborah amanda melissa stephanie rebecca kathleen catherine katherine kate christine christina janet
    rachel diane diana virginia heather teresa theresa gloria evelyn martha angela alice judith judy kelly lauren
    victoria hillary hilary melania ivanka ursula angela giorgia sanna kaja annalena christiana fiona emily charlotte
    lucy grace hannah jane joan joanna claire clare chloe eva ella elena irina olga natalia natasha svetlana tatiana
    yulia oksana daria ekaterina fatima aisha leila layla amina zainab mei yuki priya indira sonia isabel isabella
    agnes agnieszka alina alma amelia amy andrea annie antonia ariana aurora beatrice bella bianca birgit bonnie
    britta camilla carla carolina caroline cecilia celia clara claudia constance cora cynthia dana daphne deirdre denise
    dolores doris dorothy edith eileen elaine eleanor elise ellen elsa emilia erica erika esther ethel eugenia eunice
    felicia flora florence frances francesca freya frida gabriela gabrielle gail georgia geraldine gertrude gina
    guadalupe gudrun hanna hazel hilda holly ida ilse inga ingunn iris isla ivy jacqueline janice jasmine jean jeanne
    jenny jill joy joyce juliet karin katarina katja kerstin kirsten lara larissa leah lena leona lidia lillian lina
    lise liv lois lorraine louise lydia lyudmila mabel magdalena maja malin marcia marianne marina marion marit marjorie
    marit marlene marta matilda maud maureen mavis maxine mila mildred miranda miriam muriel myra nadia naomi norma
    pamela paulina penelope petra phoebe phyllis ramona regina roberta rosalind rosemary roxana ruby sabina sally
    samantha sandra selma sheila shirley sigrid signe sigrun silvia simone sofia stella sylvie tamara tamsin tanya
    thelma tove trudy tuva ulla ulrike ursula valentina vera verena viola vivian winifred yvonne zdenka zlata zuzana
    mara gemma bev carys tuva siri ragna solveig ingunn aino leena riitta siobhan niamh aoife roisin sinead priya
    anjali deepa meera lakshmi nadine nadja ksenia oxana marta dunja ewa lidia zofia kinga runa liv tess trish dawn
    kerry stacey tracey lorna mabel dot edna elsie hettie rhiannon bronwen thandiwe amara ama adaeze ngozi chiamaka
    carmen rosa lucia paula monica nicole nina nora ingrid astrid greta margaret margarita megan molly rita sylvia
    tina tracy valerie vanessa wendy zoe kamala nikki condoleezza madeleine jacinda gwen harriet heidi
    """)
MALE = words("""
    mr sir lord king prince pope spokesman congressman chairman father brother herr archbishop bishop
    james john robert michael william david richard joseph thomas charles christopher daniel matthew anthony mark
    donald steven steve stephen paul andrew joshua kenneth kevin brian george edward ronald timothy jason jeffrey ryan
    jacob gary nicholas eric jonathan larry justin scott brandon benjamin samuel gregory frank alexander raymond
    patrick jack dennis jerry tyler aaron jose henry adam douglas nathan peter zachary kyle walter harold jeremy ethan
    carl keith roger gerald christian terry sean arthur austin noah lawrence jesse joe bryan billy bruce albert willie
    gabriel logan alan juan wayne ralph roy eugene randy vincent philip phillip bobby johnny bradley mike jim bill bob
    tom tim ted ben dan ken ron don sam max leo ivan igor oleg sergei sergey dmitry dmitri vladimir volodymyr viktor
    mikhail nikolai andrei andriy boris yuri anton pavel maxim alexei oleksandr petro emmanuel olaf friedrich viktor
    recep hassan hussein ahmed mohammed mohamed muhammad ali omar abdullah ibrahim mustafa yusuf khalid tariq benjamin
    xi li narendra rajiv imran pedro luis carlos miguel jorge marco giuseppe matteo silvio antonio francesco karl hans
    klaus jens lars erik nils bjorn mateusz jaroslaw lech vaclav milos aleksandar barack bernie mitch chuck rudy jared
    abel abraham adrian alastair alberto aldo alec alejandro alex alfonso alfred alistair allan alvin amos anatoly
    anders angelo angus anton archie arjun arnold arne arturo asher august axel barry bart basil bastian benedict
    bernard bert bjarne bo bogdan boris brad brendan brent brett bruno caleb calvin cameron casey cedric cesar chad
    clarence clark claude clifford clive colin conrad craig curtis cyril damian damien darren dave dean derek desmond
    diego dirk dominic duncan dustin dwight earl eddie edgar edmund eduardo edwin eli elias elliot ellis emil emilio
    enrique ernest ernst ervin evan even fabian felix fernando finn floyd francis franz fred frederick fritz gareth
    gavin geoffrey gerard gerhard gil gilbert giovanni glen glenn gordon graham grant guido gunnar gustav guy hakan
    harald harry hector herbert herman horst howard hubert hugh hugo ian ilya imre ira irving isaac isaiah ivo jaime
    jakob jan janos jarek javier jay jean-luc jerome jesper joachim joao joel joerg johan johannes jon jonas josef
    josiah jozef julian julio julius jurgen kai kaspar keir kent kirk kofi konrad konstantin kristian kurt kwame lance
    laszlo laurence lee leif leo leon leonard leonid leopold leroy lester lewis liam lionel lloyd lorenz louis lucas
    lucian ludwig luke lukas magnus malcolm manuel marcel marcin marcus mario marius markus martin marvin mathias
    maurice mauricio melvin michal miles milan miroslav mo mohammad morgan morris moritz moses nathaniel neil nelson
    nigel niklas noel norman oliver olivier orlando oscar oskar otto owen pascal patrik percy perry per pierre piet
    piotr quentin radek rafael ralf ramon raul reginald rene ricardo rob roberto rodney rodrigo roland rolf roman rory
    ross rupert russell salvador santiago sebastian sergio seth shane sidney simon slavko stan stanislav stanko stefan
    stuart sven sylvester tariq terence theo theodore tobias todd tomas tomasz tommy tony torsten travis trevor tristan
    uwe valentin vance vaughn vernon victor vince vincent vito warren wayne wilfred wilhelm will wolfgang yannick
    yaroslav yevgeny yusuf zachary zoltan marco pete elon jeff rex hamdullah
    """)


def gender_of(word: str) -> Literal["", "f", "m"]:
    """Return what a given name or title, in lower case, says about its bearer."""
    word = word.rstrip(".")
    return "f" if word in FEMALE else "m" if word in MALE else ""
