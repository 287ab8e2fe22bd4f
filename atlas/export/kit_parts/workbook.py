"""The workbook of a press kit."""

from __future__ import annotations

from functools import partial

from atlas.export.kit_parts.kit_part import FileMakers, KitPart, KitRequest
from atlas.export.workbook import figures_workbook


def files(kit: KitRequest) -> FileMakers:
    """donnees/<publication>.xlsx"""
    author = kit.context.settings.brand.name
    make = partial(figures_workbook, kit.publication, author=author, **kit.cover_lines)
    yield {f"donnees/{kit.publication.key}.xlsx": make}


PART = KitPart(
    name="classeur",
    label="Classeur (XLSX)",
    folder="donnees",
    description="les chiffres derrière chaque figure, leurs sources et leurs définitions",
    files=files,
)
