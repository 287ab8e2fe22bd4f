"""What is waited for, of processes that begin and end."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from patience import BACKSTOP_S


@pytest.fixture
def until() -> Callable[[Callable[[], bool]], None]:
    """Waits until something is so."""

    def wait(is_so: Callable[[], bool]) -> None:
        end = time.monotonic() + BACKSTOP_S
        while not is_so():
            assert time.monotonic() < end, "it never came"
            time.sleep(0.05)

    return wait
