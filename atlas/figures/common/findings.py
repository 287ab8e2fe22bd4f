"""What the title of a figure states: a finding that is true and certain, or nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.ranks import KIND_NOUNS
from atlas.indicators.ranking import Rank
from atlas.rendering.text_metrics import wrap
from atlas.settings import Indicator
from atlas.territories import Kind, Territory
from atlas.values import Value

# A title in the narrowest column of a brochure, 82 mm: its size and its room in points, and the
# lines that it may take.
COLUMN_TITLE_POINTS, COLUMN_TITLE_WIDTH_POINTS = 11.1, 216
MAX_TITLE_LINES = 3
# Steps of the last decimal that a gap to the nation exceeds: the rounding of both levels.
ROUNDING_STEPS = 1.5


def with_finding(context: FigureContext, figure: Figure) -> Figure:
    """The figure under the first of its findings that fits, its former title in the subtitle.

    The same one where it has none, or where `display.titles` asks for plain titles.
    """
    if context.settings.display.titles == "plain":
        return figure
    found = next((one for one in figure.findings if fits_a_title(one)), "")
    if not found:
        return figure
    drawn = ". ".join(text for text in (figure.title, figure.subtitle) if text)
    return replace(
        figure,
        title=found,
        subtitle=drawn,
        alt=f"{found}. {figure.alt}",
        plain_titles=(figure.title, figure.subtitle, figure.alt),
    )


def without_finding(figure: Figure) -> Figure:
    """The figure under the title that says what is drawn."""
    if not figure.plain_titles:
        return figure
    title, subtitle, alt = figure.plain_titles
    return replace(figure, title=title, subtitle=subtitle, alt=alt, plain_titles=())


def fits_a_title(text: str) -> bool:
    """True where a title takes three lines at most in a column of 82 mm."""
    lines = wrap(text, COLUMN_TITLE_POINTS, 600, COLUMN_TITLE_WIDTH_POINTS)
    return len(lines) <= MAX_TITLE_LINES


def as_title(sentence: str) -> str:
    """A sentence in lower case, with its full stop → a title."""
    return french.capitalize_first(sentence.strip().removesuffix("."))


def is_stated(value: Value) -> bool:
    """True for a value that a title may state: exact, of a known date, final, that nothing
    contradicts."""
    return (
        value.is_known
        and value.status in ("published", "restated", "derived")
        and not value.qualifier
        and not value.contradiction
        and not value.is_period_assumed
        and not value.within_rounding
        and value.reach is None
        and value.revision != "provisional"
    )


def is_stated_level(value: Value) -> bool:
    """True for a level that a title may state: as a source prints it."""
    return is_stated(value) and not value.is_computed


def rank_endings(
    rank: Rank | None, values: Iterable[Value], indicator: Indicator, kind: Kind, place: Territory
) -> tuple[str, ...]:
    """« , le taux le plus élevé des 12 départements de Nouvelle-Aquitaine », « , au 3ᵉ rang des 18
    régions de France », and a shorter form; none where a rank is not certain.

    values: all those that are ranked; place: what holds the territories ranked.
    """
    if rank is None or not rank.certain or rank.shared or not all(map(_is_ranked, values)):
        return ()
    scope = f"des {rank.total} {KIND_NOUNS[kind][1]} {place.genitive}"
    if rank.place in (1, rank.total):
        end = "élevé" if rank.place == 1 else "bas"
        said = f", le {indicator.value_noun} le plus {end}"
        return f"{said} {scope}", f"{said} {place.genitive}"
    said = f", au {french.format_ordinal(rank.place)} rang"
    return f"{said} {scope}", f"{said} {place.genitive}"


def _is_ranked(value: Value) -> bool:
    """True for a value that leaves a rank certain: its order is known, rounding apart."""
    if not value.is_known:
        return True
    doubtful = value.contradiction or value.is_period_assumed
    return not doubtful and (value.is_computed or not value.qualifier)


def gap_ending(gap: Value, nation: Value, indicator: Indicator) -> str:
    """« , 8,1 points de plus que la moyenne nationale »; empty where rounding may explain it."""
    smallest = ROUNDING_STEPS * 10.0**-indicator.digits
    if not is_stated(gap) or not is_stated_level(nation) or abs(gap.number) < smallest:
        return ""
    return f", {french.format_gap(gap.number, indicator)} que la moyenne nationale"
