"""Given names that stand for one another: pet forms, and spellings of one name."""

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
