"""The readers of what comes from outside: how each input is spoilt, and what becomes of it."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache, partial
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Literal
from urllib.parse import parse_qsl, urlencode, urljoin

import import_cases
import xlwt
from geometry.geo_cases import HIERARCHY, NAMES, collection, squares
from hostile_addresses import hostile_address, visit_address
from mutations import spoilt_bytes, spoilt_text, spoilt_tree
from PIL import Image, PngImagePlugin
from pypdf import PdfReader, PdfWriter

from atlas import periods
from atlas.entry_saving import entry_file_text, read_entry, read_entry_text
from atlas.export.provenance import Provenance, UnknownImage, provenance_in, provenance_text
from atlas.geometry import read_departements
from atlas.guarded_worker import Guard
from atlas.importing.proposed_import import propose_import
from atlas.observations.checks import KnownKeys
from atlas.observations.reading import read_year
from atlas.problems import Problem
from atlas.project import Project
from atlas.rendering.page_svg import ATLAS, PROVENANCE_KEY, SVG
from atlas.settings import (
    CONFIG_FILES,
    read_data_revisions,
    read_logo,
    read_milestones,
    read_reviews,
    read_settings,
    read_sources,
)
from atlas.settings.entry_files import ENTRY_SECTIONS
from atlas.settings.yaml_editing import CannotEdit, find_entry, with_changed_entry
from atlas.territories import read_territories
from atlas.ui import pinboard

ROOT = Path(__file__).parents[2]
Outcome = Literal["accepted", "refused", "wrong"]
Judged = tuple[Outcome, str]  # what became of an input, and why
# Words of machines and of English, none of them a column of ours, outside of what is quoted.
ENGLISH = re.compile(
    r"\b(the|of|with|error|exception|traceback|invalid|expected|unknown|none|null|not|"
    r"file|line|missing|failed|object|string)\b",
    re.IGNORECASE,
)
QUOTED = re.compile(
    "« [^»]*»|inconnues : .*|\\([^)]*\\)|[\\w./-]+\\.(?:py|yaml|csv|svg|png|json|geojson)"
)
YAML_OF_DATA: Mapping[str, Callable[..., object]] = {
    "data/sources.yaml": read_sources,
    "data/milestones.yaml": read_milestones,
    "data/reviewed_findings.yaml": read_reviews,
    "data/revisions.yaml": read_data_revisions,
}


@dataclass(frozen=True)
class Target:
    """One reader. make: a spoilt input from a seed; read: what becomes of it; slowness: how many
    times fewer inputs it is given than the fastest."""

    name: str
    make: Callable[[Random], bytes]
    read: Callable[[bytes], Judged]
    slowness: int = 1


def targets() -> dict[str, Target]:
    """Every reader, by its name."""
    made = [
        Target("yearly-csv", _yearly_csv, _read_yearly_csv, 2),
        Target("territories-csv", _territories_csv, _read_territories, 4),
        Target("yaml", _yaml, _read_yaml, 2),
        Target("yaml-entry", _entry, _read_entry, 2),
        Target("import-csv", _import_csv, _read_table, 2),
        Target("xlsx", partial(_workbook, "xlsx"), _read_table, 20),
        Target("xls", partial(_workbook, "xls"), _read_table, 20),
        Target("ods", partial(_workbook, "ods"), _read_table, 20),
        Target("geojson", _geojson, _read_geojson, 10),
        Target("svg-logo", _svg_logo, partial(_read_logo, "logo.svg")),
        Target("png-logo", _png_logo, partial(_read_logo, "logo.png")),
        Target("png-provenance", partial(_image, "png"), _read_provenance),
        Target("svg-provenance", partial(_image, "svg"), _read_provenance),
        Target("pdf-provenance", partial(_image, "pdf"), _read_provenance, 2),
        Target("notebook", _notebook, _read_notebook),
        Target("addresses", _address, _visit, 20),
    ]
    return {target.name: target for target in made}


def judge_problems(problems: Iterable[Problem], accepted: bool) -> Judged:
    """Accepted, or refused by sentences that a French reader can act on."""
    for problem in problems:
        for sentence in (problem.message, problem.cure):
            plain = QUOTED.sub("", sentence.replace(problem.value or "\0", ""))
            if not sentence.strip() or ENGLISH.search(plain):
                return "wrong", f"« {sentence} » of {problem.file}"
    if accepted:
        return "accepted", ""
    refusals = [problem for problem in problems if not problem.is_remark]
    return ("refused", "") if refusals else ("wrong", "refused without a word")


@cache
def _project() -> Project:
    return Project(ROOT)


@cache
def _known_keys() -> KnownKeys:
    known_keys = _project().known_keys()
    assert known_keys, _project().problems()
    return known_keys


@cache
def _scratch() -> Path:
    """A folder of this process, which the system clears away with the others."""
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    for name in ("territories.csv", "caisses.csv", "population.csv"):
        shutil.copy(ROOT / "data" / name, folder / name)
    return folder


def _spoilt_file(path: Path, rng: Random) -> bytes:
    content = path.read_bytes()
    if rng.random() < 0.3:
        return spoilt_bytes(content, rng)
    return spoilt_text(content.decode(), rng).encode(errors="surrogatepass")


# --- files of the project ------------------------------------------------------------------------


def _yearly_csv(rng: Random) -> bytes:
    return _spoilt_file(ROOT / "data/2021.csv", rng)


def _read_yearly_csv(content: bytes) -> Judged:
    path = _scratch() / "2021.csv"
    path.write_bytes(content)
    frame, problems = read_year(path, "data/2021.csv", _known_keys())
    return judge_problems(problems, frame is not None)


def _territories_csv(rng: Random) -> bytes:
    name = rng.choice(("territories.csv", "caisses.csv", "population.csv"))
    return name.encode() + b"\n" + _spoilt_file(ROOT / "data" / name, rng)


def _read_territories(content: bytes) -> Judged:
    name, _, rest = content.partition(b"\n")
    path = _scratch() / name.decode()
    kept = (ROOT / "data" / name.decode()).read_bytes()
    path.write_bytes(rest)
    try:
        territories, problems = read_territories(_scratch())
    finally:
        path.write_bytes(kept)
    return judge_problems(problems, territories is not None)


def _yaml(rng: Random) -> bytes:
    name = rng.choice([*CONFIG_FILES, *YAML_OF_DATA])
    return name.encode() + b"\n" + _spoilt_file(ROOT / name, rng)


def _read_yaml(content: bytes) -> Judged:
    first, _, rest = content.partition(b"\n")
    name, path = first.decode(), _scratch() / "spoilt.yaml"
    path.write_bytes(rest)
    if name in CONFIG_FILES:
        known = _known_keys()
        built, problems = read_settings(
            ROOT,
            instead={name: path},
            territories=known.territories.by_code,
            sources=known.sources,
        )
    else:
        built, problems = YAML_OF_DATA[name](path, name)
    return judge_problems(problems, built is not None)


def _entry(rng: Random) -> bytes:
    section = rng.choice(ENTRY_SECTIONS)
    kept = read_entry(ROOT, section, rng.choice(list(getattr(_project().settings, section))))
    assert kept
    text = entry_file_text(section, kept.fields)
    spoilt = spoilt_text(text, rng).encode(errors="surrogatepass")
    content = spoilt_bytes(text.encode(), rng) if rng.random() < 0.3 else spoilt
    return section.encode() + b"\n" + content


def _read_entry(content: bytes) -> Judged:
    """Alone, then as a file of the configuration; what is accepted alone takes a new title."""
    first, _, rest = content.partition(b"\n")
    section = next(one for one in ENTRY_SECTIONS if one == first.decode())
    fields, problems = read_entry_text(rest, section, "envoi.yaml")
    if fields is None:
        return judge_problems(problems, accepted=False)
    path = _scratch() / "spoilt.yaml"
    path.write_bytes(rest)
    found = _project().entry_problems(section, "essai", path, "envoi.yaml")
    text, wanted = rest.decode("utf-8-sig"), {**fields, "title": "Un autre titre"}
    with suppress(CannotEdit):
        edited = with_changed_entry(text, (), wanted)
        if find_entry(edited, ()) != wanted or with_changed_entry(text, (), fields) != text:
            return "wrong", "edited into something else"
    return judge_problems(found, accepted=not found)


# --- files of agencies ---------------------------------------------------------------------------


def _import_csv(rng: Random) -> bytes:
    valid = import_cases.csv_bytes(import_cases.annex(), rng.choice(";,\t"))
    if rng.random() < 0.5:
        return spoilt_bytes(valid, rng)
    text = spoilt_text(valid.decode("cp1252"), rng)
    return text.encode(rng.choice(("cp1252", "utf-8", "utf-16")), errors="replace")


@cache
def _valid_workbook(kind: str) -> bytes:
    grid = import_cases.annex()
    if kind == "xlsx":
        return import_cases.workbook(grid)
    if kind == "ods":
        return import_cases.open_document(grid)
    book, stream = xlwt.Workbook(), BytesIO()
    sheet = book.add_sheet("Données")
    for line, row in enumerate(grid):
        for column, text in enumerate(row):
            sheet.write(line, column, text)
    book.save(stream)
    return stream.getvalue()


def _workbook(kind: str, rng: Random) -> bytes:
    valid = _valid_workbook(kind)
    if kind == "xlsx" and rng.random() < 0.6:  # the archive stays whole
        xml = import_cases.sheet_xml(valid)
        return import_cases.replace_sheet_xml(valid, spoilt_bytes(xml, rng))
    return spoilt_bytes(valid, rng)


def _read_table(content: bytes) -> Judged:
    dataset = _project().dataset()
    assert dataset
    made = propose_import(content, "envoi", _known_keys(), dataset.published, guard=Guard())
    return judge_problems(made.refusals, accepted=bool(made.rows or made.questions))


# --- outlines and logos --------------------------------------------------------------------------


@cache
def _valid_geojson() -> str:
    return collection(squares(NAMES))


def _geojson(rng: Random) -> bytes:
    if rng.random() < 0.5:
        tree = spoilt_tree(json.loads(_valid_geojson()), rng)
        return json.dumps(tree).encode(errors="surrogatepass")
    return spoilt_bytes(_valid_geojson().encode(), rng)


def _read_geojson(content: bytes) -> Judged:
    (_scratch() / "d.geojson").write_bytes(content)
    frame, problems = read_departements(
        Path("d.geojson"), base=_scratch(), expected=NAMES, regions=HIERARCHY.regions
    )
    return judge_problems(problems, frame is not None)


def _svg_logo(rng: Random) -> bytes:
    return _spoilt_file(ROOT / "templates/logo.svg", rng)


def _png_logo(rng: Random) -> bytes:
    return spoilt_bytes((ROOT / "static/icon.png").read_bytes(), rng)


def _read_logo(name: str, content: bytes) -> Judged:
    (_scratch() / name).write_bytes(content)
    shutil.copy(ROOT / "config.yaml", _scratch() / "config.yaml")
    logo, problems = read_logo(_scratch(), name)
    return judge_problems(problems, logo is not None)


# --- images made here ----------------------------------------------------------------------------

_SAID = Provenance(
    "corse_2025",
    "Documents déposés",
    {"drawing": "couloirs", "indicator": "documents_deposited", "territory": "REG-94"},
    "0123456789abcdef",
    (("Couloir", "Valeur"), ("Biologie", "1 200")),
    "abcdef",
    False,
)


def _carrying(kind: str, text: str) -> bytes:
    """An image of a kind whose metadata are this text."""
    stream = BytesIO()
    if kind == "png":
        said = PngImagePlugin.PngInfo()
        said.add_itxt(PROVENANCE_KEY, text, zip=True)
        Image.new("RGB", (9, 9)).save(stream, "PNG", pnginfo=said)
    elif kind == "pdf":
        writer = PdfWriter()
        writer.add_blank_page(100, 100)
        writer.add_metadata({f"/{PROVENANCE_KEY}": text})
        writer.write(stream)
        assert PdfReader(stream).metadata
    else:
        escaped = text.replace("&", "&amp;").replace("<", "&lt;")
        stream.write(
            f'<svg xmlns="{SVG}" xmlns:a="{ATLAS}"><metadata><a:provenance>{escaped}'
            "</a:provenance></metadata></svg>".encode(errors="replace")
        )
    return stream.getvalue()


def _image(kind: str, rng: Random) -> bytes:
    text = provenance_text(_SAID)
    if rng.random() < 0.5:
        tree = spoilt_tree(json.loads(text), rng)
        said = json.dumps(tree, ensure_ascii=False).encode(errors="replace").decode()
        return _carrying(kind, said)
    return spoilt_bytes(_carrying(kind, text), rng)


def _read_provenance(content: bytes) -> Judged:
    try:
        provenance_in(content)
    except UnknownImage as reason:
        return judge_problems([Problem("image", str(reason), "Prenez-en une autre.")], False)
    return "accepted", ""


# --- what a browser says -------------------------------------------------------------------------


def _notebook(rng: Random) -> bytes:
    pin = pinboard.Pin(
        "Devant la France",
        "carte?region=REG-75",
        "Taux d’activation",
        [{"drawing": "carte", "indicator": "activation_rate", "territory": "REG-75"}],
        False,
        "0123abcd",
        "2026-11-22",
    )
    return json.dumps(spoilt_tree(asdict(pin), rng)).encode()


def _read_notebook(content: bytes) -> Judged:
    pin = pinboard._read(json.loads(content))
    if pin is None:
        return "refused", ""
    periods.label(pin.day)
    urljoin("https://example.org/", f"/{pin.address}")
    return "accepted", ""


def _address(rng: Random) -> bytes:
    page, parameters = hostile_address(rng)
    return f"{page}?{urlencode(parameters, errors='surrogatepass')}".encode()


def _visit(content: bytes) -> Judged:
    page, _, query = content.decode().partition("?")
    parameters = dict(parse_qsl(query, keep_blank_values=True, errors="surrogatepass"))
    failures = visit_address(page, parameters)
    return ("wrong", "; ".join(failures)[:300]) if failures else ("accepted", "")
