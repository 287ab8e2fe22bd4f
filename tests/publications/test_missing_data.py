"""What the blocks of a dossier lack."""

from __future__ import annotations

from typing import Any

import pytest

from atlas.figures.common.context import FigureContext
from atlas.publications.missing_data import (
    MissingData,
    figure_of_block,
    missing_data_of_block,
    missing_of_block,
    missing_of_comparison,
)
from atlas.settings import Dossier

RATE, DOCUMENTS = "activation_rate", "documents_deposited"
COMPARED = {"kind": "comparison", "indicator": RATE, "layout": "bars", "period": "2025-12"}


def missing(context: FigureContext, block: dict[str, Any], **changes: object) -> MissingData:
    written = {
        "title": "Chiffres clés",
        "nav": "Bretagne",
        "territory": "REG-53",
        "period": "2025",
        "source": "la-reunion-2026",
        "introduction": "",
        "blocks": [block],
    }
    dossier = Dossier.model_validate(written | changes)
    found = missing_data_of_block(context, dossier, dossier.blocks[0])
    assert missing_of_block(context, dossier, dossier.blocks[0]) == found.text
    if found.is_empty:
        assert figure_of_block(context, dossier, dossier.blocks[0]) is None
    return MissingData(found.text.replace("\u00a0", " "), found.is_empty, found.is_asked)


@pytest.mark.parametrize(
    "block, said",
    [
        ({"kind": "map"}, ("Taux d’activation", "Finistère", "décembre 2025")),
        ({"kind": "corridors"}, ("par couloir", "Documents déposés", "en Bretagne", "2025")),
        ({"kind": "territory_table"}, ("Taux d’activation", "Rennes", "décembre 2025")),
        ({"kind": "corridor_table", "indicators": [DOCUMENTS]}, ("Documents", "en Bretagne")),
        ({"kind": "curve", "indicator": RATE}, ("Taux d’activation", "en Bretagne")),
        ({**COMPARED, "territories": ["REG-53"]}, ("Taux d’activation", "Bretagne")),
        ({"kind": "key_figures", "figures": [{"indicator": RATE}]}, ("Taux", "en Bretagne")),
    ],
)
def test_an_empty_block_says_what_is_missing_where_and_when(context, block, said) -> None:
    found = missing(context, block)
    assert found.is_empty and found.is_asked
    assert all(word in found.text for word in said), found.text
    assert found.text.endswith(".") and found.text[0].isupper()


def test_the_periods_that_exist_are_said(context) -> None:
    block = {"kind": "corridors", "period": "2022"}
    found = missing(context, block, territory="REG-93")
    assert found.is_empty and "publié pour" in found.text and "2024" in found.text
    nothing = missing(context, block)
    assert "rien n’en est publié" in nothing.text


def test_a_block_of_which_a_part_is_missing_names_it_and_is_not_empty(context) -> None:
    figures = [{"indicator": RATE}, {"indicator": RATE, "territory": "FR", "period": "2025-12"}]
    found = missing(context, {"kind": "key_figures", "figures": figures})
    assert not found.is_empty and found.is_asked
    assert found.text.startswith("1 chiffre sur 2 n’est pas publié : Taux d’activation")
    compared = {**COMPARED, "territories": ["FR", "REG-75", "REG-53"]}
    found = missing(context, compared)
    assert not found.is_empty and not found.is_asked
    assert found.text == "Sans valeur de « Taux d’activation » : Bretagne."


@pytest.mark.parametrize("kind", ["timeline", "text"])
def test_what_needs_no_figure_lacks_none(context, kind) -> None:
    block = {"kind": kind, "text": "Un paragraphe."}
    assert missing(context, block) == MissingData()


def test_nothing_is_asked_in_vain_by_what_is_shipped(context) -> None:
    for dossier in context.settings.dossiers.values():
        for block in dossier.blocks:
            assert not missing_data_of_block(context, dossier, block).is_asked
    for key, page in context.settings.comparisons.items():
        for indicator in page.indicators:
            assert not missing_of_comparison(context, key, indicator).is_empty
