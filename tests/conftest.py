"""What the tests share: the repository as a project, and copies of it to spoil."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from browsing import QUIET, Site, expect_first_answer, forget, launched
from filelock import FileLock
from made_once import context_of
from patience import PATIENCE_MS
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    expect,
    sync_playwright,
)
from shared_readings import SharedReadings
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling, Scheduling

import atlas.cli
import atlas.ui.session
from atlas.figures.common.context import FigureContext
from atlas.observations.checks import KnownKeys
from atlas.project import Project
from atlas.store.journal import HISTORY_FOLDER
from atlas.ui.kit_process import KitProcess

ROOT = Path(__file__).resolve().parents[1]
# What a shell may set that changes what commands print, or which project they read.
OF_THE_SHELL = ("COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR", "PY_COLORS", "CLICOLOR_FORCE")
# Set in many containers: each process that tests start would compile all of atlas/ anew.
SLOWER = ("PYTHONDONTWRITEBYTECODE",)
OUR_OPTIONS = ("ATLAS_", "STREAMLIT_", "TYPER_")
# Whose journeys are on the server of `site`.
ON_THE_SITE = (
    "tests/journeys/test_visitor_journeys.py",
    "tests/journeys/test_meeting_journey.py",
    "tests/journeys/test_first_visit.py",
    "tests/journeys/test_bytes_on_the_wire.py",
    "tests/journeys/test_chart_texts.py",
    "tests/journeys/test_accessibility.py",
    "tests/journeys/test_keyboard_journeys.py",
    "tests/journeys/test_zoom_and_spacing.py",
    "tests/references/test_pages.py",
    "tests/figures/map_3d/test_map_3d.py",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--renew-references",
        action="store_true",
        help="keep what is drawn in tests/references/images where it differs (make references)",
    )


def pytest_configure() -> None:
    """Tests, and the processes that they start, do not see how they are started."""
    for name in list(os.environ):
        if name in OF_THE_SHELL + SLOWER or name.startswith(OUR_OPTIONS):
            del os.environ[name]
    os.umask(0o022)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Journeys first: a process that begins one last would keep the others waiting."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is None)


class OneSite(LoadScopeScheduling):
    """A module stays in one process, and those of one server too: each process would start its
    own, and what a server and its first page cost is more than most journeys."""

    def _split_scope(self, nodeid: str) -> str:
        module: str = super()._split_scope(nodeid)
        return "the site" if module in ON_THE_SITE else module


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Scheduling | None:
    """None, which leaves it to the options, unless they keep a module in one process."""
    return OneSite(config, log) if config.getvalue("dist") == "loadscope" else None


@pytest.fixture(scope="session")
def project() -> Project:
    """The repository as it stands; nothing may be edited in it."""
    return Project(ROOT)


@pytest.fixture(scope="session", autouse=True)
def one_reading_of_the_repository(project: Project) -> Iterator[None]:
    """Commands and pages that a test process runs share its project: reading the repository anew
    for each of hundreds of commands takes minutes. A process of its own reads it by itself."""
    assert atlas.ui.session  # loaded, with the modules that open a project
    for module, _ in atlas.cli.PLACES.values():
        import_module(f"atlas.cli.{module}")

    def opened(folder: Path) -> Project:
        return project if folder.resolve() == ROOT else Project(folder)

    with pytest.MonkeyPatch.context() as patch:
        for name, module in list(sys.modules.items()):
            ours = name.startswith(("atlas.cli.", "atlas.ui."))
            if ours and getattr(module, "Project", None) is Project:
                patch.setattr(module, "Project", opened)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_making_of_the_same_inputs() -> Iterator[None]:
    """See `shared_readings`: reading, and drawing what was drawn, takes most of the time."""
    shared = SharedReadings()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("atlas.observations.yearly_files.read_year", shared.read_year)
        patch.setattr("atlas.project.read_settings", shared.read_settings)
        patch.setattr("atlas.project.read_sources", shared.read_sources)
        patch.setattr("atlas.project.read_territories", shared.read_territories)
        patch.setattr("atlas.project.concat_years", shared.concat_years)
        patch.setattr("atlas.project.build_dataset", shared.build_dataset)
        for module in list(sys.modules.values()):
            if getattr(module, "figure_of", None) is shared.make_figure:
                patch.setattr(module, "figure_of", shared.figure_of)
        yield


@pytest.fixture(scope="session", autouse=True)
def one_look_for_installed_components() -> Iterator[None]:
    """For each visitor, the test runner of Streamlit reads what every installed package says of
    itself, to find components: half of the time of a page. A server does it once, when it starts.
    """
    with pytest.MonkeyPatch.context() as patch:
        scan = manifest_scanner.scan_component_manifests
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(scan))
        yield


@pytest.fixture(scope="session", autouse=True)
def one_compilation_of_a_script() -> Iterator[None]:
    """For each visitor, the test runner of Streamlit compiles app.py and the page anew. A server
    does it once."""
    compile_script, compiled = ScriptCache.get_bytecode, dict[tuple[str, int], Any]()

    def get_bytecode(cache: ScriptCache, path: str) -> Any:
        key = (path, Path(path).stat().st_mtime_ns)
        if key not in compiled:
            compiled[key] = compile_script(cache, path)
        return compiled[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ScriptCache, "get_bytecode", get_bytecode)
        yield


@pytest.fixture(scope="session")
def words(project: Project) -> KnownKeys:
    """The indicators, territories and sources that a data file may name."""
    settings, territories, book = project.settings, project.territories, project.dataset()
    assert settings and territories and book, project.problems()
    return KnownKeys(settings, territories, book.sources)


@pytest.fixture(scope="session")
def known_keys(words: KnownKeys) -> KnownKeys:
    """The same, by the name that the tests of imports give them."""
    return words


@pytest.fixture(scope="session")
def preparation(tmp_path_factory: pytest.TempPathFactory) -> FileLock:
    """Held while shapes or invented figures are prepared in the repository: one process does it,
    and none copies them half-written."""
    return FileLock(tmp_path_factory.getbasetemp().parent / "preparation.lock")


@pytest.fixture(scope="session")
def context(project: Project, preparation: FileLock) -> FigureContext:
    """The published data set."""
    with preparation:
        return context_of(project)


@pytest.fixture(scope="session")
def fictitious(project: Project, preparation: FileLock) -> FigureContext:
    """The invented one, which has a value for everything that is not secret."""
    with preparation:
        return context_of(project, demo=True)


@pytest.fixture(scope="session")
def copy_project(
    project: Project, preparation: FileLock, fictitious: FigureContext
) -> Callable[[Path], Path]:
    """Makes a folder a writable copy of the configuration, logo, data/ and geo/, with what is
    prepared of geo/ and of the invented figures: preparing them anew takes seconds, and
    tests/geometry/test_cache.py and tests/test_demo.py are about that."""
    with preparation:
        assert project.shapes() and fictitious

    def copy(base: Path) -> Path:
        for folder in ("config", "data", "geo", "demo", "static/geo"):
            shutil.copytree(
                ROOT / folder, base / folder, ignore=shutil.ignore_patterns(HISTORY_FOLDER)
            )
        (base / "templates").mkdir()
        for file in ("config.yaml", "templates/logo.svg"):
            shutil.copy2(ROOT / file, base / file)
        return base

    return copy


@pytest.fixture
def copy_of_project(tmp_path: Path, copy_project: Callable[[Path], Path]) -> Path:
    """Such a copy for one test."""
    return copy_project(tmp_path / "project")


@pytest.fixture
def edit(copy_of_project: Path) -> Callable[[str, str, str], None]:
    """Replace a text by another, once, in a file of the copy."""

    def replace(file: str, old: str, new: str) -> None:
        path = copy_of_project / file
        text = path.read_bytes().decode()
        assert old in text, f"{old!r} is not in {file}"
        path.write_bytes(text.replace(old, new, 1).encode())

    return replace


@pytest.fixture
def edited_site(copy_of_project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The application on a copy of the project."""
    monkeypatch.setattr("atlas.ui.session.PROJECT_FOLDER", copy_of_project)
    return copy_of_project


