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
    MAX_LETTERS,
    clean_typed_text,
    find_forbidden_character,
    forbidden_character_message,
    remove_forbidden_characters,
    too_long_message,
    without_forbidden_characters,
)

# Often enough beside each other to make and unmake what is forbidden.
HOSTILE_LETTERS = st.sampled_from("⚠\ufe0f\u0301\u0302\u200b\u202e\u2028\x00a\ue000")


@pytest.mark.parametrize(
    "kept", ["", "Taux", "a\tb\nc\r\nd", "é’« 2\u202f%\u00a0»", "😀", "⚠\ufe0f", "Vie\u0323\u0302t"]
)
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
        ("a\u2028b", "U+2028", "a b"),
    ],
)
def test_one_is_named_and_removed_and_words_stay_apart(text, name, left):
    assert find_forbidden_character(text) == name
    assert forbidden_character_message(text) == (
        f"un caractère de contrôle ({name}) n’est pas accepté"
    )
    assert remove_forbidden_characters(text) == left


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("rapport\u202evsc.exe", "une marque de sens d’écriture (U+202E)", "rapportvsc.exe"),
        ("\u2066Landes\u2069", "une marque de sens d’écriture (U+2066)", "Landes"),
        ("Landes\u200f", "une marque de sens d’écriture (U+200F)", "Landes"),
        ("Lan\u200bdes", "un caractère invisible (U+200B)", "Landes"),
        ("acti\u00advation", "un caractère invisible (U+00AD)", "activation"),
        ("Lan\ufeffdes", "un caractère invisible (U+FEFF)", "Landes"),
        ("Landes\U000e0041\U000e0042", "un caractère invisible (U+E0041)", "Landes"),
        ("42\ufe0f", "un caractère invisible (U+FE0F)", "42"),
        ("\uf0b7 Landes", "un caractère sans signification commune (U+F0B7)", " Landes"),
        ("Landes\U00050000", "un caractère sans signification commune (U+50000)", "Landes"),
        ("Z\u0301\u0302\u0303\u0304algo", "un accent empilé (U+0303)", "Z\u0301\u0302algo"),
    ],
)
def test_what_hides_or_moves_other_letters_is_named_and_removed(text, said, left):
    article = "acceptée" if said.startswith("une") else "accepté"
    assert forbidden_character_message(text) == f"{said} n’est pas {article}"
    assert remove_forbidden_characters(text) == left


@pytest.mark.parametrize("kind", MAX_LETTERS)
def test_a_text_is_as_long_as_its_kind_may_be(kind):
    longest = "é" * MAX_LETTERS[kind]
    assert too_long_message(longest, kind) == "" and clean_typed_text(longest, kind) == longest
    said = too_long_message(f"{longest}é", kind)
    assert f"{MAX_LETTERS[kind] + 1} caractères, {MAX_LETTERS[kind]} au plus" in said
    assert clean_typed_text(f"{longest}\u200b{longest}", kind) == longest


def test_a_file_of_a_million_letters_is_looked_through_once():
    """Each pattern goes along the text: none comes back on its steps."""
    for text in ("é" * 1_000_000, "e\u0301" * 500_000, "\u0301" * 300_000):
        left = remove_forbidden_characters(text)
        assert len(left) == len(text) if text[0] != "\u0301" else left == "\u0301\u0301"


@given(st.text(HOSTILE_LETTERS | st.characters(exclude_categories=())))
def test_what_is_left_of_any_text_holds_none(text):
    assert find_forbidden_character(remove_forbidden_characters(text)) == ""


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
