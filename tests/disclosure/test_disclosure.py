"""What is secret is hidden, with what would give it back, whatever the way."""

from __future__ import annotations

import io
import math
from collections.abc import Collection, Mapping

import openpyxl
import pandas as pd
import pytest
from contexts import context_for_print
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from secrecy_cases import BRETAGNE, CORRIDORS, FEW, crossed, frame, hidden, interval, sums
from typer.testing import CliRunner

from atlas.cli import app
from atlas.disclosure.suppression import suppress
from atlas.export.tables import workbook_bytes
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.figures.key_figures.key_figure import key_figure
from atlas.figures.registry import figure_of
from atlas.french import table_texts
from atlas.importing.cells import read_number
from atlas.indicators.derivation import derive
from atlas.indicators.snapshot import snapshot
from atlas.project import Project
from atlas.settings import FigureRef, SecrecyRule
from atlas.tables.data import figures_file

SLOW = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def dep(code: str, value: float, **more: object) -> dict[str, object]:
    return {"territory": f"DEP-{code}", "corridor": "hopital", "value": value, **more}


def secrets(shown: pd.DataFrame) -> set[tuple[str, ...]]:
    rows = shown[shown["secret"]]
    return set(
        zip(
            rows["territory"],
            rows["indicator"],
            rows["corridor"],
            rows["reference_period"],
            strict=True,
        )
    )


# --- rules ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "zero", "expected"),
    [(10, False, True), (11, False, False), (1, False, True), (0, False, False), (0, True, True)],
)
def test_a_count_under_its_minimum_is_secret_and_zero_only_when_the_rule_says(
    words, value, zero, expected
):
    rules = {"structures_feeding": SecrecyRule(minimum=11, zero=zero)}
    assert hidden(words, [dep("22", value)], rules)["secret"].tolist() == [expected]


def test_a_value_of_few_contributors_is_secret_and_one_of_many_is_not(words):
    rows = [
        dep("22", 2),
        dep("29", 3),
        dep("22", 9000, indicator="documents_deposited"),
        dep("29", 9000, indicator="documents_deposited"),
    ]
    rules = {"documents_deposited": SecrecyRule(units="structures_feeding", minimum=3)}
    shown = hidden(words, rows, rules)
    assert secrets(shown) == {("DEP-22", "documents_deposited", "hopital", "2025")}


def test_a_month_is_secret_when_its_year_has_few_contributors(words):
    rows = [dep("22", 2), dep("22", 90, indicator="documents_deposited_monthly", period="2025-03")]
    rules = {"documents_deposited_monthly": SecrecyRule(units="structures_feeding", minimum=3)}
    assert hidden(words, rows, rules)["secret"].tolist() == [False, True]


@pytest.mark.parametrize(("largest", "expected"), [(851, True), (850, False)])
def test_a_value_that_one_contributor_dominates_is_secret_and_what_it_gave_never_leaves(
    words, largest, expected
):
    rows = [
        dep("22", 1000, indicator="documents_deposited"),
        dep("22", largest, indicator="documents_consulted"),
    ]
    rules = {"documents_deposited": SecrecyRule(dominance=85, largest="documents_consulted")}
    shown = hidden(words, rows, rules)
    assert shown["indicator"].tolist() == ["documents_deposited"]
    assert shown["secret"].tolist() == [expected]


def test_a_confidential_indicator_is_no_companion_for_a_secret_cell(words):
    rows = [
        {"territory": "REG-53", "indicator": key, "value": value}
        for key, value in (
            ("profiles_open", 20.0),
            ("activated_profiles", 8.0),
            ("profiles_created", 28.0),
        )
    ]
    rules = {
        "activated_profiles": SecrecyRule(minimum=11),
        "profiles_created": SecrecyRule(dominance=99, largest="profiles_open"),
    }
    shown = hidden(words, rows, rules)
    assert secrets(shown) == {("REG-53", "activated_profiles", "", "2025-12")}


