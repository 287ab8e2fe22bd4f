"""The corridors of a territory beside those of the nation, as shares that can be compared."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart, Numbers, Series
from atlas.figures.common.series_colours import colours_of
from atlas.figures.common.style import as_printed, to_spec
from atlas.figures.corridors.chart import corridor_groups
from atlas.figures.options import corridor_indicators, corridor_periods
from atlas.indicators import by_corridor, corridor_total
from atlas.settings import Indicator

# How a spreadsheet writes a share.
PERCENT = f'#,##0.0"{french.NBSP}%"'
Corridors = tuple[str, str]  # an indicator and a period


def shared_corridors(context: FigureContext, code: str, period: str) -> Corridors | None:
    """The indicator and period by corridor that a territory and the nation have both, known at
    `period` when one is, else the latest."""
    for reference_period in _in_order(corridor_periods(context, code), period):
        for indicator in _published_first(
            context, corridor_indicators(context, code, reference_period)
        ):
            if code != "FR" and _common(context, code, indicator, reference_period):
                return indicator, reference_period
    return None


def own_corridors(context: FigureContext, code: str, period: str) -> Corridors | None:
    """The first indicator and period by corridor of a territory alone, in the same order."""
    for reference_period in _in_order(corridor_periods(context, code), period):
        for indicator in corridor_indicators(context, code, reference_period):
            return indicator, reference_period
    return None


def _published_first(context: FigureContext, indicators: list[str]) -> list[str]:
    """Shares as their sources print them before counts, whose shares are computed here."""
    return sorted(indicators, key=lambda key: not context.settings.indicators[key].in_percent)


def _in_order(known: list[str], period: str) -> list[str]:
    """Those that end by the period before those that follow it; else as they come."""
    return sorted(
        known, key=lambda reference_period: periods.months_between(reference_period, period) < 0
    )


def _common(context: FigureContext, code: str, indicator: str, reference_period: str) -> bool:
    own, nation = (_shares(context, place, indicator, reference_period) for place in (code, "FR"))
    known = [set(rows.loc[rows["shown"].notna(), "key"]) for rows in (own, nation)]
    return len(known[0] & known[1]) > 1


def corridor_pair_figure(
    context: FigureContext,
    codes: list[str],
    *,
    indicator: str,
    reference_period: str,
    selected: str = "",
) -> Figure | None:
    """Bars of two territories or more by corridor: the published rate or share, or for a count
    the share of each corridor in the total of its territory, computed. None without any.

    selected: the territory that stands out.
    """
    kind = context.settings.indicators[indicator]
    reference_period = periods.reference_period(reference_period, kind.accumulation)
    rows = _every_corridor(
        context, {code: _shares(context, code, indicator, reference_period) for code in codes}
    )
    if rows["shown"].notna().sum() < 2:
        return None
    names = captions.names_apart(context, codes)
    colours = dict(zip(names.values(), colours_of(context, codes, selected), strict=True))
    listed = french.join_with_et(list(colours))
    title = f"{_what(kind)}, {listed}, {periods.label(reference_period, kind.accumulation)}"
    places = "-".join(context.territories[code].slug for code in codes)
    return Figure(
        key=f"{places}_{reference_period}_{french.slug(kind.label)}_couloirs",
        title=title,
        subtitle="",
        spec=_spec(context, rows, colours),
        alt=_alt(rows, title),
        lecture=_lecture(context, rows, kind, reference_period),
        champ=f"{kind.champ}, {listed}.",
        source=captions.source_line(context, rows),
        sources=_sources(context, codes, rows, indicator, reference_period),
        note=" ".join(
            note
            for note in (
                _note(context, codes, kind, indicator, reference_period),
                captions.secrecy_note(rows),
            )
            if note
        ),
        table=_table(rows, kind),
        numbers=_numbers(rows, kind),
        plot=_plot(rows, colours),
        fictitious=context.dataset.fictitious,
        height=34 * len(rows) + 20,
        ratio=640 / (31 * len(rows) + 28),
        legend=tuple(LegendEntry(name, shade) for name, shade in colours.items()),
    )


def _spec(context: FigureContext, rows: pd.DataFrame, colours: Mapping[str, str]) -> dict[str, Any]:
    bars = rows[["panel", "corridor", "text"]].assign(value=rows["shown"], label=rows["text"])
    return to_spec(
        corridor_groups(bars, style=context.style, colours=list(colours.values())),
        context.style,
    )


def _alt(rows: pd.DataFrame, title: str) -> str:
    said = [
        f"{panel}, {corridor} : {text}"
        for panel, corridor, text in rows[["panel", "corridor", "text"]].itertuples(index=False)
    ]
    return f"{title}. {' ; '.join(said)}."


def _table(rows: pd.DataFrame, kind: Indicator) -> pd.DataFrame:
    return pd.DataFrame(
        {"Territoire": rows["panel"], "Couloir": rows["corridor"], _column(kind): rows["text"]}
    )


def _numbers(rows: pd.DataFrame, kind: Indicator) -> dict[str, Numbers]:
    formats = ["General" if math.isnan(value) else PERCENT for value in rows["shown"]]
    return {_column(kind): Numbers(tuple(rows["shown"]), tuple(formats))}


def _shares(
    context: FigureContext, code: str, indicator: str, reference_period: str
) -> pd.DataFrame:
    """One row per corridor: key, shown (percent), text, source, page, derived."""
    kind = context.settings.indicators[indicator]
    rows = by_corridor(
        context.dataset.observations,
        context.settings,
        code,
        indicator=indicator,
        reference_period=reference_period,
    )
    total = _total(context, code, indicator, reference_period)
    divisor = 1.0 if kind.in_percent else float("nan") if total is None else total["value"] / 100
    digits = kind.digits if kind.in_percent else 1
    shown = [as_printed(value / divisor, digits) for value in rows["value"]]
    texts = [
        french.format_value(v, kind, q)
        if math.isnan(v)
        else captions.marked(
            f"{french.format_number(v, digits if v % 1 else 0)}{french.NBSP}%",
            how if kind.in_percent else "part du total",
        )
        for v, q, how in zip(shown, rows["qualifier"], rows["derived"], strict=True)
    ]
    return rows.assign(
        key=rows["corridor"],
        shown=pd.Series(shown, dtype=float),
        text=pd.Series(texts, dtype=object),
    )


def _every_corridor(context: FigureContext, panels: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The territories one after the other, each with the corridors of another, unpublished."""
    present = {key for panel in panels.values() for key in panel["key"]}
    order = [key for key in context.settings.corridors if key in present]
    names, whole = captions.names_apart(context, panels), []
    for code, panel in panels.items():
        rows = panel.set_index("key").reindex(order)
        rows["corridor"] = [context.settings.corridors[key].short for key in order]
        rows["text"] = rows["text"].fillna(french.MISSING)
        texts = ["source", "page", "derived"]
        rows[texts] = rows[texts].fillna("")
        rows["secret"] = rows["secret"].eq(True)
        whole.append(rows.assign(panel=names[code], code=code))
    return pd.concat(whole).reset_index(names="key")


