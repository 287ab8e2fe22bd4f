"""Are these the 101 départements, whole, well drawn and where they lie? All answers at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from atlas.geometry.coverage import Box
from atlas.geometry.feature_codes import RHONE, RHONE_PARTS, departement_of
from atlas.geometry.findings import Finding, name_with_code, with_plural
from atlas.geometry.insets import GUADELOUPE, NORTHERN_ISLANDS_EXTENT, extent_of
from atlas.geometry.surfaces import mend, without_parts_inside
from atlas.problems import Problem

#: Share of the smaller of two shapes that may lie under the other.
MAX_OVERLAP_SHARE = 0.01


@dataclass(frozen=True)
class Row:
    """One feature: its rank in the file from 1, its code, its shape (None when it has none).

    lost_lines: the shape was given with lines or points, which no map of départements draws.
    """

    rank: int
    code: str
    shape: BaseGeometry | None
    readable: bool = True
    lost_lines: bool = False

    @property
    def departement(self) -> str:
        """The code of the département, also for a part of the Rhône."""
        return departement_of(self.code)


def validate(
    rows: list[Row], expected: Mapping[str, str], name: str
) -> tuple[dict[str, BaseGeometry], list[Problem]]:
    """Shapes by code, fit to draw, and everything that is wrong with the rows of file `name`.

    What was mended or joined is said by a remark.
    """
    findings = [*_check_codes(rows, expected)]
    parts: dict[str, list[BaseGeometry]] = {}
    faults: dict[_Fault, list[str]] = {}
    for row in rows:
        shape, found = _examine(row)
        for fault in found:
            faults.setdefault(fault, []).append(_label(row, expected))
        if shape is not None:
            parts.setdefault(row.departement, []).append(shape)
    findings += [
        Finding(with_plural(labels, fault.message), fault.cure, labels, fault.is_remark)
        for fault, labels in faults.items()
    ]
    sound = {
        code: shapely.union_all(shapes) if code == RHONE else shapes[0]
        for code, shapes in parts.items()
    }
    findings += _check_overlaps({c: s for c, s in sound.items() if c in expected}, expected)
    return sound, [finding.problem(name) for finding in findings]


def _label(row: Row, expected: Mapping[str, str]) -> str:
    if row.departement in expected:
        return f"{expected[row.departement]} ({row.code})"
    return row.code or f"entité n° {row.rank}"


def _check_codes(rows: list[Row], expected: Mapping[str, str]) -> Iterable[Finding]:
    found = Counter(row.code for row in rows)
    present = {row.departement for row in rows}
    unknown = [c for c in found if c and departement_of(c) not in expected]
    repeated = [f"{name_with_code(c, expected)} × {n}" for c, n in found.items() if c and n > 1]
    missing = [name_with_code(code, expected) for code in expected if code not in present]
    nameless = [f"entité n° {row.rank}" for row in rows if not row.code]
    return [
        finding
        for finding in (
            Finding(
                with_plural(missing, "il manque {} département{s}"),
                "Ajoutez-les, ou reprenez une couche de tous les départements, outre-mer compris.",
                missing,
            ),
            Finding(
                with_plural(unknown, "{} code{s} inconnu{s}"),
                "Gardez les 101 départements seuls, sous leurs codes (« 2A », « 971 »).",
                [f"« {code} »" for code in unknown],
            ),
            Finding(
                with_plural(repeated, "{} code{s} en double"),
                "Réunissez les parties d’un département en une seule entité.",
                repeated,
            ),
            Finding(
                with_plural(nameless, "{} entité{s} sans code"),
                "Donnez à chaque département son code.",
                nameless,
            ),
            *_check_rhone(found),
        )
        if finding.labels
    ]


def _check_rhone(found: Collection[str]) -> list[Finding]:
    """The Rhône in parts: one of them alone would be drawn as the whole département."""
    parts = [code for code in RHONE_PARTS if code in found]
    if not parts:
        return []
    if parts == list(RHONE_PARTS) or RHONE in found:
        return [
            Finding(
                "le Rhône est réuni en un seul contour, de ses parties",
                "Rien à corriger : les chiffres sont ceux du département entier.",
                [f"« {code} »" for code in (RHONE, *RHONE_PARTS) if code in found],
                is_remark=True,
            )
        ]
    other = next(code for code in RHONE_PARTS if code not in found)
    return [
        Finding(
            "il manque une partie du Rhône",
            "Ajoutez-la, ou donnez le département entier sous le code 69.",
            [f"« {other} » ({RHONE_PARTS[other]})"],
        )
    ]


_REDRAW = "Corrigez la géométrie dans un logiciel de cartographie, puis exportez-la à nouveau."


@dataclass(frozen=True)
class _Fault:
    """What one shape has, or had when `is_remark`; {} and {s} are the number of such shapes."""

    message: str
    cure: str = _REDRAW
    is_remark: bool = False


_EMPTY = _Fault("contour absent ou vide")
_UNREADABLE = _Fault("contour illisible")
_NOT_AREA = _Fault("ce n’est pas une surface (point ou ligne)")
_PROJECTED = _Fault(
    "coordonnées projetées, attendu longitude/latitude WGS84",
    "Exportez à nouveau la couche en WGS84 (EPSG:4326).",
)
_SWAPPED = _Fault(
    "longitude et latitude interverties", "Écrivez chaque point dans l’ordre longitude, latitude."
)
_FAR = _Fault(
    "contour loin de l’endroit où se trouve le département",
    "Vérifiez le code de l’entité et son système de coordonnées.",
)
_MENDED = _Fault(
    "{} contour{s} avec un petit défaut, corrigé sur moins d’un dix-millième de la surface",
    "Rien à faire : la carte n’en est pas changée.",
    is_remark=True,
)
_LOST_LINES = _Fault(
    "{} contour{s} avec des lignes ou des points, laissés de côté",
    "Rien à faire : seules les surfaces sont dessinées.",
    is_remark=True,
)
_LOST_ISLANDS = _Fault(
    "les îles de Saint-Martin et Saint-Barthélemy sont laissées de côté",
    "Rien à faire : elles ne sont pas du département.",
    is_remark=True,
)


def _examine(row: Row) -> tuple[BaseGeometry | None, list[_Fault]]:
    """The shape fit to draw, with remarks, or what is wrong with it."""
    shape = row.shape
    if not row.readable:
        return None, [_UNREADABLE]
    if shape is None or shape.is_empty:
        return None, [_EMPTY]
    if shape.geom_type not in ("Polygon", "MultiPolygon"):
        return None, [_NOT_AREA]
    remarks = [_LOST_LINES] if row.lost_lines else []
    if row.departement == GUADELOUPE:
        near = without_parts_inside(shape, NORTHERN_ISLANDS_EXTENT)
        remarks += [] if near is shape else [_LOST_ISLANDS]
        shape = near
        if shape.is_empty:
            return None, [_FAR]
    misplacement = _misplacement(shape.bounds, extent_of(row.departement))
    if misplacement:
        return None, [misplacement]
    if shape.is_valid:
        return shape, remarks
    mended, fault = mend(shape)
    return mended, [*remarks, _MENDED] if mended is not None else [_Fault(fault)]


def _misplacement(bounds: Box, extent: Box) -> _Fault | None:
    xmin, ymin, xmax, ymax = bounds
    if max(abs(xmin), abs(xmax)) > 180 or max(abs(ymin), abs(ymax)) > 90:
        return _PROJECTED
    if _lies_inside(bounds, extent):
        return None
    return _SWAPPED if _lies_inside((ymin, xmin, ymax, xmax), extent) else _FAR


def _lies_inside(bounds: Box, extent: Box) -> bool:
    return (
        bounds[0] >= extent[0]
        and bounds[1] >= extent[1]
        and bounds[2] <= extent[2]
        and bounds[3] <= extent[3]
    )


def _check_overlaps(
    shapes: Mapping[str, BaseGeometry], expected: Mapping[str, str]
) -> list[Finding]:
    """Pairs of départements of which one covers part of the other."""
    codes, areas = list(shapes), list(shapes.values())
    if not areas or shapely.coverage_is_valid(areas):
        return []
    left, right = shapely.STRtree(areas).query(areas, predicate="intersects")
    pairs = [
        f"{name_with_code(codes[i], expected)} et {name_with_code(codes[j], expected)}"
        for i, j in zip(left, right, strict=True)
        if i < j
        and shapely.intersection(areas[i], areas[j]).area
        > MAX_OVERLAP_SHARE * min(areas[i].area, areas[j].area)
    ]
    return [Finding("des départements se recouvrent", _REDRAW, pairs)] if pairs else []
