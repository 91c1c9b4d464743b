"""A paragraph without quotation marks that a report leads to: "Berg said on her show:" / "The boats are late. …"."""

from transforms.language.grammar import FINITE
from transforms.statements.drafting import Report, direct
from transforms.statements.drafts import Draft
from transforms.statements.layout import Layout
from transforms.statements.words import SPEECH

LEAST = 6
"""A shorter paragraph is a heading or an item of a list."""


def block(layout: Layout, report: Report) -> list[Draft]:
    """Return the paragraph after one that ends with the report and a colon, set off instead of put in marks."""
    at = report.hi
    led = layout.words[at : at + 1] == [":"] and "\n" in "".join(layout.words[at + 1 : at + 2])
    if not led or report.lemma not in SPEECH or report.phrase is None:
        return []
    first = at + 2
    last = next((k for k in range(first, len(layout.words)) if "\n" in layout.words[k]), len(layout.words))
    if last - first < LEAST or layout.inside[first] >= 0 or not layout.words[first][:1].isalnum():
        return []
    if not FINITE & set(layout.tags[first:last]) or layout.words[last - 1] == ":":
        return []
    return [direct(report, layout.span(first, last), rule="paragraph after a report and a colon")]