def _total(
    context: FigureContext, code: str, indicator: str, reference_period: str
) -> pd.Series | None:
    """What the corridors of a territory are divided by."""
    row = corridor_total(
        context.dataset.observations,
        context.settings,
        code,
        indicator=indicator,
        reference_period=reference_period,
    )
    return None if row is None or row["value"] == 0 else row


def _sources(
    context: FigureContext,
    codes: list[str],
    rows: pd.DataFrame,
    indicator: str,
    reference_period: str,
) -> tuple[str, ...]:
    """Those of the corridors, and of the totals that a count is divided by."""
    found = list(captions.source_keys(rows))
    if not context.settings.indicators[indicator].in_percent:
        totals = [_total(context, code, indicator, reference_period) for code in codes]
        found += [str(total["source"]) for total in totals if total is not None]
    return tuple(dict.fromkeys(found))


def _what(kind: Indicator) -> str:
    if not kind.in_percent:
        return f"{kind.label} : part de chaque couloir"
    return kind.label if "couloir" in kind.label else f"{kind.label} par couloir"


def _column(kind: Indicator) -> str:
    return kind.label if kind.in_percent else "Part du total"


def _lecture(
    context: FigureContext, rows: pd.DataFrame, kind: Indicator, reference_period: str
) -> str:
    """Reads the highest corridor of the first territory that has any."""
    known = rows[rows["shown"].notna()]
    first = (
        known[known["code"] == known["code"].iloc[0]]
        .sort_values("shown", ascending=False, kind="stable")
        .iloc[0]
    )
    corridor = context.settings.corridors[first["key"]].label
    if kind.in_percent:
        return captions.reading(
            context, kind, first["code"], first["shown"], "", reference_period, corridor=corridor
        )
    place = context.territories[first["code"]].locative
    return (
        f"{captions.at(reference_period, kind)}, {place}, le couloir {corridor} "
        f"représente {first['text']} du total ({kind.label[:1].lower()}{kind.label[1:]})."
    )


def _note(
    context: FigureContext, codes: list[str], kind: Indicator, indicator: str, reference_period: str
) -> str:
    if kind.in_percent:
        return ""
    totals = [
        (context.territories[code].name, _total(context, code, indicator, reference_period))
        for code in codes
    ]
    said = " ; ".join(
        f"{name}, {french.format_with_unit(row['value'], kind, row['qualifier'])} "
        f"({captions.source_text(context.dataset.sources[row['source']], row['page'])})"
        for name, row in totals
        if row is not None
    )
    return (
        f"{captions.DERIVED_MARK} Valeur calculée : part du couloir dans le total du "
        f"territoire. Totaux : {said}."
    )


def _plot(rows: pd.DataFrame, colours: Mapping[str, str]) -> NativeChart:
    """The bars for a slide: a corridor by category, a territory by series."""
    corridors = list(dict.fromkeys(rows["corridor"]))
    series = []
    for name, shade in colours.items():
        mine = rows[rows["panel"] == name].set_index("corridor").reindex(corridors)
        values = tuple(None if math.isnan(v) else float(v) for v in mine["shown"])
        series.append(Series(name, values, shade, tuple(mine["text"].fillna(""))))
    return NativeChart("bars", tuple(corridors), tuple(series), PERCENT)
