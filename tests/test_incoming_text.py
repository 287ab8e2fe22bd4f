"""Control characters: which they are, and how texts, trees and models lose them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from atlas.incoming_text import (
    forbidden_character_message,
    find_forbidden_character,
    remove_forbidden_characters,
    without_forbidden_characters,
)


@pytest.mark.parametrize("kept", ["", "Taux", "a\tb\nc\r\nd", "é’« 2\u202f%\u00a0»\ufeff", "😀"])
def test_a_text_without_them_is_given_back_as_it_is(kept):
    assert find_forbidden_character(kept) == ""
    assert remove_forbidden_characters(kept) is kept


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("Taux\x0bd’activation", "U+000B", "Taux d’activation"),
        ("Taux\x0b\x0cactivé", "U+000B", "Taux activé"),
        ("\x00Taux", "U+0000", "Taux"),
        ("d\x92activation", "U+0092", "dactivation"),
        ("a\x85b", "U+0085", "a b"),
        ("a\x7f", "U+007F", "a"),
        ("a\ud800\ufffe\uffff", "U+D800", "a"),
    ],
)
def test_one_is_named_and_removed_and_words_stay_apart(text, name, left):
    assert find_forbidden_character(text) == name
    assert forbidden_character_message(text) == (
        f"un caractère de contrôle ({name}) n’est pas accepté"
    )
    assert remove_forbidden_characters(text) == left


@given(st.text(st.characters(exclude_categories=())))
def test_what_is_left_of_any_text_can_be_written_in_xml(text):
    left = remove_forbidden_characters(text)
    assert not [c for c in left if unicodedata.category(c) in ("Cc", "Cs") and c not in "\t\n\r"]
    element = ElementTree.Element("t")
    element.text = left
    read = ElementTree.fromstring(ElementTree.tostring(element, "utf-8")).text or ""
    assert read == re.sub(r"\r\n?", "\n", left) or read == left


class _Pair(NamedTuple):
    name: str
    number: int


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True)
    label: str
    digits: int = 1


@dataclass(frozen=True)
class _Whole:
    title: str
    rows: tuple[_Pair, ...]
    spec: dict[str, object]
    model: _Model
    length: int = field(init=False, default=3)


def whole(character: str) -> _Whole:
    return _Whole(
        f"titre{character}",
        (_Pair(f"a{character}", 1), _Pair("b", 2)),
        {f"clé{character}": [f"c{character}", 1.5, None, True]},
        _Model(label=f"d{character}"),
    )


def test_every_text_of_a_tree_loses_them_whatever_holds_it():
    assert without_forbidden_characters(whole("\x0b\x01")) == whole(" ")


def test_a_tree_without_them_is_not_copied():
    made = whole("")
    assert without_forbidden_characters(made) is made
