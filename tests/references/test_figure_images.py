"""Every type of figure in every format of config.yaml, to the last point.

`make references` keeps the images anew where they differ, `make references-check` compares all;
those of SHORT are compared by `make test` too.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import get_args

import pytest
from PIL import Image
from reference_images import EXACT, References
from shipped import DOCUMENTS, INVENTED, RATE, SETTINGS, VISITED

from atlas.export.image import image
from atlas.export.page_layout import signed_options
from atlas.export.render_pool import RenderPool
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.corridors.request import VIEWS, CorridorsRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.profile.request import PeerBarsRequest
from atlas.figures.registry import ROOMS, figure_of
from atlas.figures.two_dates.request import EvolutionRequest
from atlas.settings import Format, Layout
from atlas.settings.comparisons import USES

PART = "figures"
END, START = "2025-12", "2024-12"


def _comparison(layout: Layout) -> ComparisonRequest:
    indicator = DOCUMENTS if layout in ("corridors", "multiples") else RATE
    dates = {"period": "2025" if indicator == DOCUMENTS else END, "compared_to": START}
    return ComparisonRequest(
        indicator=indicator,
        territories="REG-75+REG-94+REG-76",
        layout=layout,
        **{key: date for key, date in dates.items() if key in USES[layout]},
    )


# Published figures for what publishes them whole: key figures with their sources, milestones.
PUBLISHED: dict[str, FigureRequest] = {
    "chiffres-cles": VISITED["chiffres-clés-corse"],
    "courbe": CurveRequest(indicator=SETTINGS.display.national_curve),
    "frise": VISITED["frise"],
    "couloir": VISITED["territoires"],
}
# Of the invented data set, which has a value for each territory.
FICTITIOUS: dict[str, FigureRequest] = {
    "carte": INVENTED["fictif-france"],
    "classement": INVENTED["fictif-classement"],
    "bande": INVENTED["fictif-bande"],
    "comparateurs": PeerBarsRequest(
        indicator=RATE, territory="DEP-77", period=END, peers="population"
    ),
    "deux-dates": INVENTED["fictif-deux-dates"],
    "evolution": EvolutionRequest(indicator=RATE, period=END, compared_to=START),
    **{f"couloirs-{view}": INVENTED[f"fictif-couloirs-{view}"] for view in VIEWS},
    **{f"comparaison-{layout}": _comparison(layout) for layout in get_args(Layout)},
}
FIGURES = PUBLISHED | FICTITIOUS
SHORT = ("carte", "courbe", "couloirs-niveau")


def names_of(figure: str) -> dict[str, str]:
    """The name of the image in each format."""
    return {size: f"{PART}/{figure}_{size}" for size in SETTINGS.formats}


def kept_picture(content: bytes, size: Format) -> Image.Image:
    """What is kept of an exported image: of what is printed at 300 dpi, the mean of four points."""
    picture = Image.open(io.BytesIO(content)).convert("RGB")
    return picture.reduce(2) if size.width_mm else picture


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    made = RenderPool(2)
    yield made
    made.close()


def test_every_type_of_figure_is_among_them() -> None:
    assert {type(request) for request in FIGURES.values()} == set(ROOMS)
    views = {one.view for one in FIGURES.values() if isinstance(one, CorridorsRequest)}
    assert views == set(VIEWS)
    layouts = {one.layout for one in FIGURES.values() if isinstance(one, ComparisonRequest)}
    assert layouts == set(get_args(Layout))


def test_there_is_one_reference_of_each_and_none_of_what_is_no_more(
    references: References,
) -> None:
    wanted = {name for figure in FIGURES for name in names_of(figure).values()}
    if references.renewing:
        references.remove_others(PART, wanted)
    assert references.names(PART) == wanted or references.renewing


@pytest.mark.parametrize(
    "figure",
    [pytest.param(one, marks=() if one in SHORT else pytest.mark.long) for one in FIGURES],
)
def test_it_is_drawn_as_its_reference_in_every_format(
    references: References,
    context: FigureContext,
    fictitious: FigureContext,
    pool: RenderPool,
    figure: str,
) -> None:
    data = context if figure in PUBLISHED else fictitious
    made = figure_of(data, FIGURES[figure])
    assert made is not None
    options = signed_options(SETTINGS.brand, data.logo)

    def fault_in(size: str) -> str:
        format = SETTINGS.formats[size]
        drawn = image(made, "png", data.shapes, format, options=options, pool=pool)
        return references.fault_of(names_of(figure)[size], kept_picture(drawn, format), EXACT)

    with ThreadPoolExecutor(2) as together:
        faults = list(together.map(fault_in, SETTINGS.formats))
    assert [fault for fault in faults if fault] == []
