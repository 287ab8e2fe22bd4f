"""What a reference image bears, what it does not, and what a difference leaves."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reference_images import (
    EXACT,
    FOLDER,
    OF_A_SCREEN,
    References,
    Tolerance,
    difference_of,
    side_by_side,
)

from atlas.rendering import text_metrics

SIZE = (360, 200)
WORDS_PX = 15
# Bytes of all images in the repository, of which every renewal adds some.
MAX_BYTES = 16_000_000


def page(
    *,
    words: str = "417 millions de documents",
    words_at: tuple[float, float] = (20, 20),
    legend_at: int = 60,
    bar: str = "#2f47b0",
    paper: str = "white",
) -> Image.Image:
    """A text, a legend and a bar."""
    picture = Image.new("RGB", SIZE, paper)
    pen = ImageDraw.Draw(picture)
    font = ImageFont.truetype(text_metrics.font_file(400), WORDS_PX)
    pen.text(words_at, words, fill="#1b2033", font=font)
    pen.rectangle((legend_at, 60, legend_at + 12, 68), fill="#c2570c")
    pen.text((legend_at + 18, 55), "2024", fill="#5a6072", font=font)
    pen.rectangle((20, 100, 300, 130), fill=bar)
    return picture


def smoothed_otherwise() -> Image.Image:
    """The same, its letters half a point aside: no edge of them has the same points."""
    return page(words_at=(20.5, 20))


@pytest.mark.parametrize("tolerance", [EXACT, OF_A_SCREEN])
def test_an_image_is_like_itself(tolerance: Tolerance) -> None:
    assert difference_of(page(), page(), tolerance) is None


def test_letters_that_are_smoothed_otherwise_are_the_same_page_and_another_figure() -> None:
    drawn = smoothed_otherwise()
    assert difference_of(page(), drawn, OF_A_SCREEN) is None
    assert difference_of(page(), drawn, EXACT)


@pytest.mark.parametrize(
    "altered",
    [
        pytest.param(lambda: page(legend_at=63), id="a legend three points aside"),
        pytest.param(lambda: page(bar="#3f5bc4"), id="another blue"),
        pytest.param(lambda: page(paper="#f4f4f8"), id="another background"),
        pytest.param(lambda: page(words="411 millions de documents"), id="another digit"),
        pytest.param(lambda: page(words="477 millions de documents"), id="a 7 for a 1"),
        pytest.param(lambda: page(words="417 millions de document"), id="a letter less"),
        pytest.param(lambda: page(words_at=(20, 22)), id="a text two points lower"),
    ],
)
@pytest.mark.parametrize("tolerance", [EXACT, OF_A_SCREEN])
def test_what_somebody_would_see_is_a_difference(
    altered: Callable[[], Image.Image], tolerance: Tolerance
) -> None:
    difference = difference_of(page(), altered(), tolerance)
    assert difference and difference.points > tolerance.points


def test_one_point_of_a_figure_is_a_difference() -> None:
    drawn = page()
    drawn.putpixel((5, 5), (252, 255, 255))
    difference = difference_of(page(), drawn, EXACT)
    assert difference and difference.points == 1


def test_a_longer_image_differs_in_what_it_alone_has() -> None:
    longer = Image.new("RGB", (SIZE[0], SIZE[1] + 10), "white")
    longer.paste(page())
    difference = difference_of(page(), longer, OF_A_SCREEN)
    assert difference and difference.points == 10 * SIZE[0]


def test_a_difference_is_shown_beside_the_reference_and_the_image() -> None:
    kept, drawn = page(), page(legend_at=90)
    difference = difference_of(kept, drawn, EXACT)
    assert difference
    sheet = side_by_side(kept, drawn, difference)
    width, step = SIZE[0], (sheet.width - SIZE[0]) // 2
    assert sheet.crop((0, 0, *SIZE)).tobytes() == kept.tobytes()
    assert sheet.crop((step, 0, step + width, SIZE[1])).tobytes() == drawn.tobytes()
    # Where the legend was; a mark that did not move is paler, and not red.
    assert sheet.getpixel((2 * step + 66, 64)) == (224, 0, 42)
    red, green, blue = sheet.getpixel((2 * step + 100, 115))
    assert red < green < blue


def test_a_failure_names_the_file_that_shows_the_difference(tmp_path: Path) -> None:
    kept = References(tmp_path / "images", tmp_path / "results", renewing=True)
    assert kept.fault_of("pages/couloirs", page(), OF_A_SCREEN) == ""
    compared = References(tmp_path / "images", tmp_path / "results")
    assert compared.fault_of("pages/couloirs", page(), OF_A_SCREEN) == ""
    fault = compared.fault_of("pages/couloirs", page(bar="#c2570c"), OF_A_SCREEN)
    seen = tmp_path / "results/pages/couloirs.png"
    assert fault.endswith(str(seen)) and Image.open(seen).width > 3 * SIZE[0]
    assert compared.fault_of("pages/couloirs", page(), OF_A_SCREEN) == ""
    assert not seen.exists()


def test_what_has_no_reference_is_a_fault_until_it_is_kept(tmp_path: Path) -> None:
    compared = References(tmp_path / "images", tmp_path / "results")
    assert "make references" in compared.fault_of("pages/neuve", page(), OF_A_SCREEN)


def test_renewing_keeps_what_differs_and_leaves_alone_what_a_page_bears(tmp_path: Path) -> None:
    renewed = References(tmp_path, tmp_path / "results", renewing=True)
    renewed.fault_of("pages/couloirs", page(), OF_A_SCREEN)
    path = tmp_path / "pages/couloirs.webp"
    before = path.read_bytes()
    renewed.fault_of("pages/couloirs", smoothed_otherwise(), OF_A_SCREEN)
    assert path.read_bytes() == before
    renewed.fault_of("pages/couloirs", page(legend_at=90), OF_A_SCREEN)
    assert path.read_bytes() != before
    renewed.fault_of("pages/ancienne", page(), OF_A_SCREEN)
    renewed.remove_others("pages", {"pages/couloirs"})
    assert renewed.names("pages") == {"pages/couloirs"}


def test_all_images_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.webp")) < MAX_BYTES
