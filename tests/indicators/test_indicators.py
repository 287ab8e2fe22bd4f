"""Levels, changes, ranks and derived values: what is shown, and what it was computed from."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from atlas.indicators import coverage
from atlas.indicators.choice import best, others, rank_sources
from atlas.indicators.corridors import by_corridor
from atlas.indicators.derivation import derive
from atlas.indicators.snapshot import history, snapshot
from atlas.indicators.snapshot import periods as known_periods
from atlas.observations.checks import COLUMNS
from atlas.observations.reading import read_year
from atlas.territories import Territories, Territory

RATE, COUNT, DEPOSITED = "activation_rate", "activated_profiles", "documents_deposited"
FIRST, SECOND = (
    "ars-nouvelle-aquitaine-2026",
    "la-reunion-2026",
)  # in the order of data/sources.yaml
UNCERTAIN = "Incertain : date non imprimée."


def row(
    territory,
    value,
    period="2025",
    *,
    indicator=RATE,
    corridor="",
    qualifier="",
    change="",
    compared_to="",
    source=FIRST,
    page="",
    note="",
):
    """One row of data/<year>.csv."""
    return (
        territory,
        indicator,
        corridor,
        period,
        value,
        qualifier,
        change,
        compared_to,
        source,
        page,
        note,
    )


@pytest.fixture
def figures(tmp_path, words):
    """Rows → the frame that the program reads from files that hold them."""

    def read(*rows) -> pd.DataFrame:
        frames = []
        for year in sorted({row[3][:4] for row in rows}):
            path = tmp_path / f"{year}.csv"
            pd.DataFrame([r for r in rows if r[3][:4] == year], columns=COLUMNS).to_csv(
                path, index=False
            )
            frame, problems = read_year(path, path.name, words)
            assert frame is not None, problems
            frames.append(frame)
        return pd.concat(frames, ignore_index=True)

    return read


@pytest.fixture
def derived(figures, words):
    """Rows → the rows that follow from them."""

    def derive_rows(*rows, territories=words.territories) -> pd.DataFrame:
        published = figures(*rows)
        everything = derive(published, words.settings, territories)
        pd.testing.assert_frame_equal(everything.iloc[: len(published)], published)
        return everything.iloc[len(published) :].reset_index(drop=True)

    return derive_rows


@pytest.fixture
def shot(figures, words):
    """Rows → the snapshot of some territories, by code."""

    def look(codes, *rows, indicator=RATE, reference_period="2025-12", corridor="") -> pd.DataFrame:
        everything = derive(figures(*rows), words.settings, words.territories)
        return snapshot(
            everything,
            words.settings,
            codes,
            indicator=indicator,
            reference_period=reference_period,
            corridor=corridor,
        ).set_index("code")

    return look


# --- base years ----------------------------------------------------------------------------------


def test_the_base_of_a_rate_is_its_level_less_its_points(derived):
    base = derived(row("REG-93", 22.1, "2024", change=11.1, compared_to="2023")).iloc[0]
    assert (base["territory"], base["period"], base["reference_period"]) == (
        "REG-93",
        "2023",
        "2023-12",
    )
    assert base["value"] == 11.0 and base["qualifier"] == "about" and math.isnan(base["change"])
    assert "22,1\u00a0%" in base["derived"] and "+11,1\u00a0points" in base["derived"]
    assert "fin\u00a02024" in base["derived"]


def test_the_base_of_a_count_is_its_level_divided_by_its_growth(derived):
    base = derived(
        row("REG-93", 25_052_377, "2024", indicator=DEPOSITED, change=108, compared_to="2023")
    ).iloc[0]
    assert base["value"] == 12_000_000
    assert (base["reference_period"], base["source"]) == ("2023", FIRST)
    assert "25\u202f052\u202f377" in base["derived"] and "+108\u00a0%" in base["derived"]


@pytest.mark.parametrize(
    "published",
    [
        row("REG-93", 22.1, "2024", change=11.1),
        row("REG-93", "", "2024", change=34, compared_to="2023", indicator=DEPOSITED),
        row("REG-93", 0, "2024", change=-100, compared_to="2023", indicator=DEPOSITED),
        row("REG-93", 2, "2024", change=3, compared_to="2023", indicator="activation_rank"),
        row("REG-93", 22.1, "2024", change=11.1, compared_to="2023", note=UNCERTAIN),
    ],
    ids=["no base named", "no level", "nothing left", "a rank", "uncertain"],
)
def test_no_base_is_made_up_from_what_is_not_enough(derived, published):
    assert derived(published).empty


def test_a_published_base_is_not_computed_again(derived):
    assert derived(
        row("REG-93", 22.1, "2024", change=11.1, compared_to="2023"),
        row("REG-93", 11.4, "2023-12", source=SECOND),
    ).empty


# --- départements from their caisses -------------------------------------------------------------


def test_the_only_caisse_of_a_departement_gives_it_its_rate_unchanged(derived):
    made = derived(row("CPAM-401", 41.7, change=3.0))
    assert made[["territory", "value", "change", "reference_period"]].to_numpy().tolist() == [
        ["DEP-40", 41.7, 3.0, "2025-12"]
    ]
    assert "seule du département" in made["derived"][0] and "41,7\u00a0%" in made["derived"][0]
    assert made["restated"][0]


def test_two_caisses_give_the_range_of_their_rates_and_both_are_named(derived):
    made = derived(row("CPAM-641", 39.0, change=2.5), row("CPAM-642", 35.5, change=2.3))
    assert made["territory"].tolist() == ["DEP-64"]
    assert made[["value", "reach_low", "reach_high"]].to_numpy().tolist() == [[37.3, 35.5, 39.0]]
    assert made["derived"][0] == (
        "entre 35,5\u00a0% (CPAM de Pau) et 39,0\u00a0% (CPAM de Bayonne), sans poids publié"
    )
    assert math.isnan(made["change"][0])  # between two changes, no weight either
    assert not made["restated"][0]


@pytest.mark.parametrize(
    "rows",
    [
        [row("CPAM-641", 39.0)],
        [row("CPAM-641", 39.0), row("CPAM-642", 35.5, "2025-06")],
        [row("CPAM-641", 39.0), row("CPAM-642", 35.5, note=UNCERTAIN)],
        [row("CPAM-641", 39.0), row("CPAM-642", "", change=2.3)],
        [row("CPAM-594", 30), row("CPAM-595", 31), row("CPAM-597", 32)],
    ],
    ids=["missing", "at another date", "uncertain", "without a level", "three of four"],
)
def test_a_departement_of_which_a_caisse_lacks_gets_no_rate(derived, rows):
    assert derived(*rows).empty


def test_a_count_of_a_caisse_is_not_that_of_its_departement(derived):
    assert derived(
        row("CPAM-641", 5000, indicator=COUNT), row("CPAM-642", 7000, indicator=COUNT)
    ).empty


def test_a_mean_of_unlike_caisses_keeps_neither_the_words_nor_the_base_of_one(derived):
    made = derived(
        row("CPAM-641", 39.0, qualifier="over", change=2.5, compared_to="2024-06"),
        row("CPAM-642", 35.5, change=2.3, compared_to="2024-09"),
    )
    mean = made[made["reference_period"] == "2025-12"].iloc[0]
    assert (mean["value"], mean["qualifier"], mean["compared_to"]) == (37.3, "about", "")
    assert math.isnan(mean["change"])


def test_a_mean_of_computed_bases_says_so(derived):
    made = derived(row("CPAM-401", 41.7, change=3.0, compared_to="2024"))
    then = made[(made["territory"] == "DEP-40") & (made["reference_period"] == "2024-12")].iloc[0]
    assert then["value"] == pytest.approx(38.7)
    assert "déduit d’une évolution publiée" in then["derived"]
    assert not then["restated"]


def test_the_mean_takes_of_each_caisse_the_rate_that_is_shown(derived):
    made = derived(
        row("CPAM-641", 50, source=SECOND), row("CPAM-641", 39, source=FIRST), row("CPAM-642", 35)
    )
    assert made["value"].tolist() == [37]


def test_a_published_departement_keeps_its_rate_and_takes_the_change_of_its_caisse(shot):
    rows = (
        row("DEP-40", 41.6, page="Communiqué", source=SECOND),
        row("CPAM-401", 41.7, change=3.0, source=FIRST),
    )
    seen = shot(["DEP-40"], *rows).loc["DEP-40"]
    assert (seen["value"], seen["derived"], seen["page"]) == (41.6, "", "Communiqué")
    assert seen["change"] == 3.0 and "seule du département" in seen["change_derived"]


# --- régions -------------------------------------------------------------------------------------


def small_region(*people: int) -> Territories:
    """A région of départements with these populations."""
    places = [Territory("FR", "France", "en France", ""), Territory("REG-24", "R", "en R", "FR")]
    codes = ["DEP-18", "DEP-28", "DEP-36"][: len(people)]
    places += [Territory(code, code, code, "REG-24") for code in codes]
    return Territories(
        {place.code: place for place in places}, dict(zip(codes, people, strict=True))
    )


def test_the_rate_of_a_region_weighs_its_departements_by_their_people(derived):
    made = derived(row("DEP-18", 40), row("DEP-28", 20), territories=small_region(300, 100))
    assert made[["territory", "value", "qualifier"]].to_numpy().tolist() == [
        ["REG-24", 35.0, "about"]
    ]
    assert made["derived"][0] == "moyenne de 2 départements sur 2, pondérée par la population"
    assert not made["restated"][0]


@pytest.mark.parametrize(("people", "values"), [((80, 10, 10), [30.0]), ((79, 11, 10), [])])
def test_a_region_is_derived_from_those_that_hold_80_percent_of_its_people(
    derived, words, people, values
):
    assert words.settings.display.regional_coverage == 0.8
    assert derived(row("DEP-18", 30), territories=small_region(*people))["value"].tolist() == values


def test_a_region_takes_of_each_departement_the_rate_that_is_shown(derived):
    made = derived(
        row("DEP-18", 90, source=SECOND),
        row("DEP-18", 40, source=FIRST),
        row("DEP-28", 20),
        territories=small_region(100, 100),
    )
    assert made["value"].tolist() == [30]


def test_a_published_region_is_not_replaced_by_the_mean_of_its_departements(shot):
    seen = shot(["REG-94"], row("DEP-2A", 30), row("DEP-2B", 40), row("REG-94", 33.2)).loc["REG-94"]
    assert (seen["value"], seen["derived"]) == (33.2, "")


def test_a_region_published_as_uncertain_gives_way_to_what_is_certain(shot):
    seen = shot(
        ["REG-94"], row("DEP-2A", 30), row("DEP-2B", 30), row("REG-94", 50, note=UNCERTAIN)
    ).loc["REG-94"]
    assert seen["value"] == 30 and "2 départements sur 2" in seen["derived"]


def test_counts_of_departements_are_not_averaged_into_a_region(derived):
    assert derived(row("DEP-2A", 10, indicator=COUNT), row("DEP-2B", 10, indicator=COUNT)).empty


@pytest.mark.parametrize(
    ("published", "other", "name"),
    [
        ("REG-04", "DEP-974", "La Réunion"),
        ("DEP-974", "REG-04", "La Réunion"),
        ("REG-06", "DEP-976", "Mayotte"),
        ("DEP-971", "REG-01", "Guadeloupe"),
    ],
)
def test_a_region_of_one_departement_and_that_departement_share_their_figures(
    derived, published, other, name
):
    made = derived(row(published, 250_000, indicator=COUNT, qualifier="over"))
    assert made[["territory", "value", "qualifier"]].to_numpy().tolist() == [
        [other, 250_000, "over"]
    ]
    assert name in made["derived"][0] and made["restated"][0]


def test_a_computed_figure_that_is_mirrored_still_says_how_it_was_computed(derived):
    made = derived(row("REG-04", 27.5, change=7.8, compared_to="2024-12"))
    then = made[(made["territory"] == "DEP-974") & (made["reference_period"] == "2024-12")].iloc[0]
    assert then["value"] == pytest.approx(19.7) and "+7,8\u00a0points" in then["derived"]


@pytest.mark.parametrize(
    "rows",
    [
        [row("CPAM-401", 41.7, note=UNCERTAIN)],
        [row("REG-04", 27.5, note=UNCERTAIN)],
        [row("DEP-2A", 30, note=UNCERTAIN), row("DEP-2B", 30, note=UNCERTAIN)],
    ],
)
def test_nothing_is_derived_from_what_is_uncertain(derived, rows):
    assert derived(*rows).empty


# --- which figure is shown -----------------------------------------------------------------------


def test_the_first_source_of_the_order_is_shown_and_the_others_are_kept(figures, words):
    rows = figures(
        row("FR", 24e6, indicator=COUNT, source=SECOND, page="a"),
        row("FR", 25e6, indicator=COUNT, source=FIRST, page="b"),
        row("FR", 23e6, indicator=COUNT, source=SECOND, page="c"),
        row("FR", 1, indicator="ambassadors"),
    )
    [chosen] = [
        r for _, r in best(rows, words.settings.source_order).iterrows() if r["indicator"] == COUNT
    ]
    assert (chosen["value"], chosen["source"]) == (25e6, FIRST)
    assert others(rows, chosen)["page"].tolist() == ["a", "c"]


def test_a_dossier_quotes_its_own_document_first(figures, words):
    rows = figures(
        row("FR", 24e6, indicator=COUNT, source=FIRST),
        row("FR", 25e6, indicator=COUNT, source=SECOND),
    )
    order = [SECOND, *(s for s in words.settings.source_order if s != SECOND)]
    assert best(rows, order)["value"].tolist() == [25e6]


def test_a_source_that_the_order_leaves_out_comes_last(figures):
    rows = figures(row("FR", 1, indicator=COUNT, source=SECOND), row("FR", 2, indicator=COUNT))
    assert rank_sources(rows, [FIRST]).tolist() == [1, 0]
    assert best(rows, [FIRST])["value"].tolist() == [2]


def test_a_certain_figure_comes_before_an_uncertain_one_of_a_better_source(figures, words):
    rows = figures(row("FR", 30, note=UNCERTAIN), row("FR", 33.6, source=SECOND))
    assert best(rows, words.settings.source_order)["value"].tolist() == [33.6]


def test_what_is_asked_for_decides_which_rows_compete(figures, words):
    rows = figures(
        row("FR", "", indicator=DEPOSITED, change=40, compared_to="2024"),
        row("FR", 420e6, indicator=DEPOSITED, source=SECOND),
    )
    order = words.settings.source_order
    assert best(rows, order)["source"].tolist() == [SECOND]
    assert best(rows, order, needs="change")["source"].tolist() == [FIRST]
    assert best(rows, order, needs="any")["source"].tolist() == [SECOND]


# --- a snapshot ----------------------------------------------------------------------------------


def test_a_territory_without_a_figure_is_missing_and_not_zero(shot):
    seen = shot(["REG-75", "REG-11", "FR"], row("FR", 33.6), row("REG-75", 0))
    assert seen.index.tolist() == ["REG-75", "REG-11", "FR"]
    assert seen["missing"].tolist() == [False, True, False]
    assert seen["value"]["REG-75"] == 0
    missing = seen.loc["REG-11"]
    assert all(math.isnan(missing[c]) for c in ("value", "change", "gap"))
    assert all(
        missing[c] == ""
        for c in (
            "qualifier",
            "derived",
            "source",
            "page",
            "period",
            "compared_to",
            "change_derived",
        )
    )


def test_the_gap_of_a_rate_to_the_nation_is_in_points_even_when_the_nation_is_not_asked(shot):
    seen = shot(
        ["DEP-64", "REG-04"],
        row("FR", 33.6),
        row("CPAM-641", 39.0),
        row("CPAM-642", 35.5),
        row("REG-04", 27.5),
    )
    assert seen["gap"].tolist() == [3.7, -6.1]


@pytest.mark.parametrize(
    ("rows", "indicator"),
    [
        ([row("REG-75", 37.2)], RATE),
        ([row("REG-75", 37.2), row("FR", 33.6, "2025-06")], RATE),
        ([row("REG-75", 5, indicator=COUNT), row("FR", 7, indicator=COUNT)], COUNT),
    ],
    ids=["no nation", "the nation at another date", "a count"],
)
def test_there_is_no_gap_without_a_rate_of_the_nation_at_that_date(shot, rows, indicator):
    assert shot(["REG-75"], *rows, indicator=indicator)["gap"].isna().all()


def test_a_published_change_comes_before_the_difference_of_the_levels(shot):
    seen = shot(
        ["REG-75", "REG-93"],
        row("REG-75", 37.2, change=2.4, compared_to="2024-10"),
        row("REG-75", 30, "2024"),
        row("REG-93", 25),
        row("REG-93", 22.1, "2024"),
    )
    published, computed = seen.loc["REG-75"], seen.loc["REG-93"]
    assert (published["change"], published["compared_to"]) == (2.4, "2024-10")
    assert published["change_derived"] == ""
    assert (computed["change"], computed["compared_to"]) == (2.9, "2024-12")
    assert computed["change_derived"] == "différence des deux niveaux"


def test_the_computed_change_of_a_count_is_in_percent(shot):
    seen = shot(
        ["FR"],
        row("FR", 420e6, indicator=DEPOSITED),
        row("FR", 300e6, "2024", indicator=DEPOSITED),
        indicator=DEPOSITED,
        reference_period="2025",
    )
    assert seen["change"]["FR"] == pytest.approx(40) and seen["compared_to"]["FR"] == "2024"


@pytest.mark.parametrize(
    ("indicator", "before", "now", "reference_period"),
    [(COUNT, 0, 5, "2025-12"), ("activation_rank", 4, 2, "2025-12")],
)
def test_no_change_is_computed_from_nothing_nor_between_ranks(
    shot, indicator, before, now, reference_period
):
    seen = shot(
        ["REG-75"],
        row("REG-75", now, indicator=indicator),
        row("REG-75", before, "2024", indicator=indicator),
        indicator=indicator,
    )
    assert seen["value"]["REG-75"] == now and math.isnan(seen["change"]["REG-75"])


def test_a_snapshot_shows_one_corridor_and_never_an_uncertain_figure(shot):
    rows = (
        row("REG-93", 17, indicator="structures_feeding", corridor="biologie"),
        row("REG-93", 338, indicator="structures_feeding", corridor="hopital"),
        row("FR", 9, indicator="structures_feeding", corridor="hopital", note=UNCERTAIN),
    )
    seen = shot(
        ["REG-93", "FR"],
        *rows,
        indicator="structures_feeding",
        reference_period="2025",
        corridor="hopital",
    )
    assert seen["value"]["REG-93"] == 338 and seen["missing"].tolist() == [False, True]


# --- corridors, periods, history -----------------------------------------------------------------


def test_a_corridor_of_which_only_the_growth_is_published_is_kept_without_a_level(figures, words):
    rows = figures(
        row(
            "REG-94",
            72786,
            indicator=DEPOSITED,
            corridor="radiologie",
            change=10,
            compared_to="2024",
        ),
        row("REG-94", "", indicator=DEPOSITED, corridor="hopital", change=34, compared_to="2024"),
        row("REG-94", 7, indicator=DEPOSITED, corridor="esms", note=UNCERTAIN),
        row("REG-94", 957118, indicator=DEPOSITED),
    )
    everything = derive(rows, words.settings, words.territories)
    table = by_corridor(
        everything, words.settings, "REG-94", indicator=DEPOSITED, reference_period="2025"
    )
    assert table["corridor"].tolist() == ["hopital", "radiologie"]  # the order of config.yaml
    assert math.isnan(table["value"][0]) and math.isnan(table["base_value"][0])
    assert table["change"].tolist() == [34, 10]
    assert table["base_value"][1] == 66_000


def test_periods_are_those_with_a_certain_level_the_newest_first(figures):
    rows = figures(
        row("REG-94", 33.2, "2026-03"),
        row("REG-94", 30.6, "2025"),
        row("REG-94", 30, "2025-12-31"),
        row("REG-75", 9, "2024"),
        row("REG-94", "", "2023", change=2),
        row("REG-94", 8, "2022", note=UNCERTAIN),
    )
    assert known_periods(rows, RATE, ["REG-94"]) == ["2026-03", "2025-12"]
    assert known_periods(rows, RATE, ["REG-94", "REG-75"])[-1] == "2024-12"


def test_a_history_holds_one_certain_value_for_each_date_the_oldest_first(figures, words):
    rows = figures(
        row("FR", 24e6, "2025", indicator=COUNT),
        row("FR", 7.2e6, "2022-10", indicator=COUNT),
        row("FR", 23e6, "2025-12", indicator=COUNT, source=SECOND),
        row("FR", 9e6, "2023", indicator=COUNT, note=UNCERTAIN),
        row("REG-04", 1, indicator=COUNT),
    )
    told = history(rows, words.settings, ["FR"], indicator=COUNT)
    assert told["value"].tolist() == [7.2e6, 24e6]
    assert told["end"].tolist() == ["2022-10", "2025-12"]


# --- what they are given stays as it was ---------------------------------------------------------

CALLS = {
    "derive": lambda f, w: derive(f, w.settings, w.territories),
    "best": lambda f, w: best(f, w.settings.source_order),
    "others": lambda f, w: others(
        f,
        best(f[f["indicator"] == COUNT], w.settings.source_order)
        .loc[lambda t: t["reference_period"] == "2026-01"]
        .iloc[0],
    ),
    "rank_sources": lambda f, w: rank_sources(f, w.settings.source_order),
    "periods": lambda f, w: known_periods(f, RATE, ["FR"]),
    "snapshot": lambda f, w: snapshot(
        f, w.settings, w.territories.of_kind("DEP"), indicator=RATE, reference_period="2025-12"
    ),
    "history": lambda f, w: history(f, w.settings, ["FR"], indicator=COUNT),
    "by_corridor": lambda f, w: by_corridor(
        f, w.settings, "REG-94", indicator=DEPOSITED, reference_period="2025"
    ),
    "coverage.held": lambda f, w: coverage.rows_held(f, w.settings.source_order, indicator=RATE),
    "coverage.reach": lambda f, w: coverage.reach(f),
    "coverage.fullest": lambda f, w: coverage.fullest(f, ["FR"]),
}


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_no_function_changes_the_figures_it_is_given(project, words, call):
    figures = project.dataset().published.copy()
    before = figures.copy(deep=True)
    assert len(call(figures, words))
    pd.testing.assert_frame_equal(figures, before)


def test_deriving_twice_adds_nothing(project, words):
    once = project.dataset().observations
    again = derive(once, words.settings, words.territories)
    pd.testing.assert_frame_equal(again, once)


def test_no_figures_give_empty_answers(words):
    from atlas.observations.reading import empty

    assert derive(empty(), words.settings, words.territories).empty
    seen = snapshot(empty(), words.settings, ["FR"], indicator=RATE, reference_period="2025-12")
    assert seen["missing"].tolist() == [True]
    assert coverage.rows_held(empty(), words.settings.source_order, indicator=RATE).empty
    assert coverage.reach(empty()).empty and coverage.fullest(empty(), ["FR"]).empty
