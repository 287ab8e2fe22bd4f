"""Visitors who open the same page: one figure for all, and none of another's rows."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest
from visits import Edit, charts, opened, page_text

from atlas.figures import registry
from atlas.importing.records import ImportedRow
from atlas.ui import session_data

RATE = "31,7"
QUERY = {"decoupage": "regions", "periode": "2025-12"}


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How many figures of each kind are made."""
    count: Counter[str] = Counter()

    def counted(drawing, room):
        def make(context, request):
            count[drawing] += 1
            return room(context, request)

        return make

    for request, room in registry.ROOMS.items():
        drawing = request.model_fields["drawing"].default
        monkeypatch.setitem(registry.ROOMS, request, counted(drawing, room))
    return count


@pytest.fixture
def addition(edited_site: Path) -> session_data.Addition:
    """A file that gives a région another rate than data/2025.csv."""
    with (edited_site / "data/2025.csv").open(encoding="utf-8", newline="") as file:
        row = next(row for row in csv.DictReader(file) if is_replaced(row))
    return session_data.Addition("essai.csv", (ImportedRow(**row | {"value": "31.7"}),), {})


def is_replaced(row: dict[str, str]) -> bool:
    return (row["territory"], row["indicator"], row["period"], row["value"]) == (
        "REG-94",
        "activation_rate",
        "2025-12",
        "30.6",
    )


def test_a_second_visitor_of_the_same_page_builds_nothing(edited_site, built):
    first = opened("carte", **QUERY)
    assert built["carte"] and built["classement"]
    built.clear()
    second = opened("carte", **QUERY)
    assert built == Counter()
    assert [chart.spec for chart in charts(first)] == [chart.spec for chart in charts(second)]
    assert page_text(first) == page_text(second)


def test_a_changed_file_is_drawn_anew_for_everybody(edited_site: Path, edit: Edit, built):
    visits = [opened("carte", **QUERY) for _ in range(2)]
    edit("data/2025.csv", ",2025-12,30.6,", f",2025-12,{RATE.replace(',', '.')},")
    built.clear()
    texts = {page_text(visit.run()) for visit in visits}
    assert built["carte"] == 1 and len(texts) == 1


def test_rows_of_a_session_are_drawn_for_it_alone(edited_site, addition, built):
    before = page_text(opened("carte", **QUERY))
    own = opened("carte", **QUERY)
    own.session_state["_session_rows"] = addition
    built.clear()
    with_rows = page_text(own.run())
    assert built["carte"] == 1 and with_rows != before  # nor the figure of the others for it
    built.clear()
    assert page_text(own.run()) == with_rows and built == Counter()
    assert page_text(opened("carte", **QUERY)) == before and built == Counter()
    others = opened("carte", **QUERY)
    others.session_state["_session_rows"] = addition
    assert page_text(others.run()) == with_rows and built["carte"] == 1
