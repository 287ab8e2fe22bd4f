"""Which territories have which periods, from which source; what a full map of France lacks."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from click.testing import Result
from typer.testing import CliRunner

from atlas import periods
from atlas.cli import app
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.french import table_texts
from atlas.indicators.coverage import (
    fullest,
    lacking_caisses,
    missing,
    reach,
    rows_held,
    with_states,
)
from atlas.observations.reading import empty
from atlas.tables.coverage import (
    CoverageChoice,
    coverage_levels,
    coverage_overview,
    coverage_periods,
    coverage_rows,
    coverage_start,
    coverage_table,
)
from atlas.tables.coverage_grid import coverage_grid
from atlas.tables.coverage_missing import (
    coverage_caisses,
    coverage_missing,
    coverage_sentence,
    coverage_sheets,
)
from atlas.ui.coverage_grid import STATE_SIGNS, grid_table

RATE, DEPOSITED = "activation_rate", "documents_deposited"
FRANCE = CoverageChoice(RATE, "departements", reference_period="2025-12")
AQUITAINE = {f"DEP-{n}" for n in (16, 17, 19, 23, 24, 33, 40, 47, 64, 79, 86, 87)}


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


def rates(context: FigureContext) -> pd.DataFrame:
    return rows_held(context.dataset.observations, context.settings.source_order, indicator=RATE)


def departements(context: FigureContext) -> list[str]:
    return context.territories.of_kind("DEP")


def states(context: FigureContext, choice: CoverageChoice) -> dict[str, str]:
    """Of each territory that has something at the period."""
    rows = coverage_rows(context, choice)
    rows = rows[rows["reference_period"] == choice.reference_period]
    return dict(zip(rows["territory"], rows["state"], strict=True))


def row_of(context: FigureContext, label: str) -> dict[str, str]:
    (row,) = [
        row for row in coverage_overview(context).to_dict("records") if row["Indicateur"] == label
    ]
    return {name: plain(text) for name, text in row.items()}


# --- what is known -------------------------------------------------------------------------------


def test_thirteen_departements_have_a_rate_for_december_2025(context):
    lacking = missing(rates(context), departements(context), "2025-12")
    assert set(departements(context)) - set(lacking) == {*AQUITAINE, "DEP-974"}
    assert len(lacking) == 88


def test_the_two_departements_of_corsica_have_theirs_in_march_2026(context):
    lacking = missing(rates(context), departements(context), "2026-03")
    assert set(departements(context)) - set(lacking) == {"DEP-2A", "DEP-2B"}


def test_a_mean_of_caisses_is_computed_and_the_rate_of_an_only_caisse_is_published(context):
    found = states(context, FRANCE)
    assert [code for code, state in found.items() if state == "derived"] == ["DEP-64"]
    assert found["DEP-16"] == found["DEP-40"] == found["DEP-974"] == "published"


def test_an_uncertain_figure_is_told_apart_and_leaves_the_map_blank(context):
    assert states(context, FRANCE.at("2021-09")) == {"DEP-31": "uncertain"}
    assert len(missing(rates(context), departements(context), "2021-09")) == 101


def test_a_secret_figure_is_neither_missing_nor_shown(context):
    rows = context.dataset.observations.copy()
    here = (rows["territory"] == "DEP-33") & (rows["indicator"] == RATE)
    rows.loc[here, "secret"], rows.loc[here, ["value", "change"]] = True, float("nan")
    hidden = replace(context, dataset=replace(context.dataset, observations=rows))
    assert states(hidden, FRANCE)["DEP-33"] == "secret"
    shown = coverage_rows(hidden, FRANCE)
    table = coverage_table(hidden, shown[shown["territory"] == "DEP-33"])
    assert {cell.status for cell in table["level"].cells} == {"secret"}
    assert set(table_texts(table)["Valeur"]) == {"secret statistique"}
    assert "DEP-33" in missing(rates(hidden), departements(hidden), "2025-12")


def test_a_growth_without_a_level_is_a_change_alone(context):
    rows = with_states(context.dataset.observations)
    alone = rows[rows["state"] == "change"]
    assert len(alone) and alone["value"].isna().all() and alone["change"].notna().all()
    assert not (rows["value"].isna() & rows["state"].isin(["published", "derived"])).any()


def test_the_source_shown_is_that_of_the_first_in_the_order_of_config_yaml(context):
    order = ["la-reunion-2026", "ars-nouvelle-aquitaine-2026"]
    for source_order in (order, order[::-1]):
        rows = rows_held(context.dataset.observations, source_order, indicator=RATE)
        (row,) = rows[(rows["territory"] == "FR") & (rows["reference_period"] == "2025-12")][
            "source"
        ]
        assert row == source_order[0]


def test_published_figures_are_counted_as_the_files_hold_them_and_computed_ones_apart(context):
    table = reach(context.dataset.observations)
    assert table["published"].sum() == len(context.dataset.published)
    assert table.at[RATE, "derived"] == 3 and table.at[RATE, "DEP†"] == 1
    assert table.at[RATE, "DEP"] == 16 and table.at[RATE, "CPAM"] == 13


def test_the_fullest_map_is_the_newest_among_equals(context):
    rows = context.dataset.observations
    best = fullest(rows, departements(context))
    assert best.loc[RATE].tolist() == ["", "2025-12", 13]
    assert fullest(rows, ["DEP-974", "DEP-2A"]).loc[RATE, "reference_period"] == "2026-03"


def test_a_departement_with_one_of_its_two_caisses_lacks_the_other(context):
    rows = rates(context)
    rows = rows[rows["territory"] != "CPAM-641"]
    assert lacking_caisses(rows, "DEP-64", "2025-12", context.territories) == ["CPAM-641"]


# --- in words ------------------------------------------------------------------------------------


def test_the_overview_has_a_row_for_each_indicator_even_without_figures(context, fictitious):
    for one in (context, fictitious):
        table = coverage_overview(one)
        assert len(table) == len(one.settings.indicators)
    row = row_of(fictitious, context.settings.indicators["opposition_rate"].label)
    assert row["Chiffres fictifs"] == "0" and row["Départements"] == "0 sur 101"
    assert row["Carte des départements la plus complète"] == "aucune" and row["France"] == "non"


def test_the_overview_says_what_the_activation_rate_has(context):
    row = row_of(context, "Taux d’activation")
    assert row["Chiffres publiés"] == "37" and row["Valeurs calculées †"] == "3"
    assert (row["Premier"], row["Dernier"]) == ("septembre 2021", "mars 2026")
    assert row["Départements"] == "16 sur 101, dont 1 †" and row["Caisses"] == "13 sur 107"
    assert row["Carte des départements la plus complète"] == (
        "13 sur 101 en décembre 2025, il en manque 88"
    )


def test_a_map_that_exists_by_corridor_alone_names_its_corridor(context):
    rows = context.dataset.observations
    rows = rows[(rows["indicator"] != DEPOSITED) | (rows["corridor"] == "biologie")]
    rows = rows.assign(territory=rows["territory"].replace("REG-94", "DEP-2A"))
    cut = replace(context, dataset=replace(context.dataset, observations=rows))
    text = row_of(cut, "Documents déposés dans l’année")
    assert "(Biologie)" in text["Carte des départements la plus complète"]


@pytest.mark.parametrize(
    ("level", "reference_period", "said"),
    [
        (
            "departements",
            "2025-12",
            "Carte de France : 13 départements sur 101 (dont 1 †) en "
            "décembre 2025, il en manque 88.",
        ),
        (
            "departements",
            "2026-03",
            "Carte de France : 2 départements sur 101 en mars 2026, il en manque 99.",
        ),
        (
            "departements",
            "2024-12",
            "Carte de France : 1 département sur 101 en décembre 2024, il en manque 100.",
        ),
        (
            "caisses",
            "2025-12",
            "Carte de France : 13 caisses sur 107 en décembre 2025, il en manque 94.",
        ),
        ("france", "2025-12", ""),
    ],
)
def test_a_sentence_says_how_full_the_map_is(context, level, reference_period, said):
    assert (
        plain(
            coverage_sentence(
                context, CoverageChoice(RATE, level, reference_period=reference_period)
            )
        )
        == said
    )


def test_a_full_map_is_said_to_be_complete_and_lacks_nothing(fictitious):
    said = plain(coverage_sentence(fictitious, FRANCE))
    assert said == "Carte de France : 101 départements sur 101 en décembre 2025, elle est complète."
    assert coverage_missing(fictitious, FRANCE) == []
    assert coverage_caisses(fictitious, FRANCE) == ""


def test_what_is_missing_is_listed_by_region_with_its_count(context):
    lacking = dict(coverage_missing(context, FRANCE))
    assert lacking["Corse (2 sur 2)"] == "Corse-du-Sud et Haute-Corse"
    assert len(lacking) == 16 and not any("Aquitaine" in name for name in lacking)
    assert sum(int(re.search(r"\((\d+) sur", name)[1]) for name in lacking) == 88


def test_the_caisses_that_would_be_enough_are_counted(context):
    assert coverage_caisses(context, FRANCE) == (
        "Les taux de 93 caisses suffiraient : une par département, sauf Nord, Pas-de-Calais et "
        "Seine-Maritime, dont il faut toutes les caisses."
    )
    table = coverage_sheets(context, FRANCE)["Manquants"]
    assert len(table) == 88
    caisses = table.set_index("Territoire")["Caisses dont le taux suffirait"]
    assert caisses["DEP-2A"] == "Caisse Ajaccio (201)" and caisses["DEP-76"].count(" ; ") == 1


def test_an_indicator_of_the_nation_alone_has_no_map(context):
    assert coverage_levels(context, "segur_funding") == ["france"]
    said = coverage_sentence(
        context, CoverageChoice("segur_funding", "france", reference_period="2022-12")
    )
    assert said.endswith("il manque les 101 départements.")


def test_an_indicator_without_any_figure_gives_empty_answers(context):
    bare = replace(context, dataset=replace(context.dataset, observations=empty()))
    choice = CoverageChoice(RATE, coverage_levels(bare, RATE)[0])
    assert coverage_start(bare, choice) == "" and not coverage_periods(bare, choice)
    assert "il manque les 101 départements" in coverage_sentence(bare, choice)
    assert len(coverage_table(bare, coverage_rows(bare, choice))) == 0
    assert coverage_grid(bare, choice).labels == ()


# --- grid, table, files --------------------------------------------------------------------------


def test_the_grid_has_every_departement_under_its_region(context):
    shown = coverage_grid(context, FRANCE)
    assert sum(len(group.rows) for group in shown.groups) == 101 and len(shown.groups) == 18
    assert [plain(label) for label in shown.labels] == [
        "sept. 2021",
        "déc. 2024",
        "déc. 2025",
        "mars 2026",
    ]
    (group,) = [g for g in shown.groups if g.title == "Nouvelle-Aquitaine : 12 sur 12"]
    cell = dict(group.rows)["Pyrénées-Atlantiques"][shown.chosen]
    assert cell.state == "derived" and "sans poids publié" in cell.text
    assert cell.text.endswith(
        "ARS Nouvelle-Aquitaine, 6 février 2026, Annexe 1".replace(
            "6 février 2026", periods.label("2026-02-06")
        )
    )


def test_a_long_series_shows_its_last_periods_or_those_up_to_the_one_chosen(fictitious):
    latest = coverage_grid(fictitious, FRANCE)
    assert (len(latest.labels), latest.hidden) == (14, 40)
    assert (
        plain(latest.labels[-1]) == "juin 2026"
        and plain(latest.labels[latest.chosen]) == "déc. 2025"
    )
    old = coverage_grid(fictitious, FRANCE.at("2023-12"))
    assert old.chosen == 13 and plain(old.labels[13]) == "déc. 2023"


def test_no_state_of_the_grid_is_told_by_colour_alone(context):
    shown = coverage_grid(context, FRANCE)
    html = grid_table(shown, Style.light(context.settings.brand), fictitious=False)
    assert len(set(STATE_SIGNS.values())) == len(STATE_SIGNS)
    for state, sign, count in (("published", "●", 15), ("derived", "†", 1), ("uncertain", "?", 1)):
        cells = re.findall(rf'<td class="{state}" title="[^"]+">(.)</td>', html)
        assert cells == [sign] * count
    assert html.count('<td class="absent"') == 101 * 4 - 17


def test_a_grid_of_invented_figures_never_says_published(fictitious):
    shown = coverage_grid(fictitious, FRANCE)
    html = grid_table(shown, fictitious.style, fictitious=True)
    assert "Publié" not in html and "Fictif" in html
    table = coverage_table(fictitious, coverage_rows(fictitious, FRANCE).head(5))
    assert set(table["origin"].cells) == {"Fictif"}


def test_the_table_names_every_source_of_a_figure_with_its_page(context):
    choice = CoverageChoice(RATE, "france", reference_period="2025-12")
    table = table_texts(coverage_table(context, coverage_rows(context, choice)))
    table = table[table["Période"].map(plain) == "décembre 2025"]
    assert set(table["Page"]) == {"Communiqué", "Chiffres clés dans notre île"}
    assert table["Source"].str.startswith("Dossier de presse : 4 ans").any()


def test_the_files_hold_the_rows_what_is_missing_and_the_overview(context, fictitious):
    sheets = coverage_sheets(context, FRANCE)
    assert list(sheets) == ["Couverture", "Manquants", "Indicateurs"]
    landes = sheets["Couverture"].query("Territoire == 'DEP-40'")
    assert landes["Valeur"].tolist() == [41.7, 41.7] and set(landes["Origine"]) == {"publié"}
    assert list(coverage_sheets(fictitious, FRANCE))[0] == "Données fictives"


# --- the command line ----------------------------------------------------------------------------


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["coverage", *words])


def test_the_command_gives_one_line_for_each_indicator(context):
    result = run("--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0 and len(rows) == len(context.settings.indicators)
    assert "Taux d’activation\n  Chiffres publiés : 37" in plain(run().stdout)


def test_the_command_lists_the_figures_of_an_indicator_then_what_is_missing(context):
    said = plain(run("--indicator", RATE).stdout)
    assert "Landes (40), fin 2025, 41,7 %, ARS Nouvelle-Aquitaine, Communiqué, Publié" in said
    assert "il en manque 88.\n  Auvergne-Rhône-Alpes (12 sur 12) : Ain, Allier" in said
    rows = list(csv.DictReader(io.StringIO(run("--indicator", RATE, "--format", "csv").stdout)))
    assert len(rows) == (context.dataset.observations["indicator"] == RATE).sum()


def test_the_command_holds_every_corridor(context):
    said = run("--indicator", DEPOSITED, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(said)))
    assert len(rows) == (context.dataset.observations["indicator"] == DEPOSITED).sum()
    assert len({row["Couloir"] for row in rows}) == 7


def test_the_command_refuses_an_indicator_that_does_not_exist():
    result = run("--indicator", "taux")
    assert result.exit_code == 2 and "« taux » n’est pas un indicateur" in result.stderr


def test_the_command_says_that_an_indicator_has_no_figure():
    said = run("--demo", "--indicator", "opposition_rate")
    assert said.exit_code == 0 and "Aucun chiffre n’est connu pour cet indicateur." in said.stdout


def test_the_command_names_a_broken_file_and_fails(copy_of_project: Path, edit):
    edit("data/2025.csv", "FR,activation_rate", "FR,activation_rat")
    result = run("--project", str(copy_of_project))
    assert result.exit_code == 1 and "data/2025.csv" in result.stderr
