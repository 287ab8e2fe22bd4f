"""The page of a territory: what its address holds, what it says when little is known."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from patience import BACKSTOP_S
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

from atlas.ui.profile import arrange_drawings

ROOT = Path(__file__).parents[2]
RATE, END = "activation_rate", "2025-12"


def plain(text: str) -> str:
    """With ordinary spaces, to be compared with a text that was typed."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


@pytest.mark.parametrize(
    ("heights", "sides", "below"),
    [
        ({}, [], []),
        ({"a": 300}, [["a"]], []),
        ({"a": 300, "b": 900}, [["a"], ["b"]], []),
        ({"a": 300, "b": 600, "c": 320}, [["a", "c"], ["b"]], []),
        ({"a": 300, "b": 400, "c": 720}, [["a", "b"], ["c"]], []),
        ({"a": 950, "b": 500, "c": 460}, [["a"], ["b", "c"]], []),
        ({"a": 500, "b": 520, "c": 700}, [["a"], ["b"]], ["c"]),
    ],
)
def test_drawings_side_by_side_leave_the_least_empty(heights, sides, below):
    assert arrange_drawings(heights) == (sides, below)


def opened(**query: str) -> AppTest:
    """A visitor who opens a link to the page."""
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash("portrait")
    visit.query_params.update(query)
    return visit.run()


def html_of(visit: AppTest) -> str:
    return plain(
        "\n".join(
            re.sub(r"<[^>]+>", "\n", element.proto.body)
            for element in visit.main
            if element.type == "html"
        )
    )


def test_a_code_is_enough_to_open_a_portrait():
    visit = opened(territoire="DEP-40")
    assert not visit.exception and not visit.warning
    assert [title.value for title in visit.title] == ["Portrait : Landes"]
    assert {box.label: box.value for box in visit.selectbox if box.label != "Format"} == {
        "Territoire": "DEP-40",
        "Indicateur": RATE,
        "Période": END,
    }
    assert "41,7 %" in html_of(visit) and visit.query_params == {"territoire": "DEP-40"}


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"territoire": "DEP-40", "comparer": "voisins"}, "Landes et départements voisins"),
        ({"territoire": "REG-93", "comparer": "population", "demo": "1"}, "de population proche"),
        (
            {"territoire": "DEP-40", "comparer": "choix", "avec": "DEP-33+DEP-99"},
            "Landes et Gironde",
        ),
        ({"territoire": "DEP-40", "periode": "2024-12"}, "Taux d’activation au fil du temps"),
        ({}, "France et régions"),
    ],
)
def test_the_address_holds_every_choice(query, said):
    visit = opened(**query)
    assert not visit.exception and said in html_of(visit)


@pytest.mark.parametrize("code", ["DEP-88", "REG-94", "REG-04", "DEP-974"])
def test_a_page_with_little_to_show_says_why(code):
    visit = opened(territoire=code)
    assert not visit.exception and len(visit.get("vega_lite_chart")) > 0
    assert re.search("^(Aucun|Ni évolution)", html_of(visit), re.M) and not visit.info


def test_an_address_that_names_nothing_known_opens_on_france():
    visit = opened(territoire="DEP-00", comparer="amis", avec="rien")
    assert not visit.exception
    assert [title.value for title in visit.title] == ["Portrait : France"]
