"""The dashboard's own HTML and its style sheet: files of templates/ and styles/."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.figures.profile.profile import Fact
from atlas.html_templates import template_environment
from atlas.settings import Milestone
from atlas.settings.icons import ICON_SIDE, icon_paths

FOLDER = Path(__file__).parent
# A value with more letters than this, or a longer word that cannot break, is written smaller.
MAX_LARGE_VALUE_LETTERS = 16
MAX_LARGE_WORD_LETTERS = 13
_TEMPLATES = template_environment(FOLDER / "templates")


def render(template: str, **values: object) -> str:
    """A template of the folder, filled; every text among the values is escaped."""
    return _TEMPLATES.get_template(template).render(values)


def asset(name: str) -> str:
    """The text of a CSS, JavaScript or HTML file of this package, for a component."""
    return (FOLDER / name).read_text("utf-8")


@cache
def style_sheet() -> str:
    """Every rule of the pages, as one element."""
    files = sorted((FOLDER / "styles").glob("*.css"))
    return f"<style>{''.join(file.read_text('utf-8') for file in files)}</style>"


def key_figure_cards(key_figures: Sequence[KeyFigure], *, with_place: bool = False) -> str:
    """A grid of key figures. ``with_place``: each names its territory."""
    return render(
        "key_figures.html",
        key_figures=key_figures,
        with_place=with_place,
        icon_address=icon_address,
        is_long=lambda value: (
            len(value) > MAX_LARGE_VALUE_LETTERS
            or max(map(len, value.split(" "))) > MAX_LARGE_WORD_LETTERS  # hard spaces do not break
        ),
    )


@cache
def icon_address(name: str) -> str:
    """An icon as the address of a mask, which takes the colour of the text: a page may hold no
    drawing."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ICON_SIDE:g} {ICON_SIDE:g}">'
        f'<path d="{icon_paths()[name]}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"


def fact_cards(facts: Sequence[Fact]) -> str:
    """The figures in large of one territory."""
    return render(
        "facts.html", facts=facts, is_long=lambda value: len(value) > MAX_LARGE_VALUE_LETTERS
    )


def remarks(sentences: Sequence[str]) -> str:
    """Sentences in small letters, one under the other."""
    return render("remarks.html", sentences=sentences)


def timeline(milestones: Sequence[Milestone]) -> str:
    """What the service gained, year by year."""
    return render("timeline.html", milestones=milestones)
