"""The page of a comparison: its controls, its address, and config.yaml edited under it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from patience import BACKSTOP_S
from streamlit.navigation.page import calc_hash
from streamlit.testing.v1 import AppTest

ROOT = Path(__file__).parents[2]
PAGE = "taux-activation-fin-2025"


def opened(key: str = PAGE, **query: str) -> AppTest:
    visit = AppTest.from_file(ROOT / "app.py", default_timeout=BACKSTOP_S)
    visit._page_hash = calc_hash(f"comparaison-{key}")
    visit.query_params.update(query)
    return visit.run()


def control(visit: AppTest, label: str) -> Any:
    (found,) = [
        each for each in (*visit.selectbox, *visit.multiselect, *visit.radio) if each.label == label
    ]
    return found


def address(visit: AppTest) -> dict[str, str]:
    return {name: "".join(text) for name, text in visit.query_params.items()}


def frames(visit: AppTest) -> Iterator[str]:
    return (
        each.proto.body
        for each in visit.main
        if each.type == "html" and 'class="titre"' in each.proto.body
    )


def test_a_page_as_it_is_written_has_a_clean_address_and_its_conclusion(context):
    visit = opened()
    assert not visit.exception and address(visit) == {}
    assert control(visit, "Territoires").value == ["FR", "groupe-quatre-ans"]
    assert control(visit, "Présentation").value == "dots"
    assert any(
        each.value == context.settings.comparisons[PAGE].conclusion for each in visit.markdown
    )
    assert [button.label for button in visit.button if "Revenir" in button.label] == []


def test_a_link_to_a_changed_view_opens_it():
    visit = opened(territoires="REG-44+REG-93", presentation="slope", periode="2024-12")
    assert not visit.exception
    assert control(visit, "Depuis").value == "2023-12"  # the pair of most territories
    (head,) = frames(visit)
    assert "de décembre\u00a02023 à décembre\u00a02024" in head
    assert any("Revenir" in button.label for button in visit.button)


def test_what_a_visitor_changes_goes_into_the_address_in_short_codes():
    visit = opened()
    control(visit, "Présentation").select("table").run()
    control(visit, "Territoires").set_value(["FR", "REG-04"]).run()
    control(visit, "Depuis").select("aucune").run()
    assert address(visit) == {
        "territoires": "FR+REG-04",
        "presentation": "table",
        "depuis": "aucune",
    }
    assert not visit.get("vega_lite_chart") and '<table class="barres"' in "".join(
        each.proto.body for each in visit.main if each.type == "html"
    )


def test_going_back_to_the_page_cleans_the_address():
    visit = opened(presentation="table", territoires="FR")
    (back,) = [button for button in visit.button if "Revenir" in button.label]
    back.click().run()
    assert address(visit) == {} and control(visit, "Présentation").value == "dots"
    assert control(visit, "Territoires").value == ["FR", "groupe-quatre-ans"]


def test_a_view_does_not_follow_the_visitor_to_another_comparison():
    visit = opened(presentation="table", periode="2024-12")
    visit._page_hash = calc_hash("comparaison-trajectoires")
    visit.query_params.clear()
    visit.run()
    assert control(visit, "Présentation").value == "curve" and address(visit) == {}


@pytest.mark.parametrize(
    "query",
    [
        {"presentation": "camembert"},
        {"territoires": "REG-99"},
        {"periode": "1999-12"},
        {"axe": "log"},
        {"indicateur": "rien"},
        {"territoires": ""},
    ],
)
def test_a_damaged_address_never_breaks_the_page(query):
    visit = opened(**query)
    assert not visit.exception and not visit.error


def test_the_entry_of_the_view_is_offered_with_where_to_paste_it():
    visit = opened(presentation="table")
    (entry,) = [each.value for each in visit.code]
    assert entry.startswith("  taux-activation:\n    title:") and "layout: table" in entry
    assert any("sous la ligne « comparisons: »" in each.value for each in visit.markdown)


def test_a_view_that_cannot_be_drawn_says_why_and_keeps_its_controls():
    visit = opened(territoires="departements", presentation="curve", demo="1")
    assert not visit.exception and control(visit, "Présentation").value == "curve"
    assert any("101 territoires ont des valeurs" in each.value for each in visit.info)


@pytest.fixture
def edited(copy_of_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy that the application shows, in place of the repository."""
    monkeypatch.setattr("atlas.ui.session.PROJECT_FOLDER", copy_of_project)
    return copy_of_project


def test_an_edit_that_is_refused_leaves_the_page_standing(edited, edit):
    visit = opened()
    edit("config.yaml", '    layout: dots\n    period: "2025-12"\n', "    layout: slope\n")
    visit.run()
    assert not visit.exception and control(visit, "Présentation").value == "dots"
    assert any("problème" in each.value for each in (*visit.warning, *visit.error))


def test_an_edit_of_the_page_at_hand_is_followed_and_the_view_of_the_visitor_stays(edited, edit):
    visit = opened(presentation="table")
    edit("config.yaml", "Où en est chaque région fin 2025 ?", "Qui avance ?")
    visit.run()
    assert not visit.exception and control(visit, "Présentation").value == "table"
    assert [title.value for title in visit.title] == ["Qui avance ?"]


def test_a_group_that_goes_while_a_link_names_it_leaves_the_page_standing(edited, edit):
    visit = opened(territoires="groupe-outre-mer+FR", presentation="table")
    edit("config.yaml", "  outre-mer:\n", "  autres-mers:\n")
    visit.run()
    assert not visit.exception and not visit.error
