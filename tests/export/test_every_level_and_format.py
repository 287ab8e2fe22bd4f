"""Every type of figure, for every level of territory that has figures, is drawn in every format.

The invented data set has a figure for every territory that is not secret. An image is inspected
before it is handed over: its texts, its marks, its fonts.
"""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from shipped import DOCUMENTS, RATE, SETTINGS

from atlas.export.image import image
from atlas.export.page_layout import signed_options
from atlas.export.render_pool import RenderPool
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.comparison.layouts import LAYOUTS
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.corridors.request import VIEWS, CorridorsRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.request import KeyFiguresRequest
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.profile.request import PeerBarsRequest, StripRequest
from atlas.figures.registry import figure_of
from atlas.figures.two_dates.request import EvolutionRequest, TwoMapsRequest
from atlas.settings.comparisons import USES

END, START = "2025-12", "2024-12"
# One territory of each level, and those that stand beside it.
PLACES = {
    "FR": "REG-94",
    "REG-75": "REG-94+REG-76",
    "DEP-33": "DEP-40+DEP-64",
    "CPAM-641": "CPAM-401+CPAM-331",
}
WITH_CORRIDORS = ("FR", "REG-75", "DEP-33")


def _requests() -> Iterator[tuple[str, FigureRequest]]:
    for level in ("departements", "regions", "caisses"):
        for place in ("FR", "REG-75") if level != "regions" else ("FR",):
            where = {"indicator": RATE, "territory": place, "level": level, "period": END}
            yield f"map-{level}-{place}", MapRequest(**where)
            yield f"ranking-{level}-{place}", RankingRequest(**where)
            yield f"two-maps-{level}-{place}", TwoMapsRequest(**where, compared_to=START)
            yield f"evolution-{level}-{place}", EvolutionRequest(**where, compared_to=START)
    for place, others in PLACES.items():
        where = {"indicator": RATE, "period": END}
        yield f"curve-{place}", CurveRequest(indicator=RATE, territory=f"{place}+{others}")
        yield f"key-figures-{place}", KeyFiguresRequest(territory=place, period=END)
        if place in ("REG-75", "DEP-33"):  # those that have a portrait and peers
            yield f"strip-{place}", StripRequest(**where, territory=place)
            yield f"peers-{place}", PeerBarsRequest(**where, territory=place)
        for layout in LAYOUTS:
            indicator = DOCUMENTS if layout in ("corridors", "multiples") else RATE
            if indicator == DOCUMENTS and place not in WITH_CORRIDORS:
                continue
            dates = {"period": "2025" if indicator == DOCUMENTS else END, "compared_to": START}
            yield (
                f"comparison-{layout}-{place}",
                ComparisonRequest(
                    indicator=indicator,
                    territories=f"{place}+{others}",
                    layout=layout,
                    **{key: date for key, date in dates.items() if key in USES[layout]},
                ),
            )
    for place in WITH_CORRIDORS:
        for view in VIEWS:
            yield (
                f"corridors-{view}-{place}",
                CorridorsRequest(indicator=DOCUMENTS, territory=place, period="2025", view=view),
            )


ASKED = dict(_requests())


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    made = RenderPool(2)
    yield made
    made.close()


@pytest.mark.parametrize("name", ASKED)
def test_it_is_drawn_and_inspected_in_every_format(
    fictitious: FigureContext, pool: RenderPool, name: str
) -> None:
    figure = figure_of(fictitious, ASKED[name])
    assert figure is not None
    options = signed_options(SETTINGS.brand, fictitious.logo)

    def draw(size: str) -> bytes:
        format = SETTINGS.formats[size]
        return image(figure, "svg", fictitious.shapes, format, options=options, pool=pool)

    with ThreadPoolExecutor(2) as together:
        drawn = list(together.map(draw, SETTINGS.formats))
    assert all(content.endswith(b"</svg>") for content in drawn)
