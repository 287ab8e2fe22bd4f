"""The press pack of a press kit."""

from __future__ import annotations

from functools import partial

from atlas.export.kit_parts.kit_part import FileMakers, KitPart, KitRequest
from atlas.export.page_layout import Options
from atlas.settings import Format

# The drawings inside the press pack, which prints titles and captions itself.
DRAWING_FORMAT = Format(label="dossier de presse", width_mm=170, text=8)


def files(kit: KitRequest) -> FileMakers:
    """dossier-de-presse/<publication>_dossier-de-presse.pdf"""

    def make() -> bytes:
        from atlas.export.press_pack import press_pack  # slow to load: see the slides

        bare = Options(title=False, caption=False, embargo=kit.embargo)
        return press_pack(
            kit.publication,
            brand=kit.context.settings.brand,
            template=kit.context.templates.pack,
            logo=kit.logo_png() if kit.logo else None,
            drawing=partial(kit.draw, kind="svg", size=DRAWING_FORMAT, options=bare),
            bleed_mm=kit.bleed_mm,
            **kit.cover_lines,
        )

    yield {f"dossier-de-presse/{kit.publication.key}_dossier-de-presse.pdf": make}


PART = KitPart(
    name="dossier-de-presse",
    label="Dossier de presse (PDF)",
    folder="dossier-de-presse",
    description="la brochure à remettre et à imprimer : chiffres clés, figures, méthode, contacts",
    use="Recevoir la presse, imprimer : le dossier de presse ; l’option de fond perdu est pour "
    "l’imprimeur",
    files=files,
)
