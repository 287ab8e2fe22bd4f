"""The parts of a press kit, in the order in which they are offered and written.

The command line, the page of press kits and LISEZ-MOI read this. Another kind of document is one
module with its PART, and its name here.
"""

from __future__ import annotations

from atlas.export.kit_parts import (
    contact_sheet,
    images,
    press_pack,
    press_texts,
    slides,
    web,
    workbook,
)
from atlas.export.kit_parts.kit_part import KitPart

KIT_PARTS: dict[str, KitPart] = {
    module.PART.name: module.PART
    for module in (
        press_texts,
        press_pack,
        slides,
        images,
        contact_sheet,
        workbook,
        web,
    )
}
