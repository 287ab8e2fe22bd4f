"""The pages while config.yaml, data/ and geo/ are edited, well or badly."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from shipped import SETTINGS
from typer.testing import CliRunner
from visits import (
    FOURTH,
    HOME,
    Edit,
    charts,
    go,
    opened,
    page_text,
)

from atlas.cli import app

TITLE = f'title: "{SETTINGS.brand.title}"'
# file, a text of it, what a hurried hand makes of it, and what the problem says
SLIPS = {
    "a key misspelt": ("config.yaml", "\nbrand:", "\nbrandd:", "brandd"),
    "a colour misspelt": ("config.yaml", '"#1b2033"', '"bleu nuit"', "bleu nuit"),
    "a broken line": ("config.yaml", TITLE, TITLE[:-1], "config.yaml"),
    "a letter in a number": ("data/2025.csv", ",30.6,", ",3O.6,", "3O.6"),
    "an unknown territory": ("data/2025.csv", "REG-94,", "REG-949,", "REG-949"),
    "an unknown parent": ("data/territories.csv", ",REG-94\n", ",REG-99\n", "REG-99"),
    "a source without title": ("data/sources.yaml", "  title:", "  titre:", "titre"),
    "a milestone without year": ("data/milestones.yaml", "year:", "annee:", "annee"),
    "a shape cut short": ("geo/departements.geojson", '"FeatureCollection"', '"Feature', ""),
}
BY_FILE = {slip[0]: slip for slip in SLIPS.values()}
every_slip = pytest.mark.parametrize("file, old, new, said", SLIPS.values(), ids=SLIPS)


def without_banner(words: list[str], before: list[str]) -> list[str]:
    """The words of a page but those that were put among the former ones."""
    start = next(place for place, word in enumerate(before) if words[place] != word)
    return words[:start] + words[start + len(words) - len(before) :]


# One of each file: what is wrong in it is said alike, and the next test says each.
@pytest.mark.parametrize("file, old, new, said", BY_FILE.values(), ids=BY_FILE)
def test_with_a_broken_file_at_start_every_page_opens_and_the_problem_is_listed(
    edited_site: Path, edit: Edit, file, old, new, said
):
    edit(file, old, new)
    visit = opened()
    for address in (
        HOME,
        "carte",
        "couloirs",
        "donnees",
        "couverture",
        "coherence",
        "kit",
        "verifier",
    ):
        assert not go(visit, address).exception and len(visit.title) == 1
    listed = page_text(go(visit, "problemes"))
    assert file in listed and said in listed and "Aucun problème" not in listed


@every_slip
def test_a_bad_edit_while_it_runs_shows_a_banner_and_keeps_the_page_until_it_is_mended(
    edited_site: Path, edit: Edit, file, old, new, said
):
    good, visit = (edited_site / file).read_bytes(), opened("carte")
    before = page_text(visit).split()
    edit(file, old, new)
    (banner,) = visit.run().warning
    assert file in banner.value and not visit.exception
    assert without_banner(page_text(visit).split(), before) == before
    (edited_site / file).write_bytes(good)
    assert not visit.run().warning and page_text(visit).split() == before


def test_every_problem_of_every_file_is_listed_at_once(edited_site: Path, edit: Edit):
    for name in ("a letter in a number", "a milestone without year", "a shape cut short"):
        edit(*SLIPS[name][:3])
    edit("data/2024.csv", "REG-93,", "REG-39,")
    edit("data/2024.csv", "5937688", "5 937 688")
    listed = page_text(opened("problemes"))
    for said in (
        "data/2025.csv",
        "data/milestones.yaml",
        "geo/departements.geojson",
        "data/2024.csv",
        "REG-39",
        "5 937 688",
    ):
        assert said in listed


def test_a_good_edit_is_followed_without_a_restart(edited_site: Path, edit: Edit):
    visit = opened("chiffres-cles", territoire="REG-94", periode="2025-12")
    assert "30,6" in page_text(visit)
    edit("data/2025.csv", ",2025-12,30.6,", ",2025-12,31.7,")
    edit("config.yaml", TITLE, 'title: "Cinq ans"')
    text = page_text(visit.run())
    assert "31,7" in text and "30,6" not in text
    assert "Cinq ans" in page_text(go(visit, HOME))


def test_broken_outlines_that_were_never_prepared_leave_the_ranking(edited_site: Path, edit: Edit):
    shutil.rmtree(edited_site / "static/geo")
    edit(*SLIPS["a shape cut short"][:3])
    visit = opened("carte")
    assert not visit.exception and len(charts(visit)) == 1
    assert "Les contours ne sont pas disponibles" in page_text(visit)
    assert "13 des 101 départements" in page_text(visit)


def test_a_comparison_written_in_yaml_alone_becomes_a_page(edited_site: Path, edit: Edit):
    edit("config.yaml", "\ncomparisons:", "\ncomparisons:" + FOURTH.rstrip())
    visit = opened("comparaison-quatrieme")
    assert [title.value for title in visit.title] == ["Une page ajoutée en YAML"]
    assert len(charts(visit)) == 1 and "Sans une ligne de Python." in page_text(visit)


def test_a_comparison_that_is_removed_is_no_longer_a_page(edited_site: Path, edit: Edit):
    text = (edited_site / "config.yaml").read_text("utf-8")
    cut = re.sub(r"\n  trajectoires:\n.*?(?=\n  croissance)", "", text, flags=re.DOTALL)
    (edited_site / "config.yaml").write_text(cut, "utf-8")
    visit = opened("comparaison-trajectoires")
    assert not visit.exception
    assert "Quatre ans de progression" not in page_text(visit)


def test_a_block_whose_figure_is_not_in_the_data_is_named(edited_site: Path, edit: Edit):
    edit(
        "config.yaml",
        '{indicator: ambassador_structures, period: "2026-03", label',
        '{indicator: ambassador_structures, period: "2019", label',
    )
    text = page_text(opened("dossier-corse-2026"))
    assert "absents des données : Structures ambassadrices." in text


def test_what_is_left_out_of_other_outlines_is_said_on_the_page_and_by_the_command(
    edited_site: Path, edit: Edit
):
    island = (
        '{"type":"Feature","properties":{"code":"978","nom":"Saint-Martin"},"geometry":{"type":'
        '"Polygon","coordinates":[[[-63.1,18],[-63,18],[-63,18.1],[-63.1,18.1],[-63.1,18]]]}},'
    )
    edit("geo/departements.geojson", '"features":[', f'"features":[{island}')
    said = "1 territoire hors des 101 départements, laissé de côté : Saint-Martin (978)"
    checked = CliRunner().invoke(app, ["check-files", "--project", str(edited_site)])
    assert checked.exit_code == 0
    assert f"geo/departements.geojson Saint-Martin (978): remarque, {said}." in checked.stderr
    visit = opened()
    assert not visit.warning  # nothing to mend: the pages are not told
    listed = page_text(go(visit, "problemes"))
    assert "Aucun problème" in listed and "Remarques" in listed and said in listed
