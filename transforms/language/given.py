"""Gender as a given name or a title tells it: common ones only, so that a pronoun is not given to the wrong person."""

from typing import Literal

FEMALE = frozenset(
    """
    mrs ms miss mme lady dame madam queen princess spokeswoman congresswoman chairwoman sister frau
    mary anna anne ann maria marie elizabeth elisabeth sarah sara laura julia julie emma olivia sophia sophie susan
    susanna linda barbara patricia jennifer jessica nancy lisa karen helen helena donna carol ruth sharon michelle
    kimberly deborah amanda melissa stephanie rebecca kathleen catherine katherine kate christine christina janet
    rachel diane diana virginia heather teresa theresa gloria evelyn martha angela alice judith judy kelly lauren
    victoria hillary hilary melania ivanka ursula angela giorgia sanna kaja annalena christiana fiona emily charlotte
    lucy grace hannah jane joan joanna claire clare chloe eva ella elena irina olga natalia natasha svetlana tatiana
    yulia oksana daria ekaterina fatima aisha leila layla amina zainab mei yuki priya indira sonia isabel isabella
    carmen rosa lucia paula monica nicole nina nora ingrid astrid greta margaret margarita megan molly rita sylvia
    tina tracy valerie vanessa wendy zoe kamala nikki condoleezza madeleine jacinda gwen harriet heidi
    """.split()
)
MALE = frozenset(
    """
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
    marco pete elon jeff rex hamdullah
    """.split()
)


def gender_of(word: str) -> Literal["", "f", "m"]:
    """Return what a given name or title, in lower case, says about its bearer."""
    word = word.rstrip(".")
    return "f" if word in FEMALE else "m" if word in MALE else ""
