"""Two dates of one indicator: both maps on one scale, and the map of what lies between them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.figures.common.map_layers import choropleth
from atlas.figures.common.style import class_labels, class_of, mixed, palette, to_spec
from atlas.figures.common.value_expressions import ChangeExpressions, Classes
from atlas.figures.map import texts
from atlas.figures.map.texts import LEVELS, MapChoice
from atlas.figures.two_dates import texts as words
from atlas.figures.two_dates.chart import HEAD, PairExpressions, two_maps
from atlas.figures.two_dates.rows import (
    DATES,
    SIDE,
    change_bounds,
    pair_values,
    shades,
    slim_changes,
    slim_levels,
)
from atlas.figures.two_dates.texts import PairChoice

ABSENT = "une des deux dates manque"
# Pixels: height on a screen, width of one map of two in an image.
HEIGHT, WIDTH = 470, 320


def two_maps_figure(context: FigureContext, choice: PairChoice, title: str = "") -> Figure | None:
    """Both maps in one drawing; None when no shapes were ever prepared."""
    if context.shapes is None:
        return None
    kind = context.settings.indicators[choice.indicator]
    rows = pair_values(context, choice).sort_values("after", ascending=False, kind="stable")
    classes = Classes(kind.bounds, palette(context.style.sequential, len(kind.bounds) + 1))
    heads = pd.DataFrame({"place": [0, 1], "text": words.dates(context, choice)})
    chart = two_maps(
        slim_levels(rows),
        heads,
        **_drawn(context, choice),
        classes=classes,
        words=PairExpressions(".1f", f"{french.NBSP}%", secrets=_any_secret(rows)),
        some=bool(choice.only),
    )
    what = words.two_maps_title(context, choice)
    return Figure(
        **_texts(context, choice, rows, rows, what=what, title=title),
        spec=to_spec(chart, context.style),
        key=_key(context, choice, "deux-dates"),
        lecture=words.two_maps_lecture(context, choice, rows),
        height=HEIGHT,
        ratio=_ratio(context, choice, HEAD),
        panels=2,
        legend_title=f"{kind.label} (en %) ; entre parenthèses, nombre de "
        f"{LEVELS[choice.level][1]} à la première puis à la seconde date",
        legend=_legend(context, choice, rows, classes),
    )


def evolution_figure(context: FigureContext, choice: PairChoice, title: str = "") -> Figure | None:
    """The map of the changes, whose table holds those alone that are known; None without shapes,
    or when none is."""
    rows = pair_values(context, choice).sort_values("change", ascending=False, kind="stable")
    if context.shapes is None or rows["change"].isna().all():
        return None
    bounds = change_bounds(rows["change"])
    below, above = _two_hues(context, SIDE)
    colours = [*below, *above, mixed(context.style.neutral, context.style.muted, 0.45)]
    chart = choropleth(
        slim_changes(rows, bounds),
        **_drawn(context, choice),
        classes=Classes(list(range(1, len(colours))), colours, "shade"),
        words=ChangeExpressions(".1f", "", "", _absent(rows), still=len(bounds) + 1),
    )
    what = words.evolution_title(context, choice)
    return Figure(
        **_texts(context, choice, rows, rows[rows["change"].notna()], what=what, title=title),
        spec=to_spec(chart, context.style),
        key=_key(context, choice, "evolution"),
        lecture=words.evolution_lecture(context, choice, rows),
        height=HEIGHT,
        ratio=_ratio(context, choice),
        legend_title="Évolution (en points)",
        legend=_change_legend(context, choice, rows, bounds, colours),
    )


def _two_hues(context: FigureContext, side: int) -> tuple[list[str], list[str]]:
    """So many colours on each side of zero, without the pale one between, which has no sign."""
    read = palette(context.style.diverging, 2 * side + 1)
    return read[:side], read[side + 1 :]


def pair_text(context: FigureContext, choice: PairChoice) -> str:
    """What both dates cover, and where the territory selected stands at each."""
    rows = pair_values(context, choice)
    said = (words.coverage(context, choice, rows), words.standing(context, choice, rows))
    return " ".join(text for text in said if text)


def pair_table_of(context: FigureContext, choice: PairChoice) -> pd.DataFrame:
    """The values of both dates, for a page that has no shapes to draw."""
    rows = pair_values(context, choice).sort_values("after", ascending=False, kind="stable")
    return words.pair_table(context, choice, rows)


def _drawn(context: FigureContext, choice: PairChoice) -> dict[str, Any]:
    """What both charts draw alike."""
    assert context.shapes
    return {
        "shapes": alt.UrlData(url=context.shapes.url(choice.within)),
        "style": context.style,
        "bounds": context.shapes.views[choice.within].bounds,
        "level": choice.level,
        "labels": choice.within != "FR",
        "selected": choice.selected,
    }


def _ratio(context: FigureContext, choice: PairChoice, head: int = 0) -> float:
    """Of one map with what is written over it, in pixels."""
    assert context.shapes
    left, bottom, right, top = context.shapes.views[choice.within].bounds
    ratio = max(0.95, (right - left) / (top - bottom))
    return WIDTH / (WIDTH / ratio + head)


def _texts(
    context: FigureContext,
    choice: PairChoice,
    rows: pd.DataFrame,
    told: pd.DataFrame,
    *,
    what: str,
    title: str,
) -> dict[str, Any]:
    """What both figures say alike. told: the rows that the figure shows; title: a finding, under
    which `what` is said in full."""
    by = f"Par {LEVELS[choice.level][0]}"
    level = MapChoice(choice.indicator, choice.level, choice.after, within=choice.within)
    sources = pd.concat(
        [
            words.levels_of(told),
            told[["change_source", "change_page"]].set_axis(["source", "page"], axis=1),
        ],
        ignore_index=True,
    ).fillna("")
    return {
        "title": title or what,
        "subtitle": f"{what}. {by}" if title else by,
        "alt": words.alt_text(what, context, choice, rows),
        "steady_alt": f"Deux dates. {texts.steady_alt(context, level)}",
        "champ": texts.champ(context, level),
        "note": " ".join(
            text
            for text in (
                words.note(context, choice, told),
                captions.SECRECY if _any_secret(rows) else "",
            )
            if text
        ),
        "source": captions.source_line(context, sources, shapes=True),
        "sources": captions.source_keys(sources),
        "table": words.pair_table(context, choice, told),
        "numbers": words.pair_numbers(context, choice, told),
        "fictitious": context.dataset.fictitious,
    }


def _key(context: FigureContext, choice: PairChoice, what: str) -> str:
    kind = context.settings.indicators[choice.indicator]
    parts = [
        french.slug(kind.label),
        "" if choice.level == "departements" else choice.level,
        context.territories[choice.selected].slug if choice.selected else "",
        what,
    ]
    name = "_".join(part for part in parts if part)
    return f"{context.territories[choice.within].slug}_{choice.before}_{choice.after}_{name}"


def _legend(
    context: FigureContext, choice: PairChoice, rows: pd.DataFrame, classes: Classes
) -> tuple[LegendEntry, ...]:
    """One scale, and how many territories each class holds at each date."""
    held = [Counter(class_of(value, classes.bounds) for value in rows[date]) for date in DATES]
    labels = class_labels(classes.bounds)
    entries = [
        LegendEntry(f"{label} ({held[0][i]} puis {held[1][i]})", colour)
        for i, (label, colour) in enumerate(zip(labels, classes.colours, strict=True))
    ]
    hidden = [int((rows[f"{date}_qualifier"] == french.HIDDEN).sum()) for date in DATES]
    absent = [held[i][None] - hidden[i] for i in (0, 1)]
    for label, counts, shade in (
        ("non publié", absent, context.style.neutral),
        (french.SECRET, hidden, context.style.hidden),
    ):
        if any(counts):
            entries.append(
                LegendEntry(f"{label} ({counts[0]} puis {counts[1]})", shade, hatched=True)
            )
    return (*entries, *_outside(context, choice))


def _change_legend(
    context: FigureContext,
    choice: PairChoice,
    rows: pd.DataFrame,
    bounds: list[float],
    colours: list[str],
) -> tuple[LegendEntry, ...]:
    held = Counter(shades(rows, bounds).dropna())
    labels = [*class_labels(bounds), f"stable : {words.STILL}"]
    entries = [
        LegendEntry(label, colour, count=held[i])
        for i, (label, colour) in enumerate(zip(labels, colours, strict=True))
        if i <= len(bounds) or held[i]
    ]
    if missing := int(rows["change"].isna().sum()):
        entries.append(
            LegendEntry(_absent(rows), context.style.neutral, hatched=True, count=missing)
        )
    return (*entries, *_outside(context, choice))


def _any_secret(rows: pd.DataFrame) -> bool:
    return any((rows[f"{date}_qualifier"] == french.HIDDEN).any() for date in DATES)


def _absent(rows: pd.DataFrame) -> str:
    """Why a change is not known."""
    return f"{ABSENT} ou est sous {french.SECRET}" if _any_secret(rows) else ABSENT


def _outside(context: FigureContext, choice: PairChoice) -> list[LegendEntry]:
    if choice.within == "FR" and not choice.only:
        return []
    where = "comparaison" if choice.only else "région"
    return [LegendEntry(f"hors de la {where}", context.style.neutral)]
