"""Every figure in every format and kind: certified as it is, and not once it is repainted."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable
from itertools import product

import pytest
from altered_images import pdf_with, repainted, without_a_stroke
from made_once import cached_figure
from PIL import Image
from shipped import INVENTED, SETTINGS, SHIPPED, VISITED

from atlas.export.image import ExportError, image
from atlas.export.render_pool import RenderPool
from atlas.export.verification import verify_image
from atlas.rendering.image_kinds.registry import IMAGE_KINDS

pytestmark = pytest.mark.long
FIGURES = [*SHIPPED, *VISITED, *INVENTED]


def spot(chance: random.Random) -> Callable[[Image.Image], None]:
    """Something to paint: a square of ten points somewhere, of a colour that no figure has."""

    def paint(picture: Image.Image) -> None:
        left, top = (chance.randrange(side - 10) for side in picture.size)
        picture.paste((17, 250, 3), (left, top, left + 10, top + 10))

    return paint


def altered(content: bytes, kind: str, chance: random.Random) -> bytes:
    """One change that is seen, with all that the file says of itself."""
    if kind == "png":
        return repainted(content, spot(chance))
    if kind == "pdf":
        return pdf_with(content, without_a_stroke)
    return content.replace(b"</svg>", b'<rect width="9" height="9" fill="#11fa03"/></svg>')


@pytest.mark.parametrize("kind", IMAGE_KINDS)
def test_every_image_is_certified_by_another_process_and_no_altered_one_is(
    context, fictitious, kind
):
    chance, found = random.Random(kind), Counter[str]()
    drawing, verifying = RenderPool(1), RenderPool(1)
    contexts = {False: context, True: fictitious}
    for name, size in product(FIGURES, SETTINGS.formats):
        desk = contexts[name in INVENTED]
        request = {**VISITED, **INVENTED}.get(name) or SHIPPED[name](context)
        figure = cached_figure(desk, request)
        assert figure is not None
        try:
            content = image(
                figure,
                kind,
                desk.shapes,
                SETTINGS.formats[size],
                data=desk.dataset.version,
                pool=drawing,
            )
        except ExportError:  # it does not fit, and says so
            found["refused"] += 1
            continue
        found[verify_image(content, contexts.__getitem__, verifying).state] += 1
        false = altered(content, kind, chance)
        found[f"altered: {verify_image(false, contexts.__getitem__, verifying).state}"] += 1
    drawing.close()
    verifying.close()
    print(kind, dict(found))
    assert set(found) <= {"refused", "certified", "altered: modified"}
    assert found["certified"] == found["altered: modified"] > 100
