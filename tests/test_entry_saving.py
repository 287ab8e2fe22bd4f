"""A dossier or a comparison written back where it stands: the rest is left as it was, and nobody's
change is lost unseen."""

from __future__ import annotations

import copy
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from killed_writers import KILLED, started_killer

from atlas.entry_saving import (
    MAX_ENTRY_BYTES,
    digest_of_fields,
    entry_file_text,
    read_entry,
    read_entry_text,
    remove_entry,
    save_entry,
    undo_save,
)
from atlas.project import Project
from atlas.settings.entry_files import Section
from atlas.store.journal import HISTORY_FOLDER
from atlas.store.store import project_store

SHIPPED: list[tuple[Section, str]] = [
    (section, key)
    for section, entries in yaml.safe_load(
        (Path(__file__).parents[1] / "config.yaml").read_text("utf-8")
    ).items()
    if section in ("dossiers", "comparisons")
    for key in entries
]
CORSE: Section = "dossiers"
KEY = "corse-2026"
NEW = "config/dossiers/essai.yaml"


def contents(base: Path) -> dict[str, bytes]:
    """Every file of the configuration, leftovers included."""
    paths = [base / "config.yaml", *(base / "config").rglob("*")]
    return {
        path.relative_to(base).as_posix(): path.read_bytes() for path in paths if path.is_file()
    }


def fields_of(base: Path, section: Section = CORSE, key: str = KEY) -> dict[str, Any]:
    present = read_entry(base, section, key)
    assert present
    return copy.deepcopy(present.fields)


@pytest.fixture
def place(copy_of_project: Path) -> Project:
    made = Project(copy_of_project)
    assert made.dataset()
    return made


def save(place: Project, fields: dict[str, Any], key: str = KEY, **more: Any) -> Any:
    present = read_entry(place.base, CORSE, key)
    based_on = {"based_on": present.digest if present else None}
    return save_entry(place.base, CORSE, key, fields, place.settings_problems, **based_on | more)


@pytest.mark.parametrize(("section", "key"), SHIPPED)
def test_what_is_read_and_saved_unchanged_leaves_every_byte(place, section, key):
    before = contents(place.base)
    present = read_entry(place.base, section, key)
    assert present and present.file == "config.yaml"
    saved = save_entry(
        place.base, section, key, present.fields, place.settings_problems, based_on=present.digest
    )
    assert (saved.written.files, saved.written.problems, saved.conflict) == ((), (), None)
    assert contents(place.base) == before


def test_a_changed_title_is_one_line_and_is_followed(place):
    before = (place.base / "config.yaml").read_text("utf-8").splitlines()
    saved = save(place, fields_of(place.base) | {"title": "La Corse, autrement"})
    assert saved.written.files == ("config.yaml",) and saved.written.problems == ()
    after = (place.base / "config.yaml").read_text("utf-8").splitlines()
    assert len([1 for one, two in zip(before, after, strict=True) if one != two]) == 1
    assert place.settings.dossiers[KEY].title == "La Corse, autrement"
    assert undo_save(place.base, CORSE, KEY).files == ("config.yaml",)
    assert (place.base / "config.yaml").read_text("utf-8").splitlines() == before
    assert undo_save(place.base, CORSE, KEY) == undo_save(place.base, CORSE, "autre")


def test_a_new_entry_has_a_file_of_its_own_that_is_edited_then_removed(place):
    fields = fields_of(place.base) | {"nav": "Essai"}
    before = contents(place.base)
    assert save(place, fields, "essai").written.files == (NEW,)
    assert contents(place.base) == before | {NEW: entry_file_text(CORSE, fields).encode()}
    assert place.settings.dossiers["essai"].nav == "Essai" and place.problems() == []
    (place.base / NEW).write_text(
        (place.base / NEW).read_text("utf-8").replace("nav:", "# my note\nnav:"), "utf-8"
    )
    assert save(place, fields | {"nav": "Deux"}, "essai").written.files == (NEW,)
    assert "# my note\nnav: Deux\n" in (place.base / NEW).read_text("utf-8")
    digest = read_entry(place.base, CORSE, "essai").digest
    assert remove_entry(place.base, CORSE, "essai", based_on="another").conflict
    assert remove_entry(place.base, CORSE, "essai", based_on=digest).written.files == (NEW,)
    assert read_entry(place.base, CORSE, "essai") is None and "essai" not in place.settings.dossiers
    assert undo_save(place.base, CORSE, "essai").files == (NEW,)
    assert place.settings.dossiers["essai"].nav == "Deux"


def test_the_text_of_an_entry_is_the_same_whenever_it_is_made_and_is_read_back(place):
    for section, key in SHIPPED:
        fields = fields_of(place.base, section, key)
        text = entry_file_text(section, fields)
        assert text == entry_file_text(section, copy.deepcopy(fields))
        assert text.startswith("# yaml-language-server: $schema=../schemas/")
        assert read_entry_text(text.encode(), section, "envoi.yaml") == (fields, [])


