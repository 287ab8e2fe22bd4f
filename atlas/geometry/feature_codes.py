"""Which property of a file holds the code of the département, and what code each feature has.

Publishers name it differently, and a file may hold the codes of régions too, of which 18 look like
those of départements. So a property is taken for what it holds, and its name settles what is left.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from atlas.geometry.findings import Finding, name_with_code, with_plural
from atlas.geometry.insets import OVERSEAS
from atlas.geometry.nuts import DEPARTEMENT_BY_NUTS3
from atlas.problems import Problem

#: Names of the property by publisher, without case nor punctuation (« ref:INSEE » is refinsee).
CODE_KEYS = (
    "code",  # Etalab, « contours administratifs »
    "codeinsee",  # data.gouv.fr, OpenStreetMap exports
    "refinsee",  # OpenStreetMap
    "inseedep",  # IGN, Admin Express
    "depcode",  # Opendatasoft, georef-france-departement
    "depcurrentcode",
    "dep",  # Insee, code officiel géographique
    "codedepartement",
    "codedept",
    "codedep",
    "codedpt",
    "departementcode",
    "deptcode",
    "dept",
    "dpt",
    "numdep",
    "numdept",
    "numdpt",
    "codgeo",
    "nutsid",  # Eurostat, GISCO
    "nutscode",
    "iso31662",  # Natural Earth
)

#: The parts of the Rhône in files made since the métropole de Lyon has a code of its own.
RHONE = "69"
RHONE_PARTS = {"69D": "Rhône sans la métropole de Lyon", "69M": "métropole de Lyon"}

#: Communities and territories that have an Insee code and are no département.
OUTSIDE = {
    "975": "Saint-Pierre-et-Miquelon",
    "977": "Saint-Barthélemy",
    "978": "Saint-Martin",
    "984": "Terres australes et antarctiques françaises",
    "986": "Wallis-et-Futuna",
    "987": "Polynésie française",
    "988": "Nouvelle-Calédonie",
    "989": "La Passion-Clipperton",
}
#: Codes of ISO 3166-2 that have no number, or another letter.
_CODE_BY_ISO = {
    "FR-75C": "75",
    "FR-PM": "975",
    "FR-BL": "977",
    "FR-MF": "978",
    "FR-TF": "984",
    "FR-WF": "986",
    "FR-PF": "987",
    "FR-NC": "988",
    "FR-CP": "989",
}

#: « DEP-01 », « Dépt 01 », « D01 », and « FR-01 » of ISO 3166-2; FR101 is a unit of Eurostat.
_PREFIX = re.compile(r"(?:D[EÉ]P(?:T|ARTEMENT)?|D)[-_. ]*(?=\d)|FR-(?=\d)")
_CORSICA = re.compile(r"0?20?([AB])0?")
#: A file with so many codes, all of régions, is one of régions: hardly so by chance.
_MIN_REGIONS = 10
#: In fewer features, a code that is repeated is a slip.
_MIN_FEATURES_SHARING = 4
_MAX_CODE_LENGTH = 40


@dataclass(frozen=True)
class CodeColumn:
    """key: the property as the file spells it; codes: of each feature, empty without one."""

    key: str
    codes: Sequence[str]


def code_of(value: object) -> str:
    """The code that a property gives, as the code officiel géographique writes it.

    1, 1.0, « 1 », « 001 », « DEP-01 », [« 01 »] and the unit FRK21 of Eurostat are all « 01 ». A
    text that is no code is returned in capitals; nothing, or a list of several, gives none.
    """
    if isinstance(value, list):
        return code_of(value[0]) if len(value) == 1 else ""
    if value is None or isinstance(value, bool | dict):
        return ""
    text = re.sub(r"(?<=\d)\.0+$", "", str(value).strip().upper())
    if text in _CODE_BY_ISO:
        return _CODE_BY_ISO[text]
    text = _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text
    if corsica := _CORSICA.fullmatch(text):
        return f"2{corsica[1]}"
    if re.fullmatch(r"\d{1,3}", text):
        return text.lstrip("0").zfill(2)
    return DEPARTEMENT_BY_NUTS3.get(text, text)[:_MAX_CODE_LENGTH]


def departement_of(code: str) -> str:
    """The département of a code: 69 for the parts of the Rhône, else itself."""
    return RHONE if code in RHONE_PARTS else code


def columns_of(features: Sequence[Mapping[str, Any]]) -> dict[str, list[object]]:
    """By property, its value in each feature (None where it has none).

    The `id` that GeoJSON lets stand beside the properties counts as one of them.
    """
    columns: dict[str, list[object]] = {}
    for rank, feature in enumerate(features):
        identity = {"id": feature["id"]} if "id" in feature else {}
        for key, value in (identity | _properties(feature)).items():
            columns.setdefault(key, [None] * len(features))[rank] = value
    return columns


def _properties(feature: Mapping[str, Any]) -> dict[str, Any]:
    """The properties of a feature; none when the file gives none."""
    properties = feature.get("properties")
    return properties if isinstance(properties, dict) else {}


def find_code_column(
    columns: Mapping[str, Sequence[object]],
    expected: Mapping[str, str],
    regions: Collection[str],
    name: str,
) -> tuple[CodeColumn | None, list[Problem]]:
    """The property that holds most of the expected codes, or why there is none in file `name`.

    One whose name is not known is taken only if it holds all codes of the mainland: a number in a
    row, from 1 to 101, holds most of them too, but never « 2A ».
    """
    mainland = expected.keys() - OVERSEAS.keys()
    held: dict[CodeColumn, tuple[int, int]] = {}
    for key, values in columns.items():
        codes = tuple(code_of(value) for value in values)
        rank = _rank_of(key)
        if any(codes) and (rank or mainland <= {departement_of(code) for code in codes}):
            held[CodeColumn(key, codes)] = (len(expected.keys() & set(codes)), rank)
    if not held and not any(_rank_of(key) for key in columns):
        return None, [_no_code(columns, name)]
    if not held:  # a known name without a code: each feature is said to lack one
        key = max(columns, key=_rank_of)
        return CodeColumn(key, [""] * len(columns[key])), []
    best = max(held, key=lambda column: held[column])
    if misfit := _why_not_departements(best, expected, regions, name):
        return None, [misfit]
    problems = [
        problem
        for rival in held
        if expected.keys() <= set(rival.codes)
        for problem in _differences(best, rival, expected, name)
    ]
    return best, problems


def _rank_of(key: str) -> int:
    """How well a property's name says that it holds the code; 0 when the name is not known."""
    plain = re.sub(r"[\W_]", "", key.lower())
    return len(CODE_KEYS) - CODE_KEYS.index(plain) if plain in CODE_KEYS else 0


