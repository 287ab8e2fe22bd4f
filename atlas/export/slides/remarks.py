"""What must be known of the values of a slide: a mark beside each, its words at the foot."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field

from atlas.export.slides.template import Placeholder
from atlas.export.slides.typesetting import wrap_text

# Lines of a source with its remarks; what is longer stands in the notes.
MAX_SOURCE_LINES = 3
SEE_NOTES = "voir les commentaires de la diapositive."


@dataclass
class Remarks:
    """The remarks of one slide, each once, from (1) on."""

    texts: list[str] = field(default_factory=list)

    def mark(self, *texts: str) -> str:
        """« (1) », « (1, 2) »: the marks of some remarks, empty ones left out."""
        for text in filter(None, texts):
            if text not in self.texts:
                self.texts.append(text)
        numbers = [str(self.texts.index(text) + 1) for text in dict.fromkeys(filter(None, texts))]
        return f"\u202f({', '.join(numbers)})" if numbers else ""

    @property
    def lines(self) -> list[str]:
        """« (1) Chiffre contredit… », one a remark."""
        return [f"({number}) {text}" for number, text in enumerate(self.texts, start=1)]

    def after(self, source: str, place: Placeholder) -> str:
        """The line of the source with the remarks; in the place of those that are too long, where
        they are told."""
        whole = " ".join([source, *self.lines])
        if len(wrap_text(whole, place.size, place.text_width)) <= MAX_SOURCE_LINES:
            return whole
        return self.after_shortly(source)

    def after_shortly(self, source: str) -> str:
        """The line of the source with the place where the remarks are told."""
        if not self.texts:
            return source
        marks = " ".join(f"({number})" for number in range(1, len(self.texts) + 1))
        return f"{source} {marks}\u00a0: {SEE_NOTES}"


def joined_sources(sources: Iterable[str]) -> str:
    """« ARS, 2026, p. 3 ; p. 5. »: what several begin with is written once."""
    named = list(dict.fromkeys(source.rstrip(".") for source in sources))
    if not named:
        return ""
    start = os.path.commonprefix(named) if len(named) > 1 else ""
    start = start[: start.rfind(", ") + 2] if ", " in start else ""
    rest = " ; ".join(name.removeprefix(start) for name in named)
    return f"{start}{rest}."
