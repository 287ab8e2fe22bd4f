"""The bars of a portrait: a territory beside those it is compared with, and the nation."""

from __future__ import annotations

import pandas as pd

from atlas import periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.ranked_bars import ranked_bars
from atlas.figures.common.style import to_spec
from atlas.figures.common.value_expressions import FixedText
from atlas.figures.profile import texts as words
from atlas.figures.profile.peer_group import PeerGroup, Peers, peer_group
from atlas.figures.profile.strip import colours_by_role, key, note
from atlas.figures.profile.territory_position import (
    TerritoryPosition,
    territory_position,
    territory_rows,
)


def comparators_figure(
    context: FigureContext,
    codes: list[str],
    *,
    indicator: str,
    reference_period: str,
    peers: Peers = "",
) -> Figure | None:
    """Bars of the first of `codes`, of those it is compared with and of the nation; without any
    to compare with, its région's too. None when there are not two values to show."""
    kind = context.settings.indicators[indicator]
    here = territory_position(
        context, codes[0], indicator, periods.reference_period(reference_period, kind.accumulation)
    )
    beside = peer_group(context, codes[0], peers, tuple(codes[1:]))
    every = _compared(context, here, beside)
    shown = every[~every["missing"]]
    if len(shown) < 2:
        return None
    bars = shown.assign(colour=colours_by_role(context, here, set(every["code"]), shown["code"]))
    chart = ranked_bars(
        bars[["code", "name", "value", "text", "detail", "colour"]],
        words=FixedText(),
        style=context.style,
    )
    date = periods.label(here.reference_period, kind.accumulation)
    title = f"{kind.label}, {_together(context, here, beside)}, {date}"
    said = " ; ".join(f"{n} : {t}" for n, t in zip(shown["name"], shown["text"], strict=True))
    return Figure(
        key=key(context, codes, here, peers, "comparateurs"),
        title=title,
        subtitle="",
        spec=to_spec(chart, context.style),
        alt=f"{title}. {said}.",
        lecture=words.lecture(context, here),
        champ=f"{kind.champ}.",
        source=captions.source_line(context, shown),
        sources=captions.source_keys(shown),
        note=note(context, here, beside, shown),
        table=words.table(context, here, every, ranked=False),
        numbers=words.numbers(context, here, every, ranked=False),
        plot=words.plot(context, here, shown, bars["colour"]),
        fictitious=context.dataset.fictitious,
        height=34 * len(shown) + 20,
        ratio=640 / (34 * len(shown) + 24),
    )


def _compared(context: FigureContext, here: TerritoryPosition, beside: PeerGroup) -> pd.DataFrame:
    """The territory, its company and the nation; alone with the nation, its région too."""
    if here.code == "FR":
        return here.with_nation(here.known)
    codes = [here.code, *beside.codes] if beside.codes else words.around(context, here.code)[:-1]
    rows = territory_rows(context, ["FR", *codes], here.indicator, here.reference_period)
    return here.with_nation(rows[rows["code"] != "FR"])


def _together(context: FigureContext, here: TerritoryPosition, beside: PeerGroup) -> str:
    """« Landes et départements voisins », « Landes, Gironde et Gers », « Corse et France »."""
    if here.code == "FR":
        return "France et régions"
    if beside.title:
        return f"{here.own['name']} et {beside.title}"
    codes = [here.code, *beside.codes] if beside.codes else words.around(context, here.code)
    return captions.enumerate_names(context, codes)
