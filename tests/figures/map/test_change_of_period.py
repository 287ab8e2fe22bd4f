"""What a change of period on the map costs: counted, not timed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import altair as alt
import pandas as pd
import pytest

from atlas.figures import registry
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.common.specification import to_spec
from atlas.figures.map import figure as map_room
from atlas.figures.map.description import map_description
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.figures.options import fullest_period, map_periods
from atlas.figures.registry import figure_of

FRANCE = MapRequest(indicator="activation_rate", period="2025-12")
BEFORE = FRANCE.with_fields(period="2025-06")


@pytest.fixture
def new(fictitious: FigureContext) -> FigureContext:
    """A context of which nothing was made yet."""
    return replace(fictitious)


def show(context: FigureContext, request: MapRequest) -> list[object]:
    """All that the page makes at a change of period."""
    return [
        map_periods(context, request),
        fullest_period(context, request),
        map_description(context, request),
        figure_of(context, request),
        figure_of(context, ranking_of(request)),
    ]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often a figure was made, a chart of Altair written, a frame filtered."""
    count: Counter[str] = Counter()

    def counted(name: str, what):
        def call(*args, **kwargs):
            count[name] += 1
            return what(*args, **kwargs)

        return call

    for request, room in registry.ROOMS.items():
        monkeypatch.setitem(registry.ROOMS, request, counted("figure", room))
    for kind in (alt.LayerChart, alt.Chart):
        monkeypatch.setattr(kind, "to_dict", counted("chart", kind.to_dict))
    monkeypatch.setattr(pd.DataFrame, "__getitem__", counted("frame", pd.DataFrame.__getitem__))
    return count


def test_what_was_asked_for_before_builds_nothing(new, built):
    first = show(new, FRANCE)
    assert built["figure"] == 2 and built["chart"] and built["frame"]
    built.clear()
    again = show(new, MapRequest(indicator="activation_rate", period="2025-12"))
    assert built == Counter()
    assert all(one is other for one, other in zip(first[2:], again[2:], strict=True))


def test_a_period_that_nobody_asked_for_writes_no_chart_anew(new, built):
    show(new, FRANCE)
    built.clear()
    show(new, BEFORE)
    assert built["figure"] == 2 and built["chart"] == 0


@pytest.fixture
def compared(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many cells each comparison, look-up or selection of pandas went through."""
    lengths: list[int] = []

    def noted(kind, name: str) -> None:
        original = getattr(kind, name)

        def call(self, *args, **kwargs):
            lengths.append(len(self))
            return original(self, *args, **kwargs)

        monkeypatch.setattr(kind, name, call)

    for name in ("__eq__", "__ne__", "__and__", "__or__", "__invert__", "isin", "map", "notna"):
        noted(pd.Series, name)
    for name in ("__getitem__", "groupby", "sort_values"):
        noted(pd.DataFrame, name)
    return lengths


def test_a_change_of_period_scans_nothing(new, compared):
    """The rows of the period, of a year before and of France: a few hundred of 73 000, and none of
    what the choice of periods was made from."""
    show(new, FRANCE)
    assert max(compared) < len(new.dataset.observations)
    compared.clear()
    show(new, BEFORE)
    assert compared
    assert max(compared) <= len(new.dataset.around("activation_rate", "2025-06")) < 700


def test_more_years_of_data_are_not_read_by_a_change_of_period(fictitious, compared):
    rows = fictitious.dataset.observations
    older = rows.assign(
        reference_period="19" + rows["reference_period"].str[2:],
        period="19" + rows["period"].str[2:],
    )
    longer = replace(
        fictitious,
        dataset=replace(
            fictitious.dataset, observations=pd.concat([rows, older], ignore_index=True)
        ),
    )
    for context in (fictitious, longer):
        show(replace(context), FRANCE)
    plain, larger = replace(fictitious), replace(longer)
    counts = []
    for context in (plain, larger):
        show(context, FRANCE)
        compared.clear()
        show(context, BEFORE)
        counts.append(sum(compared))
    assert counts[1] < 1.5 * counts[0]


def requests() -> Iterator[MapRequest]:
    for measure in ("value", "change", "gap"):
        for level in ("departements", "caisses", "regions"):
            for territory in ("FR", "REG-93"):
                for highlighted in ("", "DEP-13"):
                    yield MapRequest(
                        indicator="activation_rate",
                        measure=measure,
                        level=level,
                        territory=territory,
                        highlighted=highlighted,
                    )


@pytest.mark.parametrize("which", ["context", "fictitious"])
def test_a_shared_specification_with_its_values_is_what_altair_writes(which, request, monkeypatch):
    context = replace(request.getfixturevalue(which))
    shared, compared = map_room.spec_of_values, list[object]()

    def both(context, drawing, values, draw):
        found = shared(context, drawing, values, draw)
        assert found == to_spec(draw(values), context.style)
        compared.append(drawing)
        return found

    monkeypatch.setattr(map_room, "spec_of_values", both)
    for asked in requests():
        for period in map_periods(context, asked)[:7:6]:
            for one in (dated := asked.with_fields(period=period), ranking_of(dated)):
                try:
                    figure_of(context, one)
                except RequestError:
                    continue
    assert len(compared) > len(set(compared)) > 10
