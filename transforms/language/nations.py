"""Words that tell somebody's nation: adjectives, nouns for people, and country names that stand before a noun."""

from transforms.language.lists import words
from transforms.language.roles import singular

ADJECTIVES = words("""
    afghan albanian algerian american angolan argentine argentinian armenian australian austrian azerbaijani bahraini
    bangladeshi belarusian belgian bolivian bosnian brazilian british bulgarian burmese cambodian cameroonian canadian
    chechen chilean chinese colombian congolese crimean croatian cuban cypriot czech danish dutch ecuadorian egyptian
    emirati english eritrean estonian ethiopian fijian filipino finnish french georgian german ghanaian greek
    guatemalan haitian honduran hungarian icelandic indian indonesian iranian iraqi irish israeli italian ivorian
    jamaican japanese jordanian kazakh kenyan korean kosovan kurdish kuwaiti kyrgyz laotian latvian lebanese liberian
    libyan lithuanian luxembourgish macedonian malaysian malian maltese mexican moldovan mongolian montenegrin moroccan
    mozambican namibian nepalese nicaraguan nigerian nigerien norwegian omani pakistani palestinian panamanian
    paraguayan peruvian polish portuguese qatari romanian russian rwandan salvadoran saudi scottish senegalese serbian
    singaporean slovak slovakian slovenian somali spanish sudanese swedish swiss syrian taiwanese tajik tanzanian thai
    tunisian turkish turkmen ugandan ukrainian uruguayan uzbek venezuelan vietnamese welsh yemeni zambian zimbabwean
    """)

PEOPLE = {
    "afghani": "afghan", "argentine": "argentine", "briton": "british", "brit": "british", "croat": "croatian",
    "dane": "danish", "dutchman": "dutch", "englishman": "english", "englishwoman": "english", "filipina": "filipino",
    "finn": "finnish", "frenchman": "french", "frenchwoman": "french", "icelander": "icelandic", "irishman": "irish",
    "irishwoman": "irish", "kurd": "kurdish", "pole": "polish", "scot": "scottish", "serb": "serbian",
    "slovene": "slovenian", "spaniard": "spanish", "swede": "swedish", "turk": "turkish", "welshman": "welsh",
}  # fmt: skip

COUNTRIES = {
    "us": "american", "u.s.": "american", "u.s": "american", "uk": "british", "u.k.": "british", "britain": "british",
    "ukraine": "ukrainian", "russia": "russian", "israel": "israeli", "iran": "iranian", "iraq": "iraqi",
    "china": "chinese", "germany": "german", "france": "french", "italy": "italian", "poland": "polish",
    "turkey": "turkish", "india": "indian", "pakistan": "pakistani", "egypt": "egyptian", "qatar": "qatari",
    "japan": "japanese", "canada": "canadian", "australia": "australian", "taiwan": "taiwanese", "syria": "syrian",
}  # fmt: skip
"""Countries whose name stands before "official" and the like."""


def nation_of(word: str) -> str:
    """Return the adjective of the nation that the word tells of a person: Russians -> Russian; nothing for none."""
    if not word[:1].isupper():
        return ""
    plain = word.lower()
    if plain in COUNTRIES:
        return COUNTRIES[plain].capitalize()
    one = plain if plain in ADJECTIVES else singular(plain)
    return (one if one in ADJECTIVES else PEOPLE.get(one, "")).capitalize()
