"""NUTS, the units of Eurostat: which département each French unit of level 3 is.

Source: Eurostat, NUTS 2016, 2021 and 2024 (delegated regulations (EU) 2016/2066, 2019/1755 and
2023/674 amending regulation (EC) 1059/2003), which name the same 101 units of level 3 for France,
one per département. Units of NUTS 2013 and before (FR211…) had other codes and are not known here.
"""

from __future__ import annotations

import re

#: By first characters of the code, the départements of units 1, 2, 3… in their order.
_DEPARTEMENTS_BY_PREFIX = {
    "FR10": "75 77 78 91 92 93 94 95",
    "FRB0": "18 28 36 37 41 45",
    "FRC1": "21 58 71 89",
    "FRC2": "25 39 70 90",
    "FRD1": "14 50 61",
    "FRD2": "27 76",
    "FRE1": "59 62",
    "FRE2": "02 60 80",
    "FRF1": "67 68",
    "FRF2": "08 10 51 52",
    "FRF3": "54 55 57 88",
    "FRG0": "44 49 53 72 85",
    "FRH0": "22 29 35 56",
    "FRI1": "24 33 40 47 64",
    "FRI2": "19 23 87",
    "FRI3": "16 17 79 86",
    "FRJ1": "11 30 34 48 66",
    "FRJ2": "09 12 31 32 46 65 81 82",
    "FRK1": "03 15 43 63",
    "FRK2": "01 07 26 38 42 69 73 74",
    "FRL0": "04 05 06 13 83 84",
    "FRM0": "2A 2B",
}
_OVERSEAS = {"FRY10": "971", "FRY20": "972", "FRY30": "973", "FRY40": "974", "FRY50": "976"}

#: « FRK26 » → « 69 ».
DEPARTEMENT_BY_NUTS3 = {
    f"{prefix}{rank}": code
    for prefix, codes in _DEPARTEMENTS_BY_PREFIX.items()
    for rank, code in enumerate(codes.split(), start=1)
} | _OVERSEAS

_UNIT = re.compile(r"[A-Z]{2}[0-9A-Z]{0,3}")
_LEVEL_3_LENGTH = 5


def is_elsewhere(code: str) -> bool:
    """True for a unit of another country or level (DE111, FRK2) and for « Extra-Regio » (FRZZZ)."""
    if not _UNIT.fullmatch(code):
        return False
    return not code.startswith("FR") or len(code) < _LEVEL_3_LENGTH or code.startswith("FRZ")
