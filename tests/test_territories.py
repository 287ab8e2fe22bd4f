"""France, régions, départements and caisses: codes, names, and how they nest."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from atlas.territories import PARENTS, Territories, read_territories


@pytest.fixture(scope="module")
def places(project) -> Territories:
    return project.territories


@pytest.fixture
def refused(copy_of_project: Path, edit):
    """The problems of the copy's data/ once a text of one of its files is replaced."""

    def spoil(file: str, old: str, new: str):
        edit(f"data/{file}", old, new)
        territories, problems = read_territories(copy_of_project / "data")
        assert territories is None
        return problems

    return spoil


def test_a_region_and_a_departement_of_the_same_number_are_two_territories(places):
    assert (places["REG-04"].name, places["DEP-04"].name) == (
        "La Réunion",
        "Alpes-de-Haute-Provence",
    )
    assert (places["REG-75"].name, places["DEP-75"].name) == ("Nouvelle-Aquitaine", "Paris")
    assert places["DEP-01"].number == "01" and places["DEP-2A"].number == "2A"
    assert (places["FR"].kind, places["FR"].number) == ("FR", "")


def test_no_two_territories_have_the_same_label(places):
    labels = [place.label for place in places.by_code.values()]
    assert len(set(labels)) == len(labels) == 1 + 18 + 101 + 107


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("FR", "France"),
        ("REG-04", "La Réunion (région)"),
        ("DEP-974", "La Réunion (974)"),
        ("CPAM-642", "Caisse Pau (642)"),
    ],
)
def test_a_label_says_what_kind_of_territory_it_is(places, code, label):
    assert places[code].label == label


def test_each_territory_nests_in_one_of_the_next_kind(places):
    for place in places.by_code.values():
        parent = places[place.parent].kind if place.parent else ""
        assert parent == PARENTS[place.kind], place.code


def test_codes_of_a_kind_are_those_inside_a_territory_itself_included(places):
    assert places.of_kind("DEP", "REG-94") == ["DEP-2A", "DEP-2B"]
    assert places.of_kind("CPAM", "REG-94") == ["CPAM-201", "CPAM-202"]
    assert places.of_kind("DEP", "DEP-33") == ["DEP-33"]
    assert places.of_kind("REG", "DEP-33") == []
    assert len(places.of_kind("DEP", "REG-75")) == 12 and len(places.of_kind("DEP")) == 101


@pytest.mark.parametrize(
    ("code", "territory", "inside"),
    [
        ("CPAM-641", "DEP-64", True),
        ("CPAM-641", "REG-75", True),
        ("CPAM-641", "FR", True),
        ("DEP-64", "DEP-64", True),
        ("REG-75", "DEP-64", False),
        ("DEP-33", "REG-94", False),
        ("FR", "REG-75", False),
        ("DEP-04", "REG-04", False),
    ],
)
def test_a_territory_is_inside_all_that_holds_it(places, code, territory, inside):
    assert places.is_within(code, territory) is inside


@pytest.mark.parametrize(
    ("code", "region"),
    [("CPAM-641", "REG-75"), ("DEP-2A", "REG-94"), ("REG-04", "REG-04"), ("FR", "FR")],
)
def test_the_region_of_a_territory_is_found_from_any_level(places, code, region):
    assert places.region_of(code) == region


def test_four_departements_have_several_caisses_and_each_other_has_one(places):
    numbers = {code: len(places.caisses_of(code)) for code in places.of_kind("DEP")}
    assert {code: n for code, n in numbers.items() if n != 1} == {
        "DEP-59": 4,
        "DEP-62": 2,
        "DEP-64": 2,
        "DEP-76": 2,
    }


def test_names_are_ordered_as_in_a_french_index(places):
    mixed = ["REG-75", "DEP-35", "REG-11", "REG-44", "REG-24", "DEP-09", "DEP-18", "REG-04"]
    assert [places[code].name for code in places.sorted_by_name(mixed)] == [
        "Ariège",
        "Centre-Val de Loire",
        "Cher",
        "Grand Est",
        "Île-de-France",
        "Ille-et-Vilaine",
        "La Réunion",
        "Nouvelle-Aquitaine",
    ]


# --- files that are refused ----------------------------------------------------------------------

AIN = "DEP-01,Ain,dans l’Ain,REG-84"
REFUSED = {
    "a parent that does not exist": (
        "territories.csv",
        AIN,
        AIN.replace("84", "99"),
        21,
        "le territoire « REG-99 » n’existe pas",
    ),
    "a code without its prefix": ("territories.csv", "REG-06,", "06,", 7, "pas de préfixe connu"),
    "a territory in itself": (
        "territories.csv",
        AIN,
        AIN.replace("REG-84", "DEP-01"),
        21,
        "« DEP-01 » ne peut pas contenir « DEP-01 »",
    ),
    "a departement in no region": (
        "territories.csv",
        AIN,
        AIN.replace("REG-84", ""),
        21,
        "ne peut pas contenir « DEP-01 »",
    ),
    "a departement straight in France": (
        "territories.csv",
        AIN,
        AIN.replace("REG-84", "FR"),
        21,
        "« FR » ne peut pas contenir « DEP-01 »",
    ),
    "the same code twice": ("territories.csv", AIN, f"{AIN}\n{AIN}", 22, "figure deux fois"),
    "a row cut short": ("territories.csv", AIN, "DEP-01,Ain", 21, "2 colonnes, 4 attendues"),
    "a caisse in no departement": (
        "caisses.csv",
        "CPAM-021,Aisne,à la CPAM de l’Aisne,DEP-02",
        "CPAM-021,Aisne,à la CPAM de l’Aisne,DEP-00",
        3,
        "le territoire « DEP-00 » n’existe pas",
    ),
    "people of no departement": ("population.csv", "DEP-02,", "DEP-00,", 3, "territoire inconnu"),
    "people in words": ("population.csv", "DEP-01,679498", "DEP-01,nd", 2, "non entière"),
    "spaced people": ("population.csv", "DEP-01,679498", "DEP-01,679 498", 2, "non entière"),
    "people left out": ("population.csv", "DEP-01,679498,2024", "DEP-01", 2, "1 colonnes"),
}


