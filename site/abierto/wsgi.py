"""The entry point of a WSGI server."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [
    str(path) for path in (Path(__file__).resolve().parents[1], Path(__file__).resolve().parents[2])
]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "abierto.settings.production")

from django.core.wsgi import get_wsgi_application  # noqa: E402

# A little more than 512 kB, so that CPython allocates 1 MB: the other half is for the nested frames.
FRAME_SLOTS = 2**16


def call_in_one_block[**P, Result](function: Callable[P, Result]) -> Callable[P, Result]:
    """Return the function with all Python frames below it in one block of memory.

    CPython takes memory for frames in blocks of 16 kB and returns a block with its last frame. Where a
    request loops at the end of a block, each call maps and unmaps one: 1,100 times for a page of results, a
    third of its processor time. A frame larger than a block gets one of the next power of two.
    """

    def call(*args: P.args, **kwargs: P.kwargs) -> Result:
        return function(*args, **kwargs)

    call.__code__ = call.__code__.replace(co_stacksize=FRAME_SLOTS)
    return call


application = call_in_one_block(get_wsgi_application())