def test_a_secret_row_keeps_its_names_and_nothing_that_tells_its_value(words):
    row = dep(
        "22",
        7,
        qualifier="nearly",
        note="7 médecins sur 9",
        page="p. 4",
        change=40,
        compared_to="2024",
    )
    shown = hidden(words, [row], FEW).iloc[0]
    assert math.isnan(shown["value"]) and math.isnan(shown["change"])
    assert math.isnan(shown["decimals"])
    assert not shown["qualifier"] + shown["note"] + shown["compared_to"]
    assert (shown["source"], shown["page"]) == ("inconnue", "p. 4")


def test_a_cell_is_secret_in_all_the_rows_that_print_it(words):
    rows = [
        {"territory": "REG-04", "indicator": "professionals_feeding", "value": 8.0},
        {
            "territory": "DEP-974",
            "indicator": "professionals_feeding",
            "value": 30.0,
            "source": "autre",
            "period": "2025-12",
        },
        {
            "territory": "CPAM-974",
            "indicator": "professionals_feeding",
            "value": 30.0,
            "period": "2025-12-31",
            "note": "Incertain : période",
            "uncertain": True,
        },
    ]
    shown = hidden(words, rows, {"professionals_feeding": SecrecyRule(minimum=11)})
    assert shown["secret"].all()


def test_the_published_rank_of_a_secret_rate_is_secret_too(words):
    rows = [
        {"territory": "REG-53", "indicator": "activation_rate", "value": 33.0},
        {"territory": "REG-53", "indicator": "activation_rank", "value": 4.0},
        {"territory": "REG-53", "indicator": "activated_profiles", "value": 9.0},
    ]
    rules = {"activation_rate": SecrecyRule(units="activated_profiles", minimum=11)}
    shown = hidden(words, rows, rules)
    assert shown["secret"].tolist() == [True, True, False]


# --- growths -------------------------------------------------------------------------------------


def test_a_growth_that_starts_from_a_secret_level_is_hidden_and_its_own_level_stays(words):
    rows = [dep("22", 8, period="2024"), dep("22", 16, change=100, compared_to="2024")]
    shown = hidden(words, rows, FEW)
    assert shown["secret"].tolist() == [True, False]
    assert shown["value"].tolist()[1] == 16 and math.isnan(shown["change"].iloc[1])
    assert shown["compared_to"].iloc[1] == ""


def test_a_growth_never_publishes_a_base_that_the_rule_would_hide(words):
    shown = hidden(words, [dep("22", 16, change=100, compared_to="2024")], FEW)
    assert shown["secret"].tolist() == [False] and math.isnan(shown["change"].iloc[0])


def test_a_growth_alone_goes_when_it_leads_to_a_secret_level(words):
    rows = [dep("22", 20, period="2024"), dep("22", float("nan"), change=-60, compared_to="2024")]
    assert hidden(words, rows, FEW)["secret"].tolist() == [False, True]


def test_a_change_that_a_secret_level_leaves_unknown_is_secret_and_not_unpublished(words):
    shown = hidden(words, [dep("22", 8, period="2024"), dep("22", 30), dep("29", 30)], FEW)
    seen = snapshot(
        shown,
        words.settings,
        ["DEP-22", "DEP-29"],
        indicator="structures_feeding",
        reference_period="2025",
        corridor="hopital",
    )
    assert seen["secret"].tolist() == [False, False]
    assert seen["change_secret"].tolist() == [True, False]


# --- what gives back what ------------------------------------------------------------------------


def region_of_four(first: float) -> list[dict[str, object]]:
    values = [first, 25, 40, 31]
    rows = [dep(code[4:], value) for code, value in zip(BRETAGNE, values, strict=True)]
    return [*rows, {"territory": "REG-53", "corridor": "hopital", "value": sum(values)}]


