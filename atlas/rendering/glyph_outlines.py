"""Letters as outlines, placed as the engine places them: kerning and ligatures of the font.

fontTools reads a font and sets no line of text, which a shaping library would; of what one does,
French in the house font needs the ligatures (liga) and the pairs (kern), and letters with their
accent as one sign. A letter that would need more is refused, never drawn beside its place.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fontTools.pens.svgPathPen import SVGPathPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

from atlas.rendering import text_metrics
from atlas.rendering.page_svg import RenderRejected
from atlas.rendering.text_lines import Line

# Of the drawing's unit, a point or less: a thousandth of a pixel of a screen, and a fiftieth of the
# smallest point of a printer.
_DECIMALS = 3


def outline_of(line: Line) -> str:
    """The data of a path that draws a line; raises RenderRejected when it would be wrong."""
    face = _face(line.weight)
    pen = SVGPathPen(face.glyphs, ntos=_number)
    scale = line.size / face.units
    for glyph, offset in face.placed_glyphs(line.text):
        face.glyphs[glyph].draw(
            TransformPen(pen, (scale, 0, 0, -scale, line.x + offset * scale, line.y))
        )
    return str(pen.getCommands())


def _number(value: float) -> str:
    return f"{value:.{_DECIMALS}f}".rstrip("0").rstrip(".") or "0"


@lru_cache(maxsize=3)
def _face(weight: int) -> _Face:
    return _Face(TTFont(text_metrics.font_file(weight)))


class _Face:
    """A font opened for its outlines. units: of its em square."""

    def __init__(self, font: TTFont) -> None:
        self.glyphs, self.units = font.getGlyphSet(), font["head"].unitsPerEm
        self._letters: dict[int, str] = font.getBestCmap()
        self._ligatures = [table.ligatures for table in _subtables(font["GSUB"].table, "liga")]
        self._pairs = [_Pairs(table) for table in _subtables(font["GPOS"].table, "kern")]

    def placed_glyphs(self, text: str) -> Iterator[tuple[str, float]]:
        """Each glyph of a line with its distance from the start, in units of the font."""
        names = self._with_ligatures([self._glyph(letter) for letter in _composed(text)])
        at = 0.0
        for place, name in enumerate(names):
            yield name, at
            at += self.glyphs[name].width
            if place + 1 < len(names):
                at += self._kerning(name, names[place + 1])

    def _glyph(self, letter: str) -> str:
        name = self._letters.get(ord(letter))
        if name is None:
            raise RenderRejected(f"la police n’a pas le signe « {letter} »")
        return name

    def _with_ligatures(self, names: list[str]) -> list[str]:
        made, place = list[str](), 0
        while place < len(names):
            name, taken = self._ligature(names, place)
            made.append(name)
            place += taken
        return made

    def _ligature(self, names: list[str], place: int) -> tuple[str, int]:
        """The glyph that begins there, and how many it stands for: the longest ligature comes
        first in the font."""
        for ligatures in self._ligatures:
            for ligature in ligatures.get(names[place], ()):
                taken = 1 + len(ligature.Component)
                if names[place + 1 : place + taken] == ligature.Component:
                    return str(ligature.LigGlyph), taken
        return names[place], 1

    def _kerning(self, left: str, right: str) -> float:
        """By the first table of pairs that speaks of the two."""
        values = (pairs.value(left, right) for pairs in self._pairs)
        return next((value for value in values if value is not None), 0.0)


class _Pairs:
    """A table of pairs: of glyphs (format 1), or of classes of glyphs (format 2)."""

    def __init__(self, table: Any) -> None:
        self._table = table
        self._places = {glyph: place for place, glyph in enumerate(table.Coverage.glyphs)}

    def value(self, left: str, right: str) -> float | None:
        """What it adds after the left glyph, in units of the font; None when it says nothing."""
        if left not in self._places:
            return None
        if self._table.Format == 1:
            found = self._table.PairSet[self._places[left]].PairValueRecord
            value = next((pair.Value1 for pair in found if pair.SecondGlyph == right), None)
            if value is None:
                return None
        else:
            first = self._table.ClassDef1.classDefs.get(left, 0)
            second = self._table.ClassDef2.classDefs.get(right, 0)
            value = self._table.Class1Record[first].Class2Record[second].Value1
        return float(getattr(value, "XAdvance", 0) or 0)


def _composed(text: str) -> str:
    """Letters with their accent as one sign; raises RenderRejected for one that has none."""
    whole = unicodedata.normalize("NFC", text)
    for place, letter in enumerate(whole):
        if unicodedata.combining(letter):
            raise RenderRejected(
                f"le signe « {whole[max(0, place - 1) : place + 1]} » ne se trace pas : choisissez "
                "un autre type de fichier"
            )
    return whole


def _subtables(table: Any, feature: str) -> Iterator[Any]:
    """Those of the lookups of a feature in Latin text, in their order."""
    (latin,) = [s.Script for s in table.ScriptList.ScriptRecord if s.ScriptTag == "latn"]
    records = [table.FeatureList.FeatureRecord[i] for i in latin.DefaultLangSys.FeatureIndex]
    lookups = {i for r in records if r.FeatureTag == feature for i in r.Feature.LookupListIndex}
    for place in sorted(lookups):
        for inner in table.LookupList.Lookup[place].SubTable:
            yield getattr(inner, "ExtSubTable", inner)
