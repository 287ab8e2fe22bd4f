"""The rows that data/revisions.yaml names."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pandas as pd

from atlas.problems import Problem
from atlas.settings import DataRevision


def row_keys(rows: pd.DataFrame) -> pd.Series:
    """How data/revisions.yaml names each row: « FR/activated_profiles/2024-10/la-reunion-2026 »,
    the corridor before the period where there is one. Columns read: territory, indicator,
    corridor, period, source."""
    corridors = ("/" + rows["corridor"]).where(rows["corridor"] != "", "")
    return (rows["territory"] + "/" + rows["indicator"] + corridors) + (
        "/" + rows["period"] + "/" + rows["source"]
    )


def unknown_rows(rows: pd.DataFrame, revisions: Sequence[DataRevision], name: str) -> list[Problem]:
    """A problem for each key that names no row of the data. name: of the file, in problems."""
    known = set(row_keys(rows))
    return [
        Problem(
            name,
            f"« {key} » n’est la clé d’aucune ligne des données",
            "Corrigez cette clé, ou retirez-la si la ligne n’existe plus : sentences le dit alors.",
            where=f"{revision.date}.rows",
            value=key,
        )
        for revision in revisions
        for key in _each_once(revision.rows)
        if key not in known
    ]


def _each_once(keys: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(keys))
