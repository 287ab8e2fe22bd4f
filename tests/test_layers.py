"""Who may import whom: the tree reads from the bottom to the top, and never back."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("atlas/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"])
MODULES = [str(path.relative_to(ROOT)) for path in FILES]

# From the bottom to the top. A layer imports those written above it in this list, never a layer
# of its own line: observations do not know geometry, nor indicators the fictitious data.
ORDER: list[set[str]] = [
    {"child_process", "temporary_folder"},  # what any process of ours starts with and leaves
    {
        "problems",
        "incoming_text",
        "event_log",
        "rendering",
    },  # rendering is a process of its own, which is sent texts alone
    {"settings", "store"},
    # values know the type of an indicator, the guard of workers the limits of the settings;
    # supervision runs servers as processes and knows nothing of what they serve
    {"periods", "territories", "values", "guarded_worker", "supervision"},
    {"french"},
    {"sentences"},
    {"observations", "geometry", "html_templates"},
    {"disclosure"},
    {"indicators", "demo", "importing", "entry_saving"},
    {"dataset"},
    {"project", "checks"},
    {"figures"},
    {"tables"},
    {"publications"},
    {"export"},
    {"backup"},
    {"ui", "cli"},  # two front doors: the browser and the command line
    {"server"},  # what stands around the pages of a browser
    {"pages", "__main__"},
    {"app"},
]
RANK = {layer: rank for rank, layers in enumerate(ORDER) for layer in layers}
# Narrower than the order says. A chart takes a frame and a style, whoever made them: it knows the
# colours of the brand (settings) and how a number is written (french), and neither the data set nor
# the shapes. A file is made of figures and publications, never of the rows that these were made
# from, so that all say the same.
ONLY = {
    "incoming_text": set(),
    "event_log": set(),
    "guarded_worker": {"child_process", "settings"},
    "rendering": set(),
    "export": {
        "child_process",
        "incoming_text",
        "figures",
        "french",
        "geometry",
        "guarded_worker",
        "html_templates",
        "periods",
        "publications",
        "rendering",
        "settings",
        "temporary_folder",
        "values",
    },
    "periods": set(),
    "problems": set(),
    "settings": {"incoming_text", "problems"},
    "store": {"problems", "temporary_folder"},
    "supervision": {"child_process", "temporary_folder"},
    "values": {"settings"},
}
CHARTS = [
    name for name in MODULES if name.startswith("atlas/figures/") and name.endswith("chart.py")
]
# What is heavy or tied to a screen, and the only places that may import it. The frame of the ui
# shows charts from their specification: it needs neither Altair nor the drawing engine.
PLACES = {
    "streamlit": ("app.py", "pages/", "atlas/ui/", "atlas/server/"),
    "starlette": ("atlas/server/", "atlas/ui/upload_limits.py"),
    "altair": ("atlas/figures/",),
    "scipy": ("atlas/disclosure/",),
    "pyarrow": ("atlas/ui/arrow_datasets.py",),
    "vl_convert": ("atlas/rendering/",),
    "geopandas": ("atlas/geometry/",),
    "jinja2": ("atlas/html_templates.py", "atlas/supervision/proxy.py"),
    "openpyxl": ("atlas/export/",),
    "xlsxwriter": ("atlas/export/",),
    "pydeck": ("atlas/figures/map_3d/chart.py",),
    "pptx": ("atlas/export/slides/", "atlas/settings/office_documents.py"),
    "docx": ("atlas/export/press_release/", "atlas/settings/office_documents.py"),
    "pypdf": ("atlas/rendering/", "atlas/export/pdf.py"),
    "cryptography": ("atlas/rendering/sealing.py",),
    "fontTools": ("atlas/rendering/", "atlas/export/web/", "atlas/export/slides/"),
    "xlrd": ("atlas/importing/workbooks/xls.py",),
    "PIL": ("atlas/rendering/", "atlas/export/"),
    "babel": ("atlas/french.py", "atlas/periods.py", "atlas/importing/workbooks/date_format.py"),
    "filelock": ("atlas/store/", "atlas/temporary_folder.py"),
    "ruamel": (
        "atlas/settings/",
        "atlas/importing/profile_saving.py",
        "atlas/importing/writing.py",
    ),
    "slugify": ("atlas/french.py", "atlas/territories.py"),
    "typer": ("atlas/cli/",),
    "typst": ("atlas/rendering/", "atlas/export/press_pack/", "atlas/export/notebook.py"),
}
# Those whose documents are written by a method named save, as an Altair chart would be.
WRITERS = {"PIL", "openpyxl", "docx", "pptx", "fontTools"}
# These compute from what they are given.
PURE = (
    "atlas/checks/",
    "atlas/figures/",
    "atlas/indicators/",
    "atlas/publications/",
    "atlas/sentences/",
    "atlas/tables/",
    "atlas/disclosure/",
    "atlas/dataset.py",
    "atlas/french.py",
    "atlas/periods.py",
    "atlas/incoming_text.py",
    "atlas/problems.py",
    "atlas/values.py",
)

every_module = pytest.mark.parametrize("name", MODULES)


@cache
def tree(name: str) -> ast.Module:
    """The syntax of a module: parsed when a test looks at it, not by each process that collects."""
    return ast.parse((ROOT / name).read_bytes())


def imported(name: str) -> Iterator[str]:
    """Dotted names that a module imports, wherever in it; `from atlas import x` is atlas.x."""
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module and not node.level, f"{name} imports relatively"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer(dotted: str) -> str | None:
    """atlas.figures.common.style → figures, pages.corridors → pages; None for what is not ours."""
    first, _, rest = dotted.partition(".")
    return rest.partition(".")[0] if first == "atlas" else first if first in RANK else None


def layer_of(name: str) -> str:
    return layer(".".join(Path(name).with_suffix("").parts)) or ""


def test_every_module_belongs_to_a_layer():
    ours = {layer_of(name) for name in MODULES if name != "atlas/__init__.py"}
    assert ours == set(RANK)


@every_module
def test_a_module_imports_only_layers_below_its_own(name):
    own = layer_of(name)
    others = {found for dotted in imported(name) if (found := layer(dotted))} - {own}
    above = {other for other in others if RANK[other] >= RANK[own]}
    assert not above, f"{own} imports {above}"


@pytest.mark.parametrize("own", ONLY)
def test_some_layers_know_even_less_than_those_below_them(own):
    known = {
        layer(dotted) for name in MODULES if layer_of(name) == own for dotted in imported(name)
    } - {own, None}
    assert known <= ONLY[own]


@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_knows_neither_the_data_set_nor_the_shapes(name):
    known = {found for dotted in imported(name) if (found := layer(dotted))}
    assert known <= {"figures", "french", "settings", "values"}


@every_module
def test_a_heavy_package_is_imported_only_in_its_places(name):
    used = {dotted.partition(".")[0] for dotted in imported(name)}
    strayed = {package for package in used & set(PLACES) if not name.startswith(PLACES[package])}
    assert not strayed


@pytest.mark.parametrize("package", PLACES)
def test_each_heavy_package_is_still_used_somewhere(package):
    assert any(dotted.partition(".")[0] == package for name in MODULES for dotted in imported(name))


@every_module
def test_no_global_state_of_altair_is_touched(name):
    used = {
        node.attr
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("alt", "altair")
    }
    used |= {
        part
        for dotted in imported(name)
        if dotted.startswith("altair.")
        for part in dotted.split(".")
    }
    assert not used & {"theme", "themes", "data_transformers", "renderers"}


@every_module
def test_no_chart_is_saved_by_altair(name):
    saves = [
        node
        for node in ast.walk(tree(name))
        if isinstance(node, ast.Attribute) and node.attr == "save"
    ]
    used = {dotted.partition(".")[0] for dotted in imported(name)}
    own = "atlas.export.slides" if "/slides/" in name else "atlas.export.press_release"
    writes = used & WRITERS or any(dotted.startswith(own) for dotted in imported(name))
    assert not saves or (writes and "altair" not in used)


def test_a_server_is_never_held_up_by_the_drawing_engine():
    """vl-convert keeps the interpreter's lock while it draws: it lives in processes apart."""
    started = (
        "import sys, atlas.cli.exports, atlas.cli.images, atlas.cli.verifying, "
        "atlas.ui.image_download, atlas.export.kit, atlas.export.web; "
        "sys.exit('vl_convert' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", started], cwd=ROOT, check=False).returncode == 0


@every_module
def test_no_handler_swallows_every_error(name):
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None
            caught = {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)}
            assert not caught & {"Exception", "BaseException"}


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith(PURE)])
def test_what_computes_opens_no_file(name):
    assert not {dotted.partition(".")[0] for dotted in imported(name)} & {
        "pathlib",
        "os",
        "io",
        "tempfile",
        "subprocess",
        "urllib",
        "socket",
    }
    called = {node.func for node in ast.walk(tree(name)) if isinstance(node, ast.Call)}
    assert "open" not in {func.id for func in called if isinstance(func, ast.Name)}
