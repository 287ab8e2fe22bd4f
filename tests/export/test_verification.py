"""An image is certified only when what it shows is what is drawn; otherwise, where it is not."""

from __future__ import annotations

import base64
import datetime as dt
import io
import json
import re
import struct
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from altered_images import (
    pdf_with,
    repainted,
    with_chunk,
    with_note,
    with_other_number,
    with_script,
    with_texts_of,
    without_a_stroke,
)
from made_once import cached_figure
from PIL import Image, PngImagePlugin
from shipped import RATE, SETTINGS, VISITED

from atlas.export.image import image
from atlas.export.page_layout import Options
from atlas.export.provenance import Provenance, UnknownImage, provenance_in, provenance_text
from atlas.export.render_pool import RenderPool
from atlas.export.verification import Verdict, verify_image
from atlas.export.verification_texts import details, headline, region_rows, text_rows
from atlas.figures.map.request import MapRequest
from atlas.geometry import Shapes
from atlas.guarded_worker import Guard
from atlas.rendering.image_kinds.registry import IMAGE_KINDS
from atlas.rendering.sealing import public_key_text, read_signing_key, write_signing_key

FORMATS = SETTINGS.formats
MAP, BARS = VISITED["aquitaine"], VISITED["classement"]
CORSE = MapRequest(indicator=RATE, territory="REG-94", period="2026-03")
FORMER = Path(__file__).parents[1] / "files/0.3.0"


class RememberingPool(RenderPool):
    """What is drawn of a request is always the same, as other tests see: it is drawn once."""

    def __init__(self) -> None:
        super().__init__(1)
        self._drawn: dict[str, bytes] = {}

    def draw(self, request: dict[str, Any], *more: Any) -> bytes:
        key = json.dumps(request, sort_keys=True)
        if key not in self._drawn:
            self._drawn[key] = super().draw(request, *more)
        return self._drawn[key]


