"""Every page through the router: its title, its language, what it says of invented figures."""

from __future__ import annotations

import pytest
from visits import (
    COMPARISONS,
    DOSSIERS,
    ENGLISH,
    PAGES,
    charts,
    every_page,
    page_text,
    seen,
    words,
)


@every_page
def test_every_page_opens_from_its_address_with_its_title(address):
    visit = seen(address)
    assert not visit.exception
    assert [title.value for title in visit.title] == [PAGES[address]]
    assert not visit.warning and not visit.error


@every_page
def test_no_page_says_anything_in_english(address):
    for query in ({}, {"demo": "1"}):
        said = [text for text in words(seen(address, **query)) if not text.startswith("http")]
        assert said and [text for text in said if ENGLISH.search(text)] == []


@pytest.mark.parametrize(
    "address",
    [a for a in PAGES if a not in ("problemes", "verifier")],
    ids=lambda address: address or "accueil",
)
def test_every_page_made_of_invented_figures_says_so(address):
    visit = seen(address, demo="1")
    assert not visit.exception and visit.toggle(key="demo").value is True
    assert "Données fictives" in page_text(visit)
    heads = [
        element.proto.body
        for element in visit.main
        if element.type == "html" and 'class="titre"' in element.proto.body
    ]
    assert all('<p class="fictif">Données fictives</p>' in head for head in heads)
    assert "Données fictives" not in page_text(seen(address))


@every_page
def test_every_chart_says_to_a_screen_reader_what_it_shows(address):
    for chart in charts(seen(address)):
        assert chart.alt and chart.alt.endswith(".")


def test_every_comparison_and_every_dossier_of_config_yaml_is_a_page():
    assert (len(COMPARISONS), len(DOSSIERS)) == (4, 5)
    assert all(charts(seen(address)) for address in COMPARISONS)


@pytest.mark.parametrize("address", DOSSIERS)
def test_a_dossier_names_its_source_and_lacks_no_figure(address):
    text = page_text(seen(address))
    assert "Sources" in text and "Ce dossier reproduit «" in text
    assert "absents des données" not in text and "aucun chiffre à montrer" not in text
