"""The place of an image among those that wait to be drawn, said on the page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.delta_generator import DeltaGenerator

from atlas.export.render_pool import DrawingLimits, OnWait, shared_pool
from atlas.settings.server import Limits
from atlas.ui.markdown import escape_markdown


def set_drawing_limits(limits: Limits) -> None:
    """How much of the server images may use, for all sessions."""
    shared_pool().limits = DrawingLimits(
        limits.drawing_processes, limits.worker_seconds, limits.worker_memory_megabytes
    )


@contextmanager
def place_shown(place: DeltaGenerator) -> Iterator[OnWait]:
    """What tells a visitor how many images are before theirs, in an empty place of the page.

    A visitor who does something else, or leaves, waits no more: Streamlit ends the drawing of the
    page when this writes in it.
    """
    said = False

    def say(before: int) -> None:
        nonlocal said
        said = True
        place.caption(escape_markdown(f"Votre image attend : {before} avant la vôtre."))

    yield say
    if said:
        place.empty()
