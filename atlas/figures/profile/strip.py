"""The strip of a profile: a territory among all those of its kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.figures.common.ranks import KIND_NOUNS, count_text
from atlas.figures.common.specification import to_spec
from atlas.figures.profile import texts
from atlas.figures.profile.findings import profile_findings
from atlas.figures.profile.peer_group import PeerGroup, position_and_peers
from atlas.figures.profile.request import ProfileRequest, StripRequest
from atlas.figures.profile.rows import profile_bars, profile_table
from atlas.figures.profile.strip_chart import pale, strip, strip_height
from atlas.figures.profile.territory_position import TerritoryPosition
from atlas.settings import Indicator
from atlas.values import Value

ROUNDING_NOTE = (
    "Rang : une valeur est connue à une demi-unité près de sa dernière décimale, au double "
    "quand elle est calculée."
)


def strip_figure(context: FigureContext, request: StripRequest) -> Figure | None:
    """Every territory of the kind as a dot, the one of the request in the accent, those it is
    compared with named; None when there are not two values to show.

    Raises RequestError for what a profile cannot show.
    """
    indicator = context.settings.indicators[request.indicator]
    position, group = position_and_peers(context, request)
    every = position.rows
    listed = position.with_nation(
        every[every["value"].notna() | every["code"].isin([position.code, *group.codes])]
    )
    shown = listed[listed["value"].notna()]
    if position.known.empty or len(shown) < 2:
        return None
    dots, rank = _chart_rows(position, group, shown), texts.rank_sentence(context, position)
    chart = strip(dots, style=context.style, axis=f"{french.NBSP}%", colours=role_colours(context))
    height, title = strip_height(dots), _title(context, position, indicator)
    table = profile_table(context, position, listed, ranked=True)
    return Figure(
        key=file_key(context, position, request, "bande"),
        title=title,
        findings=profile_findings(context, position),
        subtitle=rank,
        spec=to_spec(chart, context.style),
        alt=_alt(position, title, rank),
        lecture=texts.lecture(context, position),
        champ=f"{captions.champ_text(context, indicator, [])} ; {_count_text(position)}.",
        source=captions.source_line(context, shown),
        sources=captions.source_keys(shown),
        note=f"{note(context, position, group, shown)} {_rounding_note(position)}".strip(),
        table=table,
        native=profile_bars(
            context,
            position,
            table,
            colours_by_role(context, position, set(group.codes), listed["code"]),
        ),
        fictitious=context.dataset.fictitious,
        height=height,
        ratio=640 / height,
        legend=_legend(context, position, group),
    )


def role_colours(context: FigureContext) -> tuple[str, str, str]:
    """The nation, the territory and those it is compared with: the same in every drawing of a
    profile."""
    return context.style.ink, context.style.accent, context.style.primary


def colours_by_role(
    context: FigureContext,
    position: TerritoryPosition,
    peers: Collection[str],
    codes: Iterable[str],
) -> list[str]:
    """The colour of the bar of each territory; pale for those it is not compared with."""
    nation, own, peer = role_colours(context)
    known = {**dict.fromkeys(peers, peer), position.code: own, "FR": nation}
    return [known.get(code, pale(context.style)) for code in codes]


def file_key(
    context: FigureContext, position: TerritoryPosition, request: ProfileRequest, drawing: str
) -> str:
    """The name of the files of a figure of a profile."""
    label = french.slug(context.settings.indicators[position.indicator].label)
    slugs = [context.territories[code].slug for code in request.codes[1:4]]
    peers = request.peers or "-".join(slugs)
    slug = context.territories[position.code].slug
    parts = [f"{slug}_{position.reference_period}", label, peers, drawing]
    return "_".join(part for part in parts if part)


def note(
    context: FigureContext, position: TerritoryPosition, group: PeerGroup, shown: pd.DataFrame
) -> str:
    """Who is missing, how the peers were found, what was computed."""
    absent = [code for code in [position.code, *group.codes] if code not in set(shown["code"])]
    secret = [code for code in absent if code in _secret_codes(position)]
    missing = [code for code in absent if code not in secret]
    parts = [
        f"Sans chiffre {texts.published_word(context)} pour cette période : "
        f"{captions.enumerate_names(context, missing)}."
        if missing
        else "",
        f"Secret statistique : {captions.enumerate_names(context, secret)}." if secret else "",
        group.note,
        captions.computed_note(context, shown["code"], shown["level"]),
    ]
    return " ".join(part for part in parts if part)


def _secret_codes(position: TerritoryPosition) -> set[str]:
    levels = dict(zip(position.rows["code"], position.rows["level"], strict=True))
    levels[position.code] = position.level
    return {code for code, level in levels.items() if level.status == "secret"}


def _rounding_note(position: TerritoryPosition) -> str:
    """What bounds the rank, where the rounding leaves it open."""
    return ROUNDING_NOTE if position.rank and not position.rank.certain else ""


def _chart_rows(position: TerritoryPosition, group: PeerGroup, shown: pd.DataFrame) -> pd.DataFrame:
    """The columns of the chart. Without a territory in the accent, the first and the last are
    named."""
    ranked = shown.loc[shown["code"] != "FR", "code"]
    ends = {ranked.iloc[0]: "end", ranked.iloc[-1]: "end"} if not position.stands_out else {}
    decimals = french.shared_decimals(shown["level"])
    roles = {**ends, **dict.fromkeys(group.codes, "peer"), position.code: "own", "FR": "nation"}
    return pd.DataFrame(
        {
            "name": shown["name"],
            "value": shown["value"],
            "text": [
                french.value_text(level, marked=True, decimals=decimals) for level in shown["level"]
            ],
            "detail": shown["detail"],
            "role": [roles.get(code, "other") for code in shown["code"]],
        }
    ).reset_index(drop=True)


def _text(level: Value) -> str:
    return french.value_text(level, marked=True)


def _title(context: FigureContext, position: TerritoryPosition, indicator: Indicator) -> str:
    one = KIND_NOUNS[position.kind][0]
    date = periods.label(position.reference_period, indicator.accumulation)
    count = _count_text(position)
    if not position.stands_out:
        by = f"par {one}" if count.startswith("les ") else f"par {one} ({count})"
        return f"{indicator.label} {by}, {date}"
    name = position.own["name"]
    if len(position.known) == 1:
        return f"{indicator.label}, {name} ({count}), {date}"
    return f"{indicator.label}, {name} parmi {count}, {date}"


def _count_text(position: TerritoryPosition) -> str:
    """« 13 départements sur 101 »."""
    return count_text(len(position.known), len(position.rows), position.kind)


def _alt(position: TerritoryPosition, title: str, rank: str) -> str:
    known = position.known
    highest, lowest = (
        f"{row['name']} ({_text(row['level'])})"
        for row in (known.loc[known["value"].idxmax()], known.loc[known["value"].idxmin()])
    )
    own, nation = "", ""
    if position.level.is_known and position.code != "FR":
        own = f" {position.own['name']} : {_text(position.level)}."
        own += f" {french.capitalize_first(rank)}." if rank else ""
    if position.national_level.is_known:
        nation = f" {position.nation['name']} : {_text(position.national_level)}."
    return f"{title}.{own}{nation} Le plus haut : {highest} ; le plus bas : {lowest}."


def _legend(
    context: FigureContext, position: TerritoryPosition, group: PeerGroup
) -> tuple[LegendEntry, ...]:
    known, many = set(position.known["code"]), KIND_NOUNS[position.kind][1]
    named = [code for code in group.codes if code in known]
    title = group.title or captions.enumerate_names(context, named)
    _, own_colour, peer_colour = role_colours(context)
    own = (
        []
        if not position.stands_out
        else [LegendEntry(context.territories[position.code].name, own_colour, mark="circle")]
    )
    peers = [LegendEntry(title, peer_colour, mark="circle")] if named else []
    others = len(known - set(named) - {position.code})
    name = f"autres {many}" if own or peers else many
    rest = [LegendEntry(name, pale(context.style), count=others, mark="circle")] if others else []
    return (*own, *peers, *rest)
