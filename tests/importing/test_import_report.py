"""What is said of a file before it is written: absent, doubtful, there already; and proposals."""

from __future__ import annotations

import import_cases as cases
import pytest
import yaml

from atlas.importing.column_detection import propose_table
from atlas.importing.profiles import build_profile, find_matching_profiles, profile_text
from atlas.importing.report import FileReport, compare_with_published
from atlas.importing.row_extraction import extract_rows
from atlas.importing.workbook_reading import read_sheets
from atlas.project import Project
from atlas.settings import ImportProfile

ANNEX, ARS = "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026"
VALUE_COLUMN = {"header": "Taux", "holds": "value", "indicator": "activation_rate"}
TERRITORY_COLUMN = {"header": "Code", "holds": "territory"}


@pytest.fixture
def report_on(project, known_keys):
    """Report on a CSV of semicolons, against the published figures."""

    def report(text: str, profile: ImportProfile) -> FileReport:
        sheets, problems = read_sheets(text.encode(), "envoi")
        assert problems == []
        extraction = extract_rows(sheets, "envoi", profile, known_keys)
        return compare_with_published(extraction, profile, project.dataset().published, known_keys)

    return report


def profile(level: str = "departements", period: str = "2026", **fields) -> ImportProfile:
    return ImportProfile(
        label="Essai",
        level=level,
        period=period,
        source="egora-202601",
        columns=[TERRITORY_COLUMN, VALUE_COLUMN, *fields.pop("more", [])],
        **fields,
    )


def annex(known_keys, **fields: str) -> ImportProfile:
    return known_keys.settings.import_profiles[ANNEX].model_copy(update={"source": ARS, **fields})


def text(rows: list[list[str]]) -> str:
    return "\n".join(";".join(row) for row in cases.annex(rows))


def test_figures_there_already_are_recognised_as_the_same(report_on, known_keys):
    report = report_on(text(cases.ANNEX), annex(known_keys))
    assert (len(report.same), report.new, report.changed, report.doubts) == (13, [], [], [])
    assert (len(report.expected), report.absent) == (13, [])


def test_a_figure_that_its_own_source_publishes_otherwise_is_named(report_on, known_keys):
    report = report_on(text([["331", "BORDEAUX", "41,0%", "2,4"]]), annex(known_keys))
    assert [(d.kind, d.cell) for d in report.doubts] == [("differs", "C4")]
    assert report.doubts[0].message.endswith(
        "41\u00a0%, déjà publié par la même source : 40\u00a0%"
    )
    assert "CPAM-642" in report.absent and len(report.absent) == 12


def test_absent_departements_are_those_of_the_region_of_the_rows(report_on):
    report = report_on("Code;Taux\n33;40 %\n40;41 %\n", profile())
    assert len(report.expected) == 12 and "DEP-64" in report.absent
    assert len(report_on("Code;Taux\n33;40 %\n13;41 %\n", profile()).absent) == 99


def test_a_code_without_its_zero_is_read_and_told(report_on):
    report = report_on("Code;Taux\n1;40 %\n", profile())
    assert report.extraction.rows[0].territory == "DEP-01"
    assert "zéro" in report.extraction.notes[0].message and report.extraction.notes[0].where == "A2"


def test_fractions_are_refused_unless_the_profile_says_so(report_on):
    refused = report_on("Code;Taux\n33;0,336\n", profile()).extraction
    assert [(p.where, "fraction" in p.message) for p in refused.refusals] == [("B2", True)]
    edited = ImportProfile(
        label="Essai",
        level="departements",
        period="2026",
        source="egora-202601",
        columns=[TERRITORY_COLUMN, {**VALUE_COLUMN, "unit": "fraction"}],
    )
    assert report_on("Code;Taux\n33;0,336\n", edited).extraction.rows[0].value == "33.6"


def test_a_jump_since_the_year_before_is_a_doubt(report_on, known_keys):
    report = report_on(text([["331", "BORDEAUX", "4,0%", ""]]), annex(known_keys, period="2026"))
    assert [(d.kind, d.cell) for d in report.doubts] == [("jump", "C4")]


def test_a_change_that_contradicts_both_levels_is_a_doubt(report_on, known_keys):
    more = [
        {
            "header": "Evolution",
            "holds": "change",
            "indicator": "activation_rate",
            "compared_to": "2025",
        }
    ]
    report = report_on(
        "Code;Taux;Evolution\n331;42 %;7\n641;40 %;1\n", profile("caisses", more=more)
    )
    assert [(d.kind, d.cell) for d in report.doubts] == [("change", "B2")]


def test_a_cumulative_indicator_that_goes_down_is_a_doubt(report_on):
    edited = ImportProfile(
        label="Essai",
        level="mixed",
        period="2027",
        source="egora-202601",
        columns=[TERRITORY_COLUMN, {**VALUE_COLUMN, "indicator": "activated_profiles"}],
    )
    report = report_on("Code;Taux\nFrance;12 000 000\n", edited)
    assert "cumulative" in {doubt.kind for doubt in report.doubts}


def test_cells_without_a_figure_are_counted_by_kind(report_on):
    report = report_on("Code;Taux\n33;nd\n40;s\n64;s\n47;-\n", profile())
    assert report.blanks == {"missing": 1, "secret": 2, "not applicable": 1}
    assert not {"DEP-33", "DEP-40"} & set(report.absent)


