"""What the tests share: the repository as a workspace, and copies of it to spoil."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from browsing import PATIENCE, QUIET, Site, drawn
from playwright.sync_api import Browser, Page, expect, sync_playwright

from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.observations.checks import KnownKeys
from atlas.project import Project

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def project() -> Project:
    """The repository as it stands; nothing may be edited in it."""
    return Project(ROOT)


@pytest.fixture(scope="session")
def words(project: Project) -> KnownKeys:
    """The indicators, territories and sources that a data file may name."""
    settings, territories, book = project.settings, project.territories, project.dataset()
    assert settings and territories and book, project.problems()
    return KnownKeys(settings, territories, book.sources)


def context_for_print(place: Project, *, demo: bool = False) -> FigureContext:
    """What figures are printed from."""
    assert place.settings and place.territories, place.problems()
    return FigureContext(
        place.settings,
        place.territories,
        place.dataset(demo=demo),
        place.shapes(),
        tuple(place.milestones),
        Style.light(place.settings.brand),
        place.logo,
    )


@pytest.fixture(scope="session")
def context(project: Project) -> FigureContext:
    """The published data set."""
    return context_for_print(project)


@pytest.fixture(scope="session")
def fictitious(project: Project) -> FigureContext:
    """The invented one, which has a value for everything that is not secret."""
    return context_for_print(project, demo=True)


@pytest.fixture
def copy_of_project(tmp_path: Path, project: Project) -> Path:
    """A writable copy of config.yaml, its logo, data/ and geo/, with what is prepared of geo/:
    preparing it anew takes seconds, and tests/test_geometry.py is about that."""
    assert project.shapes()
    base = tmp_path / "project"
    for folder in ("data", "geo", "static/geo"):
        shutil.copytree(ROOT / folder, base / folder)
    for file in ("config.yaml", "static/logo.svg"):
        shutil.copy2(ROOT / file, base / file)
    return base


@pytest.fixture
def edit(copy_of_project: Path) -> Callable[[str, str, str], None]:
    """Replace a text by another, once, in a file of the copy."""

    def replace(file: str, old: str, new: str) -> None:
        path = copy_of_project / file
        text = path.read_bytes().decode()
        assert old in text, f"{old!r} is not in {file}"
        path.write_bytes(text.replace(old, new, 1).encode())

    return replace


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, browser: Browser) -> Iterator[Site]:
    made = Site(tmp_path_factory.mktemp("site"))
    made.start()
    # The first address of a process is loaded twice: a click between both would be lost.
    first = browser.new_page()
    first.goto(made.url("/"))
    drawn(first)
    first.close()
    yield made
    made.stop()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)  # five seconds are short on a machine that does more
    installed = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=installed, args=QUIET)
        yield made
        made.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    made = browser.new_page(
        viewport={"width": 1440, "height": 900}, locale="fr-FR", accept_downloads=True
    )
    made.set_default_timeout(PATIENCE)
    yield made
    made.close()
