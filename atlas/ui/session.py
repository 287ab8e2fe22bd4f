"""The one project of the server, and what the page being drawn is made from."""

from __future__ import annotations

import os
from pathlib import Path

import streamlit as st

from atlas.dataset import Dataset
from atlas.figures.common.context import FigureContext
from atlas.problems import Problem
from atlas.project import Project
from atlas.temporary_folder import remove_abandoned_folders
from atlas.ui import session_data
from atlas.ui.drawing_queue import set_drawing_limits
from atlas.ui.kit_process import FOLDER_PREFIX as KIT_FOLDER_PREFIX
from atlas.ui.problems import show_problems
from atlas.ui.shared_contexts import ContextInputs, SharedContexts
from atlas.ui.url_widgets import url_toggle

PROJECT_FOLDER = Path(os.environ.get("ATLAS_PROJECT", Path(__file__).parents[2]))
DEMO_KEY = "demo"


@st.cache_resource(show_spinner=False)
def _shared_project(project: str) -> Project:
    remove_abandoned_folders(KIT_FOLDER_PREFIX)  # of a server that was killed
    return Project(Path(project))


def project() -> Project:
    """Shared by all sessions; follows config.yaml, config/, data/ and geo/ as they are edited."""
    return _shared_project(str(PROJECT_FOLDER))


def show_demo_switch() -> bool:
    """The switch of the bar of tools; `make demo` turns it on by default."""
    return url_toggle(
        "Jeu fictif",
        DEMO_KEY,
        default=is_demo_by_default(),
        help="Un jeu de données inventé, complet, pour voir la France entière.",
    )


def is_demo_by_default() -> bool:
    """True where pages start with the fictitious data set, as those of `make demo`."""
    return bool(os.environ.get("ATLAS_DEMO"))


def is_demo() -> bool:
    """True when this page is drawn from the fictitious data set."""
    return bool(st.session_state.get(DEMO_KEY))


def data_version() -> str:
    """Of the data set that the page is drawn from; empty when there is none."""
    dataset = _dataset(project(), is_demo())
    return dataset.version if dataset else ""


def current_context(*, shapes: bool = False, session: bool = True) -> FigureContext:
    """What the page draws from, published or fictitious as the switch says.

    session: with the rows of a file that the visitor uses for the session.
    """
    return context_of(demo=is_demo(), shapes=shapes, session=session)


def _dataset(inputs: Project, demo: bool) -> Dataset | None:
    return inputs.dataset(demo=True) if demo else session_data.session_dataset(inputs)


def project_folder() -> Path:
    """The folder of config.yaml, config/, data/ and geo/."""
    return PROJECT_FOLDER


def context_of(*, demo: bool, shapes: bool = False, session: bool = True) -> FigureContext:
    """What is drawn from one data set; without figures to draw, says why and stops the page.

    Sessions that draw from the same inputs have the same context, with all that was made from it;
    one that added rows of its own has its own. shapes: also prepare the outlines, which takes a few
    seconds after geo/ changed.
    """
    inputs = project()
    found, problems = inputs.read_whole(
        lambda: _read_inputs(inputs, demo=demo, shapes=shapes, session=session)
    )
    if found is None:
        st.title("Cette page attend des fichiers corrigés")
        show_problems(problems)
        st.stop()
    set_drawing_limits(found.settings.limits)
    dark = st.context.theme.type == "dark"
    is_shared = not session_data.has_rows() or demo or not session
    contexts = _shared_contexts() if is_shared else session_data.contexts()
    return contexts.context_of(found, demo=demo, dark=dark, shapes=shapes)


def shared_context(*, demo: bool, dark: bool, shapes: bool) -> FigureContext | None:
    """The context that every session without rows of its own draws from, wherever it is asked for;
    None without figures to draw."""
    inputs = project()
    found, _ = inputs.read_whole(
        lambda: _read_inputs(inputs, demo=demo, shapes=shapes, session=False)
    )
    if found is None:
        return None
    return _shared_contexts().context_of(found, demo=demo, dark=dark, shapes=shapes)


def _read_inputs(
    inputs: Project, *, demo: bool, shapes: bool, session: bool
) -> tuple[ContextInputs | None, list[Problem]]:
    """What a context is made of; without it, the problems of the files."""
    dataset = _dataset(inputs, demo) if session else inputs.dataset(demo=demo)
    settings, territories = inputs.settings, inputs.territories
    if dataset is None or settings is None or territories is None:
        return None, inputs.problems()
    outlines = inputs.shapes() if shapes else None
    return (
        ContextInputs(
            settings,
            territories,
            dataset,
            outlines,
            tuple(inputs.milestones),
            inputs.logo,
            inputs.templates,
            tuple(inputs.data_revisions),
        ),
        [],
    )


@st.cache_resource(show_spinner=False)
def _shared_contexts() -> SharedContexts:
    return SharedContexts()
