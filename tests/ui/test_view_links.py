"""Frozen links say whether the figures have changed."""

from __future__ import annotations

import hashlib

import pytest
from streamlit.testing.v1 import AppTest
from visits import (
    opened,
)

from atlas.ui import page_state


def notices(visit: AppTest) -> str:
    return " ".join([*(e.value for e in visit.info), *(e.value for e in visit.warning)])


def frozen(visit: AppTest) -> str:
    """The mark of the link that the menu offers."""
    sent = [element.proto for element in visit.main if "frozen" in str(element.proto)]
    return str(sent[0]).split("frozen")[1].split("20", 1)[1]


def test_a_frozen_link_says_that_the_figures_are_the_same_or_have_changed():
    visit = opened("carte", region="REG-75")
    shown = visit.session_state[page_state._COMPLETE].figures
    digests = "\n".join(figure.digest for figure in shown.values())
    same = hashlib.sha256(digests.encode()).hexdigest()[:8]
    kept = opened("carte", region="REG-75", figee=f"20261122-abcdef-k{same}")
    assert "n’ont pas changé" in notices(kept) and "22\u00a0novembre\u00a02026" in notices(kept)
    other = opened("carte", region="REG-75", figee="20261122-abcdef-k00000000")
    assert "ont changé depuis" in notices(other) and "abcdef" in notices(other)


def test_a_link_frozen_by_0_3_0_compares_the_version_of_the_data(context):
    version = context.dataset.version[:6]
    same = opened("carte", region="REG-75", figee=f"20261122-{version}-00000000")
    assert "n’ont pas changé" in notices(same)
    other = opened("carte", region="REG-75", figee="20261122-abcdef-00000000")
    assert "ont changé depuis" in notices(other)


@pytest.mark.parametrize(
    "mark",
    [
        "",
        "n’importe quoi",
        "20261122-abcdef",
        "2026-x-y",
        "20269999-abcdef-12345678",
        "٢٠٢٦١١٢٢-abcdef-k12345678",
    ],
)
def test_a_damaged_mark_leaves_a_living_link(mark):
    visit = opened("problemes", figee=mark)
    assert not visit.exception and "Lien figé" not in notices(visit)
