"""Indicators over time, with every published value in sight."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Series
from atlas.figures.common.milestone_rules import milestones_between, milestones_note
from atlas.figures.common.series_colours import colours_of
from atlas.figures.common.specification import to_spec
from atlas.figures.curve import texts
from atlas.figures.curve.chart import curve
from atlas.figures.curve.request import CurveRequest
from atlas.figures.curve.rows import curve_points, secret_points
from atlas.indicators.snapshot import history
from atlas.settings import Indicator, Milestone
from atlas.territories import CODE_SEPARATOR
from atlas.values import Column, Table, Value, name_column, text_column

# Labels at the end of lines keep this distance, as a share of the highest value.
LABEL_GAP_SHARE = 0.055
# Counts from this one on are drawn in millions.
MIN_COUNT_IN_MILLIONS = 2e6
# After the last point, so that its label has room.
DAYS_AFTER_LAST_POINT = 200
NO_MARKS: Mapping[tuple[str, str], str] = {}


def curve_figure(context: FigureContext, request: CurveRequest) -> Figure | None:
    """The curve of one territory or of several; None when none has a value."""
    return draw_curve(
        context,
        request.territory.split(CODE_SEPARATOR),
        indicator=request.indicator,
        title=request.title,
        highlighted=request.highlighted,
        with_milestones=bool(request.milestones),
    )


def draw_curve(
    context: FigureContext,
    codes: Sequence[str],
    *,
    indicator: str,
    title: str = "",
    targets: pd.DataFrame | None = None,
    marks: Mapping[tuple[str, str], str] = NO_MARKS,
    highlighted: str = "",
    with_milestones: bool = False,
) -> Figure | None:
    """Lines through the chosen values; other published values of the same date stay hollow.

    indicator: its key; targets: label and value of levels to reach; marks: written beside the
    point of a territory at a date as compared, or at its last when the date is empty;
    highlighted: the territory that stands out, and that the note de lecture reads; with_milestones:
    rules at those of the service. None when no territory has a value.
    """
    shown = context.settings.indicators[indicator]
    rows = context.dataset.index.of_territories(indicator, codes)
    chosen = history(rows, context.settings, codes, indicator=indicator)
    if chosen.empty:
        return None
    present = [code for code in codes if code in set(chosen["territory"])]
    points = curve_points(context, indicator, present, chosen)
    secrets = secret_points(context, indicator, codes)
    scale, axis_title = _scale(points, shown)
    colours = colours_of(context, present, highlighted)
    span = _span(points)
    milestones = milestones_between(context, *span) if with_milestones else ()
    chart = curve(
        _chart_rows(points, scale, marks),
        style=context.style,
        colours=colours,
        axis_title=axis_title,
        span=span,
        milestones=milestones,
        targets=targets if targets is None else targets.assign(value=targets["value"] * scale),
    )
    names = captions.enumerate_names(context, present)
    subject = f"{shown.label} au fil du temps"
    newest_first = chosen.sort_values("end", ascending=False)
    return Figure(
        key=_key(context, codes, shown, milestones),
        title=title or subject,
        subtitle=f"{subject}, {names}" if title else names,
        findings=()
        if title
        else texts.findings(context, points, highlighted if highlighted in present else present[0]),
        spec=to_spec(chart, context.style),
        alt=texts.alt(points, subject),
        lecture=texts.lecture(
            context, points, highlighted if highlighted in present else present[0]
        ),
        champ=f"{captions.champ_text(context, shown, present)}.",
        source=captions.source_line(context, newest_first),
        sources=captions.source_keys(newest_first),
        note=" ".join(
            text
            for text in (
                texts.note(points, shown, secrets.values()),
                milestones_note(context, milestones),
            )
            if text
        ),
        must_say=texts.must_say(points),
        table=_table(points, shown),
        native=_native(points, shown, secrets, colours),
        fictitious=context.dataset.fictitious,
        says_assumed_periods=True,
        height=400,
        ratio=1.8,
        legend=texts.legend(points, colours) if len(present) > 1 else (),
    )


def _scale(points: pd.DataFrame, indicator: Indicator) -> tuple[float, str]:
    """What values are multiplied by, and the title of their axis: large counts are in millions,
    so that the axis reads « 5, 10, 15 » and not « 5 000 000 »."""
    if indicator.in_percent:
        return 1.0, f"{indicator.label} (en %)"
    if max(level.number for level in points["level"]) >= MIN_COUNT_IN_MILLIONS:
        return 1e-6, f"{indicator.label} (en millions)"
    return 1.0, indicator.label


def _chart_rows(
    points: pd.DataFrame, scale: float, marks: Mapping[tuple[str, str], str]
) -> pd.DataFrame:
    """The columns of the chart, with labels moved apart where lines end close to each other."""
    labels = []
    for label, code, reference_period, chosen, last in zip(
        *(points[key] for key in ("label", "code", "reference_period", "chosen", "last")),
        strict=True,
    ):
        own = marks.get((code, reference_period), "") if chosen else ""
        final = marks.get((code, ""), "") if last else ""
        labels.append(" ".join(text for text in (label, own, final) if text))
    rows = points.assign(
        date=points["end"] + "-01",
        value=[level.number * scale for level in points["level"]],
        label=labels,
    )
    gap = float(rows["value"].max()) * LABEL_GAP_SHARE
    rows["label_value"] = rows["value"]
    floor = float("-inf")
    for i in rows.index[rows["last"]][rows.loc[rows["last"], "value"].argsort()]:
        floor = max(float(rows.at[i, "value"]), floor + gap)
        rows.at[i, "label_value"] = floor
    drawn = ["series", "date", "value", "label", "label_value", "text", "detail", "chosen"]
    return rows[[*drawn, "assumed", "segment"]]


def _span(points: pd.DataFrame) -> tuple[str, str]:
    """From the year of the first point to half a year after the last: room for the labels."""
    last = dt.date.fromisoformat(f"{points['end'].max()}-01")
    return (
        f"{points['end'].min()[:4]}-01-01",
        (last + dt.timedelta(days=DAYS_AFTER_LAST_POINT)).isoformat(),
    )


def _table(points: pd.DataFrame, indicator: Indicator) -> Table:
    dates = [periods.label(level.period, indicator.accumulation) for level in points["level"]]
    return Table(
        (
            name_column("territory", "Territoire", points["series"], keys=points["code"]),
            text_column("period", "Période", dates),
            Column("level", indicator.label, tuple(points["level"]), "value"),
            text_column(
                "chosen", "Retenue", ["oui" if chosen else "non" for chosen in points["chosen"]]
            ),
            text_column("source", "Source", points["detail"]),
        )
    )


def _native(
    points: pd.DataFrame,
    indicator: Indicator,
    secrets: Mapping[tuple[str, str], Value],
    colours: Sequence[str],
) -> NativeChart:
    """The lines for a slide: the chosen values, on the last day of their month; a line of its own
    for what follows a change of definition."""
    chosen = points[points["chosen"]].drop_duplicates(["code", "end"])
    ends = sorted(set(chosen["end"]))
    missing = Value(None, indicator=indicator, status="missing")
    series = []
    colour_of = dict(zip(dict.fromkeys(chosen["code"]), colours, strict=True))
    for (code, _), rows in chosen.groupby(["code", "segment"], sort=False):
        levels = dict(zip(rows["end"], rows["level"], strict=True))
        labels = dict(zip(rows["end"], rows["label"], strict=True))
        series.append(
            Series(
                str(rows["series"].iloc[0]),
                tuple(
                    levels[end] if end in levels else secrets.get((str(code), end), missing)
                    for end in ends
                ),
                colour_of[code],
                tuple(labels.get(end, "") for end in ends),
            )
        )
    return NativeChart("curve", tuple(periods.last_day(end) for end in ends), tuple(series))


def _key(
    context: FigureContext,
    codes: Sequence[str],
    indicator: Indicator,
    milestones: Sequence[Milestone],
) -> str:
    """The name of its files."""
    ending = "_jalons" if milestones else ""
    return f"{_places(context, codes)}_{french.slug(indicator.label)}_courbe{ending}"


def _places(context: FigureContext, codes: Sequence[str]) -> str:
    """The territories in the name of a file."""
    slugs = [context.territories[code].slug for code in codes[:3]]
    return "-".join(slugs) + ("-et-autres" if len(codes) > 3 else "")
