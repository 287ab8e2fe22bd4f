"""What is said of a file before it is written: absent, doubtful, there already; and proposals."""

from __future__ import annotations

import import_cases as cases
import pytest
import yaml

from atlas.importing import (
    FileReport,
    extract,
    profile_of,
    profile_text,
    propose,
    read_sheets,
    recognise,
    report_on,
)
from atlas.project import Project
from atlas.settings import ImportProfile

ANNEX, ARS = "caisses-nouvelle-aquitaine", "ars-nouvelle-aquitaine-2026"
COLUMN = {"header": "Taux", "holds": "value", "indicator": "activation_rate"}
PLACE = {"header": "Code", "holds": "territory"}


@pytest.fixture
def told(project, words):
    """Report on a CSV of semicolons, against the published figures."""

    def report(text: str, recipe: ImportProfile) -> FileReport:
        sheets, problems = read_sheets(text.encode(), "envoi")
        assert problems == []
        made = extract(sheets, "envoi", recipe, words)
        return report_on(made, recipe, project.dataset().published, words)

    return report


def recipe(level: str = "departements", period: str = "2026", **said) -> ImportProfile:
    return ImportProfile(
        label="Essai",
        level=level,
        period=period,
        source="egora-202601",
        columns=[PLACE, COLUMN, *said.pop("more", [])],
        **said,
    )


def annex(words, **said: str) -> ImportProfile:
    return words.settings.import_profiles[ANNEX].model_copy(update={"source": ARS, **said})


def text(rows: list[list[str]]) -> str:
    return "\n".join(";".join(row) for row in cases.annex(rows))


def test_figures_there_already_are_recognised_as_the_same(told, words):
    report = told(text(cases.ANNEX), annex(words))
    assert (len(report.same), report.new, report.changed, report.doubts) == (13, [], [], [])
    assert (len(report.expected), report.absent) == (13, [])


def test_a_figure_that_its_own_source_publishes_otherwise_is_named(told, words):
    report = told(text([["331", "BORDEAUX", "41,0%", "2,4"]]), annex(words))
    assert [(d.kind, d.cell) for d in report.doubts] == [("differs", "C4")]
    assert report.doubts[0].message.endswith(
        "41\u00a0%, déjà publié par la même source : 40\u00a0%"
    )
    assert "CPAM-642" in report.absent and len(report.absent) == 12


def test_absent_departements_are_those_of_the_region_of_the_rows(told):
    report = told("Code;Taux\n33;40 %\n40;41 %\n", recipe())
    assert len(report.expected) == 12 and "DEP-64" in report.absent
    assert len(told("Code;Taux\n33;40 %\n13;41 %\n", recipe()).absent) == 99


def test_a_code_without_its_zero_is_read_and_told(told):
    report = told("Code;Taux\n1;40 %\n", recipe())
    assert report.extract.rows[0].territory == "DEP-01"
    assert "zéro" in report.extract.notes[0].message and report.extract.notes[0].where == "A2"


def test_fractions_are_refused_unless_the_recipe_says_so(told):
    refused = told("Code;Taux\n33;0,336\n", recipe()).extract
    assert [(p.where, "fraction" in p.message) for p in refused.refusals] == [("B2", True)]
    asked = ImportProfile(
        label="Essai",
        level="departements",
        period="2026",
        source="egora-202601",
        columns=[PLACE, {**COLUMN, "unit": "fraction"}],
    )
    assert told("Code;Taux\n33;0,336\n", asked).extract.rows[0].value == "33.6"


def test_a_jump_since_the_year_before_is_a_doubt(told, words):
    report = told(text([["331", "BORDEAUX", "4,0%", ""]]), annex(words, period="2026"))
    assert [(d.kind, d.cell) for d in report.doubts] == [("jump", "C4")]


def test_a_change_that_contradicts_both_levels_is_a_doubt(told, words):
    more = [
        {
            "header": "Evolution",
            "holds": "change",
            "indicator": "activation_rate",
            "compared_to": "2025",
        }
    ]
    report = told("Code;Taux;Evolution\n331;42 %;7\n641;40 %;1\n", recipe("caisses", more=more))
    assert [(d.kind, d.cell) for d in report.doubts] == [("change", "B2")]


