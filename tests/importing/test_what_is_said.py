"""What a table leaves unread is said; what a person would doubt is doubted, cell by cell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from judged_files import JudgedFile, judged_csv, judged_workbook
from proposed_figures import Expected, Propose, check, figures, levels
from sheet_tabs import Tab
from typer.testing import CliRunner

from atlas.cli import app

RATES = levels("activation_rate", "2026", "33:42 40:43.7 24:35.1")
ROWS = "Gironde;42,0\nLandes;43,7\nDordogne;35,1"
TABLE = f"Département;Taux d’activation 2026\n{ROWS}"
UNDATED = f"Département;Taux d’activation\n{ROWS}"
DATED = levels("activation_rate", "2025-12-31", "33:42 40:43.7 24:35.1")

# Whole fields that are no territory of the data, among départements.
PARTIAL_FIELDS = (
    "Total France métropolitaine", "France métropolitaine", "Métropole", "Total métropole",
    "France hors Mayotte", "Total hors Mayotte", "France (hors DROM)", "Total DROM", "DROM",
    "Ensemble des DROM", "Outre-mer", "Total outre-mer", "Total région", "Autres départements",
    "France hors Île-de-France", "Moyenne", "Médiane", "Minimum", "Maximum", "Moyenne nationale hors Corse",
    "Non ventilé", "Hors France", "Étranger", "Inconnu", "Collectivités d’outre-mer",
    "Saint-Martin", "Saint-Pierre-et-Miquelon", "Polynésie française", "France + Monaco",
)  # fmt: skip
SAID: dict[str, JudgedFile] = {
    f"« {name} »": judged_csv(
        f"{TABLE}\n{name};36,9",
        Expected(RATES, told=("[AB]5",), never_said="Vouliez-vous"),
    )
    for name in PARTIAL_FIELDS
}
SAID |= {
    f"« {name} » is France": judged_csv(
        f"{TABLE}\n{name};36,9", Expected(RATES | levels("activation_rate", "2026", "FR:36.9"))
    )
    for name in ("France", "France entière", "Total France", "Ensemble France", "FRANCE")
}
EXTRACTIONS = (
    "Données extraites le 12/01/2026",
    "Extraction du 12/01/2026",
    "Édité le 12 janvier 2026",
    "Mise à jour : janvier 2026",
    "Date de publication : 12/01/2026",
    "Fichier généré le 2026-01-12",
    "Source : Cnam, extraction du 12/01/2026",
    "© Cnam 2026",
    "Population : recensement 2022",
)
SAID |= {
    f"« {line} » is not the period": judged_csv(f"{line};\n{UNDATED}", Expected(told=("période",)))
    for line in EXTRACTIONS
}
SAID |= {
    f"« {line} » beside the period": judged_csv(
        f"Situation au 31/12/2025;\n{line};\n{UNDATED}", Expected(DATED)
    )
    for line in EXTRACTIONS
}
SAID |= {
    "an extraction date under the table": judged_csv(
        f"{UNDATED}\n;\nDonnées extraites le 12/01/2026;", Expected(told=("période",))
    ),
    "an extraction date in a column": judged_csv(
        """
        Département;Taux d’activation;Date d’extraction
        Gironde;42,0;12/01/2026
        Landes;43,7;12/01/2026
        """,
        Expected(told=("période",)),
    ),
    "provisional figures, said above": judged_csv(
        f"Données provisoires;\n{TABLE}", Expected(RATES, told=("provisoire",))
    ),
    "provisional figures, said below": judged_csv(
        f"{TABLE}\n;\nDonnées provisoires.;", Expected(RATES, told=("provisoire",))
    ),
    "provisional figures, said in the title of a column": judged_csv(
        TABLE.replace("2026", "2026 (p)"), Expected(RATES, told=("provisoire",))
    ),
    "a note under the table": judged_csv(
        f"{TABLE}\n;\n(1) Hors profils des mineurs.;", Expected(RATES, told=("mineurs",))
    ),
    "a field under the table": judged_csv(
        f"{TABLE}\n\nChamp : France hors Mayotte.;", Expected(RATES, told=("hors Mayotte",))
    ),
    "a note with a number under the table": judged_csv(
        f"{TABLE}\nNote : le taux national est de 36,9 %.;36,9",
        Expected(RATES, told=("[AB]5|national",)),
    ),
    "a quarter in a title": judged_csv(
        f"Département;Taux d’activation T3 2026\n{ROWS}", Expected(told=("trimestre|[AB]1",))
    ),
}

IGNORED: dict[str, JudgedFile] = {
    "a reminder gives no period": judged_csv(
        """
        Département;Taux d’activation;Rappel 2024
        Gironde;40,0;37,6
        Landes;41,7;38,7
        Dordogne;33,1;30,6
        """,
        Expected(
            allowed=levels("activation_rate", "2024", "33:37.6 40:38.7 24:30.6"),
            told=("période",),
        ),
    ),
    "a reminder beside the period that the sender adds": judged_csv(
        """
        Département;Taux d’activation;Rappel 2024
        Gironde;40,0;37,6
        Landes;41,7;38,7
        Dordogne;33,1;30,6
        """,
        Expected(
            levels("activation_rate", "2025", "33:40 40:41.7 24:33.1"),
            allowed=levels("activation_rate", "2024", "33:37.6 40:38.7 24:30.6"),
        ),
        period="2025",
    ),
    "a reminder beside a period": judged_csv(
        """
        Taux d’activation au 31/12/2025;;
        Département;Taux d’activation;Rappel 2024
        Gironde;40,0;37,6
        Landes;41,7;38,7
        """,
        Expected(
            levels("activation_rate", "2025-12-31", "33:40 40:41.7"),
            allowed=levels("activation_rate", "2024", "33:37.6 40:38.7"),
        ),
    ),
    "a population gives no period": judged_csv(
        """
        Département;Population 2022;Taux d’activation
        Gironde;1654970;40,0
        Landes;420000;41,7
        """,
        Expected(told=("période",)),
    ),
    "a target gives no period": judged_csv(
        """
        Département;Taux d’activation;Objectif 2027
        Gironde;40,0;50
        Landes;41,7;50
        """,
        Expected(told=("période",)),
    ),
    "a growth of last year gives no period": judged_csv(
        """
        Département;Profils activés;Évolution par rapport à 2024 (%)
        Gironde;680000;5,0
        Landes;170000;6,0
        """,
        Expected(told=("période",)),
    ),
    "a period that the sender adds to undated figures": judged_csv(
        UNDATED, Expected(RATES), period="2026"
    ),
}

EVEN = [
    ("Charente", 32.8), ("Charente-Maritime", 38.8), ("Corrèze", 32.7), ("Creuse", 32.2),
    ("Dordogne", 33.1), ("Gironde", 40.0), ("Landes", 41.7), ("Lot-et-Garonne", 35.4),
    ("Pyrénées-Atlantiques", 37.5), ("Deux-Sèvres", 36.2), ("Vienne", 34.5), ("Haute-Vienne", 28.9),
]  # fmt: skip
CODES = "16 17 19 23 24 33 40 47 64 79 86 87".split()


def odd(row: int, value: float) -> JudgedFile:
    """Twelve rates, that of one row odd."""
    values = [value if place == row else rate for place, (_, rate) in enumerate(EVEN)]
    lines = (f"{name};{v}".replace(".", ",") for (name, _), v in zip(EVEN, values, strict=True))
    pairs = (f"{code}:{v}" for code, v in zip(CODES, values, strict=True))
    return judged_csv(
        "Département;Taux d’activation 2030\n" + "\n".join(lines),
        Expected(
            levels("activation_rate", "2030", " ".join(pairs)), doubted=(f"B{row + 2}",)
        ),
    )


CAISSES = [  # as ars-nouvelle-aquitaine-2026 publishes them for 2025
    ("161", 32.8), ("171", 38.8), ("191", 32.7), ("231", 32.2), ("241", 33.1), ("331", 40.0),
    ("401", 41.7), ("471", 35.4), ("641", 39.0), ("642", 35.5), ("791", 36.2), ("861", 34.5),
    ("871", 34.9),
]  # fmt: skip


def caisses(factor: float, period: str, doubted: str) -> JudgedFile:
    """The rates of the caisses times a factor, as another period."""
    values = [(code, round(value * factor, 3)) for code, value in CAISSES]
    lines = "\n".join(f"{code};{value}".replace(".", ",") for code, value in values)
    pairs = " ".join(f"CPAM-{code}:{value}" for code, value in values)
    return judged_csv(
        f"Caisse;Taux d’activation {period} (%)\n{lines}",
        Expected(levels("activation_rate", period, pairs), doubted=(doubted,)),
    )


def twice(first: str, second: str, expected: Expected) -> JudgedFile:
    return judged_csv(
        f"Département;Taux d’activation 2030\nGironde;{first}\nLandes;43,7\nGironde;{second}",
        expected,
    )


ONCE = levels("activation_rate", "2030", "40:43.7")
DOUBTED: dict[str, JudgedFile] = {
    "a decimal mark that moved left": odd(8, 3.75),
    "a decimal mark that moved right": odd(10, 3.45),
    "digits that changed place": odd(11, 82.9),
    "a zero that fell": odd(5, 4.0),
    "a column ten times too small": caisses(0.1, "2026", "B[2-9]|B1[0-4]"),
    "a column a hundred times too small": caisses(0.01, "2026", "B[2-9]|B1[0-4]"),
    "the column of another published period": caisses(1, "2026", "B1|B[2-9]|B1[0-4]|2025"),
    "a value far from the last one of its territory": judged_csv(
        "Caisse;Taux d’activation 2026 (%)\n401;14,7\n331;41,0\n161;33,5",
        Expected(
            levels("activation_rate", "2026", "CPAM-401:14.7 CPAM-331:41 CPAM-161:33.5"),
            doubted=("B2",),
        ),
    ),
    "a figure that another document publishes otherwise": judged_csv(
        "Caisse;Taux d’activation 2025 (%)\n401;42,9\n331;40,0\n161;32,8",
        Expected(
            levels("activation_rate", "2025", "CPAM-401:42.9 CPAM-331:40 CPAM-161:32.8"),
            doubted=("B2", "42,9.*41,7|41,7.*42,9"),
        ),
    ),
    "two values of one département": twice(
        "40,0", "41,0",
        Expected(ONCE, allowed=levels("activation_rate", "2030", "33:40"), told=("[AB][24]",)),
    ),
    "two values of one département, the second alone": twice(
        "nd", "41,0", Expected(ONCE | levels("activation_rate", "2030", "33:41"), or_told=True)
    ),
    "one value of one département twice": twice(
        "40,0", "40,0", Expected(ONCE | levels("activation_rate", "2030", "33:40"), or_told=True)
    ),
    "counts in another unit than those published": judged_csv(
        "Région;Profils activés 2026\nFrance;24,5",
        Expected(told=(".",)),
    ),
    "one row in thousands": judged_csv(
        "Département;Profils activés 2030\nGironde;680000\nLandes;170000\nDordogne;140\nCharente;120000",
        Expected(
            levels("activated_profiles", "2030", "33:680000 40:170000 24:140 16:120000"),
            doubted=("B4",),
        ),
    ),
}  # fmt: skip

CONTROLS: dict[str, JudgedFile] = {
    f"U+{ord(mark):04X} in a {place}": judged_csv(
        TABLE.replace(found, found[:3] + mark + found[3:]), Expected(RATES, or_told=True)
    )
    for mark in "\x0b\x0c\x1f\x07\u200b\u00ad"
    for place, found in (("name", "Gironde"), ("title", "Taux d’activation 2026"))
}
FILES = {**SAID, **IGNORED, **DOUBTED, **CONTROLS}


@pytest.mark.parametrize("name", FILES)
def test_what_is_left_or_doubtful_is_said(propose: Propose, name: str):
    FILES[name].judge(propose)


def test_a_table_without_anything_odd_raises_no_doubt(propose: Propose):
    lines = "\n".join(f"{name};{rate}".replace(".", ",") for name, rate in EVEN)
    content = f"Département;Taux d’activation 2030\n{lines}".encode()
    assert propose(content, "envoi.csv").doubts == ()


@pytest.mark.parametrize("mark", "\x0b\x0c\x1f")
def test_no_control_character_reaches_a_row(propose: Propose, mark: str):
    content = f"Département;Taux d’activation 2026;Note\nGironde;42,0;Arrêtées{mark}au 31 mars"
    for row in propose(content.encode(), "envoi.csv").rows:
        assert mark not in "".join(row.texts())


def test_the_command_prints_what_the_proposal_alone_would_write(
    copy_of_project: Path, tmp_path: Path
):
    sent = tmp_path / "envoi.csv"
    sent.write_text(f"{TABLE}\nAtlantide;36,9")
    before = {path: path.read_bytes() for path in (copy_of_project / "data").iterdir()}
    printed = CliRunner().invoke(app, ["import", str(sent), "--json", "--project", str(copy_of_project)])
    made = json.loads(printed.stdout)
    assert set(made) >= {"rows", "refusals", "doubts", "notes"}
    assert {(row["territory"], row["period"], float(row["value"])) for row in made["rows"]} == {
        ("DEP-33", "2026", 42), ("DEP-40", "2026", 43.7), ("DEP-24", "2026", 35.1),
    }  # fmt: skip
    assert [refusal["cell"] for refusal in made["refusals"]] == ["A5"]
    assert {"cell", "message", "cure"} <= set(made["refusals"][0])
    assert {path: path.read_bytes() for path in (copy_of_project / "data").iterdir()} == before


def test_the_command_takes_a_period_and_a_source(tmp_path: Path):
    sent = tmp_path / "envoi.csv"
    sent.write_text(UNDATED)
    options = ["--json", "--period", "2026-03", "--source", "egora-202601"]
    rows = json.loads(CliRunner().invoke(app, ["import", str(sent), *options]).stdout)["rows"]
    assert {(row["period"], row["source"]) for row in rows} == {("2026-03", "egora-202601")}
    assert len(rows) == 3
