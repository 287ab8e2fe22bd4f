"""What is read of an address is short, plain and of the form that a page writes."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import streamlit as st

from atlas.ui.url_parameters import (
    MAX_PARAMETER_CHARACTERS,
    number_parameter,
    parameter,
    readable_parameters,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture
def address(monkeypatch) -> dict[str, str]:
    """The parameters of the address, to be filled."""
    parameters: dict[str, str] = {}
    monkeypatch.setattr(st, "query_params", parameters)
    return parameters


@pytest.mark.parametrize("text", ["9" * 5_000, "a\x00b", "\ud800", "\x0b", "a" * 4_001])
def test_what_no_page_writes_counts_as_absent(address, text):
    address["region"] = text
    assert parameter("region") is None and readable_parameters() == {}


def test_every_territory_at_once_is_read(address):
    address["territoires"] = "+".join(f"CPAM-{n:04d}" for n in range(400))
    assert len(address["territoires"]) <= MAX_PARAMETER_CHARACTERS
    assert parameter("territoires") == address["territoires"]


def test_a_text_unlike_its_pattern_counts_as_absent(address):
    address["vue"] = "2x"
    assert parameter("vue", re.compile("[0-9]+")) is None
    assert parameter("depuis") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("3", 3), ("7", 4), ("-1", 0), ("²", 0), ("٣", 0), ("1e3", 0), ("9" * 5000, 0)],
)
def test_a_number_is_one_of_those_that_there_are(address, text, number):
    address["vue"] = text
    assert number_parameter("vue", 4) == number


def test_what_is_kept_of_an_address_is_bounded(address):
    address |= {f"p{n}": "x" for n in range(200)} | {"a" * 100: "x", "A\n": "x"}
    kept = readable_parameters()
    assert len(kept) == 60 and "A\n" not in kept


def test_the_address_is_read_and_written_in_one_place():
    for path in [*ROOT.glob("atlas/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"]:
        if path.name != "url_parameters.py":
            tree = ast.parse(path.read_bytes())
            used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            assert "query_params" not in used, path
