"""Wire agencies by the names that articles give them."""

import re

NAMES = {
    "reuters": "Reuters", "thomson reuters": "Reuters", "ap": "AP", "associated press": "AP",
    "the associated press": "AP", "afp": "AFP", "agence france-presse": "AFP", "agence france presse": "AFP",
    "dpa": "dpa", "deutsche presse-agentur": "dpa", "upi": "UPI", "efe": "EFE", "agencia efe": "EFE", "ansa": "ANSA",
    "apa": "APA", "pap": "PAP", "pa media": "PA", "press association": "PA", "tass": "TASS", "itar-tass": "TASS",
    "interfax": "Interfax", "interfax-ukraine": "Interfax-Ukraine", "ria novosti": "RIA Novosti",
    "ukrinform": "Ukrinform", "unian": "UNIAN", "xinhua": "Xinhua", "kyodo": "Kyodo", "kyodo news": "Kyodo",
    "jiji": "Jiji", "yonhap": "Yonhap", "pti": "PTI", "ani": "ANI", "ians": "IANS", "aap": "AAP", "anadolu": "Anadolu",
    "anadolu agency": "Anadolu", "belga": "Belga", "ntb": "NTB", "tt": "TT", "ritzau": "Ritzau", "stt": "STT",
    "ctk": "CTK", "čtk": "CTK", "agerpres": "Agerpres", "bns": "BNS", "bloomberg": "Bloomberg",
}  # fmt: skip
"""Agencies as articles name them, and how newswatch does."""

NAME = f"(?:{'|'.join(sorted(map(re.escape, NAMES), key=len, reverse=True))})"
"""A pattern for any of them; the case is for the reader to ignore."""

KNOWN_AGENCY = re.compile(rf"(?P<name>(?i:{NAME}|CNN|GLOBE ?NEWSWIRE|PR ?NEWSWIRE|BUSINESS WIRE))(?: [A-Z]\w+){{0,2}}")
"""What stands in a dateline's brackets: one of them, or a wire that sends what others write; "Reuters Health"."""
