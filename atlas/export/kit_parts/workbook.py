"""The workbook of a press kit."""

from __future__ import annotations

from atlas.export.kit_parts.kit_part import FileMakers, KitPart, KitRequest


def files(kit: KitRequest) -> FileMakers:
    """donnees/<publication>.xlsx"""

    def make() -> bytes:
        from atlas.export.workbook import figures_workbook  # slow to load: see the slides

        author = kit.context.settings.brand.name
        return figures_workbook(kit.publication, author=author, **kit.cover_lines)

    yield {f"donnees/{kit.publication.key}.xlsx": make}


PART = KitPart(
    name="classeur",
    label="Classeur (XLSX)",
    folder="donnees",
    description="les chiffres derrière chaque figure, leurs sources et leurs définitions",
    use="Répondre à une question sur un chiffre, refaire un calcul : le classeur",
    files=files,
)
