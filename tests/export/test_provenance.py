"""What a file says of itself, read back; whether its figures are still those of the data."""

from __future__ import annotations

import io
import json
import math
import re
import struct
import tracemalloc
import zlib
from dataclasses import asdict, replace
from pathlib import Path

import pytest
from contexts import context_for_print
from PIL import EpsImagePlugin, Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter
from shipped import INVENTED, SETTINGS, SHIPPED, VISITED

from atlas.export.image import image
from atlas.export.provenance import (
    VERSION,
    Provenance,
    Rendering,
    UnknownImage,
    provenance,
    provenance_in,
    provenance_text,
)
from atlas.export.value_comparison import ValueComparison, compare_values
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.registry import figure_of
from atlas.french import table_texts
from atlas.guarded_worker import Guard
from atlas.project import Project
from atlas.rendering.image_kinds.registry import IMAGE_KINDS

KINDS = tuple(IMAGE_KINDS)
CORSE = CorridorsRequest(indicator="documents_deposited", territory="REG-94", period="2025")
# What a machine says of itself.
MACHINE = re.compile(r"Error|Exception|\b(file|image|invalid|cannot|not|unknown)\b(?! n’)")
NOT_OURS = "ce fichier ne dit pas d’où il vient"
UNREADABLE = "ce fichier n’est ni un PNG, ni un SVG, ni un PDF lisible"
SPOILT = "ses métadonnées sont abîmées"


def known(context: FigureContext, request: FigureRequest) -> Provenance:
    """What an image of this request carries."""
    return provenance(figure_of(context, request), context.dataset.version)


@pytest.fixture(scope="module")
def files(context) -> dict[str, bytes]:
    """One figure as PNG, SVG and PDF."""
    figure = figure_of(context, CORSE)
    return {
        kind: image(
            figure, kind, context.shapes, SETTINGS.formats["82mm"], data=context.dataset.version
        )
        for kind in KINDS
    }


def what_it_shows(content: bytes) -> Provenance:
    """What a file says, but for how it was drawn, which only a drawn file knows."""
    return replace(provenance_in(content), rendering=None)


def carrying(text: str) -> bytes:
    """A PNG whose metadata are this text."""
    stream, said = io.BytesIO(), PngImagePlugin.PngInfo()
    said.add_itxt("Provenance", text, zip=True)
    Image.new("RGB", (9, 9)).save(stream, "PNG", pnginfo=said)
    return stream.getvalue()


def bare(form: str, size: tuple[int, int] = (9, 9)) -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", size).save(stream, form)
    return stream.getvalue()


# --- round trip ----------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_put_into_a_file_is_what_is_read_back(context, files, kind):
    assert what_it_shows(files[kind]) == known(context, CORSE)


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_says_how_it_was_drawn(files, kind):
    told = provenance_in(files[kind]).rendering
    assert told.format == {"width_mm": 82.0, "dpi": 300, "text": 7.0}
    assert (told.title, told.caption, told.transparent, told.logo) == (True, True, False, False)
    assert told.made_from and told.content == IMAGE_KINDS[kind].content_digest(files[kind])
    assert (told.key, told.signature) == ("", "")


def test_a_file_holds_the_request_the_values_and_the_version_of_the_data(context, files):
    told = provenance_in(files["png"])
    figure = figure_of(context, CORSE)
    assert told.request == CORSE.as_texts() and told.data == context.dataset.version
    assert told.figure == "corse_2025_documents-deposes-annee_couloirs"
    assert (told.title, told.digest, told.fictitious) == (figure.title, figure.digest, False)
    texts = table_texts(figure.table)
    assert told.rows[0] == tuple(texts.columns)
    assert [list(row) for row in told.rows[1:]] == texts.to_numpy().tolist()


def test_a_file_of_invented_figures_says_so(fictitious):
    assert known(fictitious, INVENTED["fictif-france"]).fictitious


