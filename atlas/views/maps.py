"""The map of one indicator and the ranked bars beside it: same values, same selection."""

from __future__ import annotations

import math
from typing import Any

import altair as alt
import pandas as pd

from atlas import charts, wording
from atlas.charts.bars import NATION
from atlas.indicators import is_restated, snapshot
from atlas.territories import KINDS
from atlas.views import captions, map_classes, map_words
from atlas.views.desk import Desk
from atlas.views.map_classes import SCALES
from atlas.views.map_words import MapChoice

_MEASURE_SLUGS = {"value": "", "change": "evolution", "gap": "ecart-france"}


def map_figure(desk: Desk, choice: MapChoice, title: str = "") -> charts.Figure | None:
    """The choropleth of a choice; None when no shapes were ever prepared."""
    if desk.shapes is None:
        return None
    rows = map_values(desk, choice)
    classes = map_classes.classes_of(desk, choice, rows)
    view = desk.shapes.views[choice.within]
    chart = charts.choropleth(
        _slim(rows),
        shapes=alt.UrlData(url=desk.shapes.url(choice.within)),
        bounds=view.bounds,
        level=choice.level,
        classes=classes,
        words=_words(desk, choice, rows),
        style=desk.style,
        labels=choice.within != "FR",
        selected=choice.selected,
    )
    left, bottom, right, top = view.bounds
    texts = _texts(desk, choice, rows, title)
    notes = (texts.pop("note"), map_classes.classes_note(choice, rows))
    return charts.Figure(
        **texts,
        key=_key(desk, choice, "carte"),
        name="Carte",
        note=" ".join(note for note in notes if note),
        spec=charts.to_spec(chart, desk.style),
        source=captions.source_line(desk, rows, shapes=True),
        sources=captions.source_keys(rows),
        height=470,
        ratio=max(0.95, (right - left) / (top - bottom)),
        legend_title=map_classes.scale_title(desk, choice),
        legend=map_classes.map_legend(desk, choice, rows, classes),
    )


def ranking_figure(desk: Desk, choice: MapChoice, title: str = "") -> charts.Figure:
    """The same values as ranked bars, with the nation's level as a line."""
    rows = map_values(desk, choice)
    known = rows[~rows["missing"]]
    names, bars = None, _slim(known).assign(code=known["code"], name=known["name"])
    if desk.shapes is not None:
        feature = "every_caisse" if choice.level == "caisses" else choice.level
        names = alt.UrlData(
            url=desk.shapes.url(choice.within),
            format=alt.TopoDataFormat(type="topojson", feature=feature),
        )
        bars = _with_nation(desk, choice, _slim(known)).drop(columns="detail", errors="ignore")
    chart = charts.ranked_bars(
        bars,
        words=_words(desk, choice, rows),
        style=desk.style,
        names=names,
        selected=choice.selected,
        inside=choice.measure == "value",
    )
    return charts.Figure(
        **_texts(desk, choice, rows, title),
        key=_key(desk, choice, "classement"),
        name="Classement",
        spec=charts.to_spec(chart, desk.style),
        source=captions.source_line(desk, rows),
        sources=captions.source_keys(rows),
        height=max(90, 25 * len(known) + 30),
        ratio=640 / (28 * len(known) + 37),
        plot=_plot(desk, choice, known),
    )


def _plot(desk: Desk, choice: MapChoice, known: pd.DataFrame) -> charts.Plot:
    """The bars for a slide: those of the territories, the nation's level among them."""
    ordered = known.sort_values("shown", ascending=False, kind="stable")
    kind = desk.settings.indicators[choice.indicator]
    say = wording.cell_format if choice.measure == "value" else wording.change_format
    labels = [
        captions.marked(text, how)
        for text, how in zip(ordered["text"], ordered["derived"], strict=True)
    ]
    name = map_words.legend_title(desk, choice)
    return charts.Plot(
        "bars",
        tuple(ordered["name"]),
        (charts.Series(name, tuple(ordered["shown"]), desk.style.primary, tuple(labels)),),
        say(1.5, kind),
    )


def _texts(desk: Desk, choice: MapChoice, rows: pd.DataFrame, title: str) -> dict[str, Any]:
    """What the map and its bars say alike."""
    return {
        "title": title or map_words.title(desk, choice),
        "subtitle": map_words.subtitle(desk, choice, title),
        "alt": map_words.alt_text(desk, choice, rows),
        "steady_alt": map_words.steady_alt(desk, choice),
        "lecture": map_words.lecture(desk, choice, rows),
        "champ": map_words.champ(desk, choice),
        "note": " ".join(
            note
            for note in (captions.derived_note(desk, rows), captions.secrecy_note(rows))
            if note
        ),
        "table": map_words.map_table(desk, choice, rows),
        "numbers": map_words.map_numbers(desk.settings.indicators[choice.indicator], rows),
        "fictitious": desk.book.fictitious,
    }


