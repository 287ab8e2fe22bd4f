"""Draw the contact sheets of docs/figures: every type of figure in every format, on the light and
the dark screen, on published and on invented figures.

``python tools/contact_sheets.py`` draws them all, ``python tools/contact_sheets.py carte`` one. It
prints the share of each image that its largest blank rectangle takes.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, ImageChops, ImageDraw, ImageFont
from screenshots import Scheme, open_pages

from atlas.cli.common import context_for_print
from atlas.export.image import ExportError, image
from atlas.export.page_layout import signed_options
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.corridors.request import VIEWS, CorridorsRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.request import KeyFiguresRequest
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.profile.request import PeerBarsRequest, StripRequest
from atlas.figures.registry import figure_of
from atlas.figures.timeline.request import TimelineRequest
from atlas.figures.two_dates.request import EvolutionRequest, TwoMapsRequest
from atlas.rendering.text_metrics import FOLDER as FONTS

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs/figures"
RATE, DOCUMENTS = "activation_rate", "documents_deposited"
# Pixels: of the height of a tile, of the blank around it, of its words, of the width of a sheet; of
# a screen; colours of the files.
TILE_PX, GAP_PX, WORDS_PX, SHEET_PX = 420, 16, 15, 2200
SCREEN_PX, COLOURS = (1440, 1200), 128
# Squares of a side of the grid on which blanks are looked for.
GRID_SQUARES = 32
SCREENS: dict[Scheme, str] = {"light": "écran clair", "dark": "écran sombre"}
# Of each type of figure: what is asked of the published data and of the invented ones, and the
# address where a page shows it, with that of the invented ones.
Sheet = tuple[FigureRequest, FigureRequest, str, str]
SHEETS: dict[str, Sheet] = {
    "carte": (
        MapRequest(indicator=RATE, territory="REG-75", period="2025-12"),
        MapRequest(indicator=RATE, period="2025-12"),
        "/carte?territoire=REG-75",
        "/carte?demo=1&territoire=FR&periode=2025-12",
    ),
    "classement": (
        RankingRequest(indicator=RATE, territory="REG-75", period="2025-12"),
        RankingRequest(indicator=RATE, period="2025-12"),
        "",
        "",
    ),
    "courbe": (
        CurveRequest(indicator=RATE, territory="FR+REG-94", highlighted="REG-94"),
        CurveRequest(indicator=RATE, territory="FR+REG-94+REG-75", highlighted="REG-94"),
        "/portrait?territoire=REG-94",
        "/portrait?demo=1&territoire=REG-94",
    ),
    "deux-dates": (
        TwoMapsRequest(indicator=RATE, territory="REG-75", period="2025-12", compared_to="2024-12"),
        TwoMapsRequest(indicator=RATE, territory="REG-75", period="2025-12", compared_to="2024-12"),
        "/deux-dates",
        "/deux-dates?demo=1&territoire=REG-75&debut=2024-12&fin=2025-12",
    ),
    "evolution": (
        EvolutionRequest(indicator=RATE, period="2025-12", compared_to="2024-12"),
        EvolutionRequest(indicator=RATE, period="2025-12", compared_to="2024-12"),
        "",
        "",
    ),
    **{
        f"couloirs-{view}": (
            CorridorsRequest(indicator=DOCUMENTS, territory="REG-93", period="2024", view=view),
            CorridorsRequest(indicator=DOCUMENTS, territory="REG-75", period="2025", view=view),
            f"/couloirs?territoire=REG-93&affichage={view}",
            f"/couloirs?demo=1&territoire=REG-75&affichage={view}",
        )
        for view in VIEWS
    },
    **{
        f"comparaison-{key}": (
            ComparisonRequest(indicator=indicator, comparison=key),
            ComparisonRequest(indicator=indicator, comparison=key),
            f"/comparaison-{key}",
            f"/comparaison-{key}?demo=1",
        )
        for key, indicator in {
            "taux-activation-fin-2025": RATE,
            "trajectoires": RATE,
            "croissance-par-couloir": DOCUMENTS,
            "objectif-2027": "activated_profiles",
        }.items()
    },
    "bande": (
        StripRequest(indicator=RATE, territory="DEP-40", period="2025-12", peers="voisins"),
        StripRequest(indicator=RATE, territory="DEP-77", period="2025-12", peers="voisins"),
        "",
        "",
    ),
    "comparateurs": (
        PeerBarsRequest(indicator=RATE, territory="DEP-40", period="2025-12", peers="population"),
        PeerBarsRequest(indicator=RATE, territory="DEP-77", period="2025-12", peers="population"),
        "",
        "",
    ),
    "chiffres-cles": (
        KeyFiguresRequest(dossier="corse-2026", section="3"),
        KeyFiguresRequest(territory="REG-75", period="2025-12"),
        "/chiffres-cles?territoire=REG-94",
        "/?demo=1&territoire=REG-75",
    ),
    "frise": (TimelineRequest(), TimelineRequest(), "", ""),
}


def main() -> None:
    """Draw the sheets that are named, all without a name."""
    wanted = sys.argv[1:] or list(SHEETS)
    data = {
        words: context_for_print(ROOT, demo=demo)
        for words, demo in (("publié", False), ("fictif", True))
    }
    FOLDER.mkdir(exist_ok=True)
    screens = {name: dict(found) for name, found in _screens(wanted)}
    for name in wanted:
        tiles = list(_tiles(name, data)) + list(screens.get(name, {}).items())
        _sheet(tiles).save(FOLDER / f"{name}.png", optimize=True)


def _tiles(name: str, data: dict[str, FigureContext]) -> Iterator[tuple[str, Image.Image]]:
    """A figure in each format, of each data set."""
    for (words, context), request in zip(data.items(), SHEETS[name][:2], strict=True):
        figure = figure_of(context, request)
        for key, size in context.settings.formats.items():
            options = signed_options(context.settings.brand, context.logo)
            try:
                assert figure, f"{name} shows nothing of the {words} figures"
                content = image(figure, "png", context.shapes, size, options=options)
            except ExportError as reason:
                print(f"{name}, {words}, {key}: {reason}")
                continue
            drawn = Image.open(io.BytesIO(content)).convert("RGB")
            print(f"{name}, {words}, {key}: {blank_share(drawn):.0%}")
            yield f"{words}, {key}", drawn


def blank_share(drawn: Image.Image) -> float:
    """The share of an image that its largest blank rectangle takes, on a grid of GRID_SQUARES."""
    paper = Image.new("RGB", drawn.size, drawn.getpixel((2, drawn.height - 3)))  # below the line
    differs = (
        ImageChops.difference(drawn, paper).convert("L").point(lambda light: 255 * (light > 0))
    )
    squares = differs.resize((GRID_SQUARES, GRID_SQUARES), Image.Resampling.BOX)
    heights, largest = [0] * GRID_SQUARES, 0
    for y in range(GRID_SQUARES):
        for x in range(GRID_SQUARES):
            heights[x] = 0 if squares.getpixel((x, y)) else heights[x] + 1
        for start in range(GRID_SQUARES):
            least = GRID_SQUARES
            for end in range(start, GRID_SQUARES):
                least = min(least, heights[end])
                largest = max(largest, least * (end - start + 1))
    return largest / GRID_SQUARES**2


def _screens(wanted: list[str]) -> Iterator[tuple[str, list[tuple[str, Image.Image]]]]:
    """What the pages show, on the light and on the dark screen."""
    with open_pages() as open_page:
        for name in wanted:
            found = []
            for words, address in zip(("publié", "fictif"), SHEETS[name][2:], strict=True):
                for scheme, said in SCREENS.items() if address else ():
                    page = open_page(address, *SCREEN_PX, scheme)
                    screen = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
                    page.close()
                    found.append((f"{words}, {said}", screen))
            yield name, found


def _sheet(tiles: list[tuple[str, Image.Image]]) -> Image.Image:
    """Rows of tiles of one height, each over its words."""
    font = ImageFont.truetype(FONTS / "SourceSansPro-Regular.ttf", WORDS_PX)
    rows: list[list[tuple[str, Image.Image]]] = [[]]
    for words, drawn in tiles:
        width = round(drawn.width * TILE_PX / drawn.height)
        tile = drawn.resize((width, TILE_PX), Image.Resampling.LANCZOS)
        if sum(one.width + GAP_PX for _, one in rows[-1]) + width > SHEET_PX:
            rows.append([])
        rows[-1].append((words, tile))
    across = max(sum(one.width + GAP_PX for _, one in row) for row in rows) + GAP_PX
    step = TILE_PX + GAP_PX + 2 * WORDS_PX
    sheet = Image.new("RGB", (across, step * len(rows) + GAP_PX), "#d5d8e0")
    pen = ImageDraw.Draw(sheet)
    for place, row in enumerate(rows):
        x, y = GAP_PX, GAP_PX + place * step
        for words, tile in row:
            sheet.paste(tile, (x, y))
            pen.text((x, y + TILE_PX + 4), words, fill="#1b2033", font=font)
            x += tile.width + GAP_PX
    return sheet.quantize(COLOURS)


if __name__ == "__main__":
    main()
