"""How a value becomes a colour and a text in the browser: classes and number formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt

from atlas.charts.style import readable_on


@dataclass(frozen=True)
class Classes:
    """bounds: inner bounds of the classes; colours: one more than bounds."""

    bounds: Sequence[float]
    colours: Sequence[str]

    def scale(self) -> alt.Scale:
        """Closed on the left, as printed: [30 ; 33[ holds 30 and not 33."""
        domain = [int(bound) if bound == int(bound) else bound for bound in self.bounds]
        return alt.Scale(type="threshold", domain=domain, range=list(self.colours))

    def ink(self) -> alt.ColorValue:
        """The colour of a text on each class: black or white, whichever is readable."""
        first, *others = [readable_on(colour) for colour in self.colours]
        tests = [{"test": f"datum.value>={bound}", "value": ink}
                 for bound, ink in zip(self.bounds, others, strict=True)]
        return alt.ColorValue(condition=tests[::-1], value=first)


@dataclass(frozen=True)
class Wording:
    """How Vega writes a value: a d3 format, what follows it, and its origin unless stated.

    origin: empty when it is the same for all (fictitious data), and is then not said.
    """

    number: str
    suffix: str
    origin: str = "publié"

    @property
    def text(self) -> str:
        """Expression of the full text of a row: « 37,3 % † »."""
        return (f"isValid(datum.value)?format(datum.value,'{self.number}')+'{self.suffix}'"
                "+(datum.mark||''):'non publié'")

    @property
    def said(self) -> dict[str, str]:
        """Expressions of what a tooltip says of a row: text, and origin where it differs."""
        origin = {"origin": f"datum.detail||'{self.origin}'"} if self.origin else {}
        return {"text": self.text, **origin}

    @property
    def label(self) -> str:
        """Expression of the short text: « 37,3 † »."""
        return f"format(datum.value,'{self.number}')+(datum.mark||'')"