def map_values(desk: Desk, choice: MapChoice) -> pd.DataFrame:
    """The snapshot of the level inside the territory, plus what the charts print.

    Adds i (place in the level), name, shown (the value of the measure, rounded as printed), text
    and detail (where it comes from). derived is how the measure was computed, level_derived how
    the level was.
    """
    codes = desk.territories.of_kind(KINDS[choice.level], choice.within)
    indicator = desk.settings.indicators[choice.indicator]
    rows = (
        snapshot(
            desk.book.figures,
            desk.settings,
            ["FR", *codes],
            indicator=choice.indicator,
            when=choice.when,
        )
        .iloc[1:]
        .copy()
    )
    everywhere = desk.territories.of_kind(KINDS[choice.level])
    rows["i"] = [everywhere.index(code) for code in rows["code"]]
    rows["name"] = [desk.territories[code].name for code in rows["code"]]
    rows["shown"] = [charts.as_printed(v) for v in rows[choice.measure]]
    rows["missing"] = rows["shown"].isna()
    if choice.measure == "change":
        rows["secret"] = rows["change_secret"]
    rows["rank"] = rows["shown"].rank(method="min", ascending=False)
    how = rows["change_derived"] if choice.measure == "change" else rows["derived"]
    rows["level_derived"] = rows["derived"]
    rows["derived"] = how.where(~rows["missing"], "")
    rows["text"] = [
        wording.SECRET if s else map_words.value_text(v, q, indicator, choice.measure)
        for v, q, s in zip(rows["shown"], rows["qualifier"], rows["secret"], strict=True)
    ]
    rows["detail"] = [
        wording.SECRET if s else captions.origin(desk, d, p) if not m else ""
        for d, p, m, s in zip(
            rows["derived"], rows["page"], rows["missing"], rows["secret"], strict=True
        )
    ]
    return rows


def _slim(rows: pd.DataFrame) -> pd.DataFrame:
    """Only what is drawn and not known to the browser: this travels at each change of period.

    Marks and origins are sent for computed values and secret ones; else the source line says all.
    """
    slim = rows[["i"]].assign(value=rows["shown"])
    computed = (rows["derived"] != "") & ~rows["derived"].map(is_restated)
    marks = [captions.marked("", "calcul") if known else None for known in computed]
    details = [
        text if known else None
        for text, known in zip(rows["detail"], computed | rows["secret"], strict=True)
    ]
    marks = [
        wording.SECRET if hidden else mark
        for mark, hidden in zip(marks, rows["secret"], strict=True)
    ]
    slim = slim.assign(
        mark=pd.Series(marks, rows.index, dtype=object),
        detail=pd.Series(details, rows.index, dtype=object),
    )
    return slim if (computed | rows["secret"]).any() else slim[["i", "value"]]


def _with_nation(desk: Desk, choice: MapChoice, bars: pd.DataFrame) -> pd.DataFrame:
    level = charts.as_printed(nation(desk, choice))
    if choice.measure != "value" or math.isnan(level):
        return bars
    line = pd.DataFrame({"i": [NATION], "value": [level]}, dtype=object)
    return pd.concat([bars, line.reindex(columns=bars.columns)])


def _words(desk: Desk, choice: MapChoice, rows: pd.DataFrame) -> charts.Wording:
    origin, secrets = "" if desk.book.fictitious else "publié", bool(rows["secret"].any())
    if choice.measure == "value":
        return charts.Wording(".1f", f"{wording.NBSP}%", origin, secrets=secrets)
    return charts.Wording("+.1f", f"{wording.NBSP}points", origin, secrets=secrets)


def nation(desk: Desk, choice: MapChoice) -> float:
    """The level of France at the same period, NaN where there is none."""
    row = snapshot(
        desk.book.figures, desk.settings, ["FR"], indicator=choice.indicator, when=choice.when
    )
    return float(row["value"].iloc[0])


def _key(desk: Desk, choice: MapChoice, what: str) -> str:
    what_is_shown = desk.settings.indicators[choice.indicator].label
    scale = "" if choice.scale == "fixed" else wording.slug(SCALES[choice.scale])
    parts = [
        wording.slug(what_is_shown),
        _MEASURE_SLUGS[choice.measure],
        scale,
        "" if choice.level == "departements" else choice.level,
        desk.territories[choice.selected].slug if choice.selected else "",
        what,
    ]
    name = "_".join(part for part in parts if part)
    return f"{desk.territories[choice.within].slug}_{choice.when}_{name}"
