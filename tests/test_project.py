"""Files edited under a running dashboard: what is good is followed, what is wrong is refused."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from atlas.observations.checks import COLUMNS
from atlas.project import Project
from atlas.settings import CONFIG_FILES
from atlas.settings.entry_files import list_entry_files

CORSE = "REG-94,activation_rate,,2025-12,30.6,"
ADDED = "FR,app_downloads,,2025-06,6000000,,,,egora-202601,,\n"
DOSSIER = """\
title: Un essai
nav: Essai
territory: REG-94
period: "2026-03"
source: ars-corse-2026
introduction: Un essai.
blocks:
  - {kind: map}
"""


@pytest.fixture
def place(copy_of_project: Path) -> Project:
    return Project(copy_of_project)


def rate_of_corse(place: Project) -> list[float]:
    figures = place.dataset().published
    return figures.loc[
        (figures["territory"] == "REG-94")
        & (figures["period"] == "2025-12")
        & (figures["indicator"] == "activation_rate"),
        "value",
    ].tolist()


def state(place: Project) -> tuple:
    """What the pages draw from, in a form that can be compared."""
    book = place.dataset()
    return (
        place.settings,
        place.territories,
        place.milestones,
        book.version,
        len(book.observations),
        sorted(book.sources),
    )


# --- what is edited well -------------------------------------------------------------------------


def test_an_edit_of_the_configuration_is_read_at_the_next_look(place, edit):
    before = place.dataset().version
    edit("config.yaml", 'title: "4 ans de Mon espace santé"', 'title: "5 ans"')
    assert place.settings.brand.title == "5 ans"
    assert place.dataset().version != before and place.problems() == []


def test_an_edit_of_a_data_file_is_read_at_the_next_look(place, edit):
    assert rate_of_corse(place) == [30.6]
    edit("data/2025.csv", CORSE, CORSE.replace("30.6", "31.4"))
    assert rate_of_corse(place) == [31.4] and place.problems() == []


def test_an_edit_of_the_territories_is_read_at_the_next_look(place, edit):
    assert place.territories["REG-94"].name == "Corse"
    edit("data/territories.csv", "REG-94,Corse,en Corse", "REG-94,Corsica,en Corse")
    assert place.territories["REG-94"].name == "Corsica"
    assert place.dataset() is not None and place.problems() == []


def test_a_dossier_that_is_dropped_in_changed_and_removed_is_followed(place, copy_of_project, edit):
    before = state(place)
    file = copy_of_project / "config/dossiers/essai.yaml"
    file.parent.mkdir(exist_ok=True)
    file.write_text(DOSSIER, "utf-8")
    assert place.settings.dossiers["essai"].nav == "Essai" and place.problems() == []
    edit("config/dossiers/essai.yaml", "nav: Essai", "nav: Deux")
    assert place.settings.dossiers["essai"].nav == "Deux" and place.problems() == []
    edit("config/dossiers/essai.yaml", "nav: Deux", "naf: Trois")
    assert place.settings.dossiers["essai"].nav == "Deux"
    assert {problem.file for problem in place.problems()} == {"config/dossiers/essai.yaml"}
    file.rename(file.with_name("Essai.yaml"))
    assert place.settings.dossiers["essai"].nav == "Deux"
    assert {problem.file for problem in place.problems()} == {"config/dossiers/Essai.yaml"}
    file.with_name("Essai.yaml").unlink()
    assert state(place)[0] == before[0] and place.problems() == []


def test_a_draft_is_checked_as_if_it_stood_in_the_place_of_the_one_of_its_key(place, tmp_path):
    draft = tmp_path / "fresh"
    draft.write_text(DOSSIER, "utf-8")
    for key in ("essai", "corse-2026"):
        assert place.entry_problems("dossiers", key, draft, "envoi.yaml") == []
    draft.write_text(DOSSIER.replace("REG-94", "REG-0"), "utf-8")
    for key, where in (("essai", "territory"), ("corse-2026", "territory"), ("É", "")):
        found = place.entry_problems("dossiers", key, draft, "envoi.yaml")
        assert [(problem.file, problem.where) for problem in found] == [("envoi.yaml", where)]


def test_what_is_computed_follows_the_configuration(place, edit):
    def derived_regions() -> set[str]:
        figures = place.dataset().observations
        return set(figures.loc[figures["derived"].str.startswith("moyenne de"), "territory"])

    edit("config.yaml", "regional_coverage: 0.8", "regional_coverage: 1")
    everywhere = derived_regions()
    edit("config.yaml", "regional_coverage: 1", "regional_coverage: 0")
    assert everywhere < derived_regions()


def test_a_year_that_appears_is_added_and_one_that_is_removed_takes_its_rows_away(
    place, copy_of_project
):
    whole = len(place.dataset().published)
    (copy_of_project / "data/2028.csv").write_text(
        ",".join(COLUMNS) + "\n" + ADDED.replace("2025-06", "2028-06")
    )
    assert len(place.dataset().published) == whole + 1
    (copy_of_project / "data/2028.csv").unlink()
    assert len(place.dataset().published) == whole
    (copy_of_project / "data/2024.csv").unlink()
    assert not place.dataset().published["period"].str.startswith("2024").any()
    assert place.problems() == []


def test_files_that_did_not_change_are_not_read_again(project):
    assert project.dataset() is project.dataset() and project.settings is project.settings
    assert project.dataset(demo=True) is project.dataset(demo=True)


def test_the_version_is_that_of_what_was_read(place, project, edit):
    assert place.dataset().version == project.dataset().version
    before = place.dataset().version
    edit("data/2025.csv", CORSE, CORSE.replace("30.6", "30.7"))
    changed = place.dataset().version
    edit("data/2025.csv", CORSE.replace("30.6", "30.7"), CORSE)
    assert changed != before and place.dataset().version == before


def test_sessions_that_look_at_once_share_one_reading(place):
    with ThreadPoolExecutor(8) as pool:
        books = list(pool.map(lambda _: place.dataset(), range(16)))
    assert books[0] is not None and all(book is books[0] for book in books)


# --- what is edited badly ------------------------------------------------------------------------

BAD = {
    "config.yaml": ("display:", "dispaly:"),
    "config/indicators.yaml": ("kind: rate", "kind: ratio"),
    "config/imports.yaml": ("jump_factor: 3", "jump_factor: 0"),
    "config/checks.yaml": ("sums:", "sum:"),
    "config/secrecy.yaml": ("minimum: 11", "minimum: 1"),
    "config/server.yaml": ("worker_seconds: 20", "worker_seconds: 0"),
    "data/2025.csv": (CORSE, CORSE.replace("30.6", '"30,6"')),
    "data/sources.yaml": ("licence:", "license:"),
    "data/milestones.yaml": ("year: 2022", "year: deux"),
    "data/revisions.yaml": ("sentences:", "phrases:"),
    "data/territories.csv": ("REG-94,Corse,en Corse,FR", "REG-94,Corse,en Corse,EU"),
    "data/caisses.csv": ("DEP-40", "DEP-00"),
    "data/population.csv": ("DEP-01,679498", "DEP-01,beaucoup"),
}


@pytest.mark.parametrize(("file", "old", "new"), [(f, *texts) for f, texts in BAD.items()], ids=BAD)
def test_a_bad_edit_keeps_the_last_good_state_and_mending_it_clears_the_problems(
    place, edit, file, old, new
):
    before = state(place)
    edit(file, old, new)
    assert state(place) == before
    assert {problem.file for problem in place.problems()} == {file}
    edit(file, new, old)
    assert state(place) == before
    assert place.problems() == []


def test_after_a_bad_edit_a_good_one_of_the_same_file_is_followed(place, edit):
    place.dataset()
    edit("data/2025.csv", CORSE, CORSE.replace("30.6", "x"))
    assert rate_of_corse(place) == [30.6]
    edit("data/2025.csv", CORSE.replace("30.6", "x"), CORSE.replace("30.6", "31"))
    assert rate_of_corse(place) == [31] and place.problems() == []


@pytest.mark.parametrize("file", [*CONFIG_FILES, "data/sources.yaml", "data/territories.csv"])
def test_a_file_that_disappears_keeps_the_last_good_state(place, copy_of_project, file):
    before = state(place)
    (copy_of_project / file).rename(copy_of_project / "aside")
    assert state(place) == before
    assert [problem.file for problem in place.problems()] == [file]
    (copy_of_project / "aside").rename(copy_of_project / file)
    assert state(place) == before and place.problems() == []


def test_problems_of_several_files_are_all_listed(place, edit):
    for file, (old, new) in BAD.items():
        edit(file, old, new)
    assert place.dataset() is None and place.milestones == []
    found = [problem.file for problem in place.problems()]
    assert {
        *CONFIG_FILES,
        "data/caisses.csv",
        "data/milestones.yaml",
        "data/population.csv",
        "data/sources.yaml",
        "data/territories.csv",
    } <= set(found)
    assert found == sorted(found)


# --- words that leave one file while another still uses them -------------------------------------

# The column and the word, then the edits that withdraw it from where it is defined.
WITHDRAWN = {
    "an indicator": (
        "indicator",
        "professionals_consulting",
        [
            (
                "config.yaml",
                "          - {indicator: professionals_consulting, label",
                "          - {indicator: visitors_connected, label",
            ),
            ("config/secrecy.yaml", "  professionals_consulting: {minimum: 11}\n", ""),
            (
                "config/checks.yaml",
                "whole: professionals_consulting\n",
                "whole: professionals_feeding\n",
            ),
            ("config/indicators.yaml", "  professionals_consulting:\n", "  consulting:\n"),
        ],
    ),
    "a corridor": (
        "corridor",
        "esms",
        [
            ("config.yaml", "  esms:\n", "  ems:\n"),
            ("config.yaml", "corridor: esms,", "corridor: ems,"),
        ],
    ),
    "a caisse": ("territory", "CPAM-642", [("data/caisses.csv", "CPAM-642,", "CPAM-649,")]),
    "a source": (
        "source",
        "innovasso-2021",
        [
            ("data/sources.yaml", "innovasso-2021:", "innovasso-2020:"),
        ],
    ),
}


@pytest.mark.parametrize(("column", "word", "edits"), WITHDRAWN.values(), ids=WITHDRAWN)
def test_figures_whose_words_are_withdrawn_leave_and_the_others_stay(
    place, edit, column, word, edits
):
    before = place.dataset().published
    assert word in set(before[column])
    for change in edits:
        edit(*change)
    after = place.dataset().published
    assert len(after) == len(before) - (before[column] == word).sum()
    assert any(problem.value == word for problem in place.problems())


# --- a start on files that are wrong -------------------------------------------------------------


def test_a_bad_year_at_the_start_leaves_the_other_years(place, edit, project):
    edit("data/2024.csv", "activation_rate", "activation_rat")
    years = place.dataset().published["period"].str[:4]
    assert sorted(set(years)) == ["2021", "2022", "2023", "2025", "2026", "2027"]
    assert {problem.file for problem in place.problems()} == {"data/2024.csv"}
    edit("data/2024.csv", "activation_rat,", "activation_rate,")
    assert len(place.dataset().published) == len(project.dataset().published)
    assert place.problems() == []


@pytest.mark.parametrize("file", [*CONFIG_FILES, "data/sources.yaml", "data/territories.csv"])
def test_without_what_all_depends_on_there_is_no_book_until_it_is_mended(place, edit, file):
    old, new = BAD[file]
    edit(file, old, new)
    assert place.dataset() is None
    assert file in {problem.file for problem in place.problems()}
    edit(file, new, old)
    assert place.dataset() is not None and place.problems() == []


def test_an_empty_folder_is_a_list_of_problems_and_no_crash(tmp_path):
    place = Project(tmp_path)
    assert (place.settings, place.territories, place.milestones) == (None, None, [])
    assert place.dataset() is place.dataset(demo=True) is place.shapes() is None
    assert {problem.file for problem in place.problems()} >= {
        *CONFIG_FILES,
        "data/territories.csv",
        "data/sources.yaml",
    }


def test_a_project_without_a_year_yet_has_a_book_without_figures(copy_of_project):
    for path in (copy_of_project / "data").glob("2*.csv"):
        path.unlink()
    place = Project(copy_of_project)
    assert place.dataset().observations.empty and place.problems() == []


# --- the fictitious figures ----------------------------------------------------------------------


def test_the_fictitious_book_is_all_fictitious_and_shares_nothing_with_the_published(project):
    published, demo = project.dataset(), project.dataset(demo=True)
    assert (published.fictitious, demo.fictitious) == (False, True)
    assert not set(published.sources) & set(demo.sources)
    assert {source.grade for source in demo.sources.values()} == {"fictitious"}
    assert "fictitious" not in {source.grade for source in published.sources.values()}
    for book in (published, demo):
        assert set(book.observations["source"]) <= set(book.sources)


FICTITIOUS = """
invente:
  title: "Inventé"
  publisher: "Personne"
  published: ""
  licence: "Aucune"
  grade: fictitious
