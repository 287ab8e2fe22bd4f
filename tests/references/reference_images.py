"""Reference images: how they are kept, compared and renewed, and what a difference leaves to be
looked at.

An image is kept without loss as WebP, a third smaller than PNG. What is compared is what would be
kept of the image that was just drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from atlas.rendering.image_kinds.bitmap_comparison import MAX_LEVEL_DIFFERENCE

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).parent / "images"
RESULTS = ROOT / "test-results" / "references"
# Around the part that is compared, as far as a filter reaches; between the pictures of a result.
MARGIN_PX, GAP_PX = 4, 12
# How much of what is unchanged is seen of a picture of differences.
FADED_SHARE = 0.25
DIFFERENT_COLOUR, GAP_COLOUR = "#e0002a", "#8a8f9c"


@dataclass(frozen=True)
class Tolerance:
    """What two images may differ by.

    levels: of 255, in each colour of a point. neighbours: a point may be as any point within so
    many, in both images: letters that are smoothed otherwise pass, a mark that has moved does not.
    points: how many may be beyond that.
    """

    levels: int
    neighbours: int
    points: int


# Exports are the same to the last point on one machine; another processor may round otherwise.
EXACT = Tolerance(levels=MAX_LEVEL_DIFFERENCE, neighbours=0, points=0)
# Another Chromium smooths letters otherwise; a digit of 15 pixels that changes is ten points.
OF_A_SCREEN = Tolerance(levels=8, neighbours=1, points=5)


@dataclass(frozen=True)
class Difference:
    """Where an image is not its reference. points: their number; mask: black but for them."""

    points: int
    mask: Image.Image


def difference_of(kept: Image.Image, drawn: Image.Image, tolerance: Tolerance) -> Difference | None:
    """None for images that are the same, within the tolerance. Images of another size differ in all
    that one of them alone has."""
    size = max(kept.width, drawn.width), max(kept.height, drawn.height)
    one, other = _on_paper(kept, size, "white"), _on_paper(drawn, size, "white")
    mask = Image.new("L", size)
    changed = ImageChops.difference(one, other).getbbox()
    if changed:
        left, top, right, bottom = changed
        part = (
            max(0, left - MARGIN_PX),
            max(0, top - MARGIN_PX),
            min(size[0], right + MARGIN_PX),
            min(size[1], bottom + MARGIN_PX),
        )
        mask.paste(_beyond(one.crop(part), other.crop(part), tolerance), part)
    if kept.size != drawn.size:
        common = Image.new("L", (min(kept.width, drawn.width), min(kept.height, drawn.height)))
        alone = Image.new("L", size, 255)
        alone.paste(common)
        mask = ImageChops.lighter(mask, alone)
    points = mask.histogram()[255]
    return Difference(points, mask) if points > tolerance.points else None


def _beyond(kept: Image.Image, drawn: Image.Image, tolerance: Tolerance) -> Image.Image:
    """White where a point of one is unlike every neighbour of that point in the other."""
    side = 2 * tolerance.neighbours + 1
    beyond = Image.new("RGB", kept.size)
    for one, other in ((kept, drawn), (drawn, kept)):
        darkest, lightest = one, one
        if tolerance.neighbours:
            darkest = one.filter(ImageFilter.MinFilter(side))
            lightest = one.filter(ImageFilter.MaxFilter(side))
        for excess in (
            ImageChops.subtract(other, lightest),
            ImageChops.subtract(darkest, other),
        ):
            beyond = ImageChops.lighter(beyond, excess)
    red, green, blue = beyond.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    return most.point(lambda level: 255 * (level > tolerance.levels))


def _on_paper(picture: Image.Image, size: tuple[int, int], colour: str) -> Image.Image:
    if picture.size == size:
        return picture
    paper = Image.new("RGB", size, colour)
    paper.paste(picture)
    return paper


def side_by_side(kept: Image.Image, drawn: Image.Image, difference: Difference) -> Image.Image:
    """The reference, what was drawn, and the latter paler with red points where they differ."""
    size = difference.mask.size
    fresh = _on_paper(drawn, size, GAP_COLOUR)
    marked = Image.blend(Image.new("RGB", size, "white"), fresh, FADED_SHARE)
    # A point alone would not be seen.
    marked.paste(DIFFERENT_COLOUR, mask=difference.mask.filter(ImageFilter.MaxFilter(3)))
    sheet = Image.new("RGB", (3 * size[0] + 2 * GAP_PX, size[1]), GAP_COLOUR)
    for place, one in enumerate((_on_paper(kept, size, GAP_COLOUR), fresh, marked)):
        sheet.paste(one, (place * (size[0] + GAP_PX), 0))
    return sheet


@dataclass(frozen=True)
class References:
    """The images of a folder, and where differences are left.

    renewing: an image that differs is kept from now on, and is no fault.
    """

    folder: Path = FOLDER
    results: Path = RESULTS
    renewing: bool = False

    def fault_of(self, name: str, drawn: Image.Image, tolerance: Tolerance) -> str:
        """Empty when the image is its reference. name: of the file, without its extension, below
        the folder. The sentence names the file that shows the reference, the image and where they
        differ."""
        path = self.folder / f"{name}.webp"
        seen = self.results / f"{name}.png"
        seen.unlink(missing_ok=True)
        if not path.is_file():
            return "" if self._renew(path, drawn) else f"{name} has no reference: make references"
        with Image.open(path) as opened:
            kept = opened.convert("RGB")
        difference = difference_of(kept, drawn, tolerance)
        if difference is None or self._renew(path, drawn):
            return ""
        seen.parent.mkdir(parents=True, exist_ok=True)
        side_by_side(kept, drawn, difference).save(seen, compress_level=3)
        sizes = "" if kept.size == drawn.size else f" ({kept.size}, now {drawn.size})"
        return f"{name} differs in {difference.points} points{sizes}: {seen}"

    def _renew(self, path: Path, drawn: Image.Image) -> bool:
        if self.renewing:
            path.parent.mkdir(parents=True, exist_ok=True)
            drawn.save(path, "WEBP", lossless=True, quality=100, method=4)
        return self.renewing

    def remove_others(self, part: str, names: set[str]) -> None:
        """Forget the images of a part, a folder of the folder, of what is no more."""
        for path in (self.folder / part).glob("*.webp"):
            if f"{part}/{path.stem}" not in names:
                path.unlink()

    def names(self, part: str) -> set[str]:
        """The names of the images of a part."""
        return {f"{part}/{path.stem}" for path in (self.folder / part).glob("*.webp")}
