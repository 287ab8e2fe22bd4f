"""A key figure as the texts of a card: number, unit, what is counted, growth, period, marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from atlas import french
from atlas.figures.key_figures.key_figure import Direction, KeyFigure
from atlas.french import NBSP
from atlas.sentences.amounts import amount_text
from atlas.values import Value

_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True)
class Card:
    """What is written of one key figure, ready to be placed.

    heading: of whom it speaks; qualifier, number, unit: « plus de », « 240 », « millions »;
    is_worded: the number is words of the source; label, detail: what is counted; marks: of
    footnotes; change: its growth in words, direction: of its arrow; when: period and place, where
    they are not those of all. icon: name of its file; sentence: the whole as it is read aloud.
    """

    heading: str
    qualifier: str
    number: str
    unit: str
    is_worded: bool
    label: str
    detail: str
    marks: str
    direction: Direction
    change: str
    when: str
    icon: str
    is_hero: bool
    territory: str
    corridor: str
    sentence: str


def cards_of(figures: Sequence[KeyFigure]) -> tuple[list[Card], list[str]]:
    """The card of each, and the footnotes that their marks call, in order."""
    notes = footnotes(figures)
    one_place = len({figure.place for figure in figures}) == 1
    one_period = len({figure.period for figure in figures}) == 1
    return [
        _card(figure, notes, with_place=not one_place, with_period=not one_period)
        for figure in figures
    ], notes


def footnotes(figures: Sequence[KeyFigure]) -> list[str]:
    """What must be known of some of them, each said once."""
    return list(dict.fromkeys(note for figure in figures for note in _notes(figure)))


def numbered(notes: Sequence[str]) -> str:
    """« ¹ Radiologie libérale. ² … », as it stands under the figure."""
    return " ".join(f"{_mark(place)}{NBSP}{note}" for place, note in enumerate(notes, start=1))


def _mark(place: int) -> str:
    return str(place).translate(_SUPERSCRIPTS)


def _notes(figure: KeyFigure) -> list[str]:
    """Those of its row; what contradicts it is said under any figure."""
    doubt = "" if figure.row_note else "Chiffre incertain." if figure.uncertain else ""
    return [note for note in (figure.row_note, doubt) if note]


def _card(figure: KeyFigure, notes: Sequence[str], *, with_place: bool, with_period: bool) -> Card:
    shown = figure.large_value
    qualifier, number, unit = split_amount(shown)
    label, detail = counted(figure, number, unit)
    marks = [french.DERIVED_MARK] if shown.is_computed else []
    marks += [_mark(notes.index(note) + 1) for note in _notes(figure)]
    place = figure.place if with_place else ""
    period = figure.period if with_period else ""
    doubt = "chiffre incertain" if figure.uncertain else ""
    contradicted = "chiffre contredit" if shown.contradiction and shown.is_known else ""
    return Card(
        heading=figure.heading,
        qualifier=qualifier,
        number=number,
        unit=unit,
        is_worded=bool(shown.printed) or not shown.is_known,
        label=label,
        detail=detail,
        marks=" ".join(marks),
        direction=figure.direction,
        change=change_text(figure),
        when=", ".join(text for text in (place, period, doubt, contradicted) if text),
        icon=figure.icon,
        is_hero=figure.size == "hero",
        territory=figure.territory,
        corridor=figure.corridor,
        sentence=figure.sentence,
    )


def split_amount(value: Value) -> tuple[str, str, str]:
    """« plus de », « 240 », « millions »: what is written smaller before and after the digits. The
    words of a source, and what is said of an unknown amount, are not split."""
    if not value.is_known:
        return "", french.absence_text(value), ""
    if value.quantity != "level":
        text = french.value_text(value)
    elif value.printed:
        return "", amount_text(value), ""
    else:
        text = french.value_text(value, exact=True)
    qualifier = french.QUALIFIERS[value.qualifier]
    bare = text.removeprefix(qualifier)
    number, _, unit = bare.rpartition(NBSP)
    if not number or not unit.isalpha() and unit != "%":
        number, unit = bare, ""
    return qualifier.strip(), number, unit


def counted(figure: KeyFigure, number: str, unit: str) -> tuple[str, str]:
    """What is counted in the words of the source, then the name of the indicator where these do
    not say it."""
    shown, label = figure.large_value, figure.label
    if figure.is_labelled or shown.indicator is None or shown.indicator.in_percent:
        return label, ""
    noun = shown.noun or shown.indicator.unit
    if not noun or not shown.is_known or shown.quantity != "level":
        return label, ""
    first = noun.partition(" ")[0].rstrip("s").casefold()
    if first in label.casefold() or first in number.casefold():
        return label, ""
    return french.counted_noun(unit, shown.amount or 0.0, noun), label


def change_text(figure: KeyFigure) -> str:
    """« +79 % par rapport à 2024 »; « par rapport à 2024 » under a change that is written large."""
    level, change = figure.values
    if not change.is_known:
        return ""
    if figure.large_value is change:
        return french.since_text(change)
    return figure.change
