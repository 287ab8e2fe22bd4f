"""The corridors of several territories side by side, as shares that can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart, Series
from atlas.figures.common.findings import as_title, is_stated
from atlas.figures.common.series_colours import colours_of
from atlas.figures.common.specification import to_spec
from atlas.figures.corridors import texts
from atlas.figures.corridors.chart import corridor_groups
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.corridors.rows import (
    share_indicator,
    share_total,
    territory_bars,
    territory_shares,
)
from atlas.sentences.headings import lower_first
from atlas.settings import Indicator
from atlas.territories import CODE_SEPARATOR
from atlas.values import Column, Table, Value, name_column


def side_by_side_figure(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """Bars of two territories or more by corridor: the published rate or share, or for a count
    the share of each corridor in the total of its territory, computed. None without any."""
    codes = list(dict.fromkeys(request.territory.split(CODE_SEPARATOR)))
    indicator = context.settings.indicators[request.indicator]
    reference_period = periods.reference_period(request.period, indicator.accumulation)
    rows = territory_shares(context, codes, request.indicator, reference_period)
    if sum(level.is_known for level in rows["level"]) < 2:
        return None
    names = captions.names_apart(context, codes)
    colours = dict(
        zip(names.values(), colours_of(context, codes, request.highlighted), strict=True)
    )
    listed = french.join_with_et(list(colours))
    date = periods.label(reference_period, indicator.accumulation)
    title = f"{_subject(indicator)}, {listed}, {date}"
    places = "-".join(context.territories[code].slug for code in codes)
    totals = {
        code: None
        if indicator.in_percent
        else share_total(context, code, request.indicator, reference_period)
        for code in codes
    }
    notes = (_note(context, totals, indicator), captions.secrecy_note(rows["level"]))
    return Figure(
        key=f"{places}_{reference_period}_{french.slug(indicator.label)}_couloirs",
        title=request.title or title,
        subtitle=title if request.title else "",
        findings=() if request.title else _findings(context, rows, indicator, request.highlighted),
        spec=_spec(context, rows, colours),
        alt=_alt(rows, title),
        lecture=_lecture(context, rows, indicator, reference_period),
        champ=f"{captions.champ_text(context, indicator, codes)}.",
        source=captions.source_line(context, rows),
        sources=_sources(rows, totals),
        note=" ".join(note for note in notes if note),
        table=_table(rows, share_indicator(indicator)),
        native=_native(rows, colours),
        fictitious=context.dataset.fictitious,
        height=34 * len(rows) + 20,
        ratio=640 / (31 * len(rows) + 28),
        legend=tuple(LegendEntry(name, colour) for name, colour in colours.items()),
    )


def changes_side_by_side(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """Bars of the changes of two territories or more by corridor, since one base; None without
    any."""
    codes = list(dict.fromkeys(request.territory.split(CODE_SEPARATOR)))
    indicator = context.settings.indicators[request.indicator]
    reference_period, compared_to = (
        periods.reference_period(period, indicator.accumulation) if period else ""
        for period in (request.period, request.compared_to)
    )
    names = captions.names_apart(context, codes)
    found = {
        code: territory_bars(context, code, request.indicator, reference_period, compared_to)
        for code in codes
    }
    present = {key for bars in found.values() for key in bars["key"]}
    order = [key for key in context.settings.corridors if key in present]
    rows = pd.concat(
        [_every_corridor(context, bars, code, order, indicator) for code, bars in found.items()]
    )
    rows = rows.assign(panel=rows["code"].map(names))
    known = [change for change in rows["level"] if change.is_known]
    if len(known) < 2:
        return None
    shades = dict(zip(names.values(), colours_of(context, codes, request.highlighted), strict=True))
    date = periods.label(request.period, indicator.accumulation)
    bases = {periods.label(change.compared_to, indicator.accumulation) for change in known}
    since = f"évolution de {bases.pop()} à {date}" if len(bases) == 1 else f"évolution, {date}"
    title = f"{indicator.heading or indicator.label} par couloir, {since}"
    places = "-".join(context.territories[code].slug for code in codes)
    first = max((bar for _, bar in rows.iterrows() if bar["level"].is_known), key=_amount)
    return Figure(
        key=f"{places}_{reference_period}_{french.slug(indicator.label)}_couloirs-croissance",
        title=request.title or f"{title}, {french.join_with_et(list(shades))}",
        subtitle=title if request.title else "",
        findings=()
        if request.title or not is_stated(first["level"])
        else (
            as_title(
                captions.change_reading(
                    context,
                    first["level"],
                    first["code"],
                    period=request.period,
                    corridor=first["key"],
                )
            ),
        ),
        spec=_spec(context, rows, shades),
        alt=_alt(rows, title),
        lecture=captions.change_reading(
            context, first["level"], first["code"], period=request.period, corridor=first["key"]
        ),
        champ=f"{captions.champ_text(context, indicator, codes)}.",
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        note=" ".join(
            note
            for note in (
                texts.computed_change_note(rows["level"]),
                captions.secrecy_note(rows["level"]),
            )
            if note
        ),
        table=_table(rows, indicator, key="change"),
        native=_native(rows, shades),
        fictitious=context.dataset.fictitious,
        height=34 * len(rows) + 20,
        ratio=640 / (31 * len(rows) + 28),
        legend=tuple(LegendEntry(name, shade) for name, shade in shades.items()),
    )


def _amount(bar: pd.Series) -> float:
    return float(bar["level"].number)


def _every_corridor(
    context: FigureContext,
    bars: pd.DataFrame,
    code: str,
    order: Sequence[str],
    indicator: Indicator,
) -> pd.DataFrame:
    """The changes of one territory, for each corridor that one of the territories has.

    Columns: code, key (of the corridor), corridor (its name), level (what is measured: the change,
    a Value), source, page.
    """
    found = bars.set_index("key")
    missing = Value(None, "change", indicator, status="missing")
    return pd.DataFrame(
        {
            "code": code,
            "key": list(order),
            "corridor": [context.settings.corridors[key].short for key in order],
            "level": [found["change"].get(key, missing) for key in order],
            "source": [found["source"].get(key, "") for key in order],
            "page": [found["page"].get(key, "") for key in order],
        }
    )


def _subject(indicator: Indicator) -> str:
    if indicator.in_percent:
        return indicator.label + texts.by_corridor_text(indicator)
    return f"{indicator.label} : part de chaque couloir"


def _text(level: Value) -> str:
    return french.value_text(level, marked=True)


def _spec(context: FigureContext, rows: pd.DataFrame, colours: Mapping[str, str]) -> dict[str, Any]:
    said = _labels(rows)
    bars = rows[["panel", "corridor"]].assign(
        text=said, value=[level.number for level in rows["level"]], label=said
    )
    return to_spec(
        corridor_groups(bars, style=context.style, colours=list(colours.values())), context.style
    )


def _labels(rows: pd.DataFrame) -> list[str]:
    """The texts of bars on one axis, with as many decimals, or why there is none."""
    levels = list(rows["level"])
    if any(level.quantity == "change" for level in levels):
        found = texts.change_labels(levels)
    else:
        decimals = french.shared_decimals(levels)
        found = [french.value_text(level, marked=True, decimals=decimals) for level in levels]
    return [text or french.absence_text(level) for text, level in zip(found, levels, strict=True)]


def _alt(rows: pd.DataFrame, title: str) -> str:
    said = [
        f"{panel}, {corridor} : {_text(level)}"
        for panel, corridor, level in zip(
            rows["panel"], rows["corridor"], rows["level"], strict=True
        )
    ]
    return f"{title}. {' ; '.join(said)}."


def _table(rows: pd.DataFrame, indicator: Indicator, key: str = "level") -> Table:
    return Table(
        (
            name_column("territory", "Territoire", rows["panel"], keys=rows["code"]),
            name_column("corridor", "Couloir", rows["corridor"], keys=rows["key"]),
            Column(key, indicator.label, tuple(rows["level"]), "value", mark="dagger"),
        )
    )


def _sources(rows: pd.DataFrame, totals: Mapping[str, pd.Series | None]) -> tuple[str, ...]:
    """Those of the corridors, and of the totals that a count is divided by."""
    found = [str(total["source"]) for total in totals.values() if total is not None]
    return tuple(dict.fromkeys([*captions.source_keys(rows), *found]))


def _lecture(
    context: FigureContext, rows: pd.DataFrame, indicator: Indicator, reference_period: str
) -> str:
    """Reads the highest corridor of the first territory that has any."""
    known = [
        bar
        for bar in rows[["code", "key", "level"]].itertuples(index=False, name=None)
        if bar[2].is_known
    ]
    code = known[0][0]
    _, key, level = max(
        (bar for bar in known if bar[0] == code), key=lambda bar: float(bar[2].number)
    )
    if indicator.in_percent:
        return captions.reading(context, level, code, period=reference_period, corridor=key)
    place = context.territories[code].locative
    corridor = context.settings.corridors[key]
    origin = f"des {corridor.actors}" if corridor.actors else f"du couloir {corridor.label}"
    return (
        f"{captions.at(reference_period, indicator)}, {place}, {_text(level)} du total "
        f"({lower_first(indicator.label)}) vient {origin}."
    )


def _findings(
    context: FigureContext, rows: pd.DataFrame, indicator: Indicator, highlighted: str
) -> tuple[str, ...]:
    """The highest share of the territory spoken of, where it makes at least half of its total."""
    codes = list(dict.fromkeys(rows["code"]))
    code = highlighted if highlighted in codes else codes[0]
    known = [bar for _, bar in rows[rows["code"] == code].iterrows() if bar["level"].is_known]
    if not known:
        return ()
    top = max(known, key=_amount)
    return texts.share_findings(context, indicator, code, top["key"], top["level"])


def _note(
    context: FigureContext, totals: Mapping[str, pd.Series | None], indicator: Indicator
) -> str:
    """How the shares of a count were computed; empty for a rate or a share."""
    if indicator.in_percent:
        return ""
    said = " ; ".join(
        f"{context.territories[code].name}, {texts.total_text(context, total, indicator)}"
        for code, total in totals.items()
        if total is not None
    )
    return (
        f"{french.DERIVED_MARK} Valeur calculée : part du couloir dans le total du "
        f"territoire. Totaux : {said}."
    )


def _native(rows: pd.DataFrame, colours: Mapping[str, str]) -> NativeChart:
    """The bars for a slide: a corridor by category, a territory by series."""
    # Every territory has a row for every corridor, in the same order.
    levels: Mapping[str, Sequence[Value]] = {
        str(name): list(mine["level"]) for name, mine in rows.groupby("panel", sort=False)
    }
    labels = {
        str(name): tuple(mine["label"])
        for name, mine in rows.assign(label=_labels(rows)).groupby("panel", sort=False)
    }
    return NativeChart(
        "bars",
        tuple(dict.fromkeys(rows["corridor"])),
        tuple(
            Series(name, tuple(levels[name]), colour, labels[name])
            for name, colour in colours.items()
        ),
    )
