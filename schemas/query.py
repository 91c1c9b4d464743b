"""A question to the index, the same for the embedded one and Elasticsearch."""

import datetime as dt
from dataclasses import dataclass
from typing import Literal

Kind = Literal["documents", "statements", "mentions", "events", "alerts", "failures"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What to find: every given field must hold.

    `by` is the speaker (an actor's id, or words of the speaker's name), `about` an actor's id or words of the content,
    `actor` an actor that the record names in any way, `words` full-text words that must all be there (English
    stemming, accents folded; a part in double quotes is a phrase); `since` (inclusive) and `until` (exclusive) bound
    the time newswatch first saw the article. `uncertain` adds mentions that are not sure.
    """

    kind: Kind
    words: str = ""
    by: str = ""
    about: str = ""
    actor: str = ""
    document: str = ""
    outlet: str = ""
    language: str = ""
    type: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    uncertain: bool = False
    limit: int = 50
