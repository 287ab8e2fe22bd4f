"""The one workspace of the server, and the desk of the page being drawn."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from atlas.book import Book
from atlas.charts import Style
from atlas.ui import session_data
from atlas.ui.choices import switch
from atlas.ui.messages import problem_list
from atlas.views import Desk
from atlas.workspace import Workspace

PROJECT = Path(os.environ.get("ATLAS_PROJECT", Path(__file__).parents[2]))
DEMO = "demo"


@st.cache_resource(show_spinner=False)
def _shared(project: str) -> Workspace:
    return Workspace(Path(project))


def workspace() -> Workspace:
    """Shared by all sessions; follows config.yaml, data/ and geo/ as they are edited."""
    return _shared(str(PROJECT))


def demo_switch() -> bool:
    """The switch of the sidebar; `make demo` turns it on by default."""
    return switch(
        "Données fictives",
        DEMO,
        default=bool(os.environ.get("ATLAS_DEMO")),
        help="Un jeu de données inventé, complet, pour voir la France entière.",
    )


def is_demo() -> bool:
    """True when this page is drawn from the fictitious data set."""
    return bool(st.session_state.get(DEMO))


def data_version() -> str:
    """Of the data set that the page is drawn from; empty when there is none."""
    book = _book(workspace(), is_demo())
    return book.version if book else ""


def current_desk(*, shapes: bool = False, session: bool = True) -> Desk:
    """What the page draws from, published or fictitious as the switch says.

    session: with the rows of a file that the visitor uses for the session.
    """
    return desk_of(demo=is_demo(), shapes=shapes, session=session)


def _book(place: Workspace, demo: bool) -> Book | None:
    return place.book(demo=True) if demo else session_data.book_of(place)


def project_folder() -> Path:
    """The folder of config.yaml, data/ and geo/."""
    return PROJECT


def desk_of(*, demo: bool, shapes: bool = False, session: bool = True) -> Desk:
    """What is drawn from one data set; without figures to draw, says why and stops the page.

    shapes: also prepare the outlines, which takes a few seconds after geo/ changed.
    """
    place = workspace()
    book = _book(place, demo) if session else place.book(demo=demo)
    settings, territories = place.settings, place.territories
    if book is None or settings is None or territories is None:
        st.title("Cette page attend des fichiers corrigés")
        problem_list(place.problems())
        st.stop()
    dark = st.context.theme.type == "dark"
    style = Style.dark(settings.brand) if dark else Style.light(settings.brand)
    return Desk(
        settings,
        territories,
        book,
        place.shapes() if shapes else None,
        tuple(place.milestones),
        style,
        place.logo,
    )
