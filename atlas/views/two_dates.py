"""Two dates of one indicator: both maps on one scale, and the map of what lies between them."""

from __future__ import annotations

from collections import Counter
from typing import Any

import altair as alt
import pandas as pd

from atlas import charts, wording
from atlas.charts.scales import ChangeWording
from atlas.charts.style import class_labels, mixed
from atlas.charts.two_maps import HEAD, PairWording, two_maps
from atlas.views import captions, map_words
from atlas.views import two_dates_words as words
from atlas.views.desk import Desk
from atlas.views.map_words import LEVELS, MapChoice
from atlas.views.two_dates_rows import (
    DATES,
    SIDE,
    change_bounds,
    pair_values,
    shades,
    slim_changes,
    slim_levels,
)
from atlas.views.two_dates_words import PairChoice

ABSENT = "une des deux dates manque"
# Pixels: height on a screen, width of one map of two in an image.
HEIGHT, WIDTH = 470, 320


def two_maps_figure(desk: Desk, choice: PairChoice, title: str = "") -> charts.Figure | None:
    """Both maps in one drawing; None when no shapes were ever prepared."""
    if desk.shapes is None:
        return None
    kind = desk.settings.indicators[choice.indicator]
    rows = pair_values(desk, choice).sort_values("after", ascending=False, kind="stable")
    classes = charts.Classes(
        kind.bounds, charts.palette(desk.style.sequential, len(kind.bounds) + 1)
    )
    heads = pd.DataFrame({"place": [0, 1], "text": words.dates(desk, choice)})
    chart = two_maps(
        slim_levels(rows),
        heads,
        **_drawn(desk, choice),
        classes=classes,
        words=PairWording(".1f", f"{wording.NBSP}%", secrets=_any_secret(rows)),
        some=bool(choice.only),
    )
    what = words.two_maps_title(desk, choice)
    return charts.Figure(
        **_texts(desk, choice, rows, rows, what=what, title=title),
        spec=charts.to_spec(chart, desk.style),
        key=_key(desk, choice, "deux-dates"),
        lecture=words.two_maps_lecture(desk, choice, rows),
        height=HEIGHT,
        ratio=_ratio(desk, choice, HEAD),
        panels=2,
        legend_title=f"{kind.label} (en %) ; entre parenthèses, nombre de "
        f"{LEVELS[choice.level][1]} à la première puis à la seconde date",
        legend=_legend(desk, choice, rows, classes),
    )


def evolution_figure(desk: Desk, choice: PairChoice, title: str = "") -> charts.Figure | None:
    """The map of the changes, whose table holds those alone that are known; None without shapes,
    or when none is."""
    rows = pair_values(desk, choice).sort_values("change", ascending=False, kind="stable")
    if desk.shapes is None or rows["change"].isna().all():
        return None
    bounds = change_bounds(rows["change"])
    below, above = _two_hues(desk, SIDE)
    colours = [*below, *above, mixed(desk.style.neutral, desk.style.muted, 0.45)]
    chart = charts.choropleth(
        slim_changes(rows, bounds),
        **_drawn(desk, choice),
        classes=charts.Classes(list(range(1, len(colours))), colours, "shade"),
        words=ChangeWording(".1f", "", "", _absent(rows), still=len(bounds) + 1),
    )
    what = words.evolution_title(desk, choice)
    return charts.Figure(
        **_texts(desk, choice, rows, rows[rows["change"].notna()], what=what, title=title),
        spec=charts.to_spec(chart, desk.style),
        key=_key(desk, choice, "evolution"),
        lecture=words.evolution_lecture(desk, choice, rows),
        height=HEIGHT,
        ratio=_ratio(desk, choice),
        legend_title="Évolution (en points)",
        legend=_change_legend(desk, choice, rows, bounds, colours),
    )


def _two_hues(desk: Desk, side: int) -> tuple[list[str], list[str]]:
    """So many colours on each side of zero, without the pale one between, which has no sign."""
    read = charts.palette(desk.style.diverging, 2 * side + 1)
    return read[:side], read[side + 1 :]


def pair_text(desk: Desk, choice: PairChoice) -> str:
    """What both dates cover, and where the territory selected stands at each."""
    rows = pair_values(desk, choice)
    said = (words.coverage(desk, choice, rows), words.standing(desk, choice, rows))
    return " ".join(text for text in said if text)


def pair_table_of(desk: Desk, choice: PairChoice) -> pd.DataFrame:
    """The values of both dates, for a page that has no shapes to draw."""
    rows = pair_values(desk, choice).sort_values("after", ascending=False, kind="stable")
    return words.pair_table(desk, choice, rows)


