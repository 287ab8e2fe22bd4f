"""The strip of a portrait: a territory among all those of its kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.figures.common.series_colours import colour
from atlas.figures.common.style import to_spec
from atlas.figures.profile import texts as words
from atlas.figures.profile.peer_group import PeerGroup, Peers, peer_group
from atlas.figures.profile.strip_chart import pale, strip, strip_height
from atlas.figures.profile.territory_position import TerritoryPosition, territory_position
from atlas.settings import Indicator

ROUNDED = (
    "Rang : une valeur est connue à une demi-unité près de sa dernière décimale, au double "
    "quand elle est calculée."
)


def strip_figure(
    context: FigureContext,
    codes: list[str],
    *,
    indicator: str,
    reference_period: str,
    peers: Peers = "",
) -> Figure | None:
    """Every territory of the kind as a dot, the first of `codes` in the accent, those it is
    compared with named; None when there are not two values to show."""
    kind = context.settings.indicators[indicator]
    here = territory_position(
        context, codes[0], indicator, periods.reference_period(reference_period, kind.accumulation)
    )
    beside = peer_group(context, codes[0], peers, tuple(codes[1:]))
    listed = here.with_nation(
        here.rows[~here.rows["missing"] | here.rows["code"].isin([here.code, *beside.codes])]
    )
    shown = listed[~listed["missing"]]
    if here.known.empty or len(shown) < 2:
        return None
    values, said = _drawn(here, beside, shown), words.rank_sentence(context, here)
    chart = strip(
        values, style=context.style, axis=f"{french.NBSP}%", colours=role_colours(context)
    )
    tall, title = strip_height(values), _title(context, here, kind)
    return Figure(
        key=key(context, codes, here, peers, "bande"),
        title=title,
        subtitle=said,
        spec=to_spec(chart, context.style),
        alt=_alt(here, title, said),
        lecture=words.lecture(context, here),
        champ=f"{kind.champ} ; {_counted(context, here)}.",
        source=captions.source_line(context, shown),
        sources=captions.source_keys(shown),
        note=f"{note(context, here, beside, shown)} {_bounds(here)}".strip(),
        table=words.table(context, here, listed, ranked=True),
        numbers=words.numbers(context, here, listed, ranked=True),
        plot=words.plot(
            context, here, shown, colours_by_role(context, here, set(beside.codes), shown["code"])
        ),
        fictitious=context.dataset.fictitious,
        height=tall,
        ratio=640 / tall,
        legend=_legend(context, here, beside),
    )


def role_colours(context: FigureContext) -> tuple[str, str, str]:
    """The nation, the territory and those it is compared with: the same in every drawing of a
    portrait."""
    return colour(context, 0), colour(context, 1), colour(context, 2)


def colours_by_role(
    context: FigureContext, here: TerritoryPosition, company: Collection[str], codes: Iterable[str]
) -> list[str]:
    """The colour of the bar of each territory; pale for those it is not compared with."""
    nation, own, peer = role_colours(context)
    known = {**dict.fromkeys(company, peer), here.code: own, "FR": nation}
    return [known.get(code, pale(context.style)) for code in codes]


def key(
    context: FigureContext, codes: list[str], here: TerritoryPosition, peers: Peers, what: str
) -> str:
    """The name of the files of a figure of a portrait."""
    label = french.slug(context.settings.indicators[here.indicator].label)
    rule = peers or "-".join(context.territories[code].slug for code in codes[1:4])
    parts = [f"{context.territories[here.code].slug}_{here.reference_period}", label, rule, what]
    return "_".join(part for part in parts if part)


def note(
    context: FigureContext, here: TerritoryPosition, beside: PeerGroup, shown: pd.DataFrame
) -> str:
    """Who is missing, how the company was found, what was computed."""
    absent = [code for code in [here.code, *beside.codes] if code not in set(shown["code"])]
    secret = [code for code in absent if code in _secrets(here)]
    missing = [code for code in absent if code not in secret]
    hidden = f"Secret statistique : {captions.enumerate_names(context, secret)}." if secret else ""
    silent = (
        (
            f"Sans chiffre {words.known_word(context)} pour cette période : "
            f"{captions.enumerate_names(context, missing)}."
        )
        if missing
        else ""
    )
    parts = (silent, hidden, beside.note, captions.derived_note(context, shown))
    return " ".join(part for part in parts if part)


def _secrets(here: TerritoryPosition) -> set[str]:
    rows = pd.concat([here.rows, here.own.to_frame().T])
    return set(rows.loc[rows["secret"].astype(bool), "code"])


def _bounds(here: TerritoryPosition) -> str:
    """What bounds the rank, where the rounding leaves it open."""
    return ROUNDED if here.rank and not here.rank.certain else ""


def _drawn(here: TerritoryPosition, beside: PeerGroup, shown: pd.DataFrame) -> pd.DataFrame:
    """The columns of the chart. Without a territory in the accent, the first and the last are
    named."""
    ranked = shown.loc[shown["code"] != "FR", "code"]
    ends = {ranked.iloc[0]: "end", ranked.iloc[-1]: "end"} if here.rank is None else {}
    roles = {**ends, **dict.fromkeys(beside.codes, "peer"), here.code: "own", "FR": "nation"}
    return shown.assign(role=[roles.get(code, "other") for code in shown["code"]])[
        ["name", "value", "text", "detail", "role"]
    ].reset_index(drop=True)


def _title(context: FigureContext, here: TerritoryPosition, kind: Indicator) -> str:
    one, many = words.KINDS[here.kind]
    date = periods.label(here.reference_period, kind.accumulation)
    if here.rank is None:
        return f"{kind.label} par {one}, {date}"
    return f"{kind.label}, {here.own['name']} parmi les {many}, {date}"


def _counted(context: FigureContext, here: TerritoryPosition) -> str:
    """« 13 départements sur 101 »."""
    known, total = len(here.known), len(here.rows)
    one, many = words.KINDS[here.kind]
    return (
        f"les {total} {many}"
        if known == total
        else (f"{known} {many if known > 1 else one} sur {total}")
    )


def _alt(here: TerritoryPosition, title: str, said: str) -> str:
    first, last = here.known["value"].idxmax(), here.known["value"].idxmin()
    ends = [f"{here.known.at[i, 'name']} ({here.known.at[i, 'text']})" for i in (first, last)]
    own = (
        ""
        if here.own["missing"] or here.code == "FR"
        else (f" {here.own['name']} : {here.own['text']}{f', {said}' if said else ''}.")
    )
    nation = "" if here.nation["missing"] else f" France : {here.nation['text']}."
    return f"{title}.{own}{nation} Le plus haut : {ends[0]} ; le plus bas : {ends[1]}."


def _legend(
    context: FigureContext, here: TerritoryPosition, beside: PeerGroup
) -> tuple[LegendEntry, ...]:
    known, many = set(here.known["code"]), words.KINDS[here.kind][1]
    named = known & set(beside.codes)
    title = beside.title or captions.enumerate_names(
        context, [c for c in beside.codes if c in named]
    )
    _, accent, company_colour = role_colours(context)
    own = [] if here.rank is None else [LegendEntry(str(here.own["name"]), accent)]
    peers = [LegendEntry(title, company_colour)] if named else []
    others = len(known - named - {here.code})
    rest = (
        [LegendEntry(f"autres {many}" if own or peers else many, pale(context.style), count=others)]
        if others
        else []
    )
    return (*own, *peers, *rest)
