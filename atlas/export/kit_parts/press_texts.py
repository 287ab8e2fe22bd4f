"""The texts of a press kit: the press release, what its editor checks, and every caption."""

from __future__ import annotations

from atlas.export.captions_file import captions_text
from atlas.export.kit_parts.kit_part import FileMakers, KitPart, KitRequest
from atlas.settings import Format

# The drawings inside the press release, which prints titles and captions itself.
PICTURE_FORMAT = Format(label="communiqué de presse", width_mm=165, text=7.5)


def files(kit: KitRequest) -> FileMakers:
    """textes/<publication>_communique.docx, textes/<publication>_a-verifier.docx and
    textes/<publication>_legendes.txt"""

    def make_press_release() -> bytes:
        from atlas.export.press_release import press_release  # slow to load: see the slides

        return press_release(
            kit.publication,
            brand=kit.context.settings.brand,
            template=kit.context.templates.text,
            logo=kit.logo_png(),
            picture=kit.picture_maker(PICTURE_FORMAT),
            **kit.cover_lines,
        )

    def make_list_to_check() -> bytes:
        from atlas.export.press_release import to_check  # slow to load: see the slides

        return to_check(
            kit.publication,
            brand=kit.context.settings.brand,
            template=kit.context.templates.text,
            logo=kit.logo_png(),
            **kit.cover_lines,
        )

    def make_captions() -> bytes:
        return captions_text(kit.publication, embargo=kit.cover_lines["embargo"]).encode(
            "utf-8-sig"
        )

    yield {f"textes/{kit.publication.key}_communique.docx": make_press_release}
    yield {f"textes/{kit.publication.key}_a-verifier.docx": make_list_to_check}
    yield {f"textes/{kit.publication.key}_legendes.txt": make_captions}


PART = KitPart(
    name="textes",
    label="Communiqué de presse et points à vérifier (DOCX), légendes (TXT)",
    folder="textes",
    description="le communiqué à relire et à envoyer, ce qu’il faut vérifier avant de le diffuser "
    "(à garder pour vous), et toutes les légendes",
    use="Écrire à la presse : remplissez les champs surlignés du communiqué, lisez « à vérifier », "
    "puis envoyez le communiqué seul",
    files=files,
    needs_fonts=True,
)