@pytest.mark.parametrize(("file", "old", "new", "line", "message"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_row_is_named_with_its_file_and_line(refused, file, old, new, line, message):
    problems = refused(file, old, new)
    found = [problem for problem in problems if message in problem.message]
    assert [(problem.file, problem.line) for problem in found] == [(f"data/{file}", line)]
    assert found[0].cure


@pytest.mark.parametrize("file", ["territories.csv", "caisses.csv", "population.csv"])
@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "introuvable"),
        (b"", "les colonnes attendues sont"),
        (b"a;b\n1;2\n", "les colonnes attendues sont"),
        ("é".encode("cp1252"), "UTF-8"),
        (b'"open\n', "CSV lisible"),
    ],
)
def test_a_file_of_another_form_is_refused(copy_of_project, file, content, message):
    path = copy_of_project / "data" / file
    path.unlink() if content is None else path.write_bytes(content)
    territories, problems = read_territories(copy_of_project / "data")
    assert territories is None
    assert [problem.file for problem in problems] == [f"data/{file}"]
    assert message in problems[0].message and problems[0].cure


def test_an_open_quote_is_refused_and_swallows_no_territory(refused):
    [problem] = refused("territories.csv", "DEP-01,Ain", 'DEP-01,"Ain')
    assert "n’est pas un CSV lisible" in problem.message


def test_several_wrong_rows_are_said_at_once(copy_of_project, edit, refused):
    edit("data/population.csv", "DEP-01,679498", "DEP-01,nd")
    problems = refused("territories.csv", AIN, AIN.replace("REG-84", "REG-99"))
    assert {(problem.file, problem.line) for problem in problems} == {
        ("data/territories.csv", 21),
        ("data/population.csv", 2),
    }


def test_a_control_character_in_a_name_is_refused_with_its_line(copy_of_project):
    path = copy_of_project / "data/territories.csv"
    path.write_text(path.read_text("utf-8").replace("Gironde", "Gi\x0bronde", 1), "utf-8")
    territories, (problem,) = read_territories(path.parent)
    assert territories is None and problem.where == "name" and problem.line
    assert problem.message == "un caractère de contrôle (U+000B) n’est pas accepté"


@pytest.mark.parametrize(
    "name, said", [("Gi\u202eronde", "(U+202E)"), ("Gironde" * 30, "210 caractères, 200 au plus")]
)
def test_a_name_that_hides_a_letter_or_never_ends_is_refused(copy_of_project, name, said):
    path = copy_of_project / "data/territories.csv"
    path.write_text(path.read_text("utf-8").replace("Gironde", name, 1), "utf-8")
    territories, problems = read_territories(path.parent)
    assert territories is None
    assert any(said in problem.message and problem.where == "name" for problem in problems)


GENITIVES = {
    "FR": ("de France", "la France"),
    "REG-94": ("de Corse", "la Corse"),
    "REG-44": ("du Grand Est", "le Grand Est"),
    "REG-04": ("de La Réunion", "La Réunion"),
    "REG-11": ("d’Île-de-France", "l’Île-de-France"),
    "REG-24": ("de Centre-Val de Loire", "le Centre-Val de Loire"),
    "REG-32": ("des Hauts-de-France", "les Hauts-de-France"),
    "DEP-40": ("des Landes", "les Landes"),
    "DEP-01": ("de l’Ain", "l’Ain"),
    "DEP-2B": ("de Haute-Corse", "la Haute-Corse"),
    "DEP-47": ("de Lot-et-Garonne", "le Lot-et-Garonne"),
    "DEP-75": ("de Paris", "Paris"),
    "CPAM-401": ("de la CPAM de Mont-de-Marsan", "la CPAM de Mont-de-Marsan"),
    "CPAM-974": ("de la CGSS de La Réunion", "la CGSS de La Réunion"),
    "CPAM-976": (
        "de la caisse de sécurité sociale de Mayotte",
        "la caisse de sécurité sociale de Mayotte",
    ),
}


@pytest.mark.parametrize("code", GENITIVES)
def test_a_place_has_its_article_after_de_and_as_a_subject(places, code):
    assert (places[code].genitive, places[code].with_article) == GENITIVES[code]


def test_every_place_is_said_after_de_and_as_a_subject(places):
    """The name of the place, after an article that French contracts and elides."""
    for place in places.by_code.values():
        bare = re.sub(r"^(dans (le |la |les |l’)|en |à (la )?)", "", place.locative)
        article = re.fullmatch(rf"(de la |de l’|du |des |de |d’){re.escape(bare)}", place.genitive)
        assert article, place
        starts_with_a_vowel = bare[0] in "AEÉIÎO"
        assert article[1] != "d’" or starts_with_a_vowel, place
        assert article[1] not in ("de ", "de la ", "du ") or not starts_with_a_vowel, place
        assert re.fullmatch(rf"(la |le |les |l’|){re.escape(bare)}", place.with_article), place
        assert not re.search(r"\b(de le|de les|à le)\b", f"{place.genitive} {place.locative}")
