"""How a value becomes a colour and a text in the browser: classes and number formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from atlas.figures.common.style import readable_on
from atlas.french import NBSP


def quoted(text: str) -> str:
    """A text of the configuration or of the data as Vega writes one in an expression."""
    escaped = text.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
    return f"'{escaped}'"


def colour_where(test: str, colour: str, *, otherwise: str) -> alt.ColorValue:
    """One colour where an expression is true, another elsewhere."""
    return alt.ColorValue(condition={"test": test, "value": colour}, value=otherwise)


@dataclass(frozen=True)
class Classes:
    """bounds: inner bounds of the classes; colours: one more than bounds.

    field: what is coloured, when it is not the value itself.
    """

    bounds: Sequence[float]
    colours: Sequence[str]
    field: str = "value"

    def scale(self) -> alt.Scale:
        """Closed on the left, as printed: [30 ; 33[ holds 30 and not 33."""
        domain = [int(bound) if bound == int(bound) else bound for bound in self.bounds]
        return alt.Scale(type="threshold", domain=domain, range=list(self.colours))

    def ink(self) -> alt.ColorValue:
        """The colour of a text on each class: black or white, whichever is readable."""
        inks = [readable_on(colour) for colour in self.colours]
        first = inks[0]
        tests = [
            {"test": f"datum.{self.field}>={bound}", "value": ink}
            for bound, before, ink in zip(self.bounds, inks[:-1], inks[1:], strict=True)
            if ink != before
        ]
        if not tests:
            return alt.ColorValue(first)
        return alt.ColorValue(condition=tests[::-1], value=first)


@dataclass(frozen=True)
class ValueExpressions:
    """How Vega writes a value: a d3 format, what follows it, and its origin unless stated.

    origin: empty when it is the same for all (fictitious data), and is then not said. missing:
    what is said where there is no value, unless secrets: then the mark of the row is. ranges: some
    rows have the text of a range instead of a number, « 35,5 à 39,0 ».
    """

    number: str
    suffix: str
    origin: str = "publié"
    missing: str = "non publié"
    secrets: bool = False
    ranges: bool = False

    @property
    def text(self) -> str:
        """Expression of the full text of a row: « 37,3 % † »."""
        return self._unless_range(
            f"isValid(datum.value)?format(datum.value,'{self.number}')+{quoted(self.suffix)}"
            f"+(datum.mark||''):{self.absent}",
            quoted(self.suffix),
        )

    def _unless_range(self, expression: str, suffix: str) -> str:
        if not self.ranges:
            return expression
        return f"datum.range?datum.range+{suffix}+(datum.mark||''):({expression})"

    @property
    def has_label(self) -> str:
        """Expression that is true of a row with something to write."""
        return "(isValid(datum.value)||datum.range)" if self.ranges else "isValid(datum.value)"

    @property
    def absent(self) -> str:
        """Expression of what is said of a row without a value."""
        return f"(datum.mark||{quoted(self.missing)})" if self.secrets else quoted(self.missing)

    @property
    def tooltip_expressions(self) -> dict[str, str]:
        """Expressions of what a tooltip says of a row: text, and origin where it differs."""
        origin = {"origin": f"datum.detail||{quoted(self.origin)}"} if self.origin else {}
        return {"text": self.text, **origin}

    @property
    def label(self) -> str:
        """Expression of the short text: « 37,3 † »."""
        return self._unless_range(f"format(datum.value,'{self.number}')+(datum.mark||'')", "''")


@dataclass(frozen=True)
class ChangeExpressions(ValueExpressions):
    """The same for a change. still: the shade of those that rounding may explain, which say so."""

    still: int = 0

    @property
    def text(self) -> str:
        """Expression of the full text of a row: « +5,5 points † »."""
        still = f"datum.shade==={self.still}?' (non distinguable de zéro)':''"
        return (
            f"isValid(datum.value)?{points('value', self.number)}"
            f"+(datum.mark||'')+({still}):{self.absent}"
        )

    @property
    def label(self) -> str:
        """Expression of the short text: « +5,5 † »."""
        return f"{signed_number('value', self.number)}+(datum.mark||'')"


def points(field: str, number: str) -> str:
    """Expression of a change in points, whose plural starts at 2."""
    unit = f"(abs(datum.{field})<1.95?'{NBSP}point':'{NBSP}points')"
    return f"{signed_number(field, number)}+{unit}"


def signed_number(field: str, number: str) -> str:
    """Expression of a number with its sign, which zero has not."""
    return f"(datum.{field}>0?'+':'')+format(datum.{field},'{number}')"


@dataclass(frozen=True)
class FixedText(ValueExpressions):
    """Texts that come with the rows, as the source prints them: « 33 % » beside « 33,4 % »."""

    number: str = ""
    suffix: str = ""

    @property
    def text(self) -> str:
        """Expression of the full text of a row."""
        return "datum.text"
