"""For each watched name in a text: what it was taken for, and why; the refused ones too."""

from typing import Any

from spacy.tokens import Doc

from schemas.documents import Origin
from transforms.actors import evidence
from transforms.actors.candidate import Case
from transforms.actors.find import scene_of, scene_of_text
from transforms.actors.judge import judge
from transforms.actors.matcher import Matcher
from transforms.actors.scene import Scene


def explain(doc: Doc, matcher: Matcher, origin: Origin) -> list[dict[str, Any]]:
    """Return one plain record a candidate, in order: actor, place, verdict, score, every clue with its weight."""
    return _explained(scene_of(doc, origin), matcher)


def explain_text(text: str, matcher: Matcher, origin: Origin) -> list[dict[str, Any]]:
    """Return the same of a text without a parse."""
    return _explained(scene_of_text(text, origin), matcher)


def _explained(scene: Scene, matcher: Matcher) -> list[dict[str, Any]]:
    return [_record(case, scene) for case in judge(scene, matcher)]


def _record(case: Case, scene: Scene) -> dict[str, Any]:
    first, last = scene.sentence(case.start, case.end)
    return {
        "actor": case.profile.actor.id,
        "start": case.start,
        "end": case.end,
        "text": scene.text[case.start : case.end],
        "found": case.hit.form,
        "verdict": case.verdict,
        "score": 0.0 if case.refused else evidence.probability(case.clues),
        "why": case.refused or evidence.in_words(case.clues),
        "clues": [{"weight": clue.weight, "words": clue.words} for clue in case.clues],
        "sentence": scene.text[first:last],
        "sentence_start": first,
    }
