"""The corridors of a territory beside those of the nation, as shares that can be compared."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from atlas import charts, periods, wording
from atlas.indicators import by_corridor, corridor_total
from atlas.settings import Indicator
from atlas.views import captions
from atlas.views.desk import Desk
from atlas.views.options import corridor_indicators, corridor_periods
from atlas.views.series_colours import colours_of

# How a spreadsheet writes a share.
PERCENT = f'#,##0.0"{wording.NBSP}%"'
Corridors = tuple[str, str]  # an indicator and a period


def shared_corridors(desk: Desk, code: str, period: str) -> Corridors | None:
    """The indicator and period by corridor that a territory and the nation have both, known at
    `period` when one is, else the latest."""
    for when in _in_order(corridor_periods(desk, code), period):
        for indicator in _published_first(desk, corridor_indicators(desk, code, when)):
            if code != "FR" and _common(desk, code, indicator, when):
                return indicator, when
    return None


def own_corridors(desk: Desk, code: str, period: str) -> Corridors | None:
    """The first indicator and period by corridor of a territory alone, in the same order."""
    for when in _in_order(corridor_periods(desk, code), period):
        for indicator in corridor_indicators(desk, code, when):
            return indicator, when
    return None


def _published_first(desk: Desk, indicators: list[str]) -> list[str]:
    """Shares as their sources print them before counts, whose shares are computed here."""
    return sorted(indicators, key=lambda key: not desk.settings.indicators[key].in_percent)


def _in_order(known: list[str], period: str) -> list[str]:
    """Those that end by the period before those that follow it; else as they come."""
    return sorted(known, key=lambda when: periods.months_between(when, period) < 0)


def _common(desk: Desk, code: str, indicator: str, when: str) -> bool:
    own, nation = (_shares(desk, place, indicator, when) for place in (code, "FR"))
    known = [set(rows.loc[rows["shown"].notna(), "key"]) for rows in (own, nation)]
    return len(known[0] & known[1]) > 1


def corridor_pair_figure(
    desk: Desk, codes: list[str], *, indicator: str, when: str, selected: str = ""
) -> charts.Figure | None:
    """Bars of two territories or more by corridor: the published rate or share, or for a count
    the share of each corridor in the total of its territory, computed. None without any.

    selected: the territory that stands out.
    """
    kind = desk.settings.indicators[indicator]
    when = periods.when(when, kind.measure)
    rows = _every_corridor(desk, {code: _shares(desk, code, indicator, when) for code in codes})
    if rows["shown"].notna().sum() < 2:
        return None
    names = captions.names_apart(desk, codes)
    colours = dict(zip(names.values(), colours_of(desk, codes, selected), strict=True))
    listed = wording.enumeration(list(colours))
    title = f"{_what(kind)}, {listed}, {periods.label(when, kind.measure)}"
    places = "-".join(desk.territories[code].slug for code in codes)
    return charts.Figure(
        key=f"{places}_{when}_{wording.slug(kind.label)}_couloirs",
        title=title,
        subtitle="",
        spec=_spec(desk, rows, colours),
        alt=_alt(rows, title),
        lecture=_lecture(desk, rows, kind, when),
        champ=f"{kind.champ}, {listed}.",
        source=captions.source_line(desk, rows),
        sources=_sources(desk, codes, rows, indicator, when),
        note=" ".join(
            note
            for note in (_note(desk, codes, kind, indicator, when), captions.secrecy_note(rows))
            if note
        ),
        table=_table(rows, kind),
        numbers=_numbers(rows, kind),
        plot=_plot(rows, colours),
        fictitious=desk.book.fictitious,
        height=34 * len(rows) + 20,
        ratio=640 / (31 * len(rows) + 28),
        legend=tuple(charts.Swatch(name, shade) for name, shade in colours.items()),
    )


def _spec(desk: Desk, rows: pd.DataFrame, colours: Mapping[str, str]) -> dict[str, Any]:
    bars = rows[["panel", "corridor", "text"]].assign(value=rows["shown"], label=rows["text"])
    return charts.to_spec(
        charts.corridor_groups(bars, style=desk.style, colours=list(colours.values())), desk.style
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


def _numbers(rows: pd.DataFrame, kind: Indicator) -> dict[str, charts.Numbers]:
    formats = ["General" if math.isnan(value) else PERCENT for value in rows["shown"]]
    return {_column(kind): charts.Numbers(tuple(rows["shown"]), tuple(formats))}


def _shares(desk: Desk, code: str, indicator: str, when: str) -> pd.DataFrame:
    """One row per corridor: key, shown (percent), text, source, page, derived."""
    kind = desk.settings.indicators[indicator]
    rows = by_corridor(desk.book.figures, desk.settings, code, indicator=indicator, when=when)
    total = _total(desk, code, indicator, when)
    divisor = 1.0 if kind.in_percent else float("nan") if total is None else total["value"] / 100
    digits = kind.digits if kind.in_percent else 1
    shown = [charts.as_printed(value / divisor, digits) for value in rows["value"]]
    texts = [
        wording.value(v, kind, q)
        if math.isnan(v)
        else captions.marked(
            f"{wording.number(v, digits if v % 1 else 0)}{wording.NBSP}%",
            how if kind.in_percent else "part du total",
        )
        for v, q, how in zip(shown, rows["qualifier"], rows["derived"], strict=True)
    ]
    return rows.assign(
        key=rows["corridor"],
        shown=pd.Series(shown, dtype=float),
        text=pd.Series(texts, dtype=object),
    )


def _every_corridor(desk: Desk, panels: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The territories one after the other, each with the corridors of another, unpublished."""
    present = {key for panel in panels.values() for key in panel["key"]}
    order = [key for key in desk.settings.corridors if key in present]
    names, whole = captions.names_apart(desk, panels), []
    for code, panel in panels.items():
        rows = panel.set_index("key").reindex(order)
        rows["corridor"] = [desk.settings.corridors[key].short for key in order]
        rows["text"] = rows["text"].fillna(wording.MISSING)
        texts = ["source", "page", "derived"]
        rows[texts] = rows[texts].fillna("")
        rows["secret"] = rows["secret"].eq(True)
        whole.append(rows.assign(panel=names[code], code=code))
    return pd.concat(whole).reset_index(names="key")


