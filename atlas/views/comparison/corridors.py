"""Corridors of several territories: side by side on one axis, or in panels of their own."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd

from atlas import charts, periods, wording
from atlas.indicators import by_corridor
from atlas.views import captions
from atlas.views.comparison import words
from atlas.views.comparison.asked import Asked, Unsuited
from atlas.views.comparison.levels import COMPUTED
from atlas.views.comparison.remarks import marked_names, remarks_note, remarks_of
from atlas.views.desk import Desk
from atlas.views.series_colours import COLOURS, colour

# Territories that can be told apart side by side, and panels that a sheet holds.
MOST, MOST_PANELS = len(COLOURS), 12
SHARED, FREE = (
    "Échelle commune",
    ("Une échelle par territoire : comparez les formes, non les longueurs"),
)


def corridors_figure(desk: Desk, asked: Asked) -> charts.Figure | None:
    """Bars of the territories beside each other within each corridor. Raises Unsuited."""
    rows = _rows(desk, asked)
    names = list(dict.fromkeys(rows["panel"]))
    if len(names) > MOST:
        raise Unsuited(
            f"{len(names)} territoires publient ces couloirs et {MOST} au plus se "
            "distinguent côte à côte : choisissez-en moins, ou les petits multiples"
        )
    if rows.empty:
        return None
    colours = [colour(desk, place) for place in range(len(names))]
    chart = charts.corridor_groups(
        rows[["panel", "corridor", "shown", "label", "text"]].rename(columns={"shown": "value"}),
        style=desk.style,
        colours=colours,
    )
    legend = tuple(charts.Swatch(n, c) for n, c in zip(names, colours, strict=True))
    return _figure(
        desk,
        asked,
        rows,
        charts.to_spec(chart, desk.style),
        "couloirs",
        legend=legend,
        height=34 * len(rows) + 40,
        tall=31 * len(rows) + 28,
    )


def multiples_figure(desk: Desk, asked: Asked) -> charts.Figure | None:
    """A panel per territory, all with the same corridors in the same order. Raises Unsuited."""
    rows = _rows(desk, asked)
    count = rows["panel"].nunique()
    if count > MOST_PANELS:
        raise Unsuited(
            f"{count} territoires publient ces couloirs et une page en montre "
            f"{MOST_PANELS} au plus : choisissez-en moins"
        )
    if rows.empty:
        return None
    order = [c.short for c in desk.settings.corridors.values() if c.short in set(rows["corridor"])]
    placed = rows.assign(
        _place=rows["corridor"].map(order.index),
        _panel=rows["panel"].map(
            {name: place for place, name in enumerate(dict.fromkeys(rows["panel"]))}
        ),
    ).sort_values(["_panel", "_place"])
    chart = charts.multiples(
        placed[["panel", "corridor", "shown", "label", "text"]].rename(columns={"shown": "value"}),
        style=desk.style,
        shared=asked.page.axis == "shared",
        corridors=order,
    )
    tall = charts.multiples_height(count, len(order))
    return _figure(
        desk,
        asked,
        rows,
        charts.to_spec(chart, desk.style),
        "petits-multiples",
        height=tall,
        tall=tall,
        said=SHARED if asked.page.axis == "shared" else FREE,
    )


def _figure(
    desk: Desk,
    asked: Asked,
    rows: pd.DataFrame,
    spec: dict[str, Any],
    layout: str,
    *,
    height: int,
    tall: int,
    said: str = "",
    legend: tuple[charts.Swatch, ...] = (),
) -> charts.Figure:
    """What both say alike. said: what the reader must know of the scale, under the title."""
    what = f"{asked.kind.label} par couloir"
    if asked.page.measure == "change":
        word = "Évolution" if asked.kind.in_percent else "Croissance"
        what = f"{word} annuelle : {what[:1].lower()}{what[1:]}"
    title, subtitle = words.titles(asked, what)
    first = rows.sort_values("shown", ascending=False, kind="stable").iloc[0]
    listed = " ; ".join(
        f"{p}, {c} : {t}" for p, c, t in rows[["panel", "corridor", "text"]].itertuples(index=False)
    )
    codes = list(dict.fromkeys(rows["code"]))
    return charts.Figure(
        words.file_key(asked, layout),
        title,
        ". ".join(text for text in (subtitle, said) if text),
        spec=spec,
        alt=f"{what}. {listed}.",
        lecture=f"{first['panel']}, couloir {first['corridor']} : {first['text']}.",
        champ=words.champ(desk, asked, codes),
        source=captions.source_line(desk, rows),
        sources=captions.source_keys(rows),
        note=_note(desk, asked, rows, codes),
        fictitious=desk.book.fictitious,
        legend=legend,
        height=height,
        ratio=640 / tall,
        table=rows[["panel", "corridor", "text"]].set_axis(
            ["Territoire et période", "Couloir", asked.kind.label], axis=1
        ),
        numbers={asked.kind.label: charts.Numbers(tuple(rows["shown"]), _cells(asked, rows))},
        plot=_plot(desk, asked, rows),
    )


def _note(desk: Desk, asked: Asked, rows: pd.DataFrame, codes: list[str]) -> str:
    computed = (
        words.change_note(asked, rows["derived"])
        if asked.page.measure == "change"
        else captions.derived_note(desk, rows)
    )
    return words.joined(
        words.absent_note(desk, asked, asked.codes, codes, by=" par couloir"),
        computed,
        captions.secrecy_note(rows),
        remarks_note(desk, asked, remarks_of(asked, codes, set(rows["when"]))),
    )


def _cells(asked: Asked, rows: pd.DataFrame) -> tuple[str, ...]:
    if asked.page.measure == "change":
        return tuple(wording.change_format(v, asked.kind) for v in rows["shown"])
    return tuple(
        wording.cell_format(v, asked.kind, q)
        for v, q in zip(rows["shown"], rows["qualifier"], strict=True)
    )


def _plot(desk: Desk, asked: Asked, rows: pd.DataFrame) -> charts.Plot:
    """The bars for a slide: a corridor by category, a territory by series."""
    corridors = list(dict.fromkeys(rows["corridor"]))
    series = []
    for place, name in enumerate(dict.fromkeys(rows["panel"])):
        mine = rows[rows["panel"] == name].set_index("corridor").reindex(corridors)
        values = tuple(None if math.isnan(value) else float(value) for value in mine["shown"])
        series.append(
            charts.Series(name, values, colour(desk, place), tuple(mine["label"].fillna("")))
        )
    say = wording.change_format if asked.page.measure == "change" else wording.cell_format
    return charts.Plot("bars", tuple(corridors), tuple(series), say(1.5, asked.kind))


def _rows(desk: Desk, asked: Asked) -> pd.DataFrame:
    """Every corridor of every territory; empty when none is published."""
    return pd.concat([_panel(desk, asked, code) for code in asked.codes], ignore_index=True)


def _panel(desk: Desk, asked: Asked, code: str) -> pd.DataFrame:
    """The corridors of one territory at the date asked for, else at its latest."""
    kind, change = asked.kind, asked.page.measure == "change"
    when = asked.when or _latest(desk, asked, code)
    rows = growths(desk, asked, code, when) if change else _levels(desk, asked, code, when)
    if rows["shown"].isna().all():
        rows = rows.iloc[:0]
    texts = [
        wording.change(v, kind) if change and not math.isnan(v) else wording.value(v, kind, q)
        for v, q in zip(rows["shown"], rows["qualifier"], strict=True)
    ]
    (name,) = marked_names(desk, [code], remarks_of(asked, [code], [when]))
    return rows.assign(
        code=code,
        when=when,
        text=texts,
        label=[captions.marked(t, d) for t, d in zip(texts, rows["derived"], strict=True)],
        panel=f"{name}, {periods.label(when, kind.measure)}" if when else name,
        corridor=[desk.settings.corridors[c].short for c in rows["corridor"]],
    )


def _latest(desk: Desk, asked: Asked, code: str) -> str:
    """The latest date with what the bars measure: levels, published changes, else computed."""
    rows = desk.book.figures
    mine = rows[
        (rows["indicator"] == asked.indicator)
        & (rows["territory"] == code)
        & (rows["corridor"] != "")
        & ~rows["uncertain"]
    ]
    levels = set(mine.loc[mine["value"].notna(), "when"])
    if asked.page.measure == "change":
        found = set(mine.loc[mine["change"].notna(), "when"]) or {
            when for when in levels if periods.a_year_before(when) in levels
        }
    else:
        found = levels
    return max(found, key=periods.end_month, default="")


def _levels(desk: Desk, asked: Asked, code: str, when: str) -> pd.DataFrame:
    rows = by_corridor(desk.book.figures, desk.settings, code, indicator=asked.indicator, when=when)
    return rows.assign(shown=rows["value"])


def growths(desk: Desk, asked: Asked, code: str, when: str) -> pd.DataFrame:
    """The changes by corridor since the year before: as published, else from the two levels."""
    rows = _levels(desk, asked, code, when)
    before = _levels(desk, asked, code, periods.a_year_before(when)) if when else rows
    base = rows["corridor"].map(before.drop_duplicates("corridor").set_index("corridor")["value"])
    base = base.astype(float)
    computed = (
        rows["value"] - base
        if asked.kind.in_percent
        else (rows["value"] / base.where(base > 0) - 1) * 100
    ).round(9)
    published = rows["change"].notna()
    how = pd.Series(COMPUTED, rows.index).where(~published & computed.notna(), "")
    shown = rows["change"].where(published, computed)
    secret = shown.isna() & (
        rows["secret"] | rows["corridor"].isin(before.loc[before["secret"], "corridor"])
    )
    return rows.assign(
        shown=shown,
        derived=how,
        secret=secret,
        qualifier=rows["qualifier"].where(~secret, wording.HIDDEN),
    )
