"""Key figures in a page: numbers in three sizes, doubts behind a word that opens, sources as
footnotes. The dashboard and the web version of a publication show the same."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from string import ascii_lowercase

from atlas import french
from atlas.figures.key_figures.card import change_text, counted, split_amount
from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.html_templates import package_templates, template_source
from atlas.settings.icons import ICON_SIDE, icon_paths

_TEMPLATES = package_templates("atlas.figures.key_figures")


class SourceLetters:
    """The sources of one page, each with the letter that calls it: a, b… z, aa, ab…"""

    def __init__(self) -> None:
        self._letters: dict[str, str] = {}

    def letter(self, source: str) -> str:
        """The letter of a source, a new one at its first figure."""
        return self._letters.setdefault(source, _letters_of(len(self._letters)))

    def html(self) -> str:
        """The list that stands at the end of the page; empty where nothing was shown."""
        if not self._letters:
            return ""
        return _TEMPLATES.get_template("source_letters.html").render(letters=self._letters)


@dataclass(frozen=True)
class PageFigure:
    """The texts of one key figure in a page; empty where there is nothing to say.

    qualifier, number, unit: « plus de », « 240 », « millions »; is_worded: the number is words;
    is_absent: the number says why there is none; label, detail: what is counted; when: place and
    period; doubt: the word behind which remarks and other values open.
    """

    heading: str
    icon: str
    is_hero: bool
    qualifier: str
    number: str
    unit: str
    is_worded: bool
    is_absent: bool
    label: str
    detail: str
    direction: str
    change: str
    nation: str
    when: str
    letter: str
    source: str
    doubt: str
    remarks: tuple[str, ...]
    others: tuple[str, ...]


def key_figures_html(
    figures: Iterable[KeyFigure], letters: SourceLetters, *, with_place: bool = False
) -> str:
    """A grid of key figures. ``letters``: of the sources of the page; ``with_place``: each names
    its territory."""
    return _TEMPLATES.get_template("key_figures.html").render(
        figures=[_page_figure(one, letters, with_place) for one in figures],
        icon_address=icon_address,
    )


def style_sheet() -> str:
    """The rules of the grid and of the footnotes; ``--marque`` is the colour of the brand."""
    return template_source(_TEMPLATES, "key_figures.css")


@cache
def icon_address(name: str) -> str:
    """An icon as the address of a mask, which takes the colour of the text: a page may hold no
    drawing."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {ICON_SIDE:g} {ICON_SIDE:g}">'
        f'<path d="{icon_paths()[name]}"/></svg>'
    )
    return f"data:image/svg+xml;base64,{base64.b64encode(drawing.encode()).decode()}"


def _page_figure(figure: KeyFigure, letters: SourceLetters, with_place: bool) -> PageFigure:
    shown = figure.large_value
    qualifier, number, unit = split_amount(shown)
    label, detail = counted(figure, number, unit)
    derived = f"Calculé : {figure.derived}" if figure.derived else ""
    return PageFigure(
        heading=figure.heading,
        icon=figure.icon,
        is_hero=figure.size == "hero",
        qualifier=qualifier,
        number=number,
        unit=unit,
        is_worded=bool(shown.printed),
        is_absent=not shown.is_known,
        label=label,
        detail=detail,
        direction=figure.direction,
        change=change_text(figure),
        nation=figure.nation_line,
        when=f"{figure.place}, {figure.period}" if with_place else figure.period,
        letter=letters.letter(figure.source),
        source=figure.source,
        doubt=_doubt(figure),
        remarks=tuple(text for text in (derived, figure.note) if text),
        others=figure.others,
    )


def _doubt(figure: KeyFigure) -> str:
    """What a reader must see without opening anything."""
    doubts = {
        "incertain": figure.uncertain,
        "contredit": any(value.contradiction for value in figure.values),
        "calculé": bool(figure.derived),
    }
    if found := [word for word, is_so in doubts.items() if is_so]:
        return f"chiffre {french.join_with_et(found)}"
    return "à savoir" if figure.note or figure.others else ""


def _letters_of(place: int) -> str:
    """« a » of 0, « z » of 25, « aa » of 26."""
    first, last = divmod(place, len(ascii_lowercase))
    return (_letters_of(first - 1) if first else "") + ascii_lowercase[last]
