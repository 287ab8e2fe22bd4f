"""A share that is the sum of others, as a document prints all of them."""

from __future__ import annotations

from collections.abc import Iterator

from atlas import french
from atlas.checks.observation_index import ObservationIndex, total
from atlas.checks.ranges import conflict
from atlas.checks.records import Finding, Observation, from_source


def share_totals(index: ObservationIndex) -> Iterator[Finding]:
    """Shares that are not the sum of those that make them, in one document and at one date."""
    for relation in index.settings.checks.share_totals:
        for topic, rows in index.levels_of([relation.total]):
            for row in rows:
                parts = [
                    found[0]
                    for key in relation.parts
                    if (
                        found := from_source(
                            index.levels.get((topic[0], key, *topic[2:]), []), row.source
                        )
                    )
                ]
                if len(parts) == len(relation.parts):
                    yield from _share_total_findings(index, row, parts)


def _share_total_findings(
    index: ObservationIndex, row: Observation, parts: list[Observation]
) -> Iterator[Finding]:
    if conflict(index.range_of(row), total(index.range_of(part) for part in parts)) is None:
        return
    terms = " + ".join(index.value(part) for part in parts)
    computed = f"{french.format_number(sum(part.value for part in parts), 1)} %"
    yield index.finding(
        "somme-de-parts",
        "à vérifier",
        [row, *parts],
        arithmetic=f"{terms} = {computed} ; publié {index.value(row)}",
        sentence=f"Le document publie {index.value(row)} pour {index.subject(row)}, et le détail "
        f"qu’il en donne fait {computed} ({terms}) : les deux ne sont pas rapportés à la même "
        "population. Ne les mettez pas sur la même figure, et écrivez de quoi chacun est la part.",
    )
