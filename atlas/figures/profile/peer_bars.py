"""The bars of a profile: a territory beside those it is compared with, and the nation."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.ranked_bars import ranked_bars
from atlas.figures.common.specification import to_spec
from atlas.figures.common.value_expressions import FixedText
from atlas.figures.profile import texts
from atlas.figures.profile.findings import profile_findings
from atlas.figures.profile.peer_group import PeerGroup, position_and_peers
from atlas.figures.profile.request import PeerBarsRequest
from atlas.figures.profile.rows import profile_bars, profile_table
from atlas.figures.profile.strip import colours_by_role, file_key, note
from atlas.figures.profile.territory_position import TerritoryPosition, territory_rows


def peer_bars_figure(context: FigureContext, request: PeerBarsRequest) -> Figure | None:
    """Bars of the territory, of those it is compared with and of the nation; without any to
    compare with, its région's too. None when there are not two values to show.

    Raises RequestError for what a profile cannot show.
    """
    indicator = context.settings.indicators[request.indicator]
    position, group = position_and_peers(context, request)
    rows = _compared_rows(context, position, group)
    shown = rows[rows["value"].notna()]
    if len(shown) < 2:
        return None
    every_code = set(rows["code"])
    decimals = french.shared_decimals(shown["level"])
    said = [french.value_text(level, marked=True, decimals=decimals) for level in shown["level"]]
    bars = shown[["code", "name", "value"]].assign(
        text=said,
        detail=shown["detail"],
        colour=colours_by_role(context, position, every_code, shown["code"]),
    )
    chart = ranked_bars(bars, expressions=FixedText(), style=context.style)
    date = periods.label(position.reference_period, indicator.accumulation)
    title = f"{indicator.label}, {_names(context, position, group)}, {date}"
    listed = " ; ".join(f"{name} : {text}" for name, text in zip(shown["name"], said, strict=True))
    table = profile_table(context, position, rows, ranked=False)
    return Figure(
        key=file_key(context, position, request, "comparateurs"),
        title=title,
        findings=profile_findings(context, position, ranked=False),
        subtitle="",
        spec=to_spec(chart, context.style),
        alt=f"{title}. {listed}.",
        lecture=texts.lecture(context, position),
        champ=f"{captions.champ_text(context, indicator, [])}.",
        source=captions.source_line(context, shown),
        sources=captions.source_keys(shown),
        note=note(context, position, group, shown),
        table=table,
        native=profile_bars(
            context, position, table, colours_by_role(context, position, every_code, rows["code"])
        ),
        fictitious=context.dataset.fictitious,
        height=34 * len(shown) + 20,
        ratio=640 / (34 * len(shown) + 24),
    )


def _compared_rows(
    context: FigureContext, position: TerritoryPosition, group: PeerGroup
) -> pd.DataFrame:
    """The territory, its peers and the nation; alone with the nation, its région too."""
    if position.code == "FR":
        return position.with_nation(position.known)
    codes = (
        [position.code, *group.codes]
        if group.codes
        else texts.enclosing_codes(context, position.code)[:-1]
    )
    rows = territory_rows(context, ["FR", *codes], position.indicator, position.reference_period)
    return position.with_nation(rows[rows["code"] != "FR"])


def _names(context: FigureContext, position: TerritoryPosition, group: PeerGroup) -> str:
    """« Landes et départements voisins », « Landes, Gironde et Gers », « Corse et France »."""
    if position.code == "FR":
        return "France et régions"
    if group.title:
        return f"{position.own['name']} et {group.title}"
    codes = (
        [position.code, *group.codes]
        if group.codes
        else texts.enclosing_codes(context, position.code)
    )
    return captions.enumerate_names(context, codes)