def test_what_somebody_else_changed_is_not_lost(place):
    draft = read_entry(place.base, CORSE, KEY)
    theirs = fields_of(place.base) | {"title": "La leur"}
    assert save(place, theirs).written.files
    mine = fields_of(place.base) | {"title": "La mienne"}
    refused = save(place, mine, based_on=draft.digest)
    assert refused.conflict.fields == theirs and refused.written.files == ()
    assert read_entry(place.base, CORSE, KEY).fields == theirs
    assert save(place, mine, based_on=draft.digest, overwrite=True).written.files
    assert read_entry(place.base, CORSE, KEY).fields == mine


def test_a_new_entry_does_not_take_the_place_of_one(place):
    refused = save(place, fields_of(place.base) | {"nav": "N"}, based_on=None)
    assert refused.conflict.key == KEY and refused.written.files == ()


def test_an_entry_that_is_gone_is_said_and_written_again_where_asked(place):
    fields = fields_of(place.base)
    gone = save(place, fields, "essai", based_on="0" * 64)
    assert "a été retiré" in gone.written.problems[0].message and gone.conflict is None
    assert save(place, fields, "essai", based_on="0" * 64, overwrite=True).written.files == (NEW,)


def test_comments_and_the_order_of_keys_are_no_conflict(place):
    fields = fields_of(place.base)
    assert digest_of_fields(fields) == digest_of_fields(dict(reversed(fields.items())))
    assert digest_of_fields({"a": 1}) != digest_of_fields({"a": "1"})


def test_what_would_not_be_read_is_not_written(place):
    before = contents(place.base)
    wrong = save(place, fields_of(place.base) | {"territory": "REG-0"})
    assert [problem.file for problem in wrong.written.problems] == ["config.yaml"]
    new = save(place, fields_of(place.base) | {"territory": "REG-0"}, "essai")
    assert [(p.file, p.where) for p in new.written.problems] == [(NEW, "territory")]
    named = save(place, fields_of(place.base), "Mon essai")
    assert "ne convient pas" in named.written.problems[0].message
    assert contents(place.base) == before


def test_an_entry_of_a_file_that_cannot_be_read_is_left_alone(place):
    (place.base / "config.yaml").write_bytes(b"brand: [")
    assert read_entry(place.base, CORSE, KEY) is None
    refused = save_entry(
        place.base, CORSE, KEY, {"title": "T"}, place.settings_problems, based_on=None
    )
    assert [problem.file for problem in refused.written.problems] == ["config.yaml"]
    assert (place.base / "config.yaml").read_bytes() == b"brand: ["


def test_an_entry_of_config_yaml_is_not_removed(place):
    digest = read_entry(place.base, CORSE, KEY).digest
    refused = remove_entry(place.base, CORSE, KEY, based_on=digest)
    assert "n’a pas de fichier à lui" in refused.written.problems[0].message
    assert read_entry(place.base, CORSE, KEY)


def test_an_undoing_does_not_lose_what_was_written_since(place):
    assert save(place, fields_of(place.base) | {"title": "Un"}).written.files
    assert save(place, fields_of(place.base, key="grand-est-2024") | {"title": "Deux"},
                "grand-est-2024").written.files  # fmt: skip
    refused = undo_save(place.base, CORSE, KEY)
    assert refused.files == () and "a changé depuis" in refused.problems[0].message


def test_a_folder_that_may_not_be_written_is_a_problem_in_french(place, monkeypatch):
    before = contents(place.base)

    def refuse(*words: object, **more: object) -> None:
        raise PermissionError(13, os.strerror(13))

    monkeypatch.setattr("atlas.store.store.write_durably", refuse)
    for key in (KEY, "essai"):
        refused = save(place, fields_of(place.base) | {"nav": "N"}, key)
        assert "impossible d’écrire" in refused.written.problems[0].message
    assert contents(place.base) == before


def test_a_saving_that_is_cut_leaves_all_as_before(copy_of_project):
    before, place = contents(copy_of_project), Project(copy_of_project)
    texts = {"config.yaml": b"brand: [", NEW: entry_file_text(CORSE, {"title": "T"}).encode()}
    with started_killer() as killer:
        for steps in (0, 1):
            assert killer.write(copy_of_project, texts, steps, renames_only=True) == KILLED
            with project_store(copy_of_project).exclusive_access():
                pass  # as whoever saves next
            assert contents(copy_of_project) == before
    assert save(place, fields_of(copy_of_project), "essai").written.files == (NEW,)
    assert not [name for name in contents(copy_of_project) if HISTORY_FOLDER in name]


def test_a_file_that_is_sent_is_bounded_and_read_strictly(place):
    large, problems = read_entry_text(b"#" * (MAX_ENTRY_BYTES + 1), CORSE, "envoi.yaml")
    assert large is None and "200 ko" in problems[0].message
    for content in (b"\xff", b"a: [", b"- 1", b"title: T", b"a: &b [*b]"):
        fields, problems = read_entry_text(content, CORSE, "envoi.yaml")
        assert fields is None and {problem.file for problem in problems} == {"envoi.yaml"}