def test_two_makings_of_a_figure_write_the_same(context):
    assert provenance_text(known(context, CORSE)) == provenance_text(known(context, CORSE))


def test_an_svg_that_a_designer_saved_again_is_still_known(context, files):
    """Another program writes its own prefixes, and a comment before the drawing."""
    again = files["svg"].replace(b"atlas:", b"ns7:").replace(b"xmlns:atlas", b"xmlns:ns7")
    again = again.replace(b"<svg", b"<!-- Inkscape -->\n<!DOCTYPE svg>\n<svg", 1)
    assert what_it_shows(again) == known(context, CORSE)


def test_an_svg_saved_with_a_mark_of_byte_order_is_still_known(context, files):
    assert what_it_shows(b"\xef\xbb\xbf" + files["svg"]) == known(context, CORSE)


def test_a_pdf_that_was_saved_again_is_still_known(context, files):
    writer, stream = PdfWriter(clone_from=PdfReader(io.BytesIO(files["pdf"]))), io.BytesIO()
    writer.write(stream)
    assert what_it_shows(stream.getvalue()) == known(context, CORSE)


# --- files that are not ours ---------------------------------------------------------------------


def blank_pdf() -> bytes:
    writer, stream = PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    writer.write(stream)
    return stream.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        bare("PNG"),
        bare("JPEG"),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        blank_pdf(),
        b"<?xml version='1.0'?><html/>",
    ],
    ids=["png", "jpeg", "svg", "pdf", "html"],
)
def test_a_file_of_somebody_else_is_told_apart_from_a_damaged_one(content):
    with pytest.raises(UnknownImage, match=f"^{NOT_OURS}"):
        provenance_in(content)


def test_a_picture_that_lost_its_metadata_is_no_longer_known(files):
    stream = io.BytesIO()
    Image.open(io.BytesIO(files["png"])).convert("RGB").save(stream, "PNG")
    with pytest.raises(UnknownImage, match="un logiciel en a retiré les métadonnées$"):
        provenance_in(stream.getvalue())


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


BOMB = (
    b"\x89PNG\r\n\x1a\n"
    + chunk(b"IHDR", struct.pack(">IIBBBBB", 60_000, 60_000, 8, 0, 0, 0, 0))
    + chunk(b"IDAT", zlib.compress(b"0" * 99))
    + chunk(b"IEND", b"")
)
BRANCHES = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 9))
LAUGHS = (
    f'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a0 "haha">{BRANCHES}]>'
    '<svg xmlns="http://www.w3.org/2000/svg">&a8;</svg>'
).encode()
STRANGE = {
    "nothing": b"",
    "a text": "Le taux d’activation".encode(),
    "a spreadsheet": b"PK\x03\x04" * 9,
    "a picture cut in its head": bare("PNG")[:20],
    "a bomb of words": LAUGHS,
    "a pdf cut in its head": b"%PDF-1.7",
    "an encoding that does not exist": b'<?xml version="1.0" encoding="bidon"?><svg/>',
    "another picture": b"GIF89a",
}


@pytest.mark.parametrize("content", STRANGE.values(), ids=STRANGE)
def test_what_cannot_be_read_is_refused_in_french(content):
    with pytest.raises(UnknownImage) as refused:
        provenance_in(content)
    assert str(refused.value) == UNREADABLE


def text_bomb(kind: bytes) -> bytes:
    """Little more than 100 kB, whose provenance unpacks to 100 MB."""
    packed = zlib.compress(b" " * 100_000_000, 9)
    rest = b"\0\0" if kind == b"zTXt" else b"\0\1\0fr\0\0"
    text = chunk(kind, b"Provenance" + rest + packed)
    return BOMB[:8] + chunk(b"IHDR", struct.pack(">IIBBBBB", 9, 9, 8, 0, 0, 0, 0)) + text


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt"])
def test_a_bomb_of_text_is_refused_by_its_limit_and_not_unpacked(kind):
    content = text_bomb(kind)
    assert len(content) < 200_000
    tracemalloc.start()
    try:
        with pytest.raises(UnknownImage, match="ses métadonnées dépassent 5 Mo"):
            provenance_in(content)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()


