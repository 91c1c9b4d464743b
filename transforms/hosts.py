"""Many requests at once, but one at a time to a host."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from queue import SimpleQueue
from typing import TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")
R = TypeVar("R")


def host_of(url: str) -> str:
    """Return the host and port of a URL, empty where it has none."""
    try:
        return urlsplit(url).netloc.lower()
    except ValueError:  # brackets that are no address
        return ""


def by_host(items: Sequence[T], url_of: Callable[[T], str]) -> list[list[T]]:
    """Return the items in one list a host, in their order, the longest list first."""
    hosts: dict[str, list[T]] = defaultdict(list)
    for item in items:
        hosts[host_of(url_of(item))].append(item)
    return sorted(hosts.values(), key=len, reverse=True)


def turns(items: Iterable[T], url_of: Callable[[T], str], a_host: int) -> Iterator[tuple[T, int]]:
    """Yield each item with its turn, where each host has so many items in a turn; the first is 0."""
    before = Counter[str]()
    for item in items:
        host = host_of(url_of(item))
        yield item, before[host] // a_host
        before[host] += 1


def each_host_in_turn(
    function: Callable[[T], R], items: Sequence[T], *, url_of: Callable[[T], str], executor: Executor
) -> Iterator[tuple[T, R]]:
    """Yield each item with its result as it comes; an exception of the function itself stops the iteration."""
    done: SimpleQueue[tuple[T, R] | BaseException | None] = SimpleQueue()

    def work(queue: list[T]) -> None:
        for item in queue:
            done.put((item, function(item)))

    def finished(future: Future[None]) -> None:
        done.put(future.exception())

    queues = by_host(items, url_of)
    for queue in queues:
        executor.submit(work, queue).add_done_callback(finished)
    running = len(queues)
    while running:
        result = done.get()
        if isinstance(result, BaseException):
            raise result
        if result is None:
            running -= 1
        else:
            yield result
