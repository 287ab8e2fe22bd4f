"""Are these the 101 départements, whole, well drawn and where they lie? All answers at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry.coverage import Box
from atlas.geometry.insets import extent_of
from atlas.problems import Problem

#: Names told in one sentence; the rest is counted.
MAX_NAMES_LISTED = 10
#: Share of its area that a shape may gain or lose when it is mended without a word.
MAX_MENDED_SHARE = 1e-6
#: Share of the smaller of two shapes that may lie under the other.
MAX_OVERLAP_SHARE = 0.01

_REASONS = {
    "self-intersection": "se recoupe",
    "ring self-intersection": "se recoupe",
    "hole lies outside shell": "a un trou hors de sa limite",
    "holes are nested": "a des trous emboîtés",
    "nested shells": "a des parties emboîtées",
    "interior is disconnected": "est coupé par ses trous",
    "duplicate rings": "répète une limite",
}


@dataclass(frozen=True)
class Row:
    """One feature: its rank in the file from 1, its code, its shape (None when it has none)."""

    rank: int
    code: str
    shape: BaseGeometry | None
    readable: bool = True


def validate(
    rows: list[Row], expected: Mapping[str, str], name: str
) -> tuple[dict[str, BaseGeometry], list[Problem]]:
    """Shapes by code, fit to draw, and everything that is wrong with the rows of file `name`."""
    findings = [*_check_codes(rows, expected)]
    sound: dict[str, BaseGeometry] = {}
    faults: dict[str, list[str]] = {}
    for row in rows:
        shape, fault = _examine(row)
        if fault:
            faults.setdefault(fault, []).append(_label(row, expected))
        elif shape is not None:
            sound[row.code] = shape
    findings += [
        _Finding(fault, _CURES.get(fault, _REDRAW), labels) for fault, labels in faults.items()
    ]
    findings += _check_overlaps({c: s for c, s in sound.items() if c in expected}, expected)
    return sound, [finding.problem(name) for finding in findings]


@dataclass(frozen=True)
class _Finding:
    message: str
    cure: str
    labels: list[str]

    def problem(self, name: str) -> Problem:
        return Problem(
            name,
            f"{self.message} : {_join_labels(self.labels)}",
            self.cure,
            where=", ".join(self.labels[:MAX_NAMES_LISTED]),
        )


def _join_labels(labels: list[str]) -> str:
    more = len(labels) - MAX_NAMES_LISTED
    return ", ".join(labels[:MAX_NAMES_LISTED]) + (
        f" et {more} autre{'s'[: more - 1]}" if more > 0 else ""
    )


def _label(row: Row, expected: Mapping[str, str]) -> str:
    if row.code in expected:
        return f"{expected[row.code]} ({row.code})"
    return row.code or f"entité n° {row.rank}"


def _check_codes(rows: list[Row], expected: Mapping[str, str]) -> Iterable[_Finding]:
    found = Counter(row.code for row in rows)
    lost = {code: f"0{code}" for code in found if f"0{code}" in expected}
    unknown = [c for c in found if c and c not in expected and c not in lost]
    repeated = [f"{_name_with_code(c, expected)} × {n}" for c, n in found.items() if c and n > 1]
    missing = [
        _name_with_code(code, expected)
        for code in expected
        if code not in found and code not in lost.values()
    ]
    nameless = [f"entité n° {row.rank}" for row in rows if not row.code]
    return [
        finding
        for finding in (
            _Finding(
                _with_plural(missing, "il manque {} département{s}"),
                "Ajoutez-les, ou reprenez une couche de tous les départements, outre-mer compris.",
                missing,
            ),
            _Finding(
                _with_plural(lost, "{} code{s} sans zéro initial"),
                "Écrivez les codes comme du texte : « 01 », non 1.",
                [f"« {code} » au lieu de « {full} »" for code, full in lost.items()],
            ),
            _Finding(
                _with_plural(unknown, "{} code{s} inconnu{s}"),
                "Gardez les 101 départements seuls, sous leurs codes (« 2A », « 971 »).",
                [f"« {code} »" for code in unknown],
            ),
            _Finding(
                _with_plural(repeated, "{} code{s} en double"),
                "Réunissez les parties d’un département en une seule entité.",
                repeated,
            ),
            _Finding(
                _with_plural(nameless, "{} entité{s} sans code"),
                "Donnez à chaque département son code.",
                nameless,
            ),
        )
        if finding.labels
    ]


def _name_with_code(code: str, expected: Mapping[str, str]) -> str:
    return f"{expected[code]} ({code})" if code in expected else f"« {code} »"


def _with_plural(things: Iterable[str], sentence: str) -> str:
    count = len(list(things))
    return sentence.replace("{}", str(count)).replace("{s}", "s" if count > 1 else "")


EMPTY, UNREADABLE = "contour absent ou vide", "contour illisible"
NOT_AREA = "ce n’est pas une surface (point ou ligne)"
PROJECTED = "coordonnées projetées, attendu longitude/latitude WGS84"
SWAPPED = "longitude et latitude interverties"
FAR = "contour loin de l’endroit où se trouve le département"
_REDRAW = "Corrigez la géométrie dans un logiciel de cartographie, puis exportez-la à nouveau."
_CURES = {
    PROJECTED: "Exportez à nouveau la couche en WGS84 (EPSG:4326).",
    SWAPPED: "Écrivez chaque point dans l’ordre longitude, latitude.",
    FAR: "Vérifiez le code de l’entité et son système de coordonnées.",
}


def _examine(row: Row) -> tuple[BaseGeometry | None, str]:
    """The shape fit to draw, or what is wrong with it."""
    shape = row.shape
    if not row.readable:
        return None, UNREADABLE
    if shape is None or shape.is_empty:
        return None, EMPTY
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return None, NOT_AREA
    misplacement = _misplacement(shape.bounds, extent_of(row.code))
    if misplacement:
        return None, misplacement
    return (shape, "") if shape.is_valid else _mend(shape)


def _misplacement(bounds: Box, extent: Box) -> str:
    xmin, ymin, xmax, ymax = bounds
    if max(abs(xmin), abs(xmax)) > 180 or max(abs(ymin), abs(ymax)) > 90:
        return PROJECTED
    if _lies_inside(bounds, extent):
        return ""
    return SWAPPED if _lies_inside((ymin, xmin, ymax, xmax), extent) else FAR


def _lies_inside(bounds: Box, extent: Box) -> bool:
    return (
        bounds[0] >= extent[0]
        and bounds[1] >= extent[1]
        and bounds[2] <= extent[2]
        and bounds[3] <= extent[3]
    )


def _mend(shape: BaseGeometry) -> tuple[BaseGeometry | None, str]:
    """Mend a loop too small to be seen on a map; refuse what would change the shape."""
    mended = shapely.make_valid(shape, method="structure")
    change = abs(mended.area - shape.area)
    if mended.geom_type in ("Polygon", "MultiPolygon") and change < MAX_MENDED_SHARE * shape.area:
        return mended, ""
    reason = shapely.is_valid_reason(shape).partition("[")[0].strip().lower()
    return None, f"contour qui {_REASONS.get(reason, 'n’est pas une surface valide')}"


def _check_overlaps(
    shapes: Mapping[str, BaseGeometry], expected: Mapping[str, str]
) -> list[_Finding]:
    """Pairs of départements of which one covers part of the other."""
    codes, areas = list(shapes), list(shapes.values())
    if not areas or shapely.coverage_is_valid(areas):
        return []
    left, right = shapely.STRtree(areas).query(areas, predicate="intersects")
    pairs = [
        f"{_name_with_code(codes[i], expected)} et {_name_with_code(codes[j], expected)}"
        for i, j in zip(left, right, strict=True)
        if i < j
        and shapely.intersection(areas[i], areas[j]).area
        > MAX_OVERLAP_SHARE * min(areas[i].area, areas[j].area)
    ]
    return [_Finding("des départements se recouvrent", _REDRAW, pairs)] if pairs else []