def test_a_total_minus_the_other_parts_does_not_give_a_secret_part_back(words):
    shown = hidden(words, region_of_four(6), FEW)
    assert shown["secret"].tolist() == [True, True, False, False, False]


def test_nothing_else_is_hidden_where_the_total_does_not_close(words):
    rows = [row for row in region_of_four(6) if row["territory"] != "DEP-35"]
    assert hidden(words, rows, FEW)["secret"].tolist() == [True, False, False, False]


def test_a_rate_and_one_of_its_counts_do_not_give_the_other(words):
    rows = [
        {"territory": "REG-53", "indicator": key, "value": value}
        for key, value in (
            ("activation_rate", 40.0),
            ("activated_profiles", 8.0),
            ("profiles_created", 20.0),
        )
    ]
    shown = hidden(words, rows, {"activated_profiles": SecrecyRule(minimum=11)})
    assert shown["secret"].sum() == 2 and shown["secret"].iloc[1]


def test_a_share_and_a_total_do_not_give_the_count_of_a_corridor(words):
    documents = {
        "hopital": 5,
        "biologie": 30,
        "medecine_ville": 20,
        "officine": 20,
        "radiologie": 15,
        "esms": 10,
    }
    rows = [
        {"territory": "REG-53", "indicator": key, "corridor": name, "value": float(value)}
        for name, value in documents.items()
        for key in ("documents_deposited", "documents_share")
    ]
    rows.append({"territory": "REG-53", "indicator": "documents_deposited", "value": 100.0})
    shown = hidden(words, rows, {"documents_deposited": SecrecyRule(minimum=11)})
    visible = set(
        shown.loc[~shown["secret"], ["indicator", "corridor"]].itertuples(index=False, name=None)
    )
    assert ("documents_deposited", "hopital") not in visible
    assert not {("documents_share", "hopital"), ("documents_deposited", "")} <= visible


def test_a_mean_per_inhabitant_does_not_give_a_count(words):
    """Everybody knows how many live there."""
    rows = [
        dep("22", 8.0, indicator="documents_deposited"),
        dep("22", 0.1, indicator="documents_per_inhabitant"),
    ]
    shown = hidden(words, rows, {"documents_deposited": SecrecyRule(minimum=11)})
    assert shown["secret"].all()


def test_two_ends_of_a_month_do_not_give_what_a_stock_gained(words):
    rows = [
        dep("22", 8.0, indicator="monthly_activations", period="2025-03"),
        dep("22", 500.0, indicator="activated_profiles", period="2025-02"),
        dep("22", 508.0, indicator="activated_profiles", period="2025-03"),
        dep("22", 560.0, indicator="activated_profiles", period="2025-04"),
    ]
    shown = hidden(words, rows, {"monthly_activations": SecrecyRule(minimum=11)})
    assert shown["secret"].tolist()[0] and shown["secret"].iloc[1:3].sum() == 1
    assert not shown["secret"].iloc[3]


def test_twelve_months_and_their_year_do_not_give_a_secret_month(words):
    months = [
        dep(
            "22",
            4.0 if n == 1 else 50.0 + n,
            indicator="documents_deposited_monthly",
            period=f"2025-{n:02d}",
        )
        for n in range(1, 13)
    ]
    year = dep("22", sum(float(str(m["value"])) for m in months), indicator="documents_deposited")
    rules = {"documents_deposited_monthly": SecrecyRule(minimum=11)}
    shown = hidden(words, [*months, year], rules)
    assert shown["secret"].iloc[0] and shown["secret"].sum() == 2


def test_a_whole_that_nobody_published_but_two_figures_give_closes_a_sum(words):
    """36 active profiles are 80 % of those created: 45, of which 9 are open."""
    rows = [
        {"territory": "REG-53", "indicator": key, "value": value}
        for key, value in (
            ("activation_rate", 80.0),
            ("activated_profiles", 36.0),
            ("profiles_open", 9.0),
        )
    ]
    shown = hidden(words, rows, {"profiles_open": SecrecyRule(minimum=11)})
    assert shown["secret"].sum() == 2 and shown["secret"].iloc[2]


