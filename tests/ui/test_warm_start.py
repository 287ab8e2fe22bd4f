"""What is made before the first visitor comes."""

from __future__ import annotations

import threading
from collections import Counter
from pathlib import Path

import pytest
from patience import PATIENCE_MS
from visits import Edit, box, charts, opened

from atlas.figures import registry
from atlas.ui.activity import PAGES
from atlas.ui.session import shared_context
from atlas.ui.warm_start import MAX_PERIODS_AHEAD, prepare_first_views


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


@pytest.mark.parametrize("address, shown", [("", 3), ("carte", 2)], ids=["accueil", "carte"])
def test_the_first_visitor_finds_the_figures_made(edited_site: Path, built, address, shown):
    prepare_first_views()
    assert built
    built.clear()
    assert len(charts(opened(address))) == shown and built == Counter()


@pytest.fixture
def fictitious_site(edited_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pages that start with the fictitious data set, whose map has many periods."""
    monkeypatch.setenv("ATLAS_DEMO", "1")


def test_periods_beside_the_first_map_are_made_ahead(fictitious_site, built):
    prepare_first_views()
    assert built["carte"] >= MAX_PERIODS_AHEAD
    built.clear()
    visit = opened("carte")
    periods = box(visit, "Période")
    first = periods.options.index(periods.format_func(periods.value))
    for place in (first + 1, first + 2):
        box(visit, "Période").select_index(place).run()
    assert built == Counter()


def test_a_server_that_stops_makes_nothing_more(fictitious_site, built):
    prepare_first_views(lambda: built["carte"] > 0)
    assert 0 < built["carte"] < MAX_PERIODS_AHEAD


def test_what_is_made_ahead_waits_for_a_page_that_is_drawn(fictitious_site, built):
    asked = threading.Semaphore(0)

    def is_stopped() -> bool:
        asked.release()
        return built["carte"] > 0

    with PAGES.drawing():
        ahead = threading.Thread(target=prepare_first_views, args=(is_stopped,))
        ahead.start()
        for _ in range(
            3
        ):  # it looks again and again; without waiting it would look between figures
            assert asked.acquire(timeout=PATIENCE_MS / 1000)
        assert built == Counter()
    ahead.join(PATIENCE_MS / 1000)
    assert built["carte"]


def test_without_figures_to_draw_nothing_is_made(edited_site: Path, edit: Edit, built):
    edit("config.yaml", "\nbrand:", "\nbrandd:")
    assert shared_context(demo=False, dark=False, shapes=True) is None
    prepare_first_views()
    assert built == Counter()