def _drawn(desk: Desk, choice: PairChoice) -> dict[str, Any]:
    """What both charts draw alike."""
    assert desk.shapes
    return {
        "shapes": alt.UrlData(url=desk.shapes.url(choice.within)),
        "style": desk.style,
        "bounds": desk.shapes.views[choice.within].bounds,
        "level": choice.level,
        "labels": choice.within != "FR",
        "selected": choice.selected,
    }


def _ratio(desk: Desk, choice: PairChoice, head: int = 0) -> float:
    """Of one map with what is written over it, in pixels."""
    assert desk.shapes
    left, bottom, right, top = desk.shapes.views[choice.within].bounds
    ratio = max(0.95, (right - left) / (top - bottom))
    return WIDTH / (WIDTH / ratio + head)


def _texts(
    desk: Desk, choice: PairChoice, rows: pd.DataFrame, told: pd.DataFrame, *, what: str, title: str
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
        "alt": words.alt_text(what, desk, choice, rows),
        "steady_alt": f"Deux dates. {map_words.steady_alt(desk, level)}",
        "champ": map_words.champ(desk, level),
        "note": " ".join(
            text
            for text in (
                words.note(desk, choice, told),
                captions.SECRECY if _any_secret(rows) else "",
            )
            if text
        ),
        "source": captions.source_line(desk, sources, shapes=True),
        "sources": captions.source_keys(sources),
        "table": words.pair_table(desk, choice, told),
        "numbers": words.pair_numbers(desk, choice, told),
        "fictitious": desk.book.fictitious,
    }


def _key(desk: Desk, choice: PairChoice, what: str) -> str:
    kind = desk.settings.indicators[choice.indicator]
    parts = [
        wording.slug(kind.label),
        "" if choice.level == "departements" else choice.level,
        desk.territories[choice.selected].slug if choice.selected else "",
        what,
    ]
    name = "_".join(part for part in parts if part)
    return f"{desk.territories[choice.within].slug}_{choice.before}_{choice.after}_{name}"


def _legend(
    desk: Desk, choice: PairChoice, rows: pd.DataFrame, classes: charts.Classes
) -> tuple[charts.Swatch, ...]:
    """One scale, and how many territories each class holds at each date."""
    held = [
        Counter(charts.class_of(value, classes.bounds) for value in rows[date]) for date in DATES
    ]
    labels = class_labels(classes.bounds)
    entries = [
        charts.Swatch(f"{label} ({held[0][i]} puis {held[1][i]})", colour)
        for i, (label, colour) in enumerate(zip(labels, classes.colours, strict=True))
    ]
    hidden = [int((rows[f"{date}_qualifier"] == wording.HIDDEN).sum()) for date in DATES]
    absent = [held[i][None] - hidden[i] for i in (0, 1)]
    for label, counts, shade in (
        ("non publié", absent, desk.style.neutral),
        (wording.SECRET, hidden, desk.style.hidden),
    ):
        if any(counts):
            entries.append(
                charts.Swatch(f"{label} ({counts[0]} puis {counts[1]})", shade, hatched=True)
            )
    return (*entries, *_outside(desk, choice))


def _change_legend(
    desk: Desk, choice: PairChoice, rows: pd.DataFrame, bounds: list[float], colours: list[str]
) -> tuple[charts.Swatch, ...]:
    held = Counter(shades(rows, bounds).dropna())
    labels = [*class_labels(bounds), f"stable : {words.STILL}"]
    entries = [
        charts.Swatch(label, colour, count=held[i])
        for i, (label, colour) in enumerate(zip(labels, colours, strict=True))
        if i <= len(bounds) or held[i]
    ]
    if missing := int(rows["change"].isna().sum()):
        entries.append(
            charts.Swatch(_absent(rows), desk.style.neutral, hatched=True, count=missing)
        )
    return (*entries, *_outside(desk, choice))


def _any_secret(rows: pd.DataFrame) -> bool:
    return any((rows[f"{date}_qualifier"] == wording.HIDDEN).any() for date in DATES)


def _absent(rows: pd.DataFrame) -> str:
    """Why a change is not known."""
    return f"{ABSENT} ou est sous {wording.SECRET}" if _any_secret(rows) else ABSENT


def _outside(desk: Desk, choice: PairChoice) -> list[charts.Swatch]:
    if choice.within == "FR" and not choice.only:
        return []
    where = "comparaison" if choice.only else "région"
    return [charts.Swatch(f"hors de la {where}", desk.style.neutral)]