counts = st.fixed_dictionaries(
    {(place, c): st.integers(0, 60) for place in BRETAGNE for c in CORRIDORS}
)


@SLOW
@given(counts=counts, absent=st.sets(st.integers(0, 34), max_size=6))
def test_no_attacker_narrows_a_secret_cell_below_its_threshold(words, counts, absent):
    cells = crossed(counts)
    kept = {key: n for i, (key, n) in enumerate(sorted(cells.items())) if i not in absent}
    shown = hidden(
        words,
        [{"territory": place, "corridor": c, "value": float(n)} for (place, c), n in kept.items()],
        FEW,
    )
    published = {
        (row.territory, row.corridor): row.value for row in shown[~shown["secret"]].itertuples()
    }
    for cell in [cell for cell, n in kept.items() if 0 < n < 11]:
        assert cell not in published
        low, high = interval(cell, published, sums(BRETAGNE, CORRIDORS))
        assert high - low > 10 - 1e-6, (cell, low, high)


def documents_of_few(
    counts: Mapping[tuple[str, str], int], few: Collection[tuple[str, str]]
) -> list[dict[str, object]]:
    """Documents by département and corridor with all totals. Those of `few` come from two
    professionals, and only their growth is printed: the level that is secret is in no row."""
    rows: list[dict[str, object]] = []
    for (place, corridor), count in crossed(counts).items():
        cell = {"territory": place, "corridor": corridor}
        is_few = (place, corridor) in few
        printed = {"value": float("nan"), "change": 40.0, "compared_to": "2024"}
        rows.append(
            {
                **cell,
                "indicator": "documents_deposited",
                **(printed if is_few else {"value": float(count)}),
            }
        )
        rows.append({**cell, "value": 2.0 if is_few else 50.0})
    return rows


FEW_CONTRIBUTE = {"documents_deposited": SecrecyRule(units="structures_feeding", minimum=3)}
places_and_corridors = st.tuples(st.sampled_from(BRETAGNE), st.sampled_from(CORRIDORS))


COUNTS_OF_MANY = st.fixed_dictionaries(
    {(place, c): st.integers(20, 90) for place in BRETAGNE for c in CORRIDORS}
)
CELLS_OF_FEW = st.sets(places_and_corridors, min_size=1, max_size=4)


def check_that_sums_do_not_give_back(words, counts, few) -> None:
    """No interval can be asked of a level that no row prints: that it never stands alone in a sum
    is all that protects it."""
    shown = hidden(words, documents_of_few(counts, few), FEW_CONTRIBUTE)
    visible = shown[~shown["secret"] & (shown["indicator"] == "documents_deposited")]
    published = {(row.territory, row.corridor): row.value for row in visible.itertuples()}
    for cell in few:
        assert cell not in published
        low, high = interval(cell, published, sums(BRETAGNE, CORRIDORS))
        assert high - low > 1 - 1e-6, (cell, low, high)


def test_a_secret_level_that_no_row_prints_is_not_given_back_by_a_sum(words):
    counts = {
        (p, c): 20 + 7 * i + j for i, p in enumerate(BRETAGNE) for j, c in enumerate(CORRIDORS)
    }
    check_that_sums_do_not_give_back(words, counts, {("DEP-22", "hopital")})


@pytest.mark.long
@SLOW
@given(counts=COUNTS_OF_MANY, few=CELLS_OF_FEW)
def test_no_secret_level_that_no_row_prints_is_given_back_by_sums(words, counts, few):
    check_that_sums_do_not_give_back(words, counts, few)


