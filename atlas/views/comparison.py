"""The figures of a comparison page, one per indicator, by its layout."""

from __future__ import annotations

import math
from collections.abc import Callable

import pandas as pd

from atlas import charts, periods, wording
from atlas.indicators import by_corridor, snapshot
from atlas.indicators import periods as known_periods
from atlas.settings import Comparison, Indicator
from atlas.views import captions
from atlas.views.curves import COLOURS, curve_figure
from atlas.views.desk import Desk


def comparison_figure(desk: Desk, page: Comparison, indicator: str, key: str
                      ) -> charts.Figure | None:
    """The figure of one indicator of a page; None when none of its territories published it."""
    layout = {"bars": _bars, "curve": _curve, "corridors": _corridors}[page.layout]
    return layout(desk, page, indicator, key)


def _curve(desk: Desk, page: Comparison, indicator: str, key: str) -> charts.Figure | None:
    return curve_figure(desk, page.territories, indicator=indicator, title=page.finding or "")


def _bars(desk: Desk, page: Comparison, indicator: str, key: str) -> charts.Figure | None:
    kind = desk.settings.indicators[indicator]
    when = _when(desk, page, indicator)
    rows = snapshot(desk.book.figures, desk.settings, page.territories, indicator=indicator,
                    when=when)
    how = "change_derived" if page.measure == "change" else "derived"
    rows = rows.assign(shown=rows[page.measure], derived=rows[how],
                       name=[desk.territories[c].name for c in rows["code"]])
    known = rows[rows["shown"].notna()].sort_values("shown", ascending=False, kind="stable")
    if known.empty:
        return None
    known = _worded(desk, known, kind, page)
    chart = charts.ranked_bars(known[["code", "name", "value", "mark", "detail"]],
                               words=_format(kind, page), style=desk.style, selected="FR",
                               inside=page.measure == "value")
    what = f"{kind.label}, {periods.label(when, kind.measure)}"
    said = " ; ".join(f"{n} : {t}" for n, t in zip(known["name"], known["text"], strict=True))
    return charts.Figure(
        key=f"{key}_{when}_{wording.slug(kind.label)}_barres", title=page.finding or what,
        subtitle=what if page.finding else "", spec=charts.to_spec(chart, desk.style),
        alt=f"{what}. {said}.", lecture=_lecture(desk, known.iloc[0], kind, when, page),
        champ=f"{kind.champ}.", source=captions.source_line(desk, known),
        sources=captions.source_keys(known),
        note=_silent(rows, captions.derived_note(desk, known)),
        table=pd.DataFrame({"Territoire": known["name"], kind.label: known["text"],
                            "Origine": known["detail"]}).reset_index(drop=True),
        numbers={kind.label: charts.Numbers(
            tuple(known["shown"]), tuple(_cells(known, kind, page)))},
        plot=charts.Plot("bars", tuple(known["name"]), (charts.Series(
            what, tuple(known["shown"]), desk.style.primary, tuple(
                text + mark for text, mark in zip(known["text"], known["mark"], strict=True))),),
            _cell(1.5, kind, page)),
        fictitious=desk.book.fictitious, height=44 * len(known) + 20,
        ratio=640 / (42 * len(known) + 28))


def _cells(rows: pd.DataFrame, kind: Indicator, page: Comparison) -> list[str]:
    qualifiers = rows["qualifier"] if page.measure == "value" else [""] * len(rows)
    return [_cell(v, kind, page, q) for v, q in zip(rows["shown"], qualifiers, strict=True)]


def _cell(value: float, kind: Indicator, page: Comparison, qualifier: str = "") -> str:
    if page.measure == "change":
        return wording.change_format(value, kind)
    return wording.cell_format(value, kind, qualifier)


def _worded(desk: Desk, known: pd.DataFrame, kind: Indicator, page: Comparison
            ) -> pd.DataFrame:
    """Adds the texts of the bars; France stands out among the territories."""
    texts = [wording.value(v, kind, q) if page.measure == "value" else wording.change(v, kind)
             for v, q in zip(known["shown"], known["qualifier"], strict=True)]
    return known.assign(
        value=known["shown"], text=texts,
        mark=[captions.marked("", derived) for derived in known["derived"]],
        detail=[captions.origin(desk, d, p) for d, p in zip(
            known["derived"], known["page"], strict=True)])


def _format(kind: Indicator, page: Comparison) -> charts.Wording:
    """The numbers of the bars, written by Vega."""
    sign = "+" if page.measure == "change" else ""
    points = sign and kind.in_percent
    suffix = "points" if points else "%" if kind.in_percent or sign else ""
    return charts.Wording(f"{sign},.{kind.digits}f", f"{wording.NBSP}{suffix}" if suffix else "")


