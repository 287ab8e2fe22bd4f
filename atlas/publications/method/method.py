"""The whole method, and its short form."""

from __future__ import annotations

from atlas.figures.common.context import FigureContext
from atlas.publications.method.comparison import comparability, denominators, secrecy
from atlas.publications.method.numbers import derivation, ranks, rounding
from atlas.publications.method.revisions import errors, revisions
from atlas.publications.method.section import MethodSection
from atlas.publications.method.sources import choice, collection, dates

_SECTIONS = (
    collection,
    choice,
    dates,
    derivation,
    rounding,
    ranks,
    comparability,
    denominators,
    secrecy,
    revisions,
    errors,
)


def method_sections(context: FigureContext) -> tuple[MethodSection, ...]:
    """Every section that the data set has, in the order of a reader."""
    made = (section(context) for section in _SECTIONS)
    return tuple(section for section in made if section is not None)


def short_method(context: FigureContext) -> tuple[tuple[str, str], ...]:
    """The title and the summary of each section: a page of text, which travels in press kits."""
    return tuple((section.title, section.summary) for section in method_sections(context))
