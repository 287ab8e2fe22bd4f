"""Texts as HTML."""

from __future__ import annotations

from html import escape

from atlas.french import keep_with_punctuation

FICTITIOUS = "Données fictives, sans valeur statistique"


def text(words: object) -> str:
    """Escaped; French punctuation keeps to its word: no line breaks before « : ; ! ? »."""
    return keep_with_punctuation(escape(str(words)))


def line(words: str, kind: str = "") -> str:
    """A paragraph, of a class of the style sheet; nothing when there is nothing to say."""
    mark = f' class="{kind}"' if kind else ""
    return f"<p{mark}>{text(words)}</p>" if words else ""


def warning(fictitious: bool) -> str:
    """The badge of what is made from the fictitious data set."""
    return line(FICTITIOUS, "fictif") if fictitious else ""
