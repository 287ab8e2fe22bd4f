"""What the dashboard exports comes back as it was; what a person corrected stays written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import import_cases as cases
import pytest

from atlas.export.tables import csv_bytes, workbook_bytes
from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import MapRequest
from atlas.figures.registry import figure_of
from atlas.importing.history import past_imports, undo_last_import
from atlas.importing.profile_saving import PROFILES_FILE, save_profile
from atlas.importing.profiles import build_profile, find_matching_profiles, proposal_from_profile
from atlas.importing.records import Extraction, ImportedRow
from atlas.importing.report import FileReport, compare_with_published
from atlas.importing.row_extraction import extract_rows
from atlas.importing.workbook_reading import read_sheets
from atlas.importing.writing import write_rows
from atlas.project import Project
from atlas.settings import ImportProfile, Source
from atlas.tables.data import figures_file, workbook_sheets

ROOT = Path(__file__).parents[2]
EXPORT = "export-du-tableau-de-bord"
BILAN = Source(
    title="Bilan 2026",
    publisher="Agence d’essai",
    published="2027-02",
    licence="Non précisée",
    grade="producer",
)


def export_bytes(context: FigureContext, kind: str) -> bytes:
    rows = context.dataset.observations
    if kind == "csv":
        return csv_bytes(figures_file(context, rows))
    return workbook_bytes(workbook_sheets(context, rows))


def extract_export(content: bytes, name: str, known_keys) -> tuple[Extraction, ImportProfile]:
    sheets, problems = read_sheets(content, name)
    profiles = known_keys.settings.import_profiles
    assert problems == [] and find_matching_profiles(sheets, profiles) == [EXPORT]
    profile = profiles[EXPORT]
    return extract_rows(sheets, name, profile, known_keys), profile


def report_on_export(content: bytes, name: str, project: Project) -> FileReport:
    known_keys, dataset = project.known_keys(), project.dataset()
    extraction, profile = extract_export(content, name, known_keys)
    return compare_with_published(extraction, profile, dataset.published, known_keys)


@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_an_export_imported_again_changes_nothing(context, project, copy_of_project, kind):
    report = report_on_export(export_bytes(context, kind), f"export.{kind}", project)
    assert report.extraction.refusals == [] and (report.new, report.changed) == ([], [])
    assert len(report.same) == len(context.dataset.published)
    assert (
        report.extraction.rows_computed == (context.dataset.observations["derived"] != "").sum() > 0
    )
    before = files(copy_of_project / "data")
    written = write_rows(copy_of_project / "data", report.extraction.rows, project.known_keys())
    assert written.files == ()
    assert files(copy_of_project / "data") == before


def test_an_export_fills_an_empty_project_with_the_same_figures(context, project, copy_of_project):
    folder = copy_of_project / "data"
    for year in folder.glob("20*.csv"):
        year.unlink()
    extraction, _ = extract_export(
        export_bytes(context, "xlsx"), "export.xlsx", project.known_keys()
    )
    written = write_rows(folder, extraction.rows, project.known_keys())
    assert written.added == len(context.dataset.published)
    keys = [
        "territory",
        "indicator",
        "corridor",
        "period",
        "value",
        "qualifier",
        "change",
        "compared_to",
        "source",
        "page",
        "note",
    ]
    ordered = [
        frame[keys].sort_values(keys).reset_index(drop=True)
        for frame in (Project(copy_of_project).dataset().published, context.dataset.published)
    ]
    assert ordered[0].equals(ordered[1])


def test_a_fictitious_export_is_no_published_figure(fictitious, project):
    few = fictitious.narrow_to(indicators=["activation_rate"], territories=["FR", "REG-75"])
    extraction, _ = extract_export(export_bytes(few, "xlsx"), "export.xlsx", project.known_keys())
    assert extraction.rows == [] and "source inconnue" in extraction.refusals[0].message


def test_a_figure_that_its_source_corrected_takes_the_place_of_the_old_one(project, tmp_path):
    old = (ROOT / "data/2025.csv").read_bytes()
    (tmp_path / "2025.csv").write_bytes(old)
    line = next(text for text in old.decode().splitlines() if text.startswith("CPAM-161,"))
    cells = line.split(",")
    row = ImportedRow(*cells[:4], "32.9", *cells[5:8], cells[8], "Annexe 1", "corrigé", "C4")
    assert write_rows(tmp_path, [row], project.known_keys()).problems
    written = write_rows(tmp_path, [row], project.known_keys(), replace=True)
    assert (written.added, written.replaced) == (0, 1)
    new = (tmp_path / "2025.csv").read_text("utf-8").splitlines()
    changed = [
        pair for pair in zip(old.decode().splitlines(), new, strict=True) if pair[0] != pair[1]
    ]
    assert len(changed) == 1 and ",32.9," in changed[0][1]


def test_a_new_document_enters_with_its_first_figure_and_leaves_with_it(project, copy_of_project):
    folder, known = copy_of_project / "data", project.known_keys()
    known_keys = replace(known, sources={**known.sources, "agence-essai-2027-02": BILAN})
    before = files(folder)
    row = ImportedRow(
        "DEP-33",
        "activation_rate",
        "",
        "2026",
        "44",
        "",
        "",
        "",
        "agence-essai-2027-02",
        "",
        "",
        "C4",
    )
    assert write_rows(folder, [row], known_keys).files == ("2026.csv",)
    project_copy = Project(copy_of_project)
    assert project_copy.dataset().sources["agence-essai-2027-02"] == BILAN
    assert project_copy.problems() == []
    assert [past.files for past in past_imports(folder)] == [("2026.csv",)]
    undo_last_import(folder)
    assert files(folder) == before and past_imports(folder) == []


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


# --- import profiles -----------------------------------------------------------------------------


def corrected_profile(known_keys) -> ImportProfile:
    sheets, _ = read_sheets(cases.csv_bytes(cases.annex()), "annexe.csv")
    base = known_keys.settings.import_profiles["caisses-nouvelle-aquitaine"]
    proposal = proposal_from_profile(sheets, base)
    return build_profile(proposal, [guess.column for guess in proposal.guesses], "Essai", base=base)


@pytest.mark.parametrize("key", ["essai", "caisses-nouvelle-aquitaine", EXPORT])
def test_a_profile_enters_its_file_where_all_else_stays(project, copy_of_project, key):
    config, profile = copy_of_project / PROFILES_FILE, corrected_profile(project.known_keys())
    comments = [line for line in config.read_text("utf-8").splitlines() if line.startswith("#")]
    check = Project(copy_of_project).settings_problems
    assert save_profile(copy_of_project, key, profile, check).problems == ()
    after = config.read_text("utf-8")
    assert [line for line in after.splitlines() if line.startswith("#")] == comments
    fresh = Project(copy_of_project)
    assert fresh.settings.import_profiles[key] == profile and fresh.problems() == []
    assert {k: v for k, v in fresh.settings.import_profiles.items() if k != key} == {
        k: v for k, v in project.settings.import_profiles.items() if k != key
    }


@pytest.mark.parametrize("section", ["", "import_profiles: {}\n"])
def test_a_profile_enters_a_file_without_any(project, copy_of_project, section):
    config = copy_of_project / PROFILES_FILE
    before, _, _ = config.read_text("utf-8").partition("import_profiles:\n")
    config.write_text(before + section, "utf-8")
    check = Project(copy_of_project).settings_problems
    profile = corrected_profile(project.known_keys())
    assert save_profile(copy_of_project, "essai", profile, check).problems == ()
    assert list(Project(copy_of_project).settings.import_profiles) == ["essai"]


def test_a_profile_that_is_refused_leaves_the_file_as_it_was(project, copy_of_project):
    config = copy_of_project / PROFILES_FILE
    before = config.read_bytes()
    wrong = corrected_profile(project.known_keys()).model_copy(update={"territory": "REG-999"})
    written = save_profile(
        copy_of_project, "essai", wrong, Project(copy_of_project).settings_problems
    )
    assert written.problems and config.read_bytes() == before
    assert [path.name for path in copy_of_project.glob("config/.*")] == []


# --- a session -----------------------------------------------------------------------------------


def test_rows_of_a_session_are_drawn_and_said_to_be_of_the_session(project, context):
    row = ImportedRow(
        "CPAM-161",
        "activation_rate",
        "",
        "2025",
        "44.4",
        "",
        "",
        "",
        "ars-nouvelle-aquitaine-2026",
        "Annexe 1",
        "",
        "C4",
    )
    dataset = project.session_dataset([row], {})
    shown = dataset.observations.query("territory == 'DEP-16' and indicator == 'activation_rate'")
    assert list(shown["value"]) == [44.4] and dataset.version != context.dataset.version
    here = FigureContext(
        context.settings, context.territories, dataset, context.shapes, (), context.style
    )
    request = MapRequest(
        indicator="activation_rate", level="departements", period="2025-12", territory="REG-75"
    )
    assert "pour une session" in figure_of(here, request).note
    assert "pour une session" not in figure_of(context, request).note
    assert project.dataset().version == context.dataset.version


def test_a_session_brings_no_secret_value_back(copy_of_project, edit):
    edit(
        "config/secrecy.yaml",
        "documents_deposited: {units: structures_feeding, minimum: 3}",
        "documents_deposited: {units: structures_feeding, minimum: 18}",
    )
    project_copy = Project(copy_of_project)
    more = ImportedRow(
        "REG-93",
        "structures_feeding",
        "biologie",
        "2024",
        "9000",
        "",
        "",
        "",
        "rendez-vous-paca-2025",
        "Indicateurs clés par région",
        "",
        "C4",
    )
    for dataset in (project_copy.dataset(), project_copy.session_dataset([more], {})):
        cell = dataset.published.query(
            "territory == 'REG-93' and corridor == 'biologie' "
            "and indicator == 'documents_deposited'"
        )
        assert len(cell) == 1 and cell["value"].isna().all() and cell["secret"].all()
