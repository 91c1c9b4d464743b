"""Initials before a surname: whose they can be."""

from collections.abc import Sequence
from typing import Literal

from transforms.actors.matcher import Profile
from transforms.actors.names import fits_initials, same_given
from transforms.actors.scene import Word
from transforms.language.given import ALSO_WORDS, GIVEN

Fit = Literal["same", "initial", "other"]


def after_initials(words: list[Word], profile: Profile, *, own_given: bool) -> tuple[Fit, int, str]:
    """Return whose the initials nearest the surname are, the place of the name's first word, and the words."""
    count = next((i for i, word in enumerate(words) if not word.is_initial), len(words))
    letters = [letter for word in reversed(words[:count]) for letter in _letters(word)]
    written = " ".join(word.written for word in reversed(words[:count]))
    if count < len(words) and words[count].is_capital:
        given = words[count]
        if own_given:
            fit: Fit = "same" if _middle_fits(given.plain, letters, profile) else "other"
            return fit, count, f"{given.written} {written}"
        if given.plain in GIVEN - (ALSO_WORDS if given.opens else frozenset()):
            return "other", count, f"{given.written} {written}"
    fits = any(fits_initials(letters, given) for given in profile.given)
    return "initial" if fits else "other", count - 1, written


def further_initial(word: Word, profile: Profile) -> Literal["same", "unsure", "other"]:
    """J. Keith Kellogg is Joseph Keith where the list says so; where it knows one given name only, he may be."""
    told = [given for given in profile.given if len(given) > 1]
    if any(fits_initials(_letters(word), given) for given in told):
        return "same"
    return "other" if told else "unsure"


def _middle_fits(first: str, letters: Sequence[str], profile: Profile) -> bool:
    """Return whether the middle initials can be the actor's: George W., not George H. W.; any where none are told."""
    told = [given[1:] for given in profile.given if len(given) > 1 and same_given(first, given[0])]
    return not told or any(all(a == b[0] for a, b in zip(letters, middle, strict=False)) for middle in told)


def _letters(word: Word) -> list[str]:
    return [c.lower() for c in word.written if c.isalpha()]
