"""Which matrix product to use: numpy's, on one thread, is half as fast again for our small matrices as thinc's own."""

from __future__ import annotations

from functools import cache

from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import threadpool_limits

ONE_THREAD = 1
"""Reading is spread over processes; threads within a product would only fight over the same cores."""


def use_numpy_products() -> None:
    """Let thinc multiply matrices with numpy on one thread; call it in each thread that loads or uses a pipeline."""
    set_current_ops(NumpyOps(use_blis=False))
    _limit_threads()


@cache
def _limit_threads() -> None:
    """Limit the process once: looking through its libraries takes as long as reading an article."""
    threadpool_limits(limits=ONE_THREAD, user_api="blas")
