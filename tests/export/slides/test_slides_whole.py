"""Every text of the slides of a publication."""

from __future__ import annotations

from slides_cases import plain


def test_slides_read_from_the_cover_to_the_definitions(printer, snapshot):
    said = [
        f"--- {number}. {slide.slide_layout.name}\n"
        + "\n".join(
            f"[{shape.name}] {plain(shape.text_frame.text)}"
            for shape in slide.shapes
            if shape.has_text_frame and shape.text_frame.text
        )
        for number, slide in enumerate(printer.slides("corse-2026"), start=1)
    ]
    assert "\n".join(said) == snapshot
