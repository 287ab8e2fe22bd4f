"""What the page Carte opens on, and what a choice makes of it."""

from __future__ import annotations

import pytest
from visits import charts, named, opened, page_text, picked


def test_it_opens_on_the_region_that_is_known_best_and_says_why():
    visit = opened("carte")
    assert picked(visit, "Territoire") == "REG-75" and len(charts(visit)) == 2
    assert "En France, 13 des 101 départements ont un chiffre publié." in page_text(visit)
    assert not visit.query_params


def test_the_whole_of_france_is_one_click_away():
    visit = opened("carte")
    named(visit.button, "Voir toute la France").click().run()
    assert picked(visit, "Territoire") == "FR" and len(charts(visit)) == 2


@pytest.mark.parametrize("asked", ["link", "click"])
def test_a_map_of_regions_is_of_france(asked):
    """Of one région it would show nothing."""
    visit = opened("carte", **({"decoupage": "regions"} if asked == "link" else {}))
    if asked == "click":
        named(visit.radio, "Découpage").set_value("regions").run()
    assert picked(visit, "Territoire") == "FR" and len(charts(visit)) == 2
    assert visit.query_params["decoupage"] in ("regions", ["regions"])
    named(visit.radio, "Découpage").set_value("departements").run()
    assert picked(visit, "Territoire") == "REG-75"
