"""The strip of a portrait: a territory among all those of its kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable

import pandas as pd

from atlas import charts, periods, wording
from atlas.charts.strip import pale
from atlas.settings import Indicator
from atlas.views import captions
from atlas.views import standing_words as words
from atlas.views.desk import Desk
from atlas.views.peers import Company, Peers, company
from atlas.views.series_colours import colour
from atlas.views.standing import Standing, standing

ROUNDED = (
    "Rang : une valeur est connue à une demi-unité près de sa dernière décimale, au double "
    "quand elle est calculée."
)


def strip_figure(
    desk: Desk, codes: list[str], *, indicator: str, when: str, peers: Peers = ""
) -> charts.Figure | None:
    """Every territory of the kind as a dot, the first of `codes` in the accent, those it is
    compared with named; None when there are not two values to show."""
    kind = desk.settings.indicators[indicator]
    here = standing(desk, codes[0], indicator, periods.when(when, kind.measure))
    beside = company(desk, codes[0], peers, tuple(codes[1:]))
    listed = here.with_nation(
        here.rows[~here.rows["missing"] | here.rows["code"].isin([here.code, *beside.codes])]
    )
    shown = listed[~listed["missing"]]
    if here.known.empty or len(shown) < 2:
        return None
    values, said = _drawn(here, beside, shown), words.rank_sentence(desk, here)
    chart = charts.strip(
        values, style=desk.style, axis=f"{wording.NBSP}%", colours=role_colours(desk)
    )
    tall, title = charts.strip_height(values), _title(desk, here, kind)
    return charts.Figure(
        key=key(desk, codes, here, peers, "bande"),
        title=title,
        subtitle=said,
        spec=charts.to_spec(chart, desk.style),
        alt=_alt(here, title, said),
        lecture=words.lecture(desk, here),
        champ=f"{kind.champ} ; {_counted(desk, here)}.",
        source=captions.source_line(desk, shown),
        sources=captions.source_keys(shown),
        note=f"{note(desk, here, beside, shown)} {_bounds(here)}".strip(),
        table=words.table(desk, here, listed, ranked=True),
        numbers=words.numbers(desk, here, listed, ranked=True),
        plot=words.plot(
            desk, here, shown, colours_by_role(desk, here, set(beside.codes), shown["code"])
        ),
        fictitious=desk.book.fictitious,
        height=tall,
        ratio=640 / tall,
        legend=_legend(desk, here, beside),
    )


def role_colours(desk: Desk) -> tuple[str, str, str]:
    """The nation, the territory and those it is compared with: the same in every drawing of a
    portrait."""
    return colour(desk, 0), colour(desk, 1), colour(desk, 2)


def colours_by_role(
    desk: Desk, here: Standing, company: Collection[str], codes: Iterable[str]
) -> list[str]:
    """The colour of the bar of each territory; pale for those it is not compared with."""
    nation, own, peer = role_colours(desk)
    known = {**dict.fromkeys(company, peer), here.code: own, "FR": nation}
    return [known.get(code, pale(desk.style)) for code in codes]


def key(desk: Desk, codes: list[str], here: Standing, peers: Peers, what: str) -> str:
    """The name of the files of a figure of a portrait."""
    label = wording.slug(desk.settings.indicators[here.indicator].label)
    rule = peers or "-".join(desk.territories[code].slug for code in codes[1:4])
    parts = [f"{desk.territories[here.code].slug}_{here.when}", label, rule, what]
    return "_".join(part for part in parts if part)


def note(desk: Desk, here: Standing, beside: Company, shown: pd.DataFrame) -> str:
    """Who is missing, how the company was found, what was computed."""
    absent = [code for code in [here.code, *beside.codes] if code not in set(shown["code"])]
    secret = [code for code in absent if code in _secrets(here)]
    missing = [code for code in absent if code not in secret]
    hidden = f"Secret statistique : {captions.enumerate_names(desk, secret)}." if secret else ""
    silent = (
        (
            f"Sans chiffre {words.known_word(desk)} pour cette période : "
            f"{captions.enumerate_names(desk, missing)}."
        )
        if missing
        else ""
    )
    parts = (silent, hidden, beside.note, captions.derived_note(desk, shown))
    return " ".join(part for part in parts if part)


def _secrets(here: Standing) -> set[str]:
    rows = pd.concat([here.rows, here.own.to_frame().T])
    return set(rows.loc[rows["secret"].astype(bool), "code"])


def _bounds(here: Standing) -> str:
    """What bounds the rank, where the rounding leaves it open."""
    return ROUNDED if here.rank and not here.rank.certain else ""


def _drawn(here: Standing, beside: Company, shown: pd.DataFrame) -> pd.DataFrame:
    """The columns of the chart. Without a territory in the accent, the first and the last are
    named."""
    ranked = shown.loc[shown["code"] != "FR", "code"]
    ends = {ranked.iloc[0]: "end", ranked.iloc[-1]: "end"} if here.rank is None else {}
    roles = {**ends, **dict.fromkeys(beside.codes, "peer"), here.code: "own", "FR": "nation"}
    return shown.assign(role=[roles.get(code, "other") for code in shown["code"]])[
        ["name", "value", "text", "detail", "role"]
    ].reset_index(drop=True)


def _title(desk: Desk, here: Standing, kind: Indicator) -> str:
    one, many = words.KINDS[here.kind]
    date = periods.label(here.when, kind.measure)
    if here.rank is None:
        return f"{kind.label} par {one}, {date}"
    return f"{kind.label}, {here.own['name']} parmi les {many}, {date}"


def _counted(desk: Desk, here: Standing) -> str:
    """« 13 départements sur 101 »."""
    known, total = len(here.known), len(here.rows)
    one, many = words.KINDS[here.kind]
    return (
        f"les {total} {many}"
        if known == total
        else (f"{known} {many if known > 1 else one} sur {total}")
    )


def _alt(here: Standing, title: str, said: str) -> str:
    first, last = here.known["value"].idxmax(), here.known["value"].idxmin()
    ends = [f"{here.known.at[i, 'name']} ({here.known.at[i, 'text']})" for i in (first, last)]
    own = (
        ""
        if here.own["missing"] or here.code == "FR"
        else (f" {here.own['name']} : {here.own['text']}{f', {said}' if said else ''}.")
    )
    nation = "" if here.nation["missing"] else f" France : {here.nation['text']}."
    return f"{title}.{own}{nation} Le plus haut : {ends[0]} ; le plus bas : {ends[1]}."


def _legend(desk: Desk, here: Standing, beside: Company) -> tuple[charts.Swatch, ...]:
    known, many = set(here.known["code"]), words.KINDS[here.kind][1]
    named = known & set(beside.codes)
    title = beside.title or captions.enumerate_names(desk, [c for c in beside.codes if c in named])
    _, accent, company_colour = role_colours(desk)
    own = [] if here.rank is None else [charts.Swatch(str(here.own["name"]), accent)]
    peers = [charts.Swatch(title, company_colour)] if named else []
    others = len(known - named - {here.code})
    rest = (
        [charts.Swatch(f"autres {many}" if own or peers else many, pale(desk.style), count=others)]
        if others
        else []
    )
    return (*own, *peers, *rest)
