"""Titles, ranks and letters beside names, and what is called general without being one."""

from transforms.language.lists import words

TITLES = words("""
    mr mrs ms miss mx dr prof professor sir lord lady dame gen general lt lieutenant col colonel maj major capt captain
    sgt sergeant adm admiral brig brigadier cpl corporal president vice prime minister premier chancellor king queen
    prince princess pope senator sen representative rep congressman congresswoman governor gov mayor ambassador envoy
    secretary judge justice sheriff officer chief commander commissioner chairman chairwoman chair director spokesman
    spokeswoman spokesperson speaker foreign defence defense interior finance deputy acting former ex-president madam
    first attorney archbishop bishop cardinal father sister brother rabbi imam sheikh ayatollah detective inspector
    det con pc dc ds insp supt cllr coun rev revd reverend rt hon msp mep td fr pastor midfielder striker defender
    goalkeeper winger rear superintendent constable councillor councilor mp executive coach mme herr frau señor
    lawmaker
    """)

RANKS = words("""mr mrs ms dr prof gen adm rear col capt maj lt sgt sen rep gov general admiral colonel captain sir
    lady dame baroness cllr coun det insp supt rev revd""")
"""Titles that only people have: a model that calls "Adm. Berg" an organisation errs."""

GENERAL = words("staff assembly motors electric secretariat council prosecutor counsel hospital post synod dynamics")
"""What is general and no general: "the General Staff"."""

LETTERS = frozenset({"MP", "MEP", "MSP", "QC", "KC", "TD", "PhD", "MD", "OBE", "CBE", "MBE"})

JUNIOR = frozenset({"Jr", "Jr.", "Sr", "Sr.", "II", "III"})
"""What stands behind a name and makes it another one than the father's."""

TAILS = frozenset({"'s", "’s", "'", "’", "s"})
