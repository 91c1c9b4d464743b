"""The one place that catches every exception: one bad element costs only itself, and `stage.py` says what it was."""

from collections.abc import Callable
from typing import TypeVar

In = TypeVar("In")
Out = TypeVar("Out")


def attempt(function: Callable[[In], Out], element: In) -> Out | Exception:
    """Return the function's result for the element, or the exception it raised."""
    try:
        return function(element)
    except Exception as e:
        return e
