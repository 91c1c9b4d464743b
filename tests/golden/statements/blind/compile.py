"""Compile the marked articles beside this file into gold: `python compile.py` writes one JSONL for each source.

A source holds articles: `=== id | title | published`, the marked text, `---`, and who speaks: `SOURCE NAME: NUMBERS`
(`none: NUMBERS` where the text names nobody). In the text `{d1|...}`, `{m1|...}` and `{i1|...}` mark what was said
directly, in fragments, indirectly; `{i1?|...}` is optional; the same mark twice is one statement of two spans;
`{s1,2|...}` marks the words that name its speaker.
"""

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
KINDS = {"d": "direct", "m": "mixed", "i": "indirect"}
SOURCES = {"named", "anonymous", "organisation", "document", "unknown", "none"}
MARK = re.compile(r"\{([dmis])([0-9a-z,]+)(\??)\||\}")

Span = dict[str, Any]
Gold = dict[str, Any]


@dataclass
class Marked:
    """An article's plain text and the spans that were marked in it, by statement."""

    text: str = ""
    content: dict[str, list[Span]] = field(default_factory=dict)
    kinds: dict[str, tuple[str, bool]] = field(default_factory=dict)
    speakers: dict[str, Span] = field(default_factory=dict)

    def close(self, mark: re.Match[str], start: int) -> None:
        """Keep the span that ends here under its statement."""
        span: Span = {"start": start, "end": len(self.text), "text": self.text[start:]}
        if not span["text"].strip() or span["text"] != span["text"].strip():
            raise ValueError(f"a loose span: {span}")
        for key in mark[2].split(","):
            self.keep(mark, key, span)

    def keep(self, mark: re.Match[str], key: str, span: Span) -> None:
        """Keep a span as a statement's speaker (one each) or as a part of its content (one kind each)."""
        if mark[1] == "s":
            if self.speakers.setdefault(key, span) is not span:
                raise ValueError(f"two speakers of {key}: {span}")
            return
        kind = (KINDS[mark[1]], mark[3] == "?")
        if self.kinds.setdefault(key, kind) != kind:
            raise ValueError(f"two kinds of {key}: {span}")
        self.content.setdefault(key, []).append(span)


def read_marks(source: str) -> Marked:
    """Read a marked text; marks may stand within marks."""
    marked, open_marks, at = Marked(), list[tuple[re.Match[str], int]](), 0
    for mark in MARK.finditer(source):
        marked.text += source[at : mark.start()]
        at = mark.end()
        if mark[1]:
            open_marks.append((mark, len(marked.text)))
        else:
            marked.close(*open_marks.pop())
    marked.text += source[at:]
    if open_marks or re.search(r"[{}|]", marked.text):
        raise ValueError(f"a mark is left over: {open_marks or marked.text}")
    return marked


def read_legend(lines: list[str]) -> dict[str, tuple[str, str]]:
    """Read who speaks: statement -> (source, name)."""
    legend: dict[str, tuple[str, str]] = {}
    for line in lines:
        who, _, keys = line.rpartition(":")
        source, _, name = who.strip().partition(" ")
        if source not in SOURCES or bool(name) == (source == "none"):
            raise ValueError(f"unclear source: {line}")
        for key in keys.split():
            if legend.setdefault(key, (source, name)) != (source, name):
                raise ValueError(f"two sources of {key}: {line}")
    return legend


def gold_of(key: str, marked: Marked, legend: dict[str, tuple[str, str]]) -> Gold:
    """Put a statement together."""
    (kind, optional), (source, name) = marked.kinds[key], legend[key]
    gold: Gold = {"kind": kind, "content": marked.content[key], "speaker": marked.speakers.get(key)}
    if (source == "none") != (gold["speaker"] is None):
        raise ValueError(f"{key}: the speaker is marked, or named, but not both: {gold}")
    gold |= {"name": name, "source": source} if name else {"name": None, "source": "unknown"}
    if kind == "indirect" and re.search('[“”"]', "".join(span["text"] for span in gold["content"])):
        raise ValueError(f"{key}: what has quotation marks in it is mixed: {gold}")
    return gold | ({"optional": True} if optional else {})


def document_of(source: str) -> Gold:
    """Compile one article."""
    head, _, rest = source.partition("\n")
    body, _, tail = rest.partition("\n---\n")
    id_, title, published = (part.strip() for part in head.split("|"))
    marked, legend = read_marks(body.strip()), read_legend(tail.strip().splitlines())
    if set(marked.content) != set(legend) or set(marked.speakers) - set(legend):
        raise ValueError(f"{id_}: text and legend differ: {sorted(set(marked.content) ^ set(legend))}")
    keys = sorted(marked.content, key=lambda key: marked.content[key][0]["start"])
    statements = [gold_of(key, marked, legend) for key in keys]
    spans = [s for g in statements for s in (*g["content"], *([g["speaker"]] if g["speaker"] else []))]
    if any(marked.text[s["start"] : s["end"]] != s["text"] for s in spans):
        raise ValueError(f"{id_}: offsets do not hold")
    return {"id": id_, "text": marked.text, "title": title, "published": published, "statements": statements}


def compile_source(path: Path) -> list[Gold]:
    """Compile the articles of one source."""
    parts = re.split(r"^=== ", path.read_text("utf-8"), flags=re.MULTILINE)
    return [document_of(part.strip()) for part in parts if part.strip()]


def main() -> None:
    """Write the gold beside its sources."""
    for path in sorted(HERE.glob("*.txt")):
        lines = (json.dumps(gold, ensure_ascii=False) + "\n" for gold in compile_source(path))
        path.with_suffix(".jsonl").write_text("".join(lines), "utf-8")


if __name__ == "__main__":
    main()
