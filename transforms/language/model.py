"""Which English pipeline reads, and loading it: the best released one that is installed, else the bundled one."""

import importlib.util
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.util import compile_infix_regex

from models import BUNDLED
from models.engine import use_numpy_products
from schemas.errors import UserError

RELEASED = ("en_core_web_trf", "en_core_web_lg", "en_core_web_md", "en_core_web_sm")
"""spaCy's released English pipelines, best first."""

GLUED = r"[,.?!](?=[“”«»\"])|(?<=[,.?!])[“”«»\"](?=[A-Za-z])"
"""Punctuation and a quotation mark between two words without a space."""

TITLES = """Lt. Col. Sgt. Capt. Maj. Cmdr. Spc. Pfc. Pvt. Cpl. Brig. Cllr. Det. Insp. Supt. Hon. Atty. Asst. Amb.
Pres. Reps. Sens. Gens. Sr. Fr. Revd."""
"""Titles whose full stop ends no sentence, beyond those that spaCy knows."""

UNREAD = ("senter", "entity_linker", "textcat")
"""Components that nothing downstream reads."""


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded pipeline, and how it calls itself in every document it read."""

    nlp: Language
    name: str


def choose(wanted: str) -> str:
    """Return the package or path that `language.model` means; raises UserError where there is none such."""
    if wanted == "auto":
        return next((name for name in RELEASED if importlib.util.find_spec(name)), str(BUNDLED))
    if wanted == "bundled":
        return str(BUNDLED)
    if importlib.util.find_spec(wanted) if wanted.isidentifier() else Path(wanted, "meta.json").is_file():
        return wanted
    if Path(wanted).is_dir():
        raise UserError(f"language.model: the folder {wanted} holds no spaCy pipeline (no meta.json)")
    raise UserError(f"language.model: no spaCy pipeline {wanted!r} is installed, nor is there such a folder")


def load(wanted: str = "auto") -> Model:
    """Return the pipeline that `language.model` means, loaded; raises UserError."""
    chosen = choose(wanted)
    use_numpy_products()
    try:
        nlp = spacy.load(chosen, exclude=list(UNREAD))
    except (OSError, ValueError, KeyError) as e:
        raise UserError(f"language.model: {chosen} does not load: {str(e).splitlines()[0]}") from e
    missing = {"parser", "ner"} - set(nlp.pipe_names)
    if missing:
        raise UserError(f"language.model: {chosen} has no {' nor '.join(sorted(missing))}, which newswatch needs")
    _mend_tokens(nlp)
    return Model(nlp, f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}")


def _mend_tokens(nlp: Language) -> None:
    """Let the tokenizer cut what bad typesetting glues ("ready,“said"), and leave titles whole ("Lt.", "Spc.")."""
    nlp.tokenizer.rules = {
        word: cut for word, cut in (nlp.tokenizer.rules or {}).items() if word[0] != ")"
    }  # no smileys
    for title in TITLES.split():
        nlp.tokenizer.add_special_case(title, [{ORTH: title}])
    infixes = [*(nlp.Defaults.infixes or ()), GLUED]
    nlp.tokenizer.infix_finditer = compile_infix_regex(infixes).finditer