@pytest.fixture(scope="module", autouse=True)
def figures_made_once() -> Iterator[None]:
    """Each verification makes the figure again: the same one, for the same request and context."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("atlas.export.value_comparison.figure_of", cached_figure)
        patch.setattr("atlas.export.verification.figure_of", cached_figure)
        yield


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    made = RememberingPool()
    yield made
    made.close()


@pytest.fixture(scope="module")
def draw(context, pool):
    """The file of a request."""

    def draw(request=MAP, kind: str = "png", size: str = "lien-1200x630", **more: Any) -> bytes:
        options = more.pop("options", Options())
        desk = more.pop("desk", context)
        return image(
            cached_figure(desk, request),
            kind,
            desk.shapes,
            FORMATS[size],
            options=options,
            data=desk.dataset.version,
            pool=pool,
            **more,
        )

    return draw


@pytest.fixture(scope="module")
def verified(context, fictitious, pool):
    """The verdict on a file."""

    def verified(content: bytes, **other: Any) -> Verdict:
        contexts = {False: replace(context, **other) if other else context, True: fictitious}
        return verify_image(content, contexts.__getitem__, pool)

    return verified


def verdict_text(verdict: Verdict) -> str:
    """All that is told, with plain spaces."""
    rows = [*region_rows(verdict), *text_rows(verdict)]
    text = "\n".join([headline(verdict), *details(verdict), *map(" | ".join, rows)])
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def saying(content: bytes, known: Provenance) -> bytes:
    """The SVG or PNG with other metadata."""
    if content.startswith(b"\x89PNG"):
        picture, texts = Image.open(io.BytesIO(content)), PngImagePlugin.PngInfo()
        for name, text in {**picture.text, "Provenance": provenance_text(known)}.items():
            texts.add_itxt(name, str(text))
        stream = io.BytesIO()
        picture.save(stream, "PNG", pnginfo=texts, dpi=picture.info["dpi"])
        return stream.getvalue()
    text = provenance_text(known).replace("&", "&amp;").replace("<", "&lt;")
    head, _, rest = content.partition(b"<atlas:provenance>")
    return head + b"<atlas:provenance>" + text.encode() + rest[rest.index(b"</atlas:") :]


# --- what was not touched ------------------------------------------------------------------------


# Every format in the kind that is made soonest, and the two others with and without a height of
# their own. `make faults` takes all.
FORMATS_OF_KIND = {"svg": FORMATS, "png": ["82mm", "lien-1200x630"], "pdf": ["82mm", "a4-paysage"]}


@pytest.mark.parametrize(
    "kind, size", [(kind, size) for kind, sizes in FORMATS_OF_KIND.items() for size in sizes]
)
def test_an_image_is_certified_in_every_format_and_kind(draw, verified, size, kind):
    verdict = verified(draw(BARS, kind, size))
    assert (verdict.state, verdict.drawing.state) == ("certified", "identical")
    assert headline(verdict).startswith("À jour : ") and "redessinée à l’instant" in verdict_text(
        verdict
    )


@pytest.mark.parametrize(
    "kind, options",
    [
        ("png", {"logo": True, "transparent": True}),
        ("svg", {"logo": True, "embargo": dt.date(2027, 1, 30)}),
        ("svg-vectorise", {"brand_line": "#2f47b0", "embargo": dt.date(2027, 1, 30)}),
        ("svg", {"is_draft": True, "embargo": dt.date(2027, 1, 30)}),
        ("svg", {"transparent": True}),
        ("svg", {"caption": False}),
        ("svg", {"title": False}),
        ("pdf", {"logo": True, "caption": False}),
    ],
    ids=str,
)
def test_what_is_around_the_drawing_is_drawn_again_as_it_was(
    context, draw, verified, options, kind
):
    chosen = Options(**{**options, **({"logo": context.logo} if "logo" in options else {})})
    assert verified(draw(BARS, kind, options=chosen)).state == "certified"


def test_a_map_and_an_invented_figure_are_certified(fictitious, draw, verified):
    assert verified(draw(MAP)).state == "certified"
    invented = draw(BARS, "svg", desk=fictitious)
    assert verified(invented).state == "certified" and provenance_in(invented).fictitious


def test_a_file_opened_under_a_guard_gets_the_same_verdict(context, draw, pool):
    svg = draw(MAP, "svg")
    painted = repainted(draw(MAP), lambda picture: picture.paste("red", (0, 0, 40, 40)))
    for content, state in [
        (svg, "certified"),
        (draw(MAP, "pdf"), "certified"),
        (svg.replace(b">41,7<", b">47,1<"), "modified"),
        (painted, "modified"),
    ]:
        one, guarded = (
            verify_image(content, lambda _: context, pool, guard=guard) for guard in (None, Guard())
        )
        assert one.state == guarded.state == state and one.drawing == guarded.drawing


def test_an_image_that_the_limits_do_not_let_be_compared_is_refused_and_not_called_modified(
    context, draw, pool
):
    content = draw(BARS, size="a4-paysage")
    with pytest.raises(UnknownImage, match="mémoire"):
        verify_image(content, lambda _: context, pool, guard=Guard(memory_megabytes=30))


def test_a_file_made_smaller_without_a_loss_is_still_certified(draw, verified):
    content = draw(BARS)
    picture = Image.open(io.BytesIO(content))
    alpha = with_texts_of(content, picture.convert("RGBA"), optimize=True)
    assert len(alpha) != len(content) and verified(alpha).state == "certified"
    usual = with_chunk(content, b"gAMA", struct.pack(">I", 45_455))
    assert verified(usual).state == "certified"


def test_a_drawing_program_may_rename_prefixes_and_add_its_notes(draw, verified):
    content = (
        draw(BARS, "svg").replace(b"inkscape:", b"ink:").replace(b"xmlns:inkscape", b"xmlns:ink")
    )
    content = content.replace(b"<metadata>", b"\n  <!-- seen -->\n  <metadata>", 1)
    assert verified(content).state == "certified"


def test_a_pdf_that_was_saved_again_is_still_certified(draw, verified):
    compressed = pdf_with(draw(BARS, "pdf"), lambda w: w.pages[0].compress_content_streams())
    assert verified(compressed).state == "certified"


# --- what was painted over -----------------------------------------------------------------------


def test_a_number_painted_over_is_found_where_it_is(draw, verified):
    """The metadata are those of the exported file: every value in them is that of today."""
    false = with_other_number(draw(MAP), draw(MAP, "svg"), "41,7", "47,1")
    verdict = verified(false)
    assert verdict.values.state == "current"
    assert (verdict.state, verdict.drawing.state) == ("modified", "modified")
    assert headline(verdict).startswith("Image modifiée : ") and "À jour" not in verdict_text(
        verdict
    )
    (part,) = verdict.drawing.parts
    assert part.expected == ("41,7",)
    assert part.region.right - part.region.left < 0.1 and part.region.share < 0.002
    ((number, _, share, text),) = region_rows(verdict)
    assert (number, text) == ("1", "«\u00a041,7\u00a0»") and share.endswith("\u00a0%")
    marked = Image.open(io.BytesIO(verdict.drawing.changes.picture)).convert("RGB")
    assert marked.size == (1200, 630) and (201, 0, 43) in {c for _, c in marked.getcolors(99_999)}


def test_two_far_places_are_two_regions_the_larger_first(draw, verified):
    def paint(picture: Image.Image) -> None:
        picture.paste("red", (10, 10, 30, 20))
        picture.paste("black", (1000, 500, 1100, 600))

    verdict = verified(repainted(draw(MAP), paint))
    large, small = verdict.drawing.changes.regions
    assert large.share > small.share and (large.left, small.top) == pytest.approx(
        (1000 / 1200, 10 / 630), abs=0.02
    )
    assert [row[1] for row in region_rows(verdict)] == ["en bas à droite", "en haut à gauche"]


@pytest.mark.parametrize("level, state", [(1, "certified"), (12, "modified")])
def test_a_level_that_nobody_sees_is_no_change_and_one_that_somebody_may_is(
    draw, verified, level, state
):
    def paint(picture: Image.Image) -> None:
        red, green, blue = picture.getpixel((600, 300))
        shade = (red, green, blue + level if blue < 128 else blue - level)
        picture.putpixel((600, 300), shade)

    assert verified(repainted(draw(MAP), paint)).state == state


def test_the_metadata_of_an_image_on_another_do_not_certify_it(draw, verified):
    true, other = draw(MAP), draw(CORSE)
    verdict = verified(with_texts_of(true, Image.open(io.BytesIO(other))))
    assert verdict.state == "modified" and verdict.drawing.changes.share > 0.05


@pytest.mark.parametrize(
    "paint, how",
    [
        (lambda picture: picture.crop((0, 0, picture.width, picture.height - 90)), "recadrée"),
        (lambda picture: picture.resize((600, 315)), "redimensionnée"),
        (lambda picture: picture.resize((1201, 630)), "même taille"),
    ],
    ids=["cropped", "smaller", "a point wider"],
)
def test_an_image_of_another_size_is_modified_and_not_compared(draw, verified, paint, how):
    verdict = verified(repainted(draw(MAP), paint))
    assert verdict.state == "modified" and how in verdict_text(verdict)
    assert verdict.drawing.changes.regions == ()


def test_colours_that_were_lost_are_a_change(draw, verified):
    grey = repainted(draw(MAP), lambda picture: picture.convert("L").convert("RGB"))
    assert verified(grey).state == "modified"
    few = repainted(draw(MAP), lambda picture: picture.quantize(4).convert("RGB"))
    assert verified(few).state == "modified"


@pytest.mark.parametrize(
    "name, data",
    [
        (b"gAMA", struct.pack(">I", 2_000)),
        (b"acTL", struct.pack(">II", 2, 0)),
        (b"iCCP", b"profile\0\0x\x9c\x03\0\0\0\0\x01"),
        (b"eXIf", b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0"),
    ],
)
def test_points_that_are_shown_otherwise_than_they_are_written_are_not_certified(
    draw, verified, name, data
):
    """A second picture that browsers play, a correction that makes them show other colours."""
    verdict = verified(with_chunk(draw(MAP), name, data))
    assert verdict.state == "modified" and name.decode() in verdict_text(verdict)


def test_another_description_for_screen_readers_is_a_change(draw, verified):
    content = draw(BARS)
    picture, texts = Image.open(io.BytesIO(content)), PngImagePlugin.PngInfo()
    for name, text in {**picture.text, "Description": "Les Landes à 99 %"}.items():
        texts.add_itxt(name, str(text))
    stream = io.BytesIO()
    picture.save(stream, "PNG", pnginfo=texts)
    verdict = verified(stream.getvalue())
    assert verdict.state == "modified" and "lecteurs d’écran" in verdict_text(verdict)


# --- SVG and PDF ---------------------------------------------------------------------------------


def test_a_text_changed_in_an_svg_is_named_with_what_it_should_be(draw, verified):
    content = draw(MAP, "svg")
    assert content.count(b">41,7<") >= 1
    verdict = verified(content.replace(b">41,7<", b">47,1<"))
    assert verdict.state == "modified"
    assert ("dessin", "47,1", "41,7") in text_rows(verdict)


def test_a_colour_changed_in_an_svg_is_named_by_its_territory(draw, verified):
    content = draw(MAP, "svg")
    place = content.index(b'aria-label="Landes')
    start = content.rindex(b"<path", 0, place)
    end = content.index(b">", place)
    shape = content[start:end]
    painted = re.sub(rb'fill="[^"]*"', b'fill="#ffffff"', shape, count=1)
    assert painted != shape
    verdict = verified(content[:start] + painted + content[end:])
    assert verdict.state == "modified"
    assert any("Landes" in row[1] and "autre couleur" in row[1] for row in text_rows(verdict))


@pytest.mark.parametrize(
    "old, new",
    [
        (b"</svg>", b'<rect x="9" y="9" width="99" height="99" fill="#fff"/></svg>'),
        (b"</svg>", b"<style>text {display: none}</style></svg>"),
        (b"<svg", b'<?xml-stylesheet href="x.css"?><svg'),
        (b'id="notes"', b'id="notes" display="none"'),
    ],
    ids=["element", "style", "style sheet", "hidden layer"],
)
def test_what_changes_how_an_svg_looks_is_a_change(draw, verified, old, new):
    content = draw(BARS, "svg")
    place = content.rindex(old)
    verdict = verified(content[:place] + new + content[place + len(old) :])
    assert verdict.state == "modified" and verdict.drawing.changes.reasons


@pytest.mark.parametrize(
    "change, what",
    [
        (with_note, "annotations"),
        (without_a_stroke, "Le dessin n’est plus le même"),
        (lambda writer: writer.add_blank_page(), "2 pages"),
        (lambda writer: writer.pages[0].rotate(90), "tournée"),
        (with_script, "éléments actifs"),
        (lambda writer: writer.add_metadata({"/Subject": "Les Landes à 99 %"}), "description"),
    ],
    ids=["note", "stroke", "page", "turned", "script", "description"],
)
def test_what_changes_how_a_pdf_looks_is_a_change(draw, verified, change, what):
    verdict = verified(pdf_with(draw(BARS, "pdf"), change))
    assert verdict.state == "modified" and what in verdict_text(verdict)


# --- what cannot be compared ---------------------------------------------------------------------


def test_an_image_of_another_version_of_the_program_is_not_certified_when_it_differs(
    draw, verified
):
    """Nobody can tell a new way to draw from a retouch: it is said, and never « À jour »."""
    content = draw(BARS)
    known = provenance_in(content)

    def as_if_of_another_version(paint) -> bytes:
        painted = repainted(content, paint)
        rendering = replace(
            known.rendering,
            made_from="0" * 32,
            content=IMAGE_KINDS["png"].content_digest(painted),
        )
        return saying(painted, replace(known, rendering=rendering))

    assert verified(as_if_of_another_version(lambda picture: None)).state == "certified"
    verdict = verified(
        as_if_of_another_version(lambda picture: picture.paste("red", (0, 0, 40, 40)))
    )
    assert (verdict.state, verdict.drawing.state) == ("uncertified", "uncertain")
    assert headline(verdict).startswith("Non certifiée : ")
    assert "autre version du tableau de bord" in verdict_text(
        verdict
    ) and "À jour" not in verdict_text(verdict)
    assert [row[1] for row in region_rows(verdict)] == ["en haut à gauche"]


def test_an_image_that_no_longer_has_its_own_fingerprint_is_modified_whoever_drew_it(
    draw, verified
):
    content = draw(BARS)
    known = provenance_in(content)
    other = replace(known, rendering=replace(known.rendering, made_from="0" * 32))
    painted = repainted(content, lambda picture: picture.paste("red", (0, 0, 40, 40)))
    verdict = verified(saying(painted, other))
    assert verdict.state == "modified" and "empreinte" in verdict_text(verdict)


def changed(known: Provenance) -> Provenance:
    """As if a value of the image were no longer published."""
    rows = [list(row) for row in known.rows]
    place = next(i for i, cell in enumerate(rows[1]) if "%" in cell)
    rows[1][place] = "12,3\u00a0%"
    return replace(known, digest="0" * 16, rows=tuple(map(tuple, rows)))


def test_an_image_whose_figures_have_changed_is_not_certified(draw, verified):
    content = draw(BARS)
    verdict = verified(saying(content, changed(provenance_in(content))))
    assert (verdict.state, verdict.drawing.state) == ("outdated", "not_drawn")
    assert headline(verdict).startswith("À refaire : 1 valeur de l’image a changé. ")
    assert "n’est pas certifié" in headline(verdict)


def test_an_old_image_that_was_repainted_shows_it_by_its_own_fingerprint(draw, verified):
    content = draw(BARS)
    painted = repainted(content, lambda picture: picture.paste("red", (0, 0, 40, 40)))
    verdict = verified(saying(painted, changed(provenance_in(content))))
    assert verdict.state == "modified" and "De plus, ses chiffres" in headline(verdict)


def of_version_2(content: bytes) -> bytes:
    """The same image as 0.4.0 wrote it."""
    known = asdict(replace(provenance_in(content), version=2))
    del known["rendering"]
    picture, texts = Image.open(io.BytesIO(content)), PngImagePlugin.PngInfo()
    texts.add_itxt("Provenance", json.dumps(known), zip=True)
    # 0.4.0 wrote these as well.
    for name in ("Title", "Description"):
        texts.add_itxt(name, str(picture.text[name]))
    stream = io.BytesIO()
    picture.save(stream, "PNG", pnginfo=texts)
    return stream.getvalue()


@pytest.mark.parametrize("options", [{}, {"caption": False}, {"logo": True}], ids=str)
def test_an_image_of_0_4_0_is_certified_when_a_format_of_its_size_draws_the_same(
    context, draw, verified, options
):
    chosen = Options(**{**options, **({"logo": context.logo} if "logo" in options else {})})
    assert verified(of_version_2(draw(BARS, options=chosen))).state == "certified"


def test_an_image_of_0_4_0_that_was_painted_over_is_not_certified(draw, verified):
    painted = repainted(draw(BARS), lambda picture: picture.paste("red", (0, 0, 40, 40)))
    verdict = verified(of_version_2(painted))
    assert verdict.state == "uncertified" and "À jour" not in verdict_text(verdict)
    assert "n’écrivait pas" in headline(verdict)
    assert [row[1] for row in region_rows(verdict)] == ["en haut à gauche"]


def test_an_image_of_0_4_0_in_no_format_is_not_certified(draw, verified):
    small = repainted(draw(BARS), lambda picture: picture.resize((600, 315)))
    verdict = verified(of_version_2(small))
    assert verdict.state == "uncertified" and "aucun format" in headline(verdict)


@pytest.mark.parametrize("name", ["carte-corse.png", "comparaison.png"])
def test_an_image_of_0_3_0_is_not_up_to_date_when_its_figures_are_said_otherwise(verified, name):
    """No rank among three régions of eighteen is given any more; the nation has its date."""
    verdict = verified((FORMER / name).read_bytes())
    assert (verdict.values.state, verdict.state) == ("changed", "outdated")
    assert "À jour" not in verdict_text(verdict)


@pytest.mark.parametrize(
    "format", [{"width_mm": 9e9}, {"width_mm": 82, "width_px": 900}, {"autre": 1}, {}], ids=str
)
def test_a_format_that_is_none_is_refused(draw, verified, format):
    content = draw(BARS, "svg")
    known = provenance_in(content)
    with pytest.raises(UnknownImage, match="abîmées"):
        verified(saying(content, replace(known, rendering=replace(known.rendering, format=format))))


def test_a_page_of_another_size_is_not_drawn(draw, verified, pool, monkeypatch):
    """A file may claim a page of a metre at 600 points an inch."""
    content = draw(BARS)
    known = provenance_in(content)
    huge = {"width_mm": 1200.0, "height_mm": 1200.0, "dpi": 600, "text": 24.0}
    claimed = saying(content, replace(known, rendering=replace(known.rendering, format=huge)))
    monkeypatch.setattr(pool, "draw", lambda *request: pytest.fail("it was drawn"))
    assert verified(claimed).state in ("uncertified", "modified")


def test_without_its_outlines_a_map_is_not_called_modified(draw, verified, context, tmp_path):
    content = draw(MAP, "svg")
    gone = replace(context.shapes, folder=tmp_path)
    assert isinstance(gone, Shapes)
    verdict = verified(content, shapes=gone)
    assert (verdict.state, verdict.drawing.state) == ("uncertified", "not_drawn")
    assert "contours" in headline(verdict)


def test_a_finding_that_somebody_wrote_is_told_apart_from_what_is_verified(draw, verified):
    written = MapRequest(
        indicator=RATE, territory="REG-94", period="2026-03", title="La Corse à 99 %"
    )
    verdict = verified(draw(written, "svg"))
    assert verdict.state == "certified" and "« La Corse à 99 % » a été écrit" in verdict_text(
        verdict
    )


# --- signatures ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def key(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("key") / "agency.pem"
    write_signing_key(path)
    return path


@pytest.fixture(scope="module")
def known_agency(context, key):
    """Settings that know the key."""
    agency = {"name": "Agence d’essai", "public_key": public_key_text(read_signing_key(key))}
    signatures = type(context.settings.signatures).model_validate({"agencies": {"essai": agency}})
    return context.settings.model_copy(update={"signatures": signatures})


@pytest.mark.parametrize("kind", IMAGE_KINDS)
def test_a_signed_image_says_whose_key_signed_it(draw, verified, known_agency, key, kind):
    content = draw(BARS, kind, signing_key=key)
    verdict = verified(content, settings=known_agency)
    assert (verdict.state, verdict.signature.state) == ("certified", "valid")
    assert "signée par la clé de « Agence d’essai »" in verdict_text(verdict)
    assert b"PRIVATE" not in content
    assert verified(content).signature.state == "unknown"
    assert verified(draw(BARS, kind)).signature.state == "none"


@pytest.mark.parametrize("part", ["title", "data", "request", "rows", "made_from", "content"])
def test_whatever_of_a_signed_image_is_changed_its_signature_is_invalid(
    draw, verified, known_agency, key, part
):
    content = draw(BARS, "svg", signing_key=key)
    known = provenance_in(content)
    if part in ("made_from", "content"):
        other = replace(known, rendering=replace(known.rendering, **{part: "0" * 32}))
    elif part == "request":
        other = replace(known, request={**known.request, "title": "Autre"})
    elif part == "rows":
        other = replace(known, rows=(*known.rows, known.rows[-1]))
    else:
        other = replace(known, **{part: "autre"})
    verdict = verified(saying(content, other), settings=known_agency)
    assert (verdict.state, verdict.signature.state) == ("modified", "invalid")
    assert "invalide" in verdict_text(verdict)


def test_a_signed_image_that_was_repainted_is_modified(draw, verified, known_agency, key):
    content = draw(BARS, signing_key=key)
    painted = repainted(content, lambda picture: picture.paste("red", (0, 0, 40, 40)))
    verdict = verified(painted, settings=known_agency)
    assert (verdict.state, verdict.signature.state) == ("modified", "invalid")


@pytest.mark.parametrize("signature", ["", "AAAA", "é", base64.b64encode(bytes(64)).decode()])
def test_a_forged_signature_is_invalid(draw, verified, known_agency, key, signature):
    content = draw(BARS, "svg", signing_key=key)
    known = provenance_in(content)
    forged = replace(known, rendering=replace(known.rendering, signature=signature))
    verdict = verified(saying(content, forged), settings=known_agency)
    assert verdict.signature.state == "invalid" and verdict.state == "modified"


def test_a_signature_proves_an_image_that_cannot_be_drawn_again(
    draw, verified, known_agency, key, context, monkeypatch
):
    """Drawn by another version, or from figures that have changed since."""
    monkeypatch.setattr("atlas.export.image.program_fingerprint", lambda: "another")
    content = draw(BARS, "svg", signing_key=key)
    monkeypatch.undo()
    moved = known_agency.brand.model_copy(update={"primary": "#123456"})
    settings = known_agency.model_copy(update={"brand": moved})
    style = type(context.style).light(moved)
    verdict = verified(content, settings=settings, style=style)
    assert verdict.drawing.state == "uncertain" and verdict.state == "certified"
    assert "prouve qu’elle n’a pas été retouchée" in headline(verdict)
    settings = settings.model_copy(update={"signatures": context.settings.signatures})
    assert verified(content, settings=settings, style=style).state == "uncertified"