"""


def test_a_fictitious_source_is_refused_among_the_published(place, copy_of_project):
    before = state(place)
    path = copy_of_project / "data/sources.yaml"
    path.write_text(path.read_text("utf-8") + FICTITIOUS, "utf-8")
    assert state(place) == before
    [problem] = place.problems()
    assert (problem.file, problem.where) == ("data/sources.yaml", "invente")
    assert "mélange chiffres publiés et fictifs" in problem.message
    assert Project(copy_of_project).dataset() is None


def test_a_published_source_is_refused_among_the_fictitious(place, copy_of_project):
    version = place.dataset(demo=True).version
    path = copy_of_project / "demo/sources.yaml"
    path.write_text(path.read_text("utf-8") + FICTITIOUS.replace("fictitious", "press"), "utf-8")
    assert place.dataset(demo=True).version == version
    assert [(problem.file, problem.where) for problem in place.problems()] == [
        ("demo/sources.yaml", "invente")
    ]
    assert place.dataset() is not None
    assert Project(copy_of_project).dataset(demo=True) is None


def test_a_row_of_one_book_cannot_name_a_source_of_the_other(place, copy_of_project):
    path = copy_of_project / "data/2025.csv"
    row = ADDED.replace("egora-202601", "fictif").replace("\n", ",,,,\n")
    path.write_text(path.read_text("utf-8") + row, "utf-8")
    place.dataset()
    [problem] = place.problems()
    assert (problem.file, problem.value) == ("data/2025.csv", "fictif")


# --- the outlines --------------------------------------------------------------------------------


def test_a_broken_outline_keeps_the_shapes_drawn_before(place, copy_of_project):
    shapes = place.shapes()
    assert shapes is not None and place.problems() == []
    path = copy_of_project / "geo/departements.geojson"
    good = path.read_bytes()
    path.write_bytes(good[:1000])
    assert place.shapes() == shapes
    assert {problem.file for problem in place.problems()} == {"geo/departements.geojson"}
    path.write_bytes(good)
    assert place.shapes() == shapes and place.problems() == []


def test_outlines_outside_the_project_are_not_opened(place, copy_of_project, edit):
    shutil.rmtree(copy_of_project / "static/geo")
    edit("config.yaml", '"geo/departements.geojson"', '"../../departements.geojson"')
    assert place.shapes() is None
    assert place.problems() and place.dataset() is not None


def test_the_fictitious_figures_are_not_made_again_once_the_reviews_are_read(copy_of_project):
    """They have none."""
    project = Project(copy_of_project)
    first = project.dataset(demo=True)
    assert project.reviews
    assert project.dataset(demo=True) is first


def test_files_are_looked_at_once_in_a_reading_and_again_in_the_next(project, monkeypatch):
    looked = []

    def noted(base, added=()):
        looked.append(base)
        return list_entry_files(base, added)

    monkeypatch.setattr("atlas.project.list_entry_files", noted)
    project.dataset()  # asks for the settings, as do the keys and the territories that it needs
    assert len(looked) == 1
    project.read_whole(lambda: (project.settings, project.dataset(), project.templates))
    assert len(looked) == 2
