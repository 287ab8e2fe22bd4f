"""The figures that come with the dashboard are those that the documents print."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pandas as pd
import pytest
import yaml

from atlas import periods
from atlas.figures.comparison.selection import codes_of, selection_of
from atlas.indicators.snapshot import history
from atlas.settings import CONFIG_FILES
from atlas.settings.models import SOURCE_GRADES
from atlas.settings.strict_yaml import read_yaml

ROOT = Path(__file__).parents[1]
# Figures of the five documents, noted from them by another hand than the one that wrote data/.
with (Path(__file__).parent / "published_list.csv").open(encoding="utf-8", newline="") as stream:
    PRINTED = list(csv.DictReader(stream))
DOCUMENTS = sorted({row["document"] for row in PRINTED})

# Where the two hands date a figure differently, both read again in the document, which prints no
# date: document, territory, corridor, value, year of the list → period in data/.
CORSE, NOUVELLE_AQUITAINE, PACA = (
    "ars-corse-2026",
    "ars-nouvelle-aquitaine-2026",
    "rendez-vous-paca-2025",
)
DATED = {
    # « Aujourd’hui » in a text that says « Début 2026 » of the same 97 % two pages below.
    (CORSE, "FR", "", "97", "2025"): "2026-01",
    (CORSE, "FR", "", "24000000", "2025"): "2026-01",
    (CORSE, "FR", "", "2500000", "2025"): "2026-01",
    # The present tense of a release of February 2026.
    (NOUVELLE_AQUITAINE, "FR", "", "97", "2025"): "2026-02",
    (NOUVELLE_AQUITAINE, "FR", "", "2500000", "2025"): "2026-02",
    (NOUVELLE_AQUITAINE, "FR", "", "70000", "2025"): "2026-02",
    (NOUVELLE_AQUITAINE, "FR", "medecine_ville", "38000", "2025"): "2026-02",
    # « Depuis août 2025 », in a document of March 2026.
    ("la-reunion-2026", "FR", "", "13000000", "2025"): "2026-03",
    # An experiment shown at the webinar of February 2025.
    **{
        (PACA, "DEP-13", "", value, "2024"): "2025-02" for value in ("497", "151", "926", "86", "7")
    },
}
# « 1 sur 4 » is no exact quarter; the « + » before 526 000 is a gain, not « more than »:
# document, territory, value, word of the list → word in data/.
WORDED = {
    ("grand-est-2024", "FR", "25", ""): "about",
    (PACA, "FR", "90", ""): "about",
    (PACA, "FR", "66.7", ""): "about",
    ("la-reunion-2026", "FR", "50", ""): "about",
    (PACA, "FR", "526000", "over"): "",
}
# « En France, y compris dans le Grand Est » is two figures in data/ and one in the list.
SAID_OF_TWO = [("grand-est-2024", "REG-44", "connected_share", 20.0)]


@pytest.fixture(scope="module")
def published(project) -> pd.DataFrame:
    return project.dataset().published


def same(figures: pd.DataFrame, printed: dict[str, str]) -> pd.DataFrame:
    """The rows of data/ that say what one line of the list says, whatever their date and words."""
    rows = figures[
        (figures["source"] == printed["document"])
        & (figures["territory"] == printed["territory"])
        & (figures["corridor"] == printed["corridor"])
    ]
    for column in ("value", "change"):
        rows = (
            rows[rows[column] == float(printed[column])]
            if printed[column]
            else (rows[rows[column].isna()])
        )
    return rows


def said(printed: dict[str, str]) -> str:
    return f"{printed['document']}-{printed['territory']}-{printed['quote'][:40]}"


# --- the list and the data say the same ----------------------------------------------------------


def test_the_list_covers_the_five_documents_and_is_not_cut():
    assert len(PRINTED) == 159 and len(DOCUMENTS) == 5


@pytest.mark.parametrize("printed", PRINTED, ids=said)
def test_each_printed_figure_is_in_the_data_with_its_date_and_its_words(published, printed):
    document, place, corridor, year, value, _, word, _ = printed.values()
    period = DATED.get((document, place, corridor, value, year), year)
    rows = same(published, printed)
    dated = rows[rows["period"].str.startswith(period)]
    assert WORDED.get((document, place, value, word), word) in set(dated["qualifier"]), rows


@pytest.mark.parametrize("document", DOCUMENTS)
def test_each_figure_of_a_document_in_the_data_is_one_that_it_prints(published, document):
    printed = [same(published, row) for row in PRINTED if row["document"] == document]
    extra = published[published["source"] == document].drop(index=pd.concat(printed).index)
    found = extra[["source", "territory", "indicator", "value"]].itertuples(index=False, name=None)
    assert [row for row in found if row not in SAID_OF_TWO] == []


def test_each_reviewed_difference_is_still_one():
    dates = {
        (r["document"], r["territory"], r["corridor"], r["value"], r["period_prefix"])
        for r in PRINTED
    }
    words = {(r["document"], r["territory"], r["value"], r["qualifier"]) for r in PRINTED}
    assert set(DATED) <= dates and set(WORDED) <= words
    assert all(period[:4] != key[-1] for key, period in DATED.items())


def test_the_corridors_of_provence_add_up_to_the_totals_that_it_prints(published):
    rows = published[(published["source"] == PACA) & (published["territory"] == "REG-93")]
    for indicator, total in (("documents_deposited", 25_052_377), ("structures_feeding", 10_466)):
        figures = rows[rows["indicator"] == indicator]
        assert (figures["corridor"] != "").sum() == 6
        assert figures.loc[figures["corridor"] != "", "value"].sum() == total
        assert figures.loc[figures["corridor"] == "", "value"].tolist() == [total]


def test_shares_by_corridor_add_up_to_a_hundred(published):
    shares = published[(published["indicator"] == "documents_share") & ~published["uncertain"]]
    sums = shares.groupby(["source", "territory", "period"])["value"].sum()
    assert len(sums) >= 2 and sums.between(99, 101).all()


def test_printed_counts_of_users_and_rates_agree_in_the_document_that_prints_both(published):
    rows = published[(published["source"] == PACA) & (published["period"] == "2025-02")]
    value = rows.set_index("indicator")["value"]
    whole = value["profiles_open"] + value["activated_profiles"] + value["profiles_closed"]
    for count, share in (
        ("profiles_open", "profiles_open_share"),
        ("activated_profiles", "activation_rate"),
        ("profiles_closed", "profiles_closed_share"),
    ):
        assert 100 * value[count] / whole == pytest.approx(value[share], abs=0.1)


# --- every file of the repository ----------------------------------------------------------------


def test_every_file_loads_without_a_problem(project):
    assert project.dataset() and project.dataset(demo=True) and project.shapes()
    assert project.problems() == []


def test_each_year_with_figures_is_loaded(published):
    assert sorted(set(published["period"].str[:4])) == [str(year) for year in range(2021, 2028)]


def test_the_country_has_all_its_regions_departements_and_caisses(project):
    places = project.territories
    assert [len(places.of_kind(kind)) for kind in ("FR", "REG", "DEP", "CPAM")] == [1, 18, 101, 107]
    assert set(places.population) == set(places.of_kind("DEP"))
    assert 66e6 < sum(places.population.values()) < 71e6
    assert max(places.population, key=places.population.__getitem__) == "DEP-59"
    assert min(places.population, key=places.population.__getitem__) == "DEP-48"


def test_the_national_curve_has_dated_points_in_each_year(project, published):
    curve = published[
        (published["territory"] == "FR")
        & ~published["uncertain"]
        & (published["indicator"] == project.settings.display.national_curve)
    ]
    assert len(set(curve["reference_period"])) >= 10
    assert set(curve["reference_period"].str[:4]) == {"2022", "2023", "2024", "2025", "2026"}


def test_the_national_curve_never_goes_down_by_more_than_sources_round(project, known_keys):
    curve = history(
        project.dataset().observations, known_keys.settings, ["FR"], indicator="activated_profiles"
    )
    levels = curve["value"].tolist()
    assert all(later > 0.94 * earlier for earlier, later in zip(levels, levels[1:], strict=False))


def test_milestones_go_from_2021_to_2027_and_each_names_a_known_source(project):
    assert [milestone.year for milestone in project.milestones] == list(range(2021, 2028))
    assert {milestone.source for milestone in project.milestones} <= set(project.dataset().sources)


def test_every_source_is_used_and_has_its_place_in_the_order(project):
    sources = set(project.dataset().sources)
    assert set(project.dataset().as_published["source"]) == sources
    order = project.settings.source_order
    grades = [SOURCE_GRADES.index(project.dataset().sources[key].grade) for key in order]
    assert sorted(order) == sorted(sources) and grades == sorted(grades)


def test_every_source_can_be_found_again(project):
    for key, source in project.dataset().sources.items():
        assert source.address.startswith("https://") or source.file, key
        assert source.title and source.publisher and source.licence, key


def test_every_indicator_and_corridor_that_is_defined_is_used(project, published):
    assert set(published["indicator"]) == set(project.settings.indicators)
    assert set(published["corridor"]) == {"", *project.settings.corridors}


def test_an_uncertain_figure_says_of_what(published):
    notes = published.loc[published["uncertain"], "note"]
    assert len(notes) and notes.str.match(r"Incertain : .{20,}").all()


def test_no_change_is_older_than_the_figure_it_belongs_to(published):
    rows = published[published["compared_to"] != ""]
    ages = [
        periods.months_between(base, period)
        for base, period in zip(rows["compared_to"], rows["period"], strict=True)
    ]
    assert ages and all(0 < months <= 24 for months in ages)


# --- what the dossiers quote ---------------------------------------------------------------------


def quoted(project) -> list[tuple[str, str, str, str, str, str]]:
    settings = project.settings
    return [
        (
            dossier.source,
            figure.territory or dossier.territory,
            figure.indicator,
            figure.corridor,
            periods.reference_period(
                figure.period or dossier.period, settings.indicators[figure.indicator].accumulation
            ),
            figure.page or "",
        )
        for dossier in settings.dossiers.values()
        for block in dossier.blocks
        if block.kind == "key_figures"
        for figure in block.figures
    ]


def test_each_figure_of_a_dossier_is_published_by_its_document(project, published):
    assert len(quoted(project)) > 50
    columns = ["source", "territory", "indicator", "corridor", "reference_period"]
    keys = set(published[columns].itertuples(index=False, name=None))
    pages = set(published[[*columns, "page"]].itertuples(index=False, name=None))
    assert [q for q in quoted(project) if q[:5] not in keys] == []
    assert [q for q in quoted(project) if q[5] and q not in pages] == []


def test_each_territory_of_a_comparison_has_something_to_compare(project, context):
    figures = project.dataset().observations[~project.dataset().observations["uncertain"]]
    known = set(figures[["indicator", "territory"]].itertuples(index=False, name=None))
    asked = {
        (indicator, territory)
        for page in project.settings.comparisons.values()
        for indicator in page.indicators
        for territory in codes_of(context, selection_of(page))
    }
    assert asked and asked <= known


# --- nothing personal ----------------------------------------------------------------------------

E_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
TELEPHONE = re.compile(r"(?<![\d,.-])(?:\+33|0)\s?[1-9](?:[ .-]?\d{2}){4}(?!\d)")


@pytest.mark.parametrize(
    "path",
    [*(ROOT / file for file in CONFIG_FILES), *sorted((ROOT / "data").glob("[!.]*"))],
    ids=lambda path: path.name,
)
def test_no_file_holds_an_address_of_mail_or_a_telephone_number(path):
    text = path.read_text(encoding="utf-8")
    assert E_MAIL.findall(text) == [] and TELEPHONE.findall(text) == []


def test_the_search_for_personal_data_finds_some():
    assert E_MAIL.search("écrire à jean.dupont@ars.sante.fr") and TELEPHONE.search("05 57 01 44 00")
    assert TELEPHONE.search("+33 5 57 01 44 00") and not TELEPHONE.search("REG-94,957118,,204,2024")


@pytest.mark.parametrize(
    "file", [*CONFIG_FILES, "data/sources.yaml", "data/milestones.yaml", "data/revisions.yaml"]
)
def test_the_yaml_files_read_the_same_by_any_reader(file):
    tree, lines, problems = read_yaml(ROOT / file, file)
    assert problems == [] and lines
    assert tree == yaml.safe_load((ROOT / file).read_text(encoding="utf-8"))


# --- verdicts of the review of findings ---------------------------------------------------------

REJECTED = [
    ("profiles_created", "2024-10-07", 66_600_000),
    ("profiles_created", "2023-05", 65_000_000),
    ("activation_rate", "2024-02-05", 15),
    ("activation_rate", "2023-02", 11.5),
    ("documents_deposited", "2023", 220_000_000),
]


def test_the_rejected_values_are_in_no_selection_and_nothing_comes_from_them(project):
    dataset = project.dataset()
    rejected = dataset.as_published[dataset.as_published["rejected"]]
    found = rejected[["indicator", "period", "value"]].itertuples(index=False, name=None)
    assert sorted(found) == sorted(REJECTED)
    shown = dataset.observations
    for row in rejected.itertuples(index=False):
        same = (shown["source"] == row.source) & (shown["indicator"] == row.indicator)
        assert not (same & (shown["period"] == row.period) & (shown["value"] == row.value)).any()


def test_nothing_is_derived_from_a_contradicted_growth(project):
    rows = project.dataset().observations
    contradicted = rows[rows["contradicted"].isin(["change", "both"])]
    assert {(r.territory, r.change) for r in contradicted.itertuples()} >= {
        ("REG-93", 93),
        ("REG-93", 108),
    }
    for row in contradicted.itertuples(index=False):
        base = rows[
            (rows["territory"] == row.territory)
            & (rows["indicator"] == row.indicator)
            & (rows["corridor"] == row.corridor)
            & (rows["period"] == row.compared_to)
        ]
        assert (base["derived"] == "").all()
