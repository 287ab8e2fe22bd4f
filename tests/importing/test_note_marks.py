"""The mark of a note beside a number becomes a note or a status, never a digit."""

from __future__ import annotations

import pytest
from judged_files import JudgedFile, judged_csv
from proposed_figures import Expected, Propose, levels

FILES: dict[str, JudgedFile] = {}
for mark in (
    "43,7 (1)",
    "43,7(1)",
    "43,7¹",
    "43,7 ¹",
    "43,7*",
    "43,7 *",
    "43,7 p",
    "43,7 (p)",
    "43,7p",
    "43,7 (r)",
    "43,7 r",
    "43,7 [1]",
    "43,7 (a)",
    "43,7 % (1)",
    "43,7 e",
):
    FILES[f"« {mark} »"] = judged_csv(
        f"""
        Département;Taux d’activation 2026
        Gironde;42,0
        Landes;{mark}
        Dordogne;35,1
        """,
        Expected(
            levels("activation_rate", "2026", "33:42 40:43.7 24:35.1"),
            or_mentioned=True,
            mentions=("B3|provisoire|révis|note|estim",),
        ),
    )
for mark in ("12*", "12 (1)", "12¹", "12 p", "1 234 (2)", "1 234²"):
    number = "12" if mark.startswith("12") else "1234"
    FILES[f"« {mark} » of a count"] = judged_csv(
        f"""
        Département;Ambassadeurs 2026
        Gironde;42
        Landes;{mark}
        Dordogne;35
        """,
        Expected(
            levels("ambassadors", "2026", f"33:42 40:{number} 24:35"),
            or_mentioned=True,
            mentions=("B3|provisoire|note",),
        ),
    )


@pytest.mark.parametrize("name", FILES)
def test_the_mark_of_a_note_is_no_digit(propose: Propose, name: str):
    FILES[name].judge(propose)