def _lecture(desk: Desk, first: pd.Series, kind: Indicator, when: str, page: Comparison) -> str:
    if page.measure == "change":
        return f"{first['name']} : {first['text']}."
    return captions.reading(desk, kind, first["code"], first["value"], first["qualifier"], when)


def _silent(rows: pd.DataFrame, note: str) -> str:
    silent = rows.loc[rows["shown"].isna(), "name"].tolist()
    said = f"Non publié pour cette période : {wording.enumeration(silent)}." if silent else ""
    return " ".join(part for part in (said, note) if part)


def _when(desk: Desk, page: Comparison, indicator: str) -> str:
    """The page's period, else the latest that one of its territories published."""
    if page.period:
        return periods.when(page.period, desk.settings.indicators[indicator].measure)
    return next(iter(known_periods(desk.book.figures, indicator, page.territories)), "")


def _corridors(desk: Desk, page: Comparison, indicator: str, key: str) -> charts.Figure | None:
    kind = desk.settings.indicators[indicator]
    panels = [_panel(desk, page, indicator, code) for code in page.territories]
    rows = pd.concat(panels, ignore_index=True)
    if rows.empty:
        return None
    names = list(dict.fromkeys(rows["panel"]))
    colours = COLOURS[: len(names)]
    chart = charts.corridor_groups(
        rows[["panel", "corridor", "shown", "label", "text"]].rename(columns={"shown": "value"}),
        style=desk.style, colours=colours)
    what = f"{kind.label} par couloir"
    if page.measure == "change":
        what = f"Croissance annuelle : {what[:1].lower()}{what[1:]}"
    first = rows.sort_values("shown", ascending=False, kind="stable").iloc[0]
    said = " ; ".join(f"{p}, {c} : {t}" for p, c, t in rows[
        ["panel", "corridor", "text"]].itertuples(index=False))
    return charts.Figure(
        key=f"{key}_{wording.slug(kind.label)}_couloirs", title=page.finding or what,
        subtitle=what if page.finding else "", spec=charts.to_spec(chart, desk.style),
        alt=f"{what}. {said}.",
        lecture=f"{first['panel']}, couloir {first['corridor']} : {first['text']}.",
        champ=f"{kind.champ}, {captions.enumerate_names(desk, page.territories)}.",
        source=captions.source_line(desk, rows),
        sources=captions.source_keys(rows), fictitious=desk.book.fictitious,
        table=rows[["panel", "corridor", "text"]].set_axis(
            ["Territoire et période", "Couloir", kind.label], axis=1),
        legend=tuple(charts.Swatch(n, c) for n, c in zip(names, colours, strict=True)),
        numbers={kind.label: charts.Numbers(tuple(rows["shown"]), tuple(_cells(rows, kind, page)))},
        plot=_groups(rows, names, colours, _cell(1.5, kind, page)),
        height=34 * len(rows) + 40, ratio=640 / (31 * len(rows) + 28))


def _groups(rows: pd.DataFrame, names: list[str], colours: list[str], number_format: str
            ) -> charts.Plot:
    """The bars for a slide: a corridor by category, a territory by series."""
    corridors = list(dict.fromkeys(rows["corridor"]))
    series = []
    for name, colour in zip(names, colours, strict=True):
        mine = rows[rows["panel"] == name].set_index("corridor").reindex(corridors)
        values = tuple(None if math.isnan(value) else float(value) for value in mine["shown"])
        series.append(charts.Series(name, values, colour, tuple(mine["label"].fillna(""))))
    return charts.Plot("bars", tuple(corridors), tuple(series), number_format)


def _panel(desk: Desk, page: Comparison, indicator: str, code: str) -> pd.DataFrame:
    """The corridors of one territory at the page's period, else at its latest."""
    kind = desk.settings.indicators[indicator]
    rows = desk.book.published
    mine = rows[(rows["indicator"] == indicator) & (rows["territory"] == code)
                & (rows["corridor"] != "") & ~rows["uncertain"] & rows[page.measure].notna()]
    wanted = periods.when(page.period, kind.measure) if page.period else ""
    whens = [wanted] if wanted else sorted(set(mine["when"]), key=periods.end_month)
    rows = by_corridor(desk.book.figures, desk.settings, code, indicator=indicator,
                       when=whens[-1] if whens else "")
    say: Callable[[float], str] = (
        (lambda v: wording.change(v, kind)) if page.measure == "change"
        else (lambda v: wording.value(v, kind)))
    texts = [wording.MISSING if math.isnan(v) else say(v) for v in rows[page.measure]]
    when = periods.label(whens[-1], kind.measure) if whens else ""
    return rows.assign(
        shown=rows[page.measure], text=texts, label=texts,
        panel=f"{desk.territories[code].name}, {when}",
        corridor=[desk.settings.corridors[c].short for c in rows["corridor"]])
