"""Features that are no département and do no harm: they are left out of the map, and said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from atlas.geometry.feature_codes import OUTSIDE, CodeColumn
from atlas.geometry.feature_names import plain_name, text_of
from atlas.geometry.findings import Finding, name_with_code, with_plural
from atlas.geometry.nuts import DEPARTEMENT_BY_NUTS3, is_elsewhere

_NOTHING_TO_DO = "Rien à faire : les cartes ne montrent que les départements."
_CODE_BY_COMMUNITY = {plain_name(name): code for code, name in OUTSIDE.items()}


def leave_out_others(
    columns: Mapping[str, Sequence[object]], column: CodeColumn, expected: Mapping[str, str]
) -> tuple[list[str | None], list[Finding]]:
    """The codes, None for the features left out, and a remark on each kind of them.

    Left out: the communities that have an Insee code and are none of the départements expected
    and, in a file of Eurostat, the units of other countries and levels.
    """
    of_eurostat = any(
        str(value).strip().upper() in DEPARTEMENT_BY_NUTS3 for value in columns[column.key]
    )
    kept: list[str | None] = []
    communities: list[str] = []
    units: list[str] = []
    for rank, code in enumerate(column.codes):
        community = code or _community_of([values[rank] for values in columns.values()])
        if community in OUTSIDE and community not in expected:
            communities.append(name_with_code(community, OUTSIDE))
            kept.append(None)
        elif of_eurostat and is_elsewhere(code):
            units.append(code)
            kept.append(None)
        else:
            kept.append(code)
    outside = f"{{}} territoire{{s}} hors des {len(expected)} départements, laissé{{s}} de côté"
    elsewhere = "{} unité{s} d’Eurostat d’un autre pays ou niveau, laissée{s} de côté"
    return kept, [
        Finding(with_plural(labels, message), _NOTHING_TO_DO, labels, is_remark=True)
        for message, labels in ((outside, communities), (elsewhere, units))
        if labels
    ]


def _community_of(values: Sequence[object]) -> str:
    """The code of the community that one of the texts of a feature names; empty for none."""
    found = (_CODE_BY_COMMUNITY.get(plain_name(text_of(value)), "") for value in values)
    return next(filter(None, found), "")
