"""What each command loads: a light one does not wait for what draws or writes documents."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest
from command_cases import ROOT
from typer.main import get_group

from atlas.cli import PLACES, app, summary

# Each takes a tenth of a second or more to load.
DRAWING = {"altair", "fontTools", "jinja2", "PIL", "pypdf"}
DOCUMENTS = {"docx", "openpyxl", "pptx"}
HEAVY = DRAWING | DOCUMENTS | {"geopandas", "scipy", "streamlit", "vl_convert"}
# What the others may load before they run; a module of the command line that is not here, nothing.
LOADED = {
    "config": DRAWING - {"pypdf"},
    "dossiers": DRAWING - {"pypdf"},
    "exports": DRAWING,
    "images": DRAWING,
    "serving": {"jinja2"},
    "verifying": DRAWING,
}


def loaded_by(program: str, looked_for: set[str]) -> set[str]:
    """Those of some modules that a program has loaded when it ends."""
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            f"import sys\n{program}\nprint(*({looked_for!r} & set(sys.modules)))",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stdout.split())


def test_a_command_that_is_not_run_is_not_loaded():
    ours = {f"atlas.cli.{module}" for module, _ in PLACES.values()}
    assert not loaded_by("import atlas.cli", {"pandas", *ours, *HEAVY})


def test_light_commands_load_nothing_heavy():
    light = {module for module, _ in PLACES.values()} - LOADED.keys()
    modules = ", ".join(f"atlas.cli.{module}" for module in sorted(light))
    assert not loaded_by(f"import {modules}", HEAVY)


@pytest.mark.parametrize("module", LOADED)
def test_a_command_that_draws_loads_no_writer_of_documents_before_it_writes_some(module):
    assert loaded_by(f"import atlas.cli.{module}", HEAVY) <= LOADED[module]


def test_published_figures_are_read_without_what_is_heavy():
    """No cell of them is hidden, and no template is asked for."""
    reading = "from pathlib import Path; from atlas.project import Project; "
    assert not loaded_by(f"{reading}assert Project(Path({str(ROOT)!r})).dataset()", HEAVY)


@pytest.mark.parametrize("words", ["--help", ""])
def test_the_list_of_the_commands_loads_none_of_them(words):
    ours = {f"atlas.cli.{module}" for module, _ in PLACES.values()}
    listing = (
        "import contextlib, io, sys; from atlas.cli import app; "
        f"sys.argv = ['atlas', *{words.split()!r}]\n"
        "with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit): app()"
    )
    assert not loaded_by(listing, {"numpy", "pandas", "pyarrow", "pydantic", *ours, *HEAVY})


@pytest.mark.parametrize("name", PLACES)
def test_the_list_says_of_a_command_what_its_own_help_says(name):
    command = get_group(app).commands[name]
    assert summary(name) == inspect.cleandoc(command.help or "")