def _why_not_departements(
    column: CodeColumn, expected: Mapping[str, str], regions: Collection[str], name: str
) -> Problem | None:
    """Codes of régions, or few codes that many features share: the file is of something else."""
    found = {code for code in column.codes if code}
    shared = len(found) < len(expected) / 2 and len(column.codes) >= max(
        _MIN_FEATURES_SHARING, 2 * len(found)
    )
    if found <= set(regions) and (shared or len(found) >= _MIN_REGIONS):
        message = f"la propriété « {column.key} » porte des codes de régions, non de départements"
    elif shared:
        message = (
            f"la propriété « {column.key} » n’a que {with_plural(found, '{} code{s}')} pour "
            f"{len(column.codes)} entités : ce ne sont pas les départements"
        )
    else:
        return None
    return Problem(
        name,
        message,
        "Exportez la couche des départements, une entité par département, avec leur code dans "
        "« code » ou « INSEE_DEP ».",
        where=column.key,
    )


def _no_code(columns: Mapping[str, object], name: str) -> Problem:
    found = ", ".join(columns) or "aucune"
    return Problem(
        name,
        f"aucune propriété ne porte le code du département (propriétés trouvées : {found})",
        "Nommez cette propriété « code » ou « INSEE_DEP ».",
        where="properties",
    )


def _differences(
    best: CodeColumn, rival: CodeColumn, expected: Mapping[str, str], name: str
) -> list[Problem]:
    pairs = [
        f"{name_with_code(one, expected)} ou {name_with_code(other, expected)}"
        for one, other in zip(best.codes, rival.codes, strict=True)
        if one != other and one in expected and other in expected
    ]
    if not pairs:
        return []
    finding = Finding(
        f"les propriétés « {best.key} » et « {rival.key} » donnent des codes différents",
        "Gardez dans le fichier celle des deux qui porte le code du département.",
        pairs,
    )
    return [finding.problem(name)]
