"""The map in relief: the values of the flat map, or counts, as heights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from atlas import charts, periods, wording
from atlas.charts.relief import Deck, Scene, relief
from atlas.geometry import Plates
from atlas.territories import KINDS
from atlas.views import captions, map_words
from atlas.views.desk import Desk
from atlas.views.map_classes import classes_of, map_legend
from atlas.views.map_words import LEVELS, MapChoice
from atlas.views.maps import map_values
from atlas.views.requests import map_request

# A height alone compares with nothing.
FEWEST = 2
# Pixels. On a phone the drawing leaves room around it: a finger inside it moves the map.
TALLEST, LOWEST = 560, 300


@dataclass(frozen=True, eq=False)
class Relief:
    """deck: None when no shapes were ever prepared. words: title, legend, caption and table.

    The recipe of the words makes the flat map of the same values; it is empty for a count, which
    has none. words has no drawing of its own.
    """

    deck: Deck | None
    words: charts.Figure


def relief_indicators(desk: Desk, level: str) -> list[str]:
    """Rates of the map, then counts, that several territories of a level have at one period."""
    rates = desk.settings.figures.map_indicators
    counts = [key for key, kind in desk.settings.indicators.items() if kind.kind == "count"]
    return [key for key in (*rates, *counts) if relief_periods(desk, key, level)]


def relief_periods(desk: Desk, indicator: str, level: str) -> list[str]:
    """Periods at which several territories of a level have a value, newest first."""
    counts = _counts(desk, indicator, level)
    return sorted(counts[counts >= FEWEST].index, key=periods.end_month, reverse=True)


def relief_start(desk: Desk, indicator: str, level: str) -> str:
    """The period with most territories, the newest among equals."""
    counts = _counts(desk, indicator, level)
    return max(counts.index, key=lambda when: (counts[when], periods.end_month(when)), default="")


def _counts(desk: Desk, indicator: str, level: str) -> pd.Series:
    """Territories with a total of an indicator, by period."""
    rows = desk.book.figures
    rows = rows[
        (rows["indicator"] == indicator)
        & (rows["corridor"] == "")
        & rows["territory"].isin(desk.territories.of_kind(KINDS[level]))
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    return rows.groupby("when")["territory"].nunique()


def overseas(desk: Desk, level: str) -> list[str]:
    """The territories of a level that the view of the mainland does not show."""
    if desk.shapes is None:
        return []
    plates = desk.shapes.plates()
    return [code for code in desk.territories.of_kind(KINDS[level]) if _is_far(plates, code)]


def _is_far(plates: Plates, code: str) -> bool:
    (x, y), (west, south, east, north) = plates.points[code], plates.boxes["FR"]
    return not (west < x < east and south < y < north)


def relief_of(desk: Desk, choice: MapChoice, width: int) -> Relief:
    """The relief of a choice of level and period, seen from where its selection is.

    width: pixels of the drawing; the view is fitted to it.
    """
    rows = map_values(desk, choice)
    indicator = desk.settings.indicators[choice.indicator]
    deck, height = None, min(TALLEST, max(LOWEST, width))
    if desk.shapes is not None:
        plates = desk.shapes.plates()
        scene = Scene(
            plates.parts, plates.points, _box(desk, plates, choice.selected), (width, height)
        )
        deck = relief(
            _drawn(desk, choice, rows),
            scene,
            columns=not indicator.in_percent,
            style=desk.style,
            selected=choice.selected,
        )
    return Relief(deck, _words(desk, choice, rows, height))


def _box(desk: Desk, plates: Plates, selected: str) -> tuple[float, float, float, float]:
    """Around what is selected and its neighbours, among which it is read: a département in its
    région, a région in the mainland. Overseas, each is alone."""
    if not selected:
        return plates.boxes["FR"]
    region = desk.territories.region_of(selected)
    return plates.boxes["FR" if selected == region and not _is_far(plates, region) else region]


def _drawn(desk: Desk, choice: MapChoice, rows: pd.DataFrame) -> pd.DataFrame:
    """What the chart needs of `map_values`."""
    colours = [desk.style.primary] * len(rows)
    indicator = desk.settings.indicators[choice.indicator]
    if indicator.in_percent:
        classes = classes_of(desk, choice, rows)
        places = [charts.class_of(value, classes.bounds) for value in rows["shown"]]
        colours = [desk.style.neutral if i is None else classes.colours[i] for i in places]
    said = [
        wording.with_unit(v, indicator, q)
        for v, q in zip(rows["shown"], rows["qualifier"], strict=True)
    ]
    return pd.DataFrame(
        {
            "code": rows["code"],
            "name": rows["name"],
            "value": rows["shown"],
            "colour": colours,
            "text": [
                captions.marked(text, how) for text, how in zip(said, rows["derived"], strict=True)
            ],
        }
    )


def _words(desk: Desk, choice: MapChoice, rows: pd.DataFrame, height: int) -> charts.Figure:
    indicator = desk.settings.indicators[choice.indicator]
    rate = indicator.in_percent
    table, numbers = map_words.map_table(desk, choice, rows), map_words.map_numbers(indicator, rows)
    if not rate:
        table = table.drop(columns="Écart à la France")
        numbers = {name: column for name, column in numbers.items() if name in table}
    legend = _flat_legend(desk, choice, rows) if rate else _column_legend(desk, rows)
    title = map_words.title(desk, choice)
    return charts.Figure(
        key=f"{wording.slug(title)}_relief",
        title=title,
        spec={},
        height=height,
        subtitle=_subtitle(choice, rows),
        alt=f"Carte en relief. {title}. Les valeurs sont dans le tableau qui suit.",
        lecture=map_words.lecture(desk, choice, rows),
        champ=map_words.champ(desk, choice),
        note=captions.derived_note(desk, rows),
        table=table,
        numbers=numbers,
        source=captions.source_line(desk, rows, shapes=True),
        sources=captions.source_keys(rows),
        fictitious=desk.book.fictitious,
        legend=legend,
        legend_title=map_words.legend_title(desk, choice) if rate else indicator.label,
        recipe=_flat_map(choice) if rate else {},
    )


def _flat_map(choice: MapChoice) -> Mapping[str, str]:
    return map_request(choice).as_texts()


def _subtitle(choice: MapChoice, rows: pd.DataFrame) -> str:
    """« Par région. Hauteurs depuis zéro ; la plus grande : Corse, 33,3 %. »"""
    known = rows[~rows["missing"]]
    by = f"Par {LEVELS[choice.level][0]}"
    if known.empty:
        return by
    first = known.loc[known["shown"].idxmax()]
    return (
        f"{by}. Hauteurs depuis zéro, proportionnelles aux valeurs ; la plus grande : "
        f"{first['name']}, {first['text']}."
    )


def _flat_legend(desk: Desk, choice: MapChoice, rows: pd.DataFrame) -> tuple[charts.Swatch, ...]:
    """The classes of the flat map; what is hatched there lies flat here."""
    entries = map_legend(desk, choice, rows, classes_of(desk, choice, rows))
    return tuple(
        charts.Swatch(f"{one.label}, à plat", one.colour, count=one.count) if one.hatched else one
        for one in entries
    )


def _column_legend(desk: Desk, rows: pd.DataFrame) -> tuple[charts.Swatch, ...]:
    hidden = int(rows["secret"].sum())
    missing = int(rows["missing"].sum()) - hidden
    known = charts.Swatch(
        "une colonne par territoire", desk.style.primary, count=len(rows) - missing - hidden
    )
    flat = [
        charts.Swatch(f"{label}, sans colonne", desk.style.neutral, count=count)
        for label, count in (("non publié", missing), (wording.SECRET, hidden))
        if count
    ]
    return (known, *flat)
