"""A changed mapping: the next version of an index is filled beside the one that is read, then takes its alias."""

import contextlib
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from elasticsearch import ApiError, BadRequestError, Elasticsearch, NotFoundError, TransportError

from schemas.errors import UserError
from schemas.mapping import alias, index_name, version_of
from transforms.clients.elastic_setup import Body, Standing, prepare, put_templates, standing
from transforms.upkeep import Tell, Upgraded

POLL_S = 0.5
"""How often a reindexing is asked how far it is."""

JSON = {"accept": "application/json"}
"""The client warns each time that its own calls for tasks are a preview."""

PAGE = 500
"""Records that Elasticsearch copies at once: few enough that it keeps answering others."""


def upgrade(
    client: Elasticsearch, *, server: str, prefix: str, layout: Mapping[str, Body], again: bool, tell: Tell
) -> Iterator[Upgraded]:
    """Yield what became of each kind's index; raises UserError where its records do not all fit the new mapping.

    While an index is copied it takes no writes (who writes waits and tries again); readers see the old one until the
    new one is whole. `again` removes what a stopped upgrade left half made.
    """
    made = standing(client, prefix, layout)
    put_templates(client, prefix, layout)
    for kind, body in layout.items():
        if kind in made and not made[kind].fits(body):
            yield _next(client, prefix, kind, old=made[kind], body=body, again=again, tell=tell)
        elif kind in made:
            yield Upgraded(kind, made[kind].name, made[kind].name, _count(client, made[kind].name))
    prepare(client, server=server, prefix=prefix, layout=layout)


def remove_old(client: Elasticsearch, *, prefix: str, kinds: Iterable[str]) -> list[str]:
    """Remove the versions before the one that each alias stands for, and return their names."""
    removed: list[str] = []
    for kind, now in standing(client, prefix, kinds).items():
        versions = client.indices.get(index=f"{alias(prefix, kind)}-v*", features="aliases")
        old = [
            name
            for name, found in versions.items()
            if 0 < version_of(name) < version_of(now.name) and not found["aliases"]
        ]
        if old:
            client.indices.delete(index=old)
        removed += old
    return removed


def _next(
    client: Elasticsearch, prefix: str, kind: str, *, old: Standing, body: Body, again: bool, tell: Tell
) -> Upgraded:
    name = alias(prefix, kind)
    new = index_name(prefix, kind, version_of(old.name) + 1)
    _create(client, new, body, again=again)
    client.indices.add_block(index=old.name, block="write")
    whole = False
    try:
        count = _copied(client, old.name, new, tell)
        client.indices.update_aliases(
            actions=[
                {"remove": {"index": old.name, "alias": name}},
                {"add": {"index": new, "alias": name, "is_write_index": True}},
            ]
        )
        whole = True
    finally:
        if not whole:  # also where the user interrupts
            client.indices.put_settings(index=old.name, settings={"index.blocks.write": None})
            client.indices.delete(index=new, ignore_unavailable=True)
    return Upgraded(kind, old.name, new, count)


def _create(client: Elasticsearch, new: str, body: Body, *, again: bool) -> None:
    if again:
        client.indices.delete(index=new, ignore_unavailable=True)
    try:
        client.indices.create(index=new, **body)
    except BadRequestError as e:
        if e.error != "resource_already_exists_exception":
            raise
        reason = "another upgrade runs, or one was stopped: --again removes what it left"
        raise UserError(f"{new} is there already: {reason}") from None


def _copied(client: Elasticsearch, old: str, new: str, tell: Tell) -> int:
    """Copy all records and return their number; raises UserError where they are not all there afterwards."""
    client.indices.refresh(index=old)
    started = client.options(max_retries=0).reindex(  # asked twice, it would copy twice
        source={"index": old, "size": PAGE}, dest={"index": new}, wait_for_completion=False, conflicts="proceed"
    )
    answer = _finished(client, started["task"], lambda done, of: tell(f"{new}: {done} of {of}"))
    client.indices.refresh(index=new)
    before, after = _count(client, old), _count(client, new)
    if before != after or answer.get("error") or answer.get("response", {}).get("failures"):
        reason = _why(answer)
        raise UserError(f"{new}: {after} of {before} records fit{reason}; {old} stays as it was")
    return after


def _finished(client: Elasticsearch, task: str, tell: Callable[[int, int], None]) -> dict[str, Any]:
    """Return the server's answer to the task once it is done; the task ends with us where we are interrupted."""
    answer: dict[str, Any] = {"completed": False}
    try:
        while not answer["completed"]:
            answer = client.perform_request("GET", f"/_tasks/{task}", headers=JSON).body
            status = answer["task"]["status"]
            tell(int(status.get("created", 0) + status.get("updated", 0)), int(status.get("total", 0)))
            time.sleep(0 if answer["completed"] else POLL_S)
    except NotFoundError:
        raise UserError(f"the server lost its task {task}: run the upgrade again") from None
    finally:
        if not answer["completed"]:
            with contextlib.suppress(ApiError, TransportError):
                client.perform_request("POST", f"/_tasks/{task}/_cancel?wait_for_completion=true", headers=JSON)
    return answer


def _why(answer: dict[str, Any]) -> str:
    failures = answer.get("response", {}).get("failures") or []
    first = failures[0].get("cause", {}) if failures else answer.get("error", {})
    return f" ({' '.join(str(first.get('reason', '')).split())[:300]})" if first else ""


def _count(client: Elasticsearch, index: str) -> int:
    return int(client.count(index=index)["count"])
