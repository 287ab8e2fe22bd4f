"""Milestones of the service on a curve: thin vertical rules, named in a band above the lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.fixed_places import y2_at, y_at
from atlas.figures.common.style import Style
from atlas.settings import Milestone

# Pixels of the row of a name, and between the band of names and the lines.
ROW_PX, GAP_PX = 15, 12
# Pixels of a letter of a name.
LETTER_PX = 5.8
# Pixels under which a rule is named by its year alone.
NARROW_PX = 480


def milestones_between(context: FigureContext, first: str, last: str) -> tuple[Milestone, ...]:
    """Those whose year starts between two ISO dates."""
    return tuple(one for one in context.milestones if first <= f"{one.year}-01-01" <= last)


def band_height(count: int) -> int:
    """Pixels that the names of so many milestones take above the lines."""
    return count * ROW_PX + GAP_PX if count else 0


def milestone_rules(milestones: Sequence[Milestone], *, style: Style) -> list[alt.Chart]:
    """A rule at the start of each year, its name on a row of its own, towards the middle.

    The axis is one of dates, called x; the lines leave `band_height` pixels at the top.
    """
    found = []
    for place, one in enumerate(milestones):
        data = pd.DataFrame(
            {"date": [f"{one.year}-01-01"], "long": [one.title], "short": [str(one.year)]}
        )
        row = ROW_PX * place + ROW_PX / 2
        base = alt.Chart(data).encode(x=alt.X("date:T"))
        rule = base.mark_rule(color=style.muted, strokeWidth=0.7, aria=True).encode(
            y=y_at(row - ROW_PX / 2 + 1),
            y2=y2_at("height"),
            description=alt.DescriptionValue(f"{one.year} : {one.title}"),
        )
        text = f"width<{NARROW_PX}?datum.short:datum.long"
        # At the left of its rule where there is no room at the right: a name at the right passes
        # over the next rules, which start lower.
        beyond = f"width-scale('x',datum.date)<{LETTER_PX}*length({text})+5"
        look: dict[str, Any] = {
            "align": alt.expr(f"{beyond}?'right':'left'"),
            "dx": alt.expr(f"{beyond}?-5:5"),
            "baseline": "middle",
            "fontSize": 11,
            "color": style.muted,
            "tooltip": None,
        }
        names = base.encode(y=y_at(row), text=alt.TextValue(alt.expr(text)))
        halo = {**look, "color": style.paper, "stroke": style.paper, "strokeWidth": 4}
        found += [rule, names.mark_text(**halo), names.mark_text(**look)]
    return found


def milestones_note(context: FigureContext, milestones: Sequence[Milestone]) -> str:
    """« Jalons, au début de l’année : 2022, l’ouverture à tous… »; slides have them here alone."""
    if not milestones:
        return ""
    said = " ; ".join(f"{one.year}, « {one.title} »" for one in milestones)
    cited = [
        captions.according_to(context.dataset.sources[key])
        for key in dict.fromkeys(one.source for one in milestones)
        if key in context.dataset.sources
    ]
    according = f" ({french.join_with_et(cited)})" if cited else ""
    return french.keep_with_punctuation(f"Jalons, au début de l’année : {said}{according}.")