def test_a_cumulative_indicator_that_goes_down_is_a_doubt(told):
    asked = ImportProfile(
        label="Essai",
        level="mixed",
        period="2027",
        source="egora-202601",
        columns=[PLACE, {**COLUMN, "indicator": "activated_profiles"}],
    )
    report = told("Code;Taux\nFrance;12 000 000\n", asked)
    assert "cumulative" in {doubt.kind for doubt in report.doubts}


def test_cells_without_a_figure_are_counted_by_kind(told):
    report = told("Code;Taux\n33;nd\n40;s\n64;s\n47;-\n", recipe())
    assert report.blanks == {"missing": 1, "secret": 2, "not applicable": 1}
    assert not {"DEP-33", "DEP-40"} & set(report.absent)


def test_repeated_rows_are_refused_with_both_cells(told):
    made = told("Code;Taux\n33;40 %\nGironde;41 %\n", recipe()).extract
    assert [(p.where, p.message) for p in made.refusals] == [("B3", "la cellule répète B2")]


def test_a_region_among_departements_is_that_region(told):
    made = told("Code;Taux\n33;40 %\nNlle-Aquitaine;37 %\nTotal France;33 %\n", recipe()).extract
    assert [row.territory for row in made.rows] == ["DEP-33", "REG-75", "FR"]


# --- what is proposed for an unknown table -------------------------------------------------------


def proposal(content: bytes, words):
    made = propose(read_sheets(content, "envoi")[0], words)
    assert made is not None
    return made


def test_the_annex_is_understood_without_a_recipe(words):
    made = proposal(cases.workbook(cases.annex(), ("A1:D1",)), words)
    assert [g.column.holds for g in made.guesses] == ["territory", "territory", "value", "change"]
    assert {g.column.indicator for g in made.guesses[2:]} == {"activation_rate"}
    assert (made.level, made.period, made.header.rows) == ("caisses", "2025", (2,))
    assert all(0 < g.confidence <= 1 and g.reason.endswith(".") for g in made.guesses)


def test_the_table_of_corridors_is_understood_over_its_two_rows(words):
    made = proposal(cases.paca_workbook(), words)
    assert [g.column.holds for g in made.guesses] == [
        "corridor",
        "value",
        "change",
        "value",
        "change",
    ]
    assert made.guesses[3].column.indicator == "documents_deposited"
    assert made.guesses[1].column.header.endswith("/ {period}")
    assert made.guesses[2].column.header.endswith("rapport à {compared_to}")
    assert (made.level, made.territory) == ("none", "REG-93")


def test_fractions_are_proposed_as_such(words):
    content = "Département;Taux d’activation\nGironde;0,4\nLandes;0,417\nAin;0,3\n".encode()
    assert proposal(content, words).guesses[1].column.unit == "fraction"


def test_a_corrected_proposal_becomes_the_text_of_a_recipe_that_reads_its_file(words, told):
    content = cases.separated(cases.annex(), encoding="utf-8")
    made = proposal(content, words)
    asked = profile_of(made, [g.column for g in made.guesses], "Annexe", page="Annexe 1")
    tree = yaml.safe_load(profile_text("annexe", asked))
    again = ImportProfile.model_validate(tree["annexe"])
    assert again == asked
    report = told(content.decode(), again.model_copy(update={"source": ARS}))
    assert len(report.same) == 13


def test_a_file_without_a_table_has_no_proposal(words):
    assert propose(read_sheets(b"Bonjour\nMerci\n", "x")[0], words) is None


def test_the_file_of_a_known_recipe_is_recognised(words):
    recipes = words.settings.import_profiles
    assert recognise(read_sheets(cases.paca_workbook(), "x")[0], recipes) == ["couloirs-paca"]
    assert recognise(read_sheets(b"a;b\n1;2\n", "x")[0], recipes) == []


# --- the section of config.yaml ------------------------------------------------------------------


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
def test_a_wrong_recipe_is_refused_with_config_yaml(copy_of_project, edit, old, new, part):
    edit("config.yaml", old, new)
    place = Project(copy_of_project)
    assert place.settings is None
    assert any(part in p.message + p.cure + p.where and p.line for p in place.problems())
