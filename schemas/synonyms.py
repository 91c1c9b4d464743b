"""Given names that stand for one another: each form is indexed, and asked for, as the first of its line."""

GROUPS = """
    alexei alexey aleksei aleksey
    andrei andrey andriy
    andrew andy
    anthony tony
    barbara barb
    charles charlie chuck
    cynthia cindy
    daniel dan danny
    david dave
    deborah debra debbie
    dmitri dmitry dmytro
    donald don donny
    douglas doug
    elizabeth elisabeth liz lizzie
    frederick fred freddie
    geoffrey geoff
    gregory greg
    jacob jake
    james jim jimmy
    jeffrey jeff
    jennifer jen jenny
    joseph joe joey
    joshua josh
    judith judy
    katherine catherine kathryn kate kathy cathy
    kenneth ken kenny
    lawrence larry
    margaret maggie peggy
    matthew matt
    michael mike mick
    mohammed mohamed mohammad muhammad
    nicholas nick
    pamela pam
    peter pete
    philip phillip phil
    raymond ray
    rebecca becky
    richard dick rick ricky
    robert bob bobby rob robbie
    ronald ron ronnie
    sergei sergey serhiy
    steven stephen steve
    susan sue
    thomas tom tommy
    timothy tim timmy
    victoria vicky
    walter walt
    william bill billy will willy willie
    yuri yury yuriy
    zachary zach zack
"""
"""Only forms that stand for one name: Ted may be an Edward or a Theodore, Kim is a surname too."""

CANONICAL: dict[str, str] = {form: line.split()[0] for line in GROUPS.strip().splitlines() for form in line.split()[1:]}
"""A form to the name that it is indexed as: bill -> william."""


def rules() -> list[str]:
    """Return the groups in Elasticsearch's words: "bill, billy, will => william"."""
    found = [line.split() for line in GROUPS.strip().splitlines()]
    return [f"{', '.join(forms)} => {name}" for name, *forms in found]
