"""The page Méthode, and the link of each figure that leads to it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from visits import opened, page_text, seen

from atlas.publications.method.method import method_sections

SECTIONS = (
    "D’où viennent les chiffres",
    "Quel chiffre est montré",
    "Ce qui est calculé",
    "Rangs",
    "Secret statistique",
    "Révisions des données",
    "Signaler une erreur",
)


def method_links(visit: AppTest) -> list:
    return [link.proto for link in visit.get("page_link") if link.proto.label == "Méthode"]


def opened_below(address: str, frame: str, **query: str) -> AppTest:
    """A page where what is behind a figure is opened."""
    visit = opened(address, **query)
    visit.session_state[f"{frame}_barre"] = "donnees"
    return visit.run()


def test_the_page_says_every_section_and_when_the_data_were_closed(context):
    visit = seen("methode")
    shown = [header.value for header in visit.header]
    assert shown == [section.title for section in method_sections(context)]
    assert set(SECTIONS) <= set(shown)
    text = page_text(visit)
    assert "5 sont écartés" in text and "toutes les régions sauf deux" in text
    assert [c.value for c in visit.caption if "arrêtées" in c.value] == [
        "Données arrêtées au 28\u00a0novembre\u00a02026."
    ]


def test_its_contents_lead_to_every_section(context):
    bodies = [one.proto.body for one in seen("methode").main if one.type == "html"]
    (contents,) = [body for body in bodies if 'class="sommaire"' in body]
    for section in method_sections(context):
        assert f'<a href="#{section.key}">{section.title}</a>' in contents


def test_the_page_of_invented_figures_has_neither_revisions_nor_a_date():
    text = page_text(seen("methode", demo="1"))
    assert "Révisions des données" not in text and "Données arrêtées" not in text


@pytest.mark.parametrize(
    ("address", "frame", "query"),
    [
        ("carte", "carte", {"territoire": "REG-75", "selection": "DEP-40"}),
        ("comparaison-trajectoires", "comparaison_trajectoires_0", {"demo": "1"}),
    ],
)
def test_a_figure_links_to_the_method_with_the_parameters_of_its_view(address, frame, query):
    visit = opened_below(address, frame, **query)
    (link, *_) = method_links(visit)
    assert link.page == "methode"
    for key, text in query.items():
        assert f"{key}={text}" in link.query_string


def test_the_relief_links_to_the_method_too():
    assert method_links(seen("relief"))
