"""The bars of a portrait: a territory beside those it is compared with, and the nation."""

from __future__ import annotations

import pandas as pd

from atlas import charts, periods
from atlas.views import captions
from atlas.views import standing_words as words
from atlas.views.desk import Desk
from atlas.views.peers import Company, Peers, company
from atlas.views.standing import Standing, standing, territory_rows
from atlas.views.strips import colours_by_role, key, note


def comparators_figure(
    desk: Desk, codes: list[str], *, indicator: str, when: str, peers: Peers = ""
) -> charts.Figure | None:
    """Bars of the first of `codes`, of those it is compared with and of the nation; without any
    to compare with, its région's too. None when there are not two values to show."""
    kind = desk.settings.indicators[indicator]
    here = standing(desk, codes[0], indicator, periods.when(when, kind.measure))
    beside = company(desk, codes[0], peers, tuple(codes[1:]))
    every = _compared(desk, here, beside)
    shown = every[~every["missing"]]
    if len(shown) < 2:
        return None
    bars = shown.assign(colour=colours_by_role(desk, here, set(every["code"]), shown["code"]))
    chart = charts.ranked_bars(
        bars[["code", "name", "value", "text", "detail", "colour"]],
        words=charts.Printed(),
        style=desk.style,
    )
    date = periods.label(here.when, kind.measure)
    title = f"{kind.label}, {_together(desk, here, beside)}, {date}"
    said = " ; ".join(f"{n} : {t}" for n, t in zip(shown["name"], shown["text"], strict=True))
    return charts.Figure(
        key=key(desk, codes, here, peers, "comparateurs"),
        title=title,
        subtitle="",
        spec=charts.to_spec(chart, desk.style),
        alt=f"{title}. {said}.",
        lecture=words.lecture(desk, here),
        champ=f"{kind.champ}.",
        source=captions.source_line(desk, shown),
        sources=captions.source_keys(shown),
        note=note(desk, here, beside, shown),
        table=words.table(desk, here, every, ranked=False),
        numbers=words.numbers(desk, here, every, ranked=False),
        plot=words.plot(desk, here, shown, bars["colour"]),
        fictitious=desk.book.fictitious,
        height=34 * len(shown) + 20,
        ratio=640 / (34 * len(shown) + 24),
    )


def _compared(desk: Desk, here: Standing, beside: Company) -> pd.DataFrame:
    """The territory, its company and the nation; alone with the nation, its région too."""
    if here.code == "FR":
        return here.with_nation(here.known)
    codes = [here.code, *beside.codes] if beside.codes else words.around(desk, here.code)[:-1]
    rows = territory_rows(desk, ["FR", *codes], here.indicator, here.when)
    return here.with_nation(rows[rows["code"] != "FR"])


def _together(desk: Desk, here: Standing, beside: Company) -> str:
    """« Landes et départements voisins », « Landes, Gironde et Gers », « Corse et France »."""
    if here.code == "FR":
        return "France et régions"
    if beside.title:
        return f"{here.own['name']} et {beside.title}"
    codes = [here.code, *beside.codes] if beside.codes else words.around(desk, here.code)
    return captions.enumerate_names(desk, codes)
