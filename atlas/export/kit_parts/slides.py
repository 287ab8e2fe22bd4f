"""The slides of a press kit."""

from __future__ import annotations

from atlas.export.kit_parts.kit_part import FileMakers, KitPart, KitRequest


def files(kit: KitRequest) -> FileMakers:
    """diapositives/<publication>_diaporama.pptx"""

    def make() -> bytes:
        # Loaded by who makes slides alone: it takes long, as what writes the other documents does.
        from atlas.export.slides import slides

        return slides(
            kit.publication,
            kit.context.settings.brand,
            template=kit.context.templates.slides,
            drawing=kit.draw_bare_svg,
            logo=kit.logo_png(),
            **kit.cover_lines,
        )

    yield {f"diapositives/{kit.publication.key}_diaporama.pptx": make}


PART = KitPart(
    name="diapositives",
    label="Diaporama (PPTX)",
    folder="diapositives",
    description="une figure par diapositive ; les barres, les courbes et les cartes se modifient",
    use="Présenter en réunion : le diaporama",
    files=files,
    needs_fonts=True,
)