def test_a_bomb_of_pixels_is_refused_by_its_limit():
    with pytest.raises(UnknownImage, match="l’image a plus de 100 millions de points"):
        provenance_in(BOMB)


def test_the_points_of_a_picture_are_not_decoded():
    """0.7 MB of PNG cost 692 MB."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 9_000, 9_000, 8, 6, 0, 0, 0))
    content = BOMB[:8] + head + chunk(b"IDAT", zlib.compress(b"0" * 99)) + chunk(b"IEND", b"")
    tracemalloc.start()
    try:
        with pytest.raises(UnknownImage, match=NOT_OURS):
            provenance_in(content)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_a_drawing_in_postscript_starts_no_other_program(tmp_path, monkeypatch):
    """Pillow hands an EPS to Ghostscript, whatever it is called."""
    ghostscript, mark = tmp_path / "gs", tmp_path / "started"
    ghostscript.write_text(f"#!/bin/sh\ntouch {mark}\n")
    ghostscript.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(EpsImagePlugin, "gs_binary", None)
    eps = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\nshowpage\n"
    for guard in (None, Guard()):
        with pytest.raises(UnknownImage, match=UNREADABLE):
            provenance_in(eps, guard)
    assert not mark.exists()


@pytest.mark.parametrize("kind", KINDS)
def test_a_worker_reads_what_is_read_here(files, kind):
    assert provenance_in(files[kind], Guard()) == provenance_in(files[kind])


def test_a_worker_refuses_what_is_refused_here():
    for content in (BOMB, LAUGHS, bare("JPEG")):
        with pytest.raises(UnknownImage) as here:
            provenance_in(content)
        with pytest.raises(UnknownImage) as there:
            provenance_in(content, Guard())
        assert str(here.value) == str(there.value)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("kept", [0.05, 0.5, 0.9, 0.995])
def test_a_file_cut_short_is_refused(files, kind, kept):
    with pytest.raises(UnknownImage):
        provenance_in(files[kind][: int(len(files[kind]) * kept)])


def test_a_picture_whose_points_are_damaged_is_refused(files):
    middle = len(files["png"]) // 2
    with pytest.raises(UnknownImage, match=UNREADABLE):
        provenance_in(files["png"][:middle] + b"\0\0\0\0" + files["png"][middle + 4 :])


def spoilt(**changed: object) -> str:
    tree = asdict(
        Provenance(
            "f",
            "Titre",
            {"drawing": "courbe", "indicator": "i"},
            "0" * 16,
            (("Territoire",), ("Corse",)),
            "v",
            False,
            rendering=Rendering({"width_mm": 82.0}, True, True, False, False, "0" * 32),
        )
    )
    return json.dumps({**tree, **changed})


RENDERING = json.loads(spoilt())["rendering"]
METADATA = {
    "no tree": "{",
    "a list": "[]",
    "nothing": "null",
    "a number": "5",
    "a well": "[" * 100_000,
    "few keys": '{"rows": []}',
    "a key too many": spoilt(autre=1),
    "no rows": spoilt(rows=None),
    "rows without a heading": spoilt(rows=[]),
    "rows of letters": spoilt(rows="abc"),
    "a request of numbers": spoilt(request={"drawing": "courbe", "indicator": "i", "territory": 5}),
    "a request in one word": spoilt(request="courbe"),
    "two names of one request": spoilt(recipe={"drawing": "courbe", "indicator": "i"}),
    "no title": spoilt(title=None),
    "another version": spoilt(version=VERSION + 1),
    "no rendering": spoilt(rendering=None),
    "a rendering of an older version": spoilt(version=2),
    "a rendering without its fields": spoilt(rendering={}),
    "a rendering in one word": spoilt(rendering="82mm"),
    "a format that is a list": spoilt(rendering={**RENDERING, "format": [82]}),
    "a size that is no number": spoilt(rendering={**RENDERING, "format": {"width_mm": math.nan}}),
    "an option that is a number": spoilt(rendering={**RENDERING, "logo": 1}),
    "an embargo that is no day": spoilt(rendering={**RENDERING, "embargo": "2027-13-45"}),
}


@pytest.mark.parametrize("text", METADATA.values(), ids=METADATA)
def test_metadata_that_were_spoilt_are_refused_and_never_an_error_of_the_page(text):
    with pytest.raises(UnknownImage) as refused:
        provenance_in(carrying(text))
    assert not MACHINE.search(str(refused.value))


def test_metadata_that_were_cut_are_said_to_be_damaged():
    with pytest.raises(UnknownImage, match=f"^{SPOILT}$"):
        provenance_in(carrying(spoilt()[:-9]))


# --- are the figures still the same --------------------------------------------------------------


def changes(verdict: ValueComparison) -> list[tuple[str, ...]]:
    assert list(verdict.differences.columns) == ["Ligne", "Colonne", "Sur l’image", "Aujourd’hui"]
    return [
        tuple(cell.replace("\u00a0", " ").replace("\u202f", " ") for cell in row)
        for row in verdict.differences.itertuples(index=False)
    ]


@pytest.mark.parametrize("name", [*SHIPPED, *VISITED])
def test_every_shipped_figure_is_current_on_the_shipped_data(context, name):
    request = VISITED[name] if name in VISITED else SHIPPED[name](context)
    verdict = compare_values(context, known(context, request))
    assert (verdict.state, verdict.reason) == ("current", "") and verdict.differences.empty
    assert verdict.figure.title == figure_of(context, request).title


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_figure_is_current_on_the_invented_data_alone(context, fictitious, name):
    told = known(fictitious, INVENTED[name])
    assert compare_values(fictitious, told).state == "current"
    # Gone, where nothing like it is published.
    assert compare_values(context, told).state in ("changed", "gone")


@pytest.fixture
def copied(copy_of_project: Path, project: Project) -> Project:
    """A project to edit, with the shapes of the repository: none is prepared again."""
    place = Project(copy_of_project)
    place.shapes = project.shapes  # type: ignore[method-assign]
    return place


def test_a_value_that_was_edited_is_named_with_what_it_was_and_is(context, copied, edit):
    told = known(context, VISITED["classement"])
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,41.7", "DEP-40,activation_rate,,2025,42.9")
    verdict = compare_values(context_for_print(copied), told)
    assert verdict.state == "changed"
    assert changes(verdict) == [
        ("Landes", "Taux d’activation", "41,7 %", "42,9 %"),
        ("Landes", "Écart à la France", "+8,1 points", "+9,3 points"),
    ]


def test_a_new_rank_alone_is_not_counted_as_a_change_of_its_line(context, copied, edit):
    told = known(context, VISITED["aquitaine"])
    edit("data/2025.csv", "DEP-33,activation_rate,,2025,40,", "DEP-33,activation_rate,,2025,44,")
    verdict = compare_values(context_for_print(copied), told)
    assert {line for line, *_ in changes(verdict)} == {"Gironde"}
    assert "Rang" not in set(verdict.differences["Colonne"])


def test_an_edit_elsewhere_leaves_an_image_current_though_the_data_have_another_version(
    context, copied, edit
):
    told = known(context, CORSE)
    edit("data/2025.csv", "DEP-40,activation_rate,,2025,41.7", "DEP-40,activation_rate,,2025,42.9")
    changed = context_for_print(copied)
    assert changed.dataset.version != told.data and compare_values(changed, told).state == "current"


def test_another_point_of_a_curve_is_named_by_its_territory(context, copied, edit):
    told = known(context, SHIPPED["trajectoires/activation_rate"](context))
    edit(
        "data/2025.csv",
        "REG-94,activation_rate,,2025-12,30.6,",
        "REG-94,activation_rate,,2025-12,31.6,",
    )
    verdict = compare_values(context_for_print(copied), told)
    assert verdict.state == "changed"
    assert ("Corse", "Taux d’activation", "30,6 %", "31,6 %") in changes(verdict)


def test_a_line_that_is_no_longer_published_is_said_to_be_absent(context, copied, copy_of_project):
    told = known(context, SHIPPED["taux-activation-fin-2025/activation_rate"](context))
    without(copy_of_project / "data", r"REG-94,activation_rate,,2025-12,")
    found = changes(compare_values(context_for_print(copied), told))
    assert ("Corse", "Décembre 2025", "30,6 %", "absent") in found


def without(folder: Path, start: str) -> None:
    """Take away the rows that start so."""
    taken = 0
    for path in folder.glob("2*.csv"):
        lines = path.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not re.match(start, line)]
        taken += len(lines) - len(kept)
        path.write_text("".join(kept), "utf-8")
    assert taken


def test_a_figure_whose_figures_are_gone_says_so(context, copied, copy_of_project):
    told = known(context, CORSE)
    without(copy_of_project / "data", r"REG-94,documents_deposited,\w")
    verdict = compare_values(context_for_print(copied), told)
    assert (verdict.state, verdict.figure) == ("gone", None) and verdict.differences.empty
    assert verdict.reason == "aucun chiffre n’est plus publié pour cette figure."


@pytest.mark.parametrize(
    "file, old, new, wanted, reason",
    [
        (
            "config.yaml",
            "  taux-activation-fin-2025:\n",
            "  taux:\n",
            ComparisonRequest(indicator="activation_rate", comparison="taux-activation-fin-2025"),
            "la comparaison « taux-activation-fin-2025 » n’existe pas.",
        ),
        (
            "config/indicators.yaml",
            "  opposition_rate:\n",
            "  refusal_rate:\n",
            CurveRequest(indicator="opposition_rate"),
            "l’indicateur « opposition_rate » n’existe pas.",
        ),
    ],
)
def test_a_figure_whose_words_have_left_the_configuration_is_gone(
    context, copied, edit, file, old, new, wanted, reason
):
    told = known(context, wanted)
    edit(file, old, new)
    verdict = compare_values(replace(context, settings=copied.settings), told)
    assert (verdict.state, verdict.reason, verdict.figure) == ("gone", reason, None)


def test_a_request_with_a_word_of_another_version_is_gone_and_says_which(context):
    told = replace(known(context, CORSE), request={**CORSE.as_texts(), "palette": "verte"})
    verdict = compare_values(context, told)
    assert (verdict.state, verdict.reason) == (
        "gone",
        "« palette » n’est pas une précision connue.",
    )


def test_a_file_without_a_request_is_unknown(context):
    with pytest.raises(UnknownImage, match="^ce fichier ne dit pas quelle figure il montre$"):
        compare_values(context, replace(known(context, CORSE), request={}))


def test_without_outlines_a_map_has_not_lost_its_figures(context):
    told = known(context, VISITED["aquitaine"])
    verdict = compare_values(replace(context, shapes=None), told)
    assert "aucun chiffre" not in verdict.reason


def test_a_table_with_other_columns_compares_what_it_has(context):
    told = known(context, VISITED["classement"])
    rows = tuple(
        (*row[:2], "neuf", *row[2:]) if place else (*row[:2], "Ancienne", *row[2:])
        for place, row in enumerate(told.rows)
    )
    verdict = compare_values(context, replace(told, digest="autre", rows=rows))
    assert {column for _, column, *_ in changes(verdict)} == {"Ancienne"}
    assert {now for *_, now in changes(verdict)} == {"absent"}
