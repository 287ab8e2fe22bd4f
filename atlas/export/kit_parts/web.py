"""The web page of a press kit."""

from __future__ import annotations

from atlas.export.kit_parts.kit_part import FileMakers, KitPart, KitRequest
from atlas.export.page_layout import Options
from atlas.figures.common.figure import Figure
from atlas.settings import Format


def files(kit: KitRequest) -> FileMakers:
    """web/<publication>.html"""

    # A drawing says the embargo itself: it is copied out of the page.
    bare = Options(title=False, caption=False, embargo=kit.embargo)

    def draw(figure: Figure, size: Format) -> bytes:
        return kit.draw(figure, kind="svg", size=size, options=bare)

    def make() -> bytes:
        from atlas.export.web import web_page  # slow to load: see the slides

        return web_page(
            kit.publication,
            brand=kit.context.settings.brand,
            drawing=draw,
            logo=kit.context.logo.encode() or None,
            **kit.cover_lines,
        )

    yield {f"web/{kit.publication.key}.html": make}


PART = KitPart(
    name="web",
    label="Page web (HTML)",
    folder="web",
    description="une page à déposer sur n’importe quel site : elle ne demande rien à personne",
    use="Publier en ligne : déposez la page telle quelle sur un site",
    files=files,
)
