"""The guard under which a page reads a visitor's file, with what is said while it waits."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from streamlit.delta_generator import DeltaGenerator
from streamlit.runtime.scriptrunner import get_script_run_ctx

from atlas import french
from atlas.guarded_worker import Guard, guard_of
from atlas.settings.server import Limits
from atlas.ui.markdown import escape_markdown


@contextmanager
def reading_guard(limits: Limits, place: DeltaGenerator) -> Iterator[Guard]:
    """A guard whose wait is shown, and ends with the run of the page: a visitor who leaves, gives
    another file or takes this one away stops its worker.

    ``place``: where the wait is place.
    """

    def show_wait(ahead: int) -> None:
        # Streamlit ends a run that is no longer wanted when it next draws: here.
        if ahead:
            place.info(
                escape_markdown(
                    f"Votre fichier attend son tour\u00a0: place {ahead} dans la file."
                ),
                icon=":material/hourglass_top:",
            )
        else:
            place.info(
                escape_markdown(
                    f"Lecture du fichier… ({limits.worker_seconds}\u00a0secondes au plus)"
                ),
                icon=":material/hourglass_top:",
            )

    context = get_script_run_ctx()
    yield guard_of(limits, context.session_id if context else "", show_wait)
    place.empty()


def limits_caption(limits: Limits) -> str:
    """What a file may cost the server, in French."""
    return (
        f"Chaque fichier est lu à part, en {limits.worker_seconds}\u00a0secondes et "
        f"{french.format_number(limits.worker_memory_megabytes)}\u00a0Mo de mémoire au plus\u00a0; "
        "un fichier trop long à lire est à découper."
    )