def test_the_same_is_hidden_whatever_the_order_of_the_rows(words):
    rows = [
        {"territory": place, "corridor": c, "value": float(n)}
        for (place, c), n in crossed(
            {
                (place, c): 3 + 7 * i + 5 * j
                for i, place in enumerate(BRETAGNE)
                for j, c in enumerate(CORRIDORS)
            }
        ).items()
    ]
    assert secrets(hidden(words, rows, FEW)) == secrets(hidden(words, rows[::-1], FEW))
    assert secrets(hidden(words, rows, FEW))


# --- what is derived -----------------------------------------------------------------------------


def test_nothing_that_is_derived_takes_the_place_of_a_secret_cell(words):
    rates = {"CPAM-641": 31.0, "CPAM-642": 35.0, "DEP-64": 33.0, "DEP-24": 30.0, "DEP-33": 36.0}
    rows = [
        {
            "territory": code,
            "indicator": "activation_rate",
            "value": value,
            "change": 3.0,
            "compared_to": "2024",
        }
        for code, value in rates.items()
    ]
    rows.append({"territory": "DEP-64", "indicator": "activated_profiles", "value": 5.0})
    rules = {"activation_rate": SecrecyRule(units="activated_profiles", minimum=11)}
    shown = hidden(words, rows, rules)
    made = derive(shown, words.settings, words.territories)
    assert shown.loc[shown["territory"] == "DEP-64", "secret"].iloc[0]
    again = made[(made["territory"] == "DEP-64") & (made["indicator"] == "activation_rate")]
    assert again["value"].isna().all() and (again["reference_period"] == "2025-12").all()


def test_a_place_under_its_other_code_is_secret_and_not_unpublished(words):
    shown = hidden(words, [{"territory": "REG-04", "corridor": "hopital", "value": 8.0}], FEW)
    made = derive(shown, words.settings, words.territories)
    assert made["territory"].tolist() == ["REG-04", "DEP-974"]
    assert made["secret"].all() and made["value"].isna().all()


def test_the_figures_are_not_changed_by_what_is_hidden_of_them(words):
    rows = frame(words, region_of_four(6))
    before = rows.copy()
    suppress(rows, words.settings.model_copy(update={"secrecy": FEW}), words.territories)
    pd.testing.assert_frame_equal(rows, before)


def test_no_shipped_figure_is_secret(project):
    book = project.dataset()
    assert project.settings.secrecy and not book.observations["secret"].any()
    raw = project.raw_rows()
    of_reviews = ["verdict", "rejected", "contradiction", "contradicted"]
    pd.testing.assert_frame_equal(
        book.as_published.drop(columns=of_reviews), raw.drop(columns=of_reviews)
    )


