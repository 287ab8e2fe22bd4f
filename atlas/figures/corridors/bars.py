"""Bars by corridor or by territory: levels beside those of a base year, or changes alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart, Series
from atlas.figures.common.series_colours import pale
from atlas.figures.common.specification import to_spec
from atlas.figures.corridors import texts
from atlas.figures.corridors.chart import BASE, NOW, change_bars, corridor_bars
from atlas.figures.corridors.rows import SourcePart, growths_alone, in_order, sources_of_bars
from atlas.settings import Indicator
from atlas.values import Column, Table, Value, name_column, text_column

# Pixels of a row on the screen and in an image 640 wide: with the bar of a base year, or alone.
SCREEN_ROW_PX, IMAGE_ROW_PX = {True: 62, False: 44}, {True: 54, False: 38}
# The same where rows are many: the names of territories, rather than bars, fill a page.
MANY_ROWS, MANY_ROWS_PX = 10, {True: 30, False: 23}
MARGIN_PX = 20


@dataclass(frozen=True)
class BarSubject:
    """What bars are about. heading: of the column of names; colours: by the key of a row; titles:
    of levels and of changes; period: of what does not say its own; champ, total: sentences."""

    key: str
    indicator: Indicator
    heading: str
    colours: Mapping[str, str]
    level_title: str
    change_title: str
    title: str
    period: str
    champ: str
    order: str
    total: str = ""


def level_figure(context: FigureContext, rows: pd.DataFrame, subject: BarSubject) -> Figure | None:
    """Bars of levels, each with that of its base year under it and its growth; where growths
    alone are known, bars of growths. rows: as `territory_bars`."""
    if growths_alone(rows):
        return change_figure(context, rows, subject)
    rows = in_order(
        rows, "configuration" if subject.order == "configuration" else "valeur", "level"
    )
    has_base = any(base.is_known for base in rows["base"])
    parts: tuple[SourcePart, ...] = ("level", "change", "base") if has_base else ("level", "change")
    drawn = _level_rows(context, rows, subject.colours)
    figure = _figure(context, rows, subject, subject.level_title, parts, measured="level")
    height = len(rows) * SCREEN_ROW_PX[has_base] + MARGIN_PX
    return replace(
        figure,
        key=f"{subject.key}_couloirs",
        spec=to_spec(corridor_bars(drawn, style=context.style), context.style),
        table=_table(rows, subject),
        native=_level_native(context, rows, subject),
        legend=_legend(context, rows, subject.indicator) if has_base else (),
        height=height,
        ratio=_ratio(len(rows), has_base=has_base),
    )


def change_figure(context: FigureContext, rows: pd.DataFrame, subject: BarSubject) -> Figure | None:
    """Bars of changes around zero, the highest first; None without any."""
    rows = rows[[change.status != "missing" for change in rows["change"]]]
    if not any(change.is_known for change in rows["change"]):
        return None
    rows = in_order(
        rows, "configuration" if subject.order == "configuration" else "valeur", "change"
    )
    labels = texts.change_labels(rows["change"])
    drawn = pd.DataFrame(
        {
            "corridor": rows["name"],
            "place": range(len(rows)),
            "value": [change.number for change in rows["change"]],
            "label": [label or french.SECRET for label in labels],
            "colour": rows["key"].map(subject.colours),
            "text": [label or french.SECRET for label in labels],
            "detail": rows["change_detail"],
        }
    )
    figure = _figure(
        context, rows, subject, subject.change_title, ("change", "level", "base"), measured="change"
    )
    return replace(
        figure,
        key=f"{subject.key}_couloirs-croissance",
        spec=to_spec(change_bars(drawn, style=context.style), context.style),
        table=_table(rows, subject, first="change"),
        native=_change_native(rows, labels, subject),
        height=len(rows) * SCREEN_ROW_PX[False] + MARGIN_PX,
        ratio=_ratio(len(rows), has_base=False),
    )


def _ratio(count: int, *, has_base: bool) -> float:
    """Width over height of so many rows, in an image that is 640 wide."""
    pixels = (MANY_ROWS_PX if count > MANY_ROWS else IMAGE_ROW_PX)[has_base]
    return 640 / (count * pixels + MARGIN_PX)


def _figure(
    context: FigureContext,
    rows: pd.DataFrame,
    subject: BarSubject,
    standard: str,
    parts: Sequence[SourcePart],
    *,
    measured: str,
) -> Figure:
    """All that both drawings say alike; the rest is filled in by each."""
    cited = sources_of_bars(rows, parts)
    about = texts.note(context, rows, subject.indicator)
    return Figure(
        key=subject.key,
        title=subject.title or standard,
        subtitle=standard if subject.title else "",
        spec={},
        alt=texts.alt(rows, standard),
        findings=()
        if subject.title
        else texts.findings(context, rows, period=subject.period, of=measured),
        lecture=texts.lecture(context, rows, period=subject.period, of=measured),
        champ=subject.champ,
        source=captions.source_line(context, cited),
        sources=captions.source_keys(cited),
        note=f"{subject.total} {about}".strip(),
        table=Table(()),
        fictitious=context.dataset.fictitious,
        height=0,
    )


def _level_rows(
    context: FigureContext, rows: pd.DataFrame, colours: Mapping[str, str]
) -> pd.DataFrame:
    """The columns of the chart: a row for each bar, those of base years among them."""
    levels, bases = list(rows["level"]), list(rows["base"])
    growths = texts.change_labels(rows["change"])
    labels = texts.level_labels([*levels, *bases])
    short = texts.short_labels([*levels, *bases])
    found = []
    for place, row in rows.iterrows():
        number = int(str(place))
        colour = colours[row["key"]]
        about = {"corridor": row["name"], "place": number, "edge": colour}
        found.append(
            {
                **about,
                "moment": NOW,
                "value": row["level"].number,
                "label": labels[number],
                "short": short[number],
                "growth": growths[number],
                "colour": colour,
                "text": texts.bar_text(row["level"], row["change"]),
                "detail": row["detail"],
            }
        )
        base = row["base"]
        if base.is_known:
            date = periods.label(base.period, base.indicator.accumulation)
            found.append(
                {
                    **about,
                    "moment": BASE,
                    "value": base.number,
                    "label": labels[len(rows) + number],
                    "short": short[len(rows) + number],
                    "growth": "",
                    "colour": pale(context, colour),
                    "text": f"{date} : {french.value_text(base)}",
                    "detail": captions.origin_text(context, base, row["base_page"]),
                }
            )
    return pd.DataFrame(found)


def _legend(
    context: FigureContext, rows: pd.DataFrame, indicator: Indicator
) -> tuple[LegendEntry, ...]:
    """The two dates: full and pale; in words where they are not those of every row."""
    now, before = (texts.one_date(rows[column], indicator) for column in ("level", "base"))
    full = context.style.muted
    return (
        LegendEntry(now or "période indiquée", full),
        LegendEntry(before or "période de départ de l’évolution", pale(context, full)),
    )


def _table(rows: pd.DataFrame, subject: BarSubject, *, first: str = "level") -> Table:
    """A row for each bar: level, change, base and origin."""
    bases = tuple(rows["base"])
    known = [base for base in bases if base.is_known]
    columns = [name_column(_name_key(subject), subject.heading, rows["name"], keys=rows["key"])]
    indicator = subject.indicator
    if first == "level" or any(level.is_known for level in rows["level"]):
        columns.append(
            Column("level", indicator.label, tuple(rows["level"]), "value", mark="dagger")
        )
    if any(change.status != "missing" for change in rows["change"]):
        heading = texts.change_heading_of(rows, indicator)
        columns.append(
            Column(
                "change",
                heading,
                tuple(rows["change"]),
                "value",
                mark="dagger",
                says_absence=first == "change",
            )
        )
    if known:
        date = texts.one_date(bases, indicator) or "période de départ"
        columns.append(
            Column(
                "base",
                french.capitalize_first(date),
                bases,
                "value",
                mark="dagger",
                says_absence=False,
            )
        )
    columns.append(text_column("origin", "Origine", rows["detail"]))
    return Table(tuple(columns))


def _name_key(subject: BarSubject) -> str:
    return "corridor" if subject.heading == "Couloir" else "territory"


def _level_native(context: FigureContext, rows: pd.DataFrame, subject: BarSubject) -> NativeChart:
    """The bars for a slide, with those of the base year where there are some."""
    levels, bases = tuple(rows["level"]), tuple(rows["base"])
    shades = tuple(rows["key"].map(subject.colours))
    growths = texts.change_labels(rows["change"])
    said = texts.level_labels([*levels, *bases])
    labels = tuple(
        f"{label} ({growth})" if growth else label
        for label, growth in zip(said, growths, strict=False)
    )
    known = [base for base in bases if base.is_known]
    now = texts.one_date(levels, subject.indicator) or subject.indicator.label
    usual = shades[0] if len(set(shades)) == 1 else context.style.primary
    series = [Series(now, levels, usual, labels, shades)]
    if known:
        base_labels = tuple(
            label if base.is_known else ""
            for base, label in zip(bases, said[len(levels) :], strict=True)
        )
        tints = tuple(pale(context, shade) for shade in shades)
        date = texts.one_date(bases, subject.indicator) or "Période de départ"
        tint = pale(context, usual)
        series.append(Series(date, bases, tint, base_labels, tints))
    return NativeChart("bars", tuple(rows["name"]), tuple(series))


def _change_native(rows: pd.DataFrame, labels: list[str], subject: BarSubject) -> NativeChart:
    changes: tuple[Value, ...] = tuple(rows["change"])
    shades = tuple(rows["key"].map(subject.colours))
    said = tuple(label or french.SECRET for label in labels)
    series = Series("Évolution", changes, shades[0], said, shades)
    return NativeChart("bars", tuple(rows["name"]), (series,))