def _total(desk: Desk, code: str, indicator: str, when: str) -> pd.Series | None:
    """What the corridors of a territory are divided by."""
    row = corridor_total(desk.book.figures, desk.settings, code, indicator=indicator, when=when)
    return None if row is None or row["value"] == 0 else row


def _sources(
    desk: Desk, codes: list[str], rows: pd.DataFrame, indicator: str, when: str
) -> tuple[str, ...]:
    """Those of the corridors, and of the totals that a count is divided by."""
    found = list(captions.source_keys(rows))
    if not desk.settings.indicators[indicator].in_percent:
        totals = [_total(desk, code, indicator, when) for code in codes]
        found += [str(total["source"]) for total in totals if total is not None]
    return tuple(dict.fromkeys(found))


def _what(kind: Indicator) -> str:
    if not kind.in_percent:
        return f"{kind.label} : part de chaque couloir"
    return kind.label if "couloir" in kind.label else f"{kind.label} par couloir"


def _column(kind: Indicator) -> str:
    return kind.label if kind.in_percent else "Part du total"


def _lecture(desk: Desk, rows: pd.DataFrame, kind: Indicator, when: str) -> str:
    """Reads the highest corridor of the first territory that has any."""
    known = rows[rows["shown"].notna()]
    first = (
        known[known["code"] == known["code"].iloc[0]]
        .sort_values("shown", ascending=False, kind="stable")
        .iloc[0]
    )
    corridor = desk.settings.corridors[first["key"]].label
    if kind.in_percent:
        return captions.reading(
            desk, kind, first["code"], first["shown"], "", when, corridor=corridor
        )
    place = desk.territories[first["code"]].locative
    return (
        f"{captions.at(when, kind)}, {place}, le couloir {corridor} "
        f"représente {first['text']} du total ({kind.label[:1].lower()}{kind.label[1:]})."
    )


def _note(desk: Desk, codes: list[str], kind: Indicator, indicator: str, when: str) -> str:
    if kind.in_percent:
        return ""
    totals = [(desk.territories[code].name, _total(desk, code, indicator, when)) for code in codes]
    said = " ; ".join(
        f"{name}, {wording.with_unit(row['value'], kind, row['qualifier'])} "
        f"({captions.source_text(desk.book.sources[row['source']], row['page'])})"
        for name, row in totals
        if row is not None
    )
    return (
        f"{captions.DERIVED_MARK} Valeur calculée : part du couloir dans le total du "
        f"territoire. Totaux : {said}."
    )


def _plot(rows: pd.DataFrame, colours: Mapping[str, str]) -> charts.Plot:
    """The bars for a slide: a corridor by category, a territory by series."""
    corridors = list(dict.fromkeys(rows["corridor"]))
    series = []
    for name, shade in colours.items():
        mine = rows[rows["panel"] == name].set_index("corridor").reindex(corridors)
        values = tuple(None if math.isnan(v) else float(v) for v in mine["shown"])
        series.append(charts.Series(name, values, shade, tuple(mine["text"].fillna(""))))
    return charts.Plot("bars", tuple(corridors), tuple(series), PERCENT)
