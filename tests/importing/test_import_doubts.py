"""Doubts that a person would have before anything is written, each with its cell."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_csv
from proposed_figures import Expected, Propose, levels

EVEN = [
    ("Charente", 32.8), ("Charente-Maritime", 38.8), ("Corrèze", 32.7), ("Creuse", 32.2),
    ("Dordogne", 33.1), ("Gironde", 40.0), ("Landes", 41.7), ("Lot-et-Garonne", 35.4),
    ("Pyrénées-Atlantiques", 37.5), ("Deux-Sèvres", 36.2), ("Vienne", 34.5), ("Haute-Vienne", 28.9),
]  # fmt: skip
CODES = ["16", "17", "19", "23", "24", "33", "40", "47", "64", "79", "86", "87"]


def odd(row: int, value: float) -> JudgedFile:
    """Twelve rates, that of one row odd."""
    values = [value if place == row else rate for place, (_, rate) in enumerate(EVEN)]
    lines = (f"{name};{v}".replace(".", ",") for (name, _), v in zip(EVEN, values, strict=True))
    pairs = (f"{code}:{v}" for code, v in zip(CODES, values, strict=True))
    return judged_csv(
        "Département;Taux d’activation 2030\n" + "\n".join(lines),
        Expected(levels("activation_rate", "2030", " ".join(pairs)), doubted=(f"B{row + 2}",)),
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
FILES: dict[str, JudgedFile] = {
    "a decimal mark that moved left": odd(8, 3.75),
    "a decimal mark that moved right": odd(10, 3.45),
    "digits that changed place": odd(11, 82.9),
    "a zero that fell": odd(5, 4.0),
    "a column ten times too small": caisses(0.1, "2026", "B[2-9]|B1[0-4]"),
    "a column a hundred times too small": judged_csv(
        # What the yearly files refuse as fractions, whatever a title says.
        "Caisse;Taux d’activation 2026 (%)\n401;0,417\n331;0,4\n161;0,328",
        Expected(refused=("B2", "B3", "B4")),
    ),
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
        Expected(ONCE, allowed=levels("activation_rate", "2030", "33:40"), mentions=("[AB][24]",)),
    ),
    "two values of one département, the second alone": twice(
        "nd", "41,0", Expected(ONCE | levels("activation_rate", "2030", "33:41"), or_mentioned=True)
    ),
    "one value of one département twice": twice(
        "40,0",
        "40,0",
        Expected(ONCE | levels("activation_rate", "2030", "33:40"), or_mentioned=True),
    ),
    "counts in another unit than those published": judged_csv(
        "Région;Profils activés 2026\nFrance;24,5",
        Expected(mentions=(".",)),
    ),
    "one row in thousands": judged_csv(
        """
        Département;Profils activés 2030
        Gironde;680000
        Landes;170000
        Dordogne;140
        Charente;120000
        """,
        Expected(
            levels("activated_profiles", "2030", "33:680000 40:170000 24:140 16:120000"),
            doubted=("B4",),
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", FILES)
def test_what_a_person_would_doubt_is_doubted(propose: Propose, name: str):
    FILES[name].judge(propose)


def test_a_table_without_anything_odd_raises_no_doubt(propose: Propose):
    lines = "\n".join(f"{name};{rate}".replace(".", ",") for name, rate in EVEN)
    content = f"Département;Taux d’activation 2030\n{lines}".encode()
    assert propose(content, "envoi.csv").doubts == ()
