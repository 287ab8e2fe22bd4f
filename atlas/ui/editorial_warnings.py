"""What the page Problèmes says of the configuration beyond what is wrong in its files: kept until
the figures or the configuration change."""

from __future__ import annotations

import hashlib

import streamlit as st

from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.problems import Problem
from atlas.project import Project
from atlas.publications.editorial_warnings import (
    EditorialWarning,
    as_problems,
    editorial_warnings,
)
from atlas.settings import lines_of_settings


def editorial_problems(inputs: Project) -> list[Problem]:
    """Titles that the published figures contradict, blocks without data and texts of another
    territory, with the file and the line of each; none while the files cannot be read, which other
    problems say."""
    if inputs.problems():
        return []
    settings, territories, dataset, shapes = inputs.read_whole(
        lambda: (inputs.settings, inputs.territories, inputs.dataset(), inputs.shapes())
    )
    if settings is None or territories is None or dataset is None:
        return []
    context = FigureContext(
        settings,
        territories,
        dataset,
        shapes,
        tuple(inputs.milestones),
        Style.light(settings.brand),
    )
    written = hashlib.sha256(settings.model_dump_json().encode()).hexdigest()
    return as_problems(_warnings(dataset.version, written, context), lines_of_settings(inputs.base))


@st.cache_data(show_spinner="Relecture des dossiers et des comparaisons…", max_entries=4)
def _warnings(version: str, settings: str, _context: FigureContext) -> list[EditorialWarning]:
    return editorial_warnings(_context)
