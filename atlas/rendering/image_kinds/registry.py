"""The kinds of image, in the order in which they are offered.

Everything that names a kind reads this: the command line, press kits, download buttons and the page
that verifies an image. Another kind is one module with its KIND, and its name here.
"""

from __future__ import annotations

from atlas.rendering.image_kinds import outlined_svg, pdf, png, svg
from atlas.rendering.image_kinds.image_kind import ImageKind

IMAGE_KINDS: dict[str, ImageKind] = {
    module.KIND.name: module.KIND
    for module in (
        png,
        svg,
        outlined_svg,
        pdf,
    )
}
# One kind for each type of file, as messages name them.
NAMED_KINDS = tuple(kind for kind in IMAGE_KINDS.values() if not kind.suffix)
# Those of a press kit for which none is chosen.
USUAL_KINDS = tuple(name for name, kind in IMAGE_KINDS.items() if kind.in_every_kit)