def test_repeated_rows_are_refused_with_both_cells(report_on):
    extraction = report_on("Code;Taux\n33;40 %\nGironde;41 %\n", profile()).extraction
    assert [(p.where, p.message) for p in extraction.refusals] == [
        ("B3", "la cellule répète B2"),
        ("B2", "Gironde (33) a aussi 41 en B3, au lieu de 40"),
    ]
    assert extraction.rows == []


def test_a_row_repeated_with_the_same_value_is_kept_once(report_on):
    extraction = report_on("Code;Taux\n33;40 %\nGironde;40,0 %\n", profile()).extraction
    assert [p.where for p in extraction.refusals] == ["B3"]
    assert [row.value for row in extraction.rows] == ["40"]


def test_of_two_lines_that_contradict_each_other_nothing_is_read(report_on):
    more = [{"header": "Profils", "holds": "value", "indicator": "activated_profiles"}]
    sent = (
        "Code;Taux;Profils\n33;40 %;\n33;41 %;600000\n40;42 %;\n40;42 %;170000\n"
        "64;nd;\n64;35 %;300000\n"
    )
    extraction = report_on(sent, profile(more=more)).extraction
    said = {problem.where: problem.message for problem in extraction.refusals}
    assert said["C3"] == "Gironde (33) : la ligne est contredite par une autre, en B2"
    assert said["C7"] == "Pyrénées-Atlantiques (64) : la ligne est contredite par une autre, en B6"
    assert [(row.territory, row.value) for row in extraction.rows] == [
        ("DEP-40", "42"),
        ("DEP-40", "170000"),
    ]


def test_a_region_among_departements_is_that_region(report_on):
    extraction = report_on(
        "Code;Taux\n33;40 %\nNlle-Aquitaine;37 %\nTotal France;33 %\n", profile()
    ).extraction
    assert [row.territory for row in extraction.rows] == ["DEP-33", "REG-75", "FR"]


# --- what is proposed for an unknown table -------------------------------------------------------


def propose(content: bytes, known_keys):
    proposal = propose_table(read_sheets(content, "envoi")[0], known_keys)
    assert proposal is not None
    return proposal


def test_the_annex_is_understood_without_a_profile(known_keys):
    proposal = propose(cases.workbook(cases.annex(), ("A1:D1",)), known_keys)
    assert [g.column.holds for g in proposal.guesses] == [
        "territory",
        "territory",
        "value",
        "change",
    ]
    assert {g.column.indicator for g in proposal.guesses[2:]} == {"activation_rate"}
    assert (proposal.level, proposal.period, proposal.header.rows) == ("caisses", "2025", (2,))
    assert all(g.reason.endswith(".") and not g.question for g in proposal.guesses)


def test_the_table_of_corridors_is_understood_over_its_two_rows(known_keys):
    proposal = propose(cases.paca_workbook(), known_keys)
    assert [g.column.holds for g in proposal.guesses] == [
        "corridor",
        "value",
        "change",
        "value",
        "change",
    ]
    assert proposal.guesses[3].column.indicator == "documents_deposited"
    assert proposal.guesses[1].column.header.endswith("/ {period}")
    assert proposal.guesses[2].column.header.endswith("rapport à {compared_to}")
    assert (proposal.level, proposal.territory) == ("none", "REG-93")


def test_fractions_are_proposed_as_such(known_keys):
    content = "Département;Taux d’activation\nGironde;0,4\nLandes;0,417\nAin;0,3\n".encode()
    assert propose(content, known_keys).guesses[1].column.unit == "fraction"


def test_a_corrected_proposal_becomes_the_text_of_a_profile_that_reads_its_file(
    known_keys, report_on
):
    content = cases.csv_bytes(cases.annex(), encoding="utf-8")
    proposal = propose(content, known_keys)
    edited = build_profile(
        proposal, [g.column for g in proposal.guesses], "Annexe", page="Annexe 1"
    )
    tree = yaml.safe_load(profile_text("annexe", edited))
    again = ImportProfile.model_validate(tree["annexe"])
    assert again == edited
    report = report_on(content.decode(), again.model_copy(update={"source": ARS}))
    assert len(report.same) == 13


def test_a_file_without_a_table_has_no_proposal(known_keys):
    assert propose_table(read_sheets(b"Bonjour\nMerci\n", "x")[0], known_keys) is None


def test_the_file_of_a_known_profile_is_recognised(known_keys):
    profiles = known_keys.settings.import_profiles
    sheets, _ = read_sheets(cases.paca_workbook(), "x")
    assert find_matching_profiles(sheets, profiles) == ["couloirs-paca"]
    other_sheets, _ = read_sheets(b"a;b\n1;2\n", "x")
    assert find_matching_profiles(other_sheets, profiles) == []


# --- config/imports.yaml -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("holds: corridor}", "holds: couloir}", "valeur non prévue"),
        ("corridor: radiologie, note", "corridor: radiologies, note", "radiologie"),
        ("level: none", "levels: none", "level"),
        ("indicator: structures_feeding}", "indicator: structure_feeding}", "structures_feeding"),
        ("territory: REG-93\n    page", "page", "territory"),
        ("jump_factor: 3", "jump_factor: 1", "limites"),
    ],
)
def test_a_wrong_profile_is_refused_with_its_file(copy_of_project, edit, old, new, part):
    edit("config/imports.yaml", old, new)
    project = Project(copy_of_project)
    assert project.settings is None
    assert any(part in p.message + p.cure + p.where and p.line for p in project.problems())
