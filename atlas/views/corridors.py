"""Documents and structures by corridor, for one territory or across territories."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from atlas import charts, periods, wording
from atlas.indicators import best, by_corridor, corridor_total
from atlas.views import captions
from atlas.views import corridor_words as words
from atlas.views.desk import Desk


def corridor_figure(
    desk: Desk, code: str, *, indicator: str, when: str, title: str = "", selected: str = ""
) -> charts.Figure | None:
    """Bars by corridor with base year and growth, in the accent when the territory is the one
    selected; None when nothing is published."""
    kind = desk.settings.indicators[indicator]
    rows = by_corridor(
        desk.book.figures,
        desk.settings,
        code,
        indicator=indicator,
        when=periods.when(when, kind.measure),
    )
    if rows.empty or rows["secret"].all():
        return None
    place = desk.territories[code]
    rows = words.worded(desk, rows, kind)
    style = _accented(desk.style) if selected == code else desk.style
    base = "En orange" if style is desk.style else "Trait vertical"
    chart = charts.corridor_bars(words.drawn(rows), style=style)
    by = "" if "couloir" in kind.label else " par couloir"
    what = f"Croissance : {kind.label.lower()}" if words.only_growths(rows) else kind.label
    subtitle = f"{what}{by}, {place.name}, {periods.label(when, kind.measure)}"
    return charts.Figure(
        key=f"{place.slug}_{when}_{wording.slug(kind.label)}_couloirs",
        title=title or subtitle,
        subtitle=subtitle if title else "",
        spec=charts.to_spec(chart, desk.style),
        alt=words.alt(rows, subtitle),
        lecture=words.lecture(desk, rows, kind, code, when),
        champ=f"{kind.champ}, {place.name}.",
        source=captions.source_line(desk, rows),
        sources=captions.source_keys(rows),
        note=f"{_total(desk, code, rows, indicator, when)}{words.note(desk, rows, kind, base)}",
        table=words.table_of(rows, kind),
        numbers=words.numbers_of(rows, kind),
        plot=words.plot_of(style, rows, kind, when),
        fictitious=desk.book.fictitious,
        height=52 * len(rows) + 20,
        ratio=640 / (48 * len(rows) + 20),
    )


def _accented(style: charts.Style) -> charts.Style:
    """Bars in the accent, and the level of the base year in ink instead."""
    return replace(style, primary=style.accent, accent=style.ink)


def _total(desk: Desk, code: str, shown: pd.DataFrame, indicator: str, when: str) -> str:
    """The total over the corridors as published, which the rows may not add up to.

    Its source is named when it is none of those of the rows.
    """
    kind = desk.settings.indicators[indicator]
    row = corridor_total(
        desk.book.figures,
        desk.settings,
        code,
        indicator=indicator,
        when=periods.when(when, kind.measure),
    )
    if row is None or kind.in_percent:
        return ""
    growth = "" if math.isnan(row["change"]) else f" ({wording.change(row['change'], kind)})"
    name = "Total" if desk.book.fictitious else "Total publié"
    source = (
        ""
        if row["source"] in set(shown["source"])
        else (f", d’après {captions.source_text(desk.book.sources[row['source']], row['page'])}")
    )
    return f"{name} : {wording.with_unit(row['value'], kind, row['qualifier'])}{growth}{source}. "


def corridor_across(desk: Desk, corridor: str, *, indicator: str) -> charts.Figure | None:
    """One corridor in France and each région that published it, at its latest period."""
    rows = desk.book.published
    rows = rows[
        (rows["indicator"] == indicator)
        & (rows["corridor"] == corridor)
        & rows["territory"].isin(["FR", *desk.territories.of_kind("REG")])
        & ~rows["uncertain"]
    ]
    kind = desk.settings.indicators[indicator]
    chosen = best(rows, desk.settings.source_order, needs="any")
    chosen = chosen.sort_values("when", key=lambda s: s.map(periods.end_month), ascending=False)
    chosen = chosen.drop_duplicates("territory")
    if chosen.empty or chosen["secret"].all():
        return None
    worded = words.worded(desk, chosen.assign(base=float("nan")), kind)
    worded["corridor"] = [
        f"{desk.territories[c].name}, {periods.label(p, kind.measure)}"
        for c, p in zip(worded["territory"], worded["period"], strict=True)
    ]
    worded = worded.sort_values("value", ascending=False, na_position="last", kind="stable")
    name, first = desk.settings.corridors[corridor].label, worded[~worded["secret"]].iloc[0]
    chart = charts.corridor_bars(words.drawn(worded), style=desk.style)
    heading = f"{kind.label}, couloir {name}, par territoire"
    return charts.Figure(
        key=f"{wording.slug(name)}_{wording.slug(kind.label)}_territoires",
        title=heading,
        subtitle="",
        spec=charts.to_spec(chart, desk.style),
        alt=words.alt(worded, heading),
        lecture=f"{first['corridor']} : {first['text']}.",
        champ=f"{kind.champ} ; territoires qui publient ce couloir, à leur dernière période.",
        source=captions.source_line(desk, worded),
        sources=captions.source_keys(worded),
        note=words.note(desk, worded, kind),
        table=words.table_of(worded, kind)
        .drop(columns="Base (calculée)")
        .rename(columns={"Couloir": "Territoire et période"}),
        numbers=words.numbers_of(worded, kind),
        plot=words.plot_of(desk.style, worded, kind, ""),
        fictitious=desk.book.fictitious,
        height=52 * len(worded) + 20,
        ratio=640 / (48 * len(worded) + 20),
    )


def corridor_table(desk: Desk, code: str, *, indicators: list[str], when: str) -> pd.DataFrame:
    """Corridors in rows and the published totals last; a value and a growth per indicator."""
    corridors = {**{k: c.label for k, c in desk.settings.corridors.items()}, "": "TOTAL publié"}
    table = pd.DataFrame({"Couloir": list(corridors.values())})
    rows = desk.book.published
    for key in indicators:
        kind = desk.settings.indicators[key]
        mine = rows[
            (rows["indicator"] == key)
            & (rows["territory"] == code)
            & (rows["when"] == periods.when(when, kind.measure))
            & ~rows["uncertain"]
        ]
        chosen = best(mine, desk.settings.source_order, needs="any").set_index("corridor")
        chosen = chosen.reindex(list(corridors))
        table[kind.label] = [
            wording.value(v, kind, wording.HIDDEN if s == 1 else q)
            for v, q, s in zip(chosen["value"], chosen["qualifier"], chosen["secret"], strict=True)
        ]
        table[f"Évolution ({kind.label})"] = [
            "" if math.isnan(c) else wording.change(c, kind) for c in chosen["change"]
        ]
    return table
