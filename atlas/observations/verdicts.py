"""What the review of findings (data/reviewed_findings.yaml) makes of the rows that it names."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from atlas.problems import Problem
from atlas.settings import Effect, Review


def apply_verdicts(
    rows: pd.DataFrame, reviews: Mapping[str, Review], name: str
) -> tuple[pd.DataFrame, list[Problem]]:
    """The frame of atlas.observations.reading with what the reviews say of its rows.

    Columns filled: ``verdict`` (``preferred``, ``contradicted``, ``noted``, else empty),
    ``rejected``, ``contradiction`` (the sentence to print beside a contradicted amount) and
    ``contradicted`` (which of the two amounts of the row: ``level``, ``change`` or ``both``). The
    frame is a new one. reviews: by key of finding; name: of their file, in problems. An effect that
    names no row, several, or a row of which another effect says otherwise is a problem, and has no
    effect.
    """
    marked = rows.copy()
    problems: list[Problem] = []
    said: dict[int, tuple[str, Effect]] = {}
    for key, review in reviews.items():
        for effect in review.effects:
            found = _rows_of(rows, key, effect)
            if len(found) != 1:
                problems.append(_unclear_problem(name, key, effect, found))
                continue
            place = int(found.index[0])
            former_key, former = said.setdefault(place, (key, effect))
            if (former.effect, former.says) != (effect.effect, effect.says):
                problems.append(_conflict_problem(name, key, effect, former_key))
    for place, (_, effect) in said.items():
        _mark(marked, place, effect)
    return marked, problems


def _mark(marked: pd.DataFrame, place: int, effect: Effect) -> None:
    if effect.effect == "rejected":
        marked.loc[place, "rejected"] = True
        return
    marked.loc[place, "verdict"] = effect.effect
    if effect.effect == "contradicted":
        by_one = (effect.value is None) != (effect.change is None)
        one = "level" if effect.value is not None else "change"
        marked.loc[place, "contradiction"] = effect.says
        marked.loc[place, "contradicted"] = one if by_one else "both"


def _rows_of(rows: pd.DataFrame, key: str, effect: Effect) -> pd.DataFrame:
    _, territory, indicator, *_ = [*key.split("/"), "", ""]
    wanted = {
        "source": effect.source,
        "territory": effect.territory or territory,
        "indicator": effect.indicator or indicator,
        "corridor": effect.corridor,
        "period": effect.period or None,
        "page": effect.page or None,
        "value": effect.value,
        "change": effect.change,
    }
    kept = pd.Series(True, rows.index)
    for column, cell in wanted.items():
        if cell is not None:
            kept &= rows[column] == cell
    return rows[kept]


def _unclear_problem(name: str, key: str, effect: Effect, found: pd.DataFrame) -> Problem:
    if found.empty:
        return Problem(
            name,
            f"l’effet « {effect.effect} » ne désigne aucune ligne des données",
            "Reprenez la source de la ligne et, s’il le faut, territory, indicator, period, page, "
            "value ou change tels que dans data/<année>.csv, ou retirez cet effet.",
            where=key,
            value=effect.source,
        )
    periods = ", ".join(dict.fromkeys(found["period"]))
    return Problem(
        name,
        f"l’effet « {effect.effect} » désigne {len(found)} lignes (périodes : {periods})",
        "Précisez period, corridor, page ou value : un effet porte sur une seule ligne.",
        where=key,
        value=effect.source,
    )


def _conflict_problem(name: str, key: str, effect: Effect, former_key: str) -> Problem:
    return Problem(
        name,
        f"l’effet « {effect.effect} » contredit celui de « {former_key} » sur la même ligne",
        "Donnez le même effet, et la même phrase, à la ligne dans les deux verdicts.",
        where=key,
        value=effect.source,
    )