# --- settings ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        ("{units: structures_feeding}", "cette règle ne cache rien"),
        ("{dominance: 85}", "dominance et largest vont ensemble"),
        ("{minimum: 3, largest: profiles_open}", "dominance et largest vont ensemble"),
        ("{dominance: 85, largest: profiles_open, units: profiles_open}", "précisent minimum"),
        ("{minimum: 1}", "« minimum » est hors des limites"),
        ("{minimum: 3, units: structures_fed}", "Vouliez-vous dire « structures_feeding »"),
        ("{minimum: 3, seuil: 4}", "la clé « seuil » est inconnue"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_with_its_cure(copy_of_project, edit, rule, said):
    edit(
        "config/secrecy.yaml",
        "  structures_feeding: {minimum: 11}\n",
        f"  structures_feeding: {rule}\n",
    )
    place = Project(copy_of_project)
    assert place.settings is None
    assert any(said in f"{problem.message} {problem.cure}" for problem in place.problems())
    assert all(
        problem.where.startswith("secrecy.structures_feeding") for problem in place.problems()
    )


def test_a_rule_on_an_unknown_indicator_is_refused(copy_of_project, edit):
    edit(
        "config/secrecy.yaml",
        "  structures_feeding: {minimum: 11}\n",
        "  structures: {minimum: 11}\n",
    )
    place = Project(copy_of_project)
    assert place.settings is None
    (problem,) = place.problems()
    assert problem.message == "indicateur inconnu : « structures »"
    assert problem.line and problem.where == "secrecy.structures"


# --- what leaves the program ---------------------------------------------------------------------


@pytest.fixture
def strict(copy_of_project, edit):
    """A project in which the 17 laboratories of Provence-Alpes-Côte d’Azur are too few."""
    edit(
        "config/secrecy.yaml",
        "  structures_feeding: {minimum: 11}\n",
        "  structures_feeding: {minimum: 25}\n",
    )
    return Project(copy_of_project)


def test_the_printed_figures_say_secret_where_a_number_would_be_and_imports_read_it(strict):
    shown = CliRunner().invoke(app, ["figures", "--project", str(strict.base)]).output
    line = next(
        line
        for line in shown.splitlines()
        if line.startswith("REG-93,structures_feeding,biologie,2024,")
    )
    assert line.split(",")[4:8] == ["secret statistique", "", "", ""]
    assert read_number(line.split(",")[4]).kind == "secret"


def test_a_downloaded_workbook_says_secret_where_a_number_would_be(strict):
    table = figures_file(context_for_print(strict), strict.dataset().published)
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes({"Chiffres": table})))
    names, *rows = book["Chiffres"].values
    mine = [
        row
        for row in (dict(zip(names, row, strict=True)) for row in rows)
        if (row["Territoire"], row["Couloir"]) == ("REG-93", "Biologie médicale")
        and row["Indicateur"].startswith("Professionnels et structures")
    ]
    assert [(row["Valeur"], row["Évolution"]) for row in mine] == [("secret statistique", None)]


def test_an_import_is_compared_with_the_files_and_not_with_what_is_shown(strict):
    raw = strict.raw_rows()
    mine = raw[
        (raw["territory"] == "REG-93")
        & (raw["indicator"] == "structures_feeding")
        & (raw["corridor"] == "biologie")
    ]
    assert mine["value"].tolist() == [17.0] and not raw["secret"].any()


def test_the_version_of_the_data_does_not_let_a_guess_of_a_secret_be_checked(strict, edit):
    before = strict.dataset()
    edit(
        "data/2024.csv",
        "REG-93,structures_feeding,biologie,2024,17,,-5,2023",
        "REG-93,structures_feeding,biologie,2024,16,,-6,2023",
    )
    after = strict.dataset()
    assert after is not before and after.version == before.version


def test_a_secret_card_a_secret_corridor_and_the_coverage_say_so(strict):
    context = context_for_print(strict)
    ref = FigureRef(indicator="structures_feeding", corridor="biologie")
    made = key_figure(context, ref, territory="REG-93", period="2024")
    assert (made.value, made.change, made.others) == ("secret statistique", "", ())
    assert made.sentence.endswith(": secret statistique.")
    figure = figure_of(
        context, CorridorsRequest(indicator="structures_feeding", territory="REG-93", period="2024")
    )
    texts = table_texts(figure.table).set_index("Couloir").iloc[:, 0]
    assert texts["Biologie"] == "secret statistique"
    assert "non publié" not in figure.alt and "secret statistique" in figure.note
    place = figure.native.categories.index("Biologie")
    assert figure.native.series[0].amounts[place] is None


def test_a_secret_territory_among_growths_says_so_where_its_bar_would_be(copy_of_project, edit):
    edit(
        "config/secrecy.yaml",
        "documents_deposited: {units: structures_feeding, minimum: 3}",
        "documents_deposited: {units: structures_feeding, minimum: 600}",
    )
    context = context_for_print(Project(copy_of_project))
    shown = figure_of(context, CorridorRequest(indicator="documents_deposited", corridor="hopital"))
    (bars,) = shown.spec["datasets"].values()
    said = ["+34\u00a0%", "secret statistique"]
    assert [bar["label"] for bar in bars] == list(shown.native.series[0].labels) == said
    texts = table_texts(shown.table)
    assert list(texts["Évolution des documents déposés, de 2024 à 2025"]) == said
