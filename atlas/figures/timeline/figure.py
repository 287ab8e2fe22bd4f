"""The figure of the milestones."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.composition import USUAL_WIDTH_PX
from atlas.figures.common.composition_chart import composition_chart
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, SizedDrawing
from atlas.figures.common.request import RequestError
from atlas.figures.common.specification import to_spec
from atlas.figures.timeline.drawing import (
    LARGEST,
    TimelinePlan,
    draw_plan,
    largest_plan,
    natural_plan,
)
from atlas.figures.timeline.request import TimelineRequest
from atlas.sentences.headings import lower_first
from atlas.settings import Milestone
from atlas.values import Table, name_column, text_column

# Beside invented figures, whose data set does not hold the documents of the milestones.
UNKNOWN_SOURCE = "documents que cite data/milestones.yaml"


def timeline_figure(context: FigureContext, request: TimelineRequest) -> Figure | None:
    """The milestones of the service; None when there are none.

    Beside invented figures they are shown as these are. Raises RequestError for an indicator.
    """
    if request.indicator:
        raise RequestError("une frise n’est pas celle d’un indicateur : n’en nommez aucun")
    milestones = context.milestones
    if not milestones:
        return None
    sized = _sized(context, milestones)
    first, last = milestones[0].year, milestones[-1].year
    title = f"Mon espace santé, de {first} à {last}"
    keys = tuple(dict.fromkeys(milestone.source for milestone in milestones))
    known = [context.dataset.sources[key] for key in keys if key in context.dataset.sources]
    tall = sized.natural_height(USUAL_WIDTH_PX)
    return Figure(
        key=f"frise_{first}_{last}",
        title=request.title or title,
        subtitle=title if request.title else "Ce que le service a apporté, année après année",
        spec={},
        alt=" ".join(map(_sentence, milestones)),
        lecture=lower_first(_sentence(milestones[len(milestones) // 2])),
        champ=_champ(context, milestones),
        source=f"{' ; '.join(map(captions.source_text, known)) or UNKNOWN_SOURCE}.",
        table=_table(milestones),
        fictitious=context.dataset.fictitious,
        height=round(tall),
        ratio=USUAL_WIDTH_PX / tall,
        sources=keys,
        sized=sized,
    )


def _sentence(milestone: Milestone) -> str:
    points = " ".join(f"{point.rstrip('.')}." for point in milestone.points)
    return french.keep_with_punctuation(
        f"En {milestone.year}, {lower_first(milestone.title)} : {points}"
    )


def _champ(context: FigureContext, milestones: tuple[Milestone, ...]) -> str:
    """The service, and from which year on it is announced."""
    later = [str(one.year) for one in milestones if one.year > _current_year(context)]
    announced = f" ; {french.join_with_et(later)} : annonces" if later else ""
    return french.keep_with_punctuation(f"service Mon espace santé, France{announced}.")


def _current_year(context: FigureContext) -> int:
    """That of the newest figures: no clock is read."""
    ends = context.dataset.observations["reference_period"].map(periods.end_month)
    targets = context.dataset.observations["indicator"].str.endswith("_target")
    return int(str(ends[~targets].max())[:4])


def _table(milestones: tuple[Milestone, ...]) -> Table:
    """One row a year; what its keys say tells a milestone that was changed."""
    said = [" ".join(milestone.points) for milestone in milestones]
    keys = [
        f"{one.year}|{one.title}|{points}" for one, points in zip(milestones, said, strict=True)
    ]
    return Table(
        (
            name_column("year", "Année", [str(one.year) for one in milestones], keys=keys),
            text_column("title", "Étape", [milestone.title for milestone in milestones]),
            text_column("points", "Apports", said),
        )
    )


def _sized(context: FigureContext, milestones: tuple[Milestone, ...]) -> SizedDrawing:
    """Whole where it fits, else years and titles alone; what they brought is then in the table."""
    titles = [milestone.model_copy(update={"points": []}) for milestone in milestones]

    @cache
    def whole(width: float, height: float) -> TimelinePlan | None:
        return largest_plan(milestones, width, height)

    @cache
    def years_and_titles(width: float, height: float) -> TimelinePlan | None:
        return largest_plan(titles, width, height)

    def letters(width: float, height: float) -> float:
        """Those of a whole plan are the larger ones, whatever is left out of the other."""
        if plan := whole(width, height):
            return LARGEST + plan.factor
        plan = years_and_titles(width, height)
        return plan.factor if plan else 0.0

    def spec(width: float, height: float) -> dict[str, Any]:
        plan = (
            whole(width, height)
            or years_and_titles(width, height)
            or natural_plan(milestones, width)
        )
        composition = draw_plan(plan, context.style, _current_year(context))
        return to_spec(composition_chart(composition), context.style)

    return SizedDrawing(
        natural_height=cache(
            lambda width: float(math.ceil(natural_plan(milestones, width).height))
        ),
        letters=letters,
        spec=spec,
        texts=tuple(str(milestone.year) for milestone in milestones),
        marks=len(milestones),
    )
