"""Words in the names of places, and first words of a line that name none."""

from transforms.language.lists import words
from transforms.language.roles import PERSONS
from transforms.language.titles import TITLES

DATED = words("""
    jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov
    november dec december mon monday tue tues tuesday wed wednesday thu thurs thursday fri friday sat saturday sun
    sunday today yesterday tomorrow
    """)

NO_PLACES = DATED | TITLES | PERSONS | words("""
    advisory alert analysis answer archive audio background blog breaking briefing brief business caption
    clarification column comment commentary correction corrected culture editorial entertainment exclusive explained
    explainer factbox fact feature file focus gallery graphic headlines health highlights in interview just key
    latest letter letters list listen live local lifestyle markets media money more news newsletter note notebook
    obituary opinion photo photos picture pictures podcast politics profile question quote quotes reaction read
    recap refile related report review roundup scoop science see spoiler sport sports story summary technology
    timeline top trending update updated updates urgent video warning watch weather week what why how who world wrap
    writethru
    asean bafta bbc brics ecowas eu fema fifa hamas hezbollah icao icrc interpol iaea isis itv kfor lgbt mercosur nafta
    nasa nasdaq nato oecd opec osce quad saarc tesla unesco unhcr unicef unifil unrwa uefa usaid wada
    """)  # fmt: skip
"""Words that make a line's first words a label, a person or an organisation."""

SMALL = words(
    "al am an and at by da de del der des di do dos du el in la las le les los near of off on sur the und upon"
)
"""Words that stand small in a place's name, even in capitals."""
