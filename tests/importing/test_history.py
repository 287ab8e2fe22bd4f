"""What the journal of imports knows again: which file was written, from which documents, undone."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
import yaml

from atlas.importing.history import (
    ImportOrigin,
    find_import,
    import_title,
    last_used_sources,
    past_imports,
    undo_import,
    undo_last_import,
)
from atlas.importing.records import ImportedRow
from atlas.importing.writing import write_rows
from atlas.observations.checks import KnownKeys
from atlas.settings import Source
from atlas.store.journal import HISTORY_FOLDER

FIRST, SECOND = ImportOrigin("annexe.xlsx", "aaa"), ImportOrigin("couloirs.csv", "bbb")
NEW = Source(
    title="Bilan", publisher="Agence", published="2026-02", licence="Libre", grade="producer"
)


def row(territory: str, period: str = "2025", source: str = "egora-202601") -> ImportedRow:
    return ImportedRow(
        territory, "activation_rate", "", period, "40.0", "", "", "", source, "", "", "C4"
    )


def sources(folder: Path) -> str:
    return (folder / "sources.yaml").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, known_keys: KnownKeys) -> Path:
    known = {
        key: known_keys.sources[key].model_dump(exclude_defaults=True)
        for key in ("egora-202601", "ars-corse-2026")
    }
    (tmp_path / "sources.yaml").write_text(yaml.safe_dump(known, allow_unicode=True), "utf-8")
    return tmp_path


@pytest.fixture
def with_new_document(known_keys: KnownKeys) -> KnownKeys:
    return dataclasses.replace(known_keys, sources={**known_keys.sources, "agence-2026": NEW})


def test_an_import_is_known_by_its_reading_until_it_is_taken_back(folder, known_keys):
    write_rows(folder, [row("DEP-33"), row("DEP-40", "2026")], known_keys, origin=FIRST)
    past = find_import(folder, "aaa")
    assert past and (past.file, past.files, past.added) == (
        "annexe.xlsx",
        ("2025.csv", "2026.csv"),
        2,
    )
    assert find_import(folder, "bbb") is None
    undo_import(folder, past.entry)
    assert find_import(folder, "aaa") is None and past_imports(folder) == []


def test_the_same_rows_again_are_no_import(folder, known_keys):
    for _ in range(3):
        assert write_rows(folder, [row("DEP-33")], known_keys, origin=FIRST).problems == ()
    assert len(past_imports(folder)) == 1


def test_an_import_under_a_later_one_waits_for_it(folder, known_keys):
    write_rows(folder, [row("DEP-33")], known_keys, origin=FIRST)
    write_rows(folder, [row("DEP-40")], known_keys, origin=SECOND)
    second, first = past_imports(folder)
    (problem,) = undo_import(folder, first.entry).problems
    assert problem.file == "data/2025.csv" and "« couloirs.csv »" in problem.message
    assert undo_import(folder, second.entry).files == ("2025.csv",)
    assert undo_import(folder, first.entry).files == ("2025.csv",)


def test_an_import_beside_a_later_one_is_taken_back_alone(folder, known_keys):
    write_rows(folder, [row("DEP-33")], known_keys, origin=FIRST)
    write_rows(folder, [row("DEP-33", "2026")], known_keys, origin=SECOND)
    assert undo_import(folder, past_imports(folder)[1].entry).files == ("2025.csv",)
    assert [past.file for past in past_imports(folder)] == ["couloirs.csv"]


def test_taking_back_twice_does_nothing_more(folder, known_keys):
    write_rows(folder, [row("DEP-33")], known_keys, origin=FIRST)
    (past,) = past_imports(folder)
    undo_import(folder, past.entry)
    again = undo_import(folder, past.entry)
    assert (again.files, again.problems) == ((), ())


def test_documents_are_listed_the_last_used_first(folder, known_keys, with_new_document):
    write_rows(folder, [row("DEP-33", source="ars-corse-2026")], known_keys, origin=FIRST)
    write_rows(folder, [row("DEP-40", source="agence-2026")], with_new_document, origin=SECOND)
    write_rows(folder, [row("DEP-64", source="ars-corse-2026")], with_new_document, origin=SECOND)
    assert last_used_sources(folder) == ["ars-corse-2026", "agence-2026"]


def test_a_document_described_otherwise_meanwhile_is_refused(folder, with_new_document):
    write_rows(folder, [row("DEP-33", source="agence-2026")], with_new_document, origin=FIRST)
    before = sources(folder)
    other = NEW.model_copy(update={"title": "Un autre bilan"})
    keys = dataclasses.replace(
        with_new_document, sources={**with_new_document.sources, "agence-2026": other}
    )
    written = write_rows(folder, [row("DEP-40", source="agence-2026")], keys, origin=SECOND)
    assert "est maintenant" not in before and sources(folder) == before
    assert "est maintenant « Bilan »" in written.problems[0].message and not written.files


def test_a_journal_of_0_4_0_is_read_and_undone(folder, known_keys):
    """It has the state and the digests alone."""
    write_rows(folder, [row("DEP-33")], known_keys)
    entry = folder / HISTORY_FOLDER / "000001"
    journal = json.loads((entry / "journal.json").read_text("utf-8"))
    made = {name.removeprefix("data/"): digest for name, digest in journal["made"].items()}
    former = {"state": "done", "made": made}
    (entry / "journal.json").write_text(json.dumps(former), "utf-8")
    (past,) = past_imports(folder)
    assert (past.files, past.reading, import_title(past)) == (("2025.csv",), "", "import n° 1")
    assert undo_last_import(folder).files == ("2025.csv",)


def test_the_title_of_an_import_is_french(folder, known_keys):
    write_rows(folder, [row("DEP-33")], known_keys, origin=FIRST)
    (past,) = past_imports(folder)
    dated = dataclasses.replace(past, written_at="2026-11-01T09:05:00+01:00")
    assert import_title(dated) == "« annexe.xlsx », 1ᵉʳ\u00a0novembre\u00a02026 à 9 h 05"
