"""Images made by version 0.3.0 are recognised, compared and made again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from atlas.export.provenance import WORDED_DIGEST_VERSION, provenance_in
from atlas.export.value_comparison import ValueComparison, compare_values
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import request_from_texts

FOLDER = Path(__file__).parents[1] / "files/0.3.0"
# What each file asks for in the words of its time, and in those of today.
IMAGES = {
    "carte-corse.png": (
        {"selected": "DEP-2A"},
        MapRequest(
            indicator="activation_rate",
            territory="REG-94",
            period="2026-03",
            highlighted="DEP-2A",
        ),
    ),
    "comparaison.png": (
        {"page": "taux-activation-fin-2025", "against": "2024-12"},
        ComparisonRequest(
            indicator="activation_rate",
            comparison="taux-activation-fin-2025",
            layout="dots",
            compared_to="2024-12",
        ),
    ),
}
# The nation within three months stands beside; three régions of eighteen are not ranked.
SAID_OTHERWISE = {
    "carte-corse.png": [("absent", "−0,2\u00a0point"), ("absent", "−0,6\u00a0point")],
    "comparaison.png": [("1er sur 3", "absent"), ("2e sur 3", "absent"), ("3e sur 3", "absent")],
}
every_image = pytest.mark.parametrize("name", IMAGES)


def said_otherwise(verdict: ValueComparison) -> list[tuple[str, str]]:
    """What the image says and what is said today, cell by cell."""
    cells = verdict.differences[["Sur l’image", "Aujourd’hui"]]
    return list(cells.itertuples(index=False, name=None))


@every_image
def test_its_request_is_read_under_the_names_of_today(name):
    known = provenance_in((FOLDER / name).read_bytes())
    former, request = IMAGES[name]
    assert known.version == WORDED_DIGEST_VERSION and former.items() <= dict(known.request).items()
    assert request_from_texts(known.request) == request


@every_image
def test_it_is_named_what_it_would_say_otherwise_today(context, name):
    known = provenance_in((FOLDER / name).read_bytes())
    verdict = compare_values(context, known)
    assert (verdict.state, said_otherwise(verdict)) == ("changed", SAID_OTHERWISE[name])
    assert verdict.figure.request == IMAGES[name][1]


@every_image
def test_a_value_that_has_changed_since_is_named(context, name):
    known = provenance_in((FOLDER / name).read_bytes())
    rows = [list(row) for row in known.rows]
    place = next(i for i, cell in enumerate(rows[1]) if cell.endswith("\u00a0%"))
    today, rows[1][place] = rows[1][place], "12,3\u00a0%"
    verdict = compare_values(context, replace(known, rows=tuple(map(tuple, rows))))
    assert verdict.state == "changed"
    assert ("12,3\u00a0%", today) in said_otherwise(verdict)


def test_what_applied_to_other_figures_alone_is_left_out(context):
    known = provenance_in((FOLDER / "comparaison.png").read_bytes())
    more = replace(known, request={**known.request, "territory": "REG-75"})
    assert said_otherwise(compare_values(context, more)) == SAID_OTHERWISE["comparaison.png"]
