"""One section of the method."""

from __future__ import annotations

from dataclasses import dataclass

from atlas import french
from atlas.values import Table


@dataclass(frozen=True, eq=False)
class MethodSection:
    """key: its anchor on the page; summary: what a press kit keeps of it, and the page says first;
    paragraphs: the rest, a text each; tables: after them."""

    key: str
    title: str
    summary: str
    paragraphs: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def count_text(count: int, noun: str, several: str = "") -> str:
    """« 0 chiffre », « 1 chiffre », « 83 chiffres ». several: noun with an s unless given."""
    written = (several or f"{noun}s") if count > 1 else noun
    return f"{french.format_number(count)}{french.NBSP}{written}"


def are_text(count: int, participle: str) -> str:
    """« 5 sont écartés », « 1 est écarté », « aucun n’est écarté »."""
    if count == 0:
        return f"aucun n’est {participle}"
    return f"{count} sont {participle}s" if count > 1 else f"1 est {participle}"
