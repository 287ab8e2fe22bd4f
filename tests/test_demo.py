"""The fictitious data set keeps the contract of data/, and its numbers agree with each other."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor, wait
from pathlib import Path

import pandas as pd
import pytest

from atlas import demo
from atlas.observations.checks import COLUMNS, KnownKeys
from atlas.observations.reading import read_year
from atlas.settings import read_settings, read_sources
from atlas.territories import Territories, read_territories

BASE = Path(__file__).parents[1]
BY_PLACE = ["territory", "corridor", "period"]


@pytest.fixture(scope="module")
def territories() -> Territories:
    found, problems = read_territories(BASE / "data")
    assert found, problems
    return found


@pytest.fixture(scope="module")
def generated(territories: Territories) -> pd.DataFrame:
    frame = pd.concat(demo.generate(territories).values(), ignore_index=True)
    return frame.assign(number=pd.to_numeric(frame["value"]))


@pytest.fixture(scope="module")
def folder(territories: Territories, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("project") / "demo"
    demo.ensure_demo(path, territories)
    return path


@pytest.fixture(scope="module")
def corse(territories: Territories) -> Territories:
    """A nation of one région: whether files are written does not depend on how large they are."""
    kept = {
        code: place
        for code, place in territories.by_code.items()
        if code in ("FR", "REG-94") or "REG-94" in (place.parent, territories.region_of(code))
    }
    return Territories(kept, territories.population)


@pytest.fixture(scope="module")
def corse_folder(corse: Territories, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("project") / "demo"
    demo.ensure_demo(path, corse)
    return path


def figures_of(frame: pd.DataFrame, indicator: str) -> pd.DataFrame:
    return frame[frame["indicator"] == indicator]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_every_territory_has_a_rate_every_month(generated, territories):
    rates = figures_of(generated, "activation_rate").pivot(
        index="territory", columns="period", values="number"
    )
    assert set(rates.index) == set(territories.by_code)
    assert [len(territories.of_kind(k)) for k in ("REG", "DEP", "CPAM")] == [18, 101, 107]
    assert list(rates.columns) == demo.MONTHS
    assert (demo.MONTHS[0], demo.MONTHS[-1], len(demo.MONTHS)) == ("2022-01", "2026-06", 54)
    assert rates.notna().all(axis=None)


def test_rates_never_go_down_and_never_look_like_fractions(generated):
    rates = figures_of(generated, "activation_rate").pivot(
        index="period", columns="territory", values="number"
    )
    assert rates.diff().iloc[1:].ge(0).all(axis=None)
    assert rates.ge(1).all(axis=None) and rates.le(100).all(axis=None)


def test_the_country_follows_the_pace_that_was_published(generated):
    rates = figures_of(generated, "activation_rate")
    france = rates[rates["territory"] == "FR"].set_index("period")["number"]
    for month, level in {
        "2022-12": 8,
        "2023-12": 15,
        "2024-12": 24,
        "2025-12": 33.5,
        "2026-06": 36.5,
    }.items():
        assert france[month] == pytest.approx(level, abs=0.6)


def test_departements_of_a_region_resemble_each_other_and_spread_apart_with_time(
    generated, territories
):
    rates = figures_of(generated, "activation_rate").pivot(
        index="territory", columns="period", values="number"
    )
    rates = rates.loc[[c for c in territories.of_kind("DEP") if not c.startswith("DEP-97")]]
    late = rates["2026-06"]
    within = late.groupby([territories[c].parent for c in late.index]).transform("mean")
    assert (late - within).std() < 0.8 * late.std()
    assert 1 < late.std() < 5 and late.std() > 2 * rates["2022-12"].std()


def test_rates_lag_overseas(generated, territories):
    rates = figures_of(generated, "activation_rate")
    late = rates[rates["period"] == "2026-06"].set_index("territory")["number"]
    assert all(late[c] < late["FR"] for c in late.index if c.startswith("DEP-97"))


def test_a_single_caisse_has_the_rate_of_its_departement_and_several_surround_it(
    generated, territories
):
    rates = figures_of(generated, "activation_rate").pivot(
        index="period", columns="territory", values="number"
    )
    for departement in territories.of_kind("DEP"):
        caisses = rates[territories.caisses_of(departement)]
        if len(caisses.columns) == 1:
            assert (caisses.iloc[:, 0] == rates[departement]).all()
        else:
            assert (caisses.mean(axis=1) - rates[departement]).abs().max() <= 0.11
            assert caisses.iloc[-1].nunique() > 1


def test_rates_of_regions_and_country_are_weighted_means_of_departements(generated, territories):
    rates = figures_of(generated, "activation_rate").pivot(
        index="period", columns="territory", values="number"
    )
    for whole in ("FR", *territories.of_kind("REG")):
        inside = territories.of_kind("DEP", whole)
        weights = pd.Series(territories.population)[inside]
        mean = (rates[inside] * weights).sum(axis=1) / weights.sum()
        assert (rates[whole] - mean).abs().max() <= 0.1 + 1e-9


def test_activated_profiles_agree_with_rate_and_population(generated, territories):
    keys = ["territory", "period"]
    both = figures_of(generated, "activated_profiles").merge(
        figures_of(generated, "activation_rate"), on=keys, suffixes=("", "_rate")
    )
    people = both["territory"].map(
        {
            code: sum(territories.population[c] for c in territories.of_kind("DEP", code))
            for code in both["territory"].unique()
        }
    )
    assert len(both) == 54 * (1 + 18 + 101)
    assert (100 * both["number"] / (0.97 * people) - both["number_rate"]).abs().max() <= 0.0501


@pytest.mark.parametrize(
    "indicator",
    [
        "documents_deposited",
        "documents_deposited_monthly",
        "structures_feeding",
        "documents_consulted",
    ],
)
def test_the_total_is_the_sum_of_the_corridors(generated, indicator):
    rows = figures_of(generated, indicator)
    total = rows[rows["corridor"] == ""].set_index(["territory", "period"])["number"]
    parts = rows[rows["corridor"] != ""]
    assert set(parts["corridor"]) == set(demo.CORRIDORS)
    summed = parts.groupby(["territory", "period"])["number"].sum()
    assert summed.sort_index().equals(total.sort_index())


@pytest.mark.parametrize("kind", ["REG", "DEP"])
@pytest.mark.parametrize(
    "indicator",
    [
        "documents_deposited",
        "documents_deposited_monthly",
        "structures_feeding",
        "activated_profiles",
    ],
)
def test_the_country_is_the_sum_of_its_regions_and_of_its_departements(generated, indicator, kind):
    rows = figures_of(generated, indicator)
    country = rows[rows["territory"] == "FR"].set_index(["corridor", "period"])["number"]
    parts = rows[rows["territory"].str.startswith(kind)]
    summed = parts.groupby(["corridor", "period"])["number"].sum()
    assert summed.sort_index().equals(country.sort_index())


def test_a_region_is_the_sum_of_its_departements(generated, territories):
    rows = figures_of(generated, "documents_deposited")
    parts = rows[rows["territory"].str.startswith("DEP")].copy()
    parts["territory"] = parts["territory"].map(territories.region_of)
    regions = rows[rows["territory"].str.startswith("REG")].set_index(BY_PLACE)["number"]
    assert parts.groupby(BY_PLACE)["number"].sum().equals(regions.sort_index())


def test_a_year_is_the_sum_of_its_twelve_months(generated):
    months = figures_of(generated, "documents_deposited_monthly")
    months = months[months["period"] < "2026"].assign(period=lambda f: f["period"].str[:4])
    years = figures_of(generated, "documents_deposited").set_index(BY_PLACE)["number"]
    assert set(years.index.get_level_values("period")) == {"2022", "2023", "2024", "2025"}
    assert months.groupby(BY_PLACE)["number"].sum().equals(years.sort_index())


def test_fewer_documents_are_deposited_in_august(generated):
    rows = figures_of(generated, "documents_deposited_monthly")
    france = rows[(rows["territory"] == "FR") & (rows["corridor"] == "")]
    monthly = france.set_index("period")["number"]
    for year in ("2023", "2024", "2025"):
        assert monthly[f"{year}-08"] < min(monthly[f"{year}-07"], monthly[f"{year}-09"])


def test_corridors_differ_in_size_and_growth(generated):
    rows = figures_of(generated, "documents_deposited")
    france = rows[(rows["territory"] == "FR") & (rows["corridor"] != "")].pivot(
        index="corridor", columns="period", values="number"
    )
    assert france["2023"].idxmax() == "biologie"
    assert (france["2025"] / france["2022"]).idxmax() == "medecine_ville"
    assert set(france["2025"].nsmallest(2).index) == {"officine", "esms"}


def test_shares_of_corridors_add_up_to_a_hundred(generated):
    shares = figures_of(generated, "documents_share")
    tenths = (shares["number"] * 10).round().astype(int)
    assert (tenths.groupby([shares["territory"], shares["period"]]).sum() == 1000).all()
    assert shares["number"].min() >= 1


def test_a_generated_file_holds_the_columns_of_the_contract_and_one_source(territories):
    for year, frame in demo.generate(territories).items():
        assert tuple(frame.columns) == COLUMNS
        assert frame["period"].str.startswith(year).all()
        assert set(frame["source"]) == {"fictif"}
        assert frame[["qualifier", "change", "compared_to", "page", "note"]].eq("").all(axis=None)


def test_counts_are_whole_and_percentages_have_one_decimal(generated):
    percentages = {"activation_rate", "documents_share", "profiles_created_share"}
    in_percent = generated["indicator"].isin(percentages)
    assert generated.loc[in_percent, "value"].str.fullmatch(r"\d{1,2}\.\d").all()
    assert generated.loc[~in_percent, "value"].str.fullmatch(r"\d+").all()


def test_the_data_set_stays_light(folder, generated):
    assert len(generated) <= 90_000
    assert sum(len(content) for content in contents(folder).values()) <= 8_000_000


def test_the_same_seed_gives_the_same_files_and_another_seed_others(territories):
    texts = [
        {year: frame.to_csv() for year, frame in demo.generate(territories, seed=s).items()}
        for s in (7, 7, 8)
    ]
    assert texts[0] == texts[1]
    assert all(texts[0][year] != texts[2][year] for year in texts[0])


@pytest.mark.parametrize("seed", range(5))
def test_no_seed_gives_a_percentage_below_one(territories, seed):
    frame = pd.concat(demo.generate(territories, seed=seed).values())
    rows = frame[frame["indicator"].isin(["activation_rate", "documents_share"])]
    assert pd.to_numeric(rows["value"]).between(1, 100).all()


def test_generating_leaves_the_territories_as_they_were(territories):
    before = repr(territories)
    demo.generate(territories)
    assert repr(territories) == before


def test_the_files_are_read_without_a_problem_under_the_shipped_configuration(folder, territories):
    settings, problems = read_settings(BASE)
    assert settings, problems
    sources, problems = read_sources(folder / "sources.yaml", "demo/sources.yaml")
    assert sources, problems
    known_keys = KnownKeys(settings, territories, sources)
    for year in range(2022, 2027):
        frame, problems = read_year(folder / f"{year}.csv", f"demo/{year}.csv", known_keys)
        assert problems == []
        assert frame is not None and frame["value"].notna().all()


def test_the_only_source_says_that_it_is_fictitious(folder):
    sources, problems = read_sources(folder / "sources.yaml", "demo/sources.yaml")
    assert problems == [] and sources is not None
    assert list(sources) == ["fictif"]
    assert sources["fictif"].grade == "fictitious"
    assert "fictif" in sources["fictif"].title and "fictives" in sources["fictif"].publisher


def test_files_of_the_present_generator_are_left_alone(folder, territories):
    before = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    demo.ensure_demo(folder, territories)
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == before


@pytest.mark.parametrize("lost", ["2024.csv", "sources.yaml", demo.MARKER_FILE])
def test_a_missing_file_is_written_again(tmp_path, corse, lost):
    demo.ensure_demo(tmp_path, corse)
    before = contents(tmp_path)
    (tmp_path / lost).unlink()
    demo.ensure_demo(tmp_path, corse)
    assert contents(tmp_path) == before


def test_files_of_another_version_are_replaced(tmp_path, corse, corse_folder):
    demo.ensure_demo(tmp_path, corse)
    (tmp_path / "2023.csv").write_text("old")
    (tmp_path / demo.MARKER_FILE).write_bytes(b"\xff another version")
    demo.ensure_demo(tmp_path, corse)
    assert contents(tmp_path) == contents(corse_folder)


def test_files_made_for_other_territories_are_replaced(tmp_path, corse, corse_folder):
    fewer = {c: t for c, t in corse.by_code.items() if c != "CPAM-202"}
    demo.ensure_demo(tmp_path, Territories(fewer, corse.population))
    assert b"CPAM-202" not in contents(tmp_path)["2025.csv"]
    demo.ensure_demo(tmp_path, corse)
    assert contents(tmp_path) == contents(corse_folder)


def test_a_departement_without_a_population_is_still_generated(territories):
    population = {c: n for c, n in territories.population.items() if c != "DEP-2A"}
    frame = demo.generate(Territories(territories.by_code, population))["2025"]
    rows = frame[(frame["territory"] == "DEP-2A") & (frame["indicator"] == "activation_rate")]
    assert pd.to_numeric(rows["value"]).between(1, 100).all() and len(rows) == 12


def test_an_interrupted_run_leaves_no_half_file_and_is_started_again(
    tmp_path, corse, corse_folder, monkeypatch
):
    def full_disk(path: Path, target: Path) -> None:
        raise OSError("no space left")

    with monkeypatch.context() as patch, pytest.raises(OSError, match="no space"):
        patch.setattr(Path, "replace", full_disk)
        demo.ensure_demo(tmp_path, corse)
    assert contents(tmp_path) == {}
    demo.ensure_demo(tmp_path, corse)
    assert contents(tmp_path) == contents(corse_folder)


def test_processes_that_write_at_once_never_show_a_half_file(tmp_path, territories, folder):
    whole = contents(folder)
    with ProcessPoolExecutor(2, mp_context=multiprocessing.get_context("spawn")) as pool:
        runs = [pool.submit(demo.ensure_demo, tmp_path, territories) for _ in range(2)]
        while wait(runs, timeout=0.005).not_done:  # and the processor is theirs meanwhile
            for path in tmp_path.glob("[!.]*"):
                assert path.read_bytes() == whole[path.name]
        assert [run.result() for run in runs] == [None, None]
    assert contents(tmp_path) == whole