@pytest.fixture(scope="session")
def site(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser, fictitious: FigureContext
) -> Iterator[Site]:
    """One server for all the journeys: who writes in its folder puts it back as it was."""
    made = Site(tmp_path_factory.mktemp("site"))
    made.start()
    # As Streamlit would name the module of a page, which is no address of ours.
    expect_first_answer(made, browser, "/map_3d", "Adresse inconnue")
    yield made
    made.stop()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE_MS)  # five seconds are short on a machine that does more
    with sync_playwright() as made:
        yield made


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    made = launched(playwright, *QUIET)
    yield made
    made.close()


@pytest.fixture(scope="session")
def window(browser: Browser) -> Iterator[BrowserContext]:
    """What keeps the scripts of Streamlit, fetched and compiled: most of what opening a page costs.
    See `page`."""
    made = browser.new_context(
        viewport={"width": 1440, "height": 900}, locale="fr-FR", accept_downloads=True
    )
    yield made
    made.close()


@pytest.fixture
def page(window: BrowserContext) -> Iterator[Page]:
    """A tab of its own, of somebody of whom the browser remembers nothing."""
    made = window.new_page()
    made.set_default_timeout(PATIENCE_MS)
    yield made
    forget(made)
    made.close()


@pytest.fixture
def ending() -> Iterator[list[KitProcess]]:
    """Jobs that a test started, stopped when it ends."""
    started: list[KitProcess] = []
    yield started
    for job in started:
        job.cancel()
