"""A draft: its steps, its blocks, what a browser gives back, and that it is a valid entry."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from shipped import SETTINGS

from atlas.entry_saving import entry_file_text, read_entry, read_entry_text
from atlas.publications.block_proposals import block_proposals, default_dossier
from atlas.publications.drafts import (
    Draft,
    DraftHistory,
    draft_as_json,
    draft_from_json,
    draft_problems,
    new_draft,
    unwritten_texts,
)

ROOT = Path(__file__).parents[2]
BLOCKS: list[dict[str, Any]] = [
    {"kind": "timeline"},
    {"kind": "text", "text": "Un"},
    {"kind": "corridors", "title": "Documents", "period": "2025"},
]
FIELDS = {
    "title": "Essai",
    "nav": "Essai",
    "territory": "REG-94",
    "period": "2025",
    "source": "ars-corse-2026",
    "introduction": "Essai.",
    "blocks": BLOCKS,
}
ENTRIES = [
    *(("dossiers", key) for key in SETTINGS.dossiers),
    *(("comparisons", key) for key in SETTINGS.comparisons),
]


def kinds(draft: Draft) -> list[str]:
    return [block["kind"] for block in draft.fields["blocks"]]


def test_a_block_keeps_its_identity_when_it_moves():
    draft = new_draft("dossiers", "", FIELDS)
    moved = draft.move_block(3, -2)
    assert kinds(moved) == ["corridors", "timeline", "text"]
    assert moved.blocks == (3, 1, 2)
    assert moved.move_block(3, -1) == moved  # already first
    assert kinds(draft) == ["timeline", "text", "corridors"]


def test_blocks_are_added_after_another_duplicated_and_removed():
    draft = new_draft("dossiers", "", FIELDS).add_block({"kind": "map"}, after=1)
    assert kinds(draft) == ["timeline", "map", "text", "corridors"]
    assert draft.blocks == (1, 4, 2, 3)
    assert kinds(draft.duplicate_block(3)) == [*kinds(draft), "corridors"]
    assert kinds(draft.remove_block(4)) == kinds(new_draft("dossiers", "", FIELDS))


def test_an_empty_text_takes_its_key_out_unless_the_entry_needs_it():
    draft = new_draft("dossiers", "", {**FIELDS, "headline": "Un fait"})
    assert "headline" not in draft.with_fields(headline="").fields
    assert draft.with_fields(title="").fields["title"] == ""
    assert "title" not in draft.with_block(3, title="").block(3)
    assert draft.with_block(2, text="").block(2)["text"] == ""


def test_each_step_is_taken_back_and_taken_again():
    first = new_draft("dossiers", "", FIELDS)
    steps = DraftHistory(first).record(first.with_fields(title="Deux"))
    steps = steps.record(steps.present.remove_block(1))
    back = steps.undo().undo()
    assert back.present == first and back.undo() == back
    assert back.redo().redo().present == steps.present
    assert back.record(first.with_fields(title="Trois")).future == ()
    assert steps.record(steps.present) == steps  # a step that changes nothing is none


def test_a_step_taken_back_after_saving_changes_what_was_saved():
    first = new_draft("dossiers", "", FIELDS)
    steps = DraftHistory(first).record(first.with_fields(title="Deux")).saved_as("essai", "a1")
    assert (steps.undo().present.key, steps.undo().present.based_on) == ("essai", "a1")


def test_texts_that_a_reader_would_miss_are_named():
    fields = {
        **FIELDS,
        "nav": " ",
        "quotes": [{"text": "Oui", "author": "Elle"}, {"text": "", "author": ""}],
        "contacts": [{"organisation": ""}],
        "blocks": [{"kind": "timeline"}, {"kind": "text", "text": ""}],
    }
    assert unwritten_texts(new_draft("dossiers", "", fields)) == [
        "le nom dans le menu",
        "les mots de la citation 2",
        "l’auteur de la citation 2",
        "l’organisme du contact 1",
        "le texte du bloc 2",
    ]


@pytest.mark.parametrize(("section", "key"), ENTRIES)
def test_every_shipped_entry_can_be_composed_and_is_as_it_is_saved(section, key):
    entry = read_entry(ROOT, section, key)
    assert entry is not None
    draft = new_draft(section, key, entry.fields, entry.digest)
    assert draft_problems(draft) == [] and unwritten_texts(draft) == []
    assert draft.is_saved
    assert draft_from_json(draft_as_json(draft)) == draft


@pytest.mark.parametrize(
    "kept",
    [
        None,
        7,
        "",
        "{",
        "[]",
        '{"section": "brand", "key": "", "fields": {}, "based_on": null}',
        '{"section": "dossiers", "key": 3, "fields": {}, "based_on": null}',
        '{"section": "dossiers", "key": "", "fields": {"blocks": [3]}, "based_on": null}',
        '{"section": "dossiers", "key": "", "fields": ' + "[" * 50_000 + "]" * 50_000 + "}",
        json.dumps({"section": "dossiers", "key": "", "fields": {}, "based_on": "x" * 500_000}),
    ],
    ids=range(10),
)
def test_what_a_browser_gives_back_that_is_no_draft_is_left(kept):
    assert draft_from_json(kept) is None


def test_what_a_browser_gives_back_has_no_hidden_character():
    draft = new_draft("dossiers", "", {**FIELDS, "title": "Es\u202esai"})
    given_back = draft_from_json(draft_as_json(draft))
    assert given_back is not None and given_back.fields["title"] == "Essai"


OPERATIONS = st.lists(
    st.tuples(
        st.sampled_from(["add", "move", "copy", "remove", "title", "text"]),
        st.integers(0, 50),
        st.integers(-3, 3),
        st.text(max_size=30),
    ),
    max_size=12,
)


@pytest.fixture(scope="module")
def starts(context) -> list[tuple[dict[str, Any], list[dict[str, Any]]]]:
    """Proposed dossiers, and the blocks that can be added to each."""
    dossiers = [default_dossier(context, code) for code in ("REG-94", "REG-75", "DEP-40")]
    return [
        (
            fields,
            [
                proposal.block
                for proposal in block_proposals(context, fields["territory"], fields["period"])
                if proposal.block
            ],
        )
        for fields in dossiers
    ]


@settings(deadline=None, max_examples=60)
@given(start=st.integers(0, 2), steps=OPERATIONS)
def test_whatever_is_composed_is_a_valid_entry_that_reads_back(starts, start, steps):
    fields, proposed = starts[start]
    draft = new_draft("dossiers", "", fields)
    for name, place, shift, text in steps:
        identity = draft.blocks[place % len(draft.blocks)]
        if name == "add":
            draft = draft.add_block(proposed[place % len(proposed)], after=identity)
        elif name == "move":
            draft = draft.move_block(identity, shift)
        elif name == "copy":
            draft = draft.duplicate_block(identity)
        elif name == "remove" and len(draft.blocks) > 1:
            draft = draft.remove_block(identity)
        elif name == "title":
            draft = draft.with_block(identity, title=text)
        elif name == "text":
            draft = draft.with_fields(introduction=text)
    kept = draft_from_json(draft_as_json(draft))
    assert kept is not None
    assert draft_problems(kept) == []
    text = entry_file_text("dossiers", kept.fields)
    assert yaml.safe_load(text) == kept.fields
    assert read_entry_text(text.encode(), "dossiers", "essai.yaml") == (kept.fields, [])


# --- whatever is valid can be composed -----------------------------------------------------------

WORDS = st.text(
    alphabet=st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40
).map(str.strip)
TITLES = WORDS.filter(bool)
PERIODS = st.sampled_from(["2025", "2025-12", "2026-03", "2025-12-31"])
RATES = st.sampled_from(list(SETTINGS.map_indicators))
INDICATORS = st.sampled_from(list(SETTINGS.indicators))
CODES = st.sampled_from(["FR", "REG-94", "REG-75", "DEP-2A", "CPAM-401"])
FIGURES = st.fixed_dictionaries(
    {"indicator": INDICATORS},
    optional={
        "corridor": st.sampled_from(list(SETTINGS.corridors)),
        "territory": CODES,
        "period": PERIODS,
        "page": TITLES,
        "label": TITLES,
        "heading": TITLES,
        "size": st.sampled_from(["hero", "normal"]),
        "icon": st.sampled_from(["hospital", "people"]),
    },
)
BLOCK = {"title": TITLES, "text": TITLES}
VALID_BLOCKS = st.one_of(
    st.fixed_dictionaries(
        {"kind": st.just("key_figures"), "figures": st.lists(FIGURES, min_size=1, max_size=3)},
        optional=BLOCK,
    ),
    st.fixed_dictionaries(
        {"kind": st.just("map")},
        optional={
            **BLOCK,
            "indicator": RATES,
            "level": st.sampled_from(["departements", "caisses", "regions"]),
            "measure": st.sampled_from(["value", "change", "gap"]),
            "period": PERIODS,
        },
    ),
    st.fixed_dictionaries(
        {"kind": st.just("corridors")},
        optional={
            **BLOCK,
            "indicator": INDICATORS,
            "period": PERIODS,
            "view": st.sampled_from(["niveau", "croissance", "evolution", "contribution", "parts"]),
            "compared_to": PERIODS,
        },
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("curve"),
            "indicator": INDICATORS,
            "territories": st.lists(CODES, unique=True),
        },
        optional={**BLOCK, "milestones": st.booleans()},
    ),
    st.fixed_dictionaries(
        {
            "kind": st.just("comparison"),
            "territories": st.lists(CODES, min_size=1, unique=True),
            "indicator": RATES,
            "layout": st.sampled_from(["bars", "curve", "table"]),
        },
        optional=BLOCK,
    ),
    st.fixed_dictionaries({"kind": st.just("timeline")}, optional={"title": TITLES}),
    st.fixed_dictionaries({"kind": st.just("text"), "text": TITLES}, optional={"title": TITLES}),
)
VALID_DOSSIERS = st.fixed_dictionaries(
    {
        "title": TITLES,
        "nav": TITLES,
        "territory": CODES,
        "period": PERIODS,
        "source": st.just("ars-corse-2026"),
        "introduction": TITLES,
        "blocks": st.lists(VALID_BLOCKS, min_size=1, max_size=4),
    },
    optional={
        "headline": TITLES,
        "lead": TITLES,
        "place": TITLES,
        "about": TITLES,
        "quotes": st.lists(st.fixed_dictionaries({"text": TITLES, "author": TITLES}), max_size=2),
        "contacts": st.lists(st.fixed_dictionaries({"organisation": TITLES}), max_size=2),
    },
)


@settings(deadline=None, max_examples=100)
@given(fields=VALID_DOSSIERS)
def test_whatever_is_valid_can_be_composed_kept_and_sent(fields):
    draft = new_draft("dossiers", "essai", fields)
    assert draft_problems(draft) == [] and unwritten_texts(draft) == []
    assert draft_from_json(draft_as_json(draft)) == draft
    assert draft.with_fields(title=fields["title"]) == draft
    text = entry_file_text("dossiers", fields)
    assert read_entry_text(text.encode(), "dossiers", "essai.yaml") == (fields, [])
