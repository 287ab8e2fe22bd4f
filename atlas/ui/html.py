"""The dashboard's own HTML and its style sheet: files of templates/ and styles/."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from atlas.figures.key_figures import page as key_figures_page
from atlas.figures.key_figures.page import SourceLetters
from atlas.figures.profile.profile import Fact
from atlas.html_templates import template_environment
from atlas.settings import Milestone

FOLDER = Path(__file__).parent
# A value with more letters than this is written smaller.
MAX_LARGE_VALUE_LETTERS = 16
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
    rules = [key_figures_page.style_sheet(), *(file.read_text("utf-8") for file in files)]
    return f"<style>{''.join(rules)}</style>"


def fact_cards(facts: Sequence[Fact], letters: SourceLetters) -> str:
    """The figures in large of one territory; letters: of the sources of the page."""
    return render(
        "facts.html",
        facts=facts,
        letter=letters.letter,
        is_long=lambda value: len(value) > MAX_LARGE_VALUE_LETTERS,
    )


def remarks(sentences: Sequence[str]) -> str:
    """Sentences in small letters, one under the other."""
    return render("remarks.html", sentences=sentences)


def timeline(milestones: Sequence[Milestone]) -> str:
    """What the service gained, year by year."""
    return render("timeline.html", milestones=milestones)
