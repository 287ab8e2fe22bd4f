"""What is installed, released and checked before a commit is what pyproject.toml says."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from datetime import date
from importlib.metadata import distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from atlas import __version__

ROOT = Path(__file__).parents[1]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = PYPROJECT["project"]
EXTRAS = PROJECT["optional-dependencies"]
ENTRIES = re.findall(r"^## (.*)$", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.M)
# What comes next has no version yet.
HEADINGS = ENTRIES[ENTRIES[0] == "Unreleased" :]
LOCKS = {
    "requirements.txt": [*PROJECT["dependencies"], *EXTRAS["build"]],
    "requirements-dev.txt": [
        *PROJECT["dependencies"],
        *(requirement for extra in EXTRAS.values() for requirement in extra),
    ],
}


def normalized(requirement: str) -> str:
    """« ruamel.yaml==0.19.1 » as a lock writes it, « ruamel-yaml==0.19.1 »."""
    name, _, version = requirement.partition("==")
    return f"{name.lower().translate(str.maketrans('._', '--'))}=={version}"


def locked(lock: str) -> dict[str, str]:
    """The requirements of a lock, each with the lines that follow it."""
    text = (ROOT / lock).read_text("utf-8")
    entries = re.split(r"^(?=\w)", re.sub(r"^ *#.*\n", "", text, flags=re.M), flags=re.M)
    return {normalized(entry.split()[0]): entry for entry in entries if entry}


def test_the_version_is_that_of_the_newest_entry_of_the_changelog() -> None:
    assert HEADINGS[0].split()[0] == PROJECT["version"] == __version__


def test_each_entry_of_the_changelog_has_a_version_and_a_date_newest_first() -> None:
    entries = [re.fullmatch(r"(\d+)\.(\d+)\.(\d+) — (\d{4}-\d\d-\d\d)", line) for line in HEADINGS]
    assert all(entries), HEADINGS
    order = [
        (date.fromisoformat(entry[4]), *(int(entry[i]) for i in (1, 2, 3)))
        for entry in entries
        if entry
    ]
    assert order == sorted(set(order), reverse=True)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_dependency_is_pinned_and_locked_at_that_version(lock: str) -> None:
    assert all("==" in requirement for requirement in LOCKS[lock])
    assert {normalized(requirement) for requirement in LOCKS[lock]} <= set(locked(lock))


@pytest.mark.parametrize("lock", LOCKS)
def test_all_that_is_installed_has_a_hash(lock: str) -> None:
    without = [name for name, entry in locked(lock).items() if "--hash=sha256:" not in entry]
    assert without == []


def test_what_is_needed_at_run_time_is_the_same_for_the_tests() -> None:
    assert set(locked("requirements.txt")) <= set(locked("requirements-dev.txt"))


def test_what_is_installed_is_what_is_locked_and_nothing_else() -> None:
    """In the environment of `make test`. pip comes with Python, and the project is not locked.

    Whatever else is there would let a test pass that fails elsewhere: remove it, or name it in
    pyproject.toml and run `make lock`.
    """
    wanted = [
        Requirement(entry.partition("\\")[0]) for entry in locked("requirements-dev.txt").values()
    ]
    here = {
        (canonicalize_name(one.name), str(one.specifier).removeprefix("=="))
        for one in wanted
        if one.marker is None or one.marker.evaluate()
    }
    ours = {"pip", canonicalize_name(PROJECT["name"])}
    installed = {(canonicalize_name(one.name), one.version) for one in distributions()}
    assert {(name, version) for name, version in installed if name not in ours} == here


def test_each_step_that_installs_takes_wheels_whose_hash_is_locked() -> None:
    """Else pip runs the code of a package to build it, with tools that no lock holds."""
    makefile = (ROOT / "Makefile").read_text("utf-8")
    (common,) = re.findall(r"^PIP = (.*)$", makefile, re.M)
    assert common.endswith(" install --only-binary :all:")
    steps = re.findall(r"^\t\$\(PIP\) (.*)$", makefile, re.M)
    assert steps == [
        "--require-hashes -r requirements.txt",
        "--no-deps --no-build-isolation --editable .",
        # The locked setuptools builds it.
        "--no-binary odfpy --no-build-isolation --require-hashes -r requirements-dev.txt",
    ]
    assert len(re.findall(r"\$\(BIN\)/pip\b.*install|\$\(PIP\)", makefile)) == len(steps) + 1
    # Peers of the measurements have no lock, and an environment of their own.
    (peers,) = re.findall(r"^BENCH_PIP = (.*)$", makefile, re.M)
    assert peers.endswith(" install --only-binary :all:")
    assert len(re.findall(r"\bpip\b.* install", makefile)) == 2


def test_the_command_is_installed_with_the_tool_that_is_locked() -> None:
    required = {text.replace(" ", "") for text in PYPROJECT["build-system"]["requires"]}
    assert required <= set(EXTRAS["build"])


def test_the_hooks_are_understood_and_fetch_nothing() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "pre_commit", "validate-config"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert checked.returncode == 0, checked.stderr
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    assert re.findall(r"repo: (\S+)", hooks) == ["local"]
    assert set(re.findall(r"language: (\S+)", hooks)) == {"system"}


def test_a_large_file_is_refused_by_its_name(tmp_path: Path) -> None:
    (tmp_path / "film.mp4").write_bytes(bytes(2_000_001))
    (tmp_path / "note.txt").write_bytes(b"short")
    names = [str(tmp_path / name) for name in ("film.mp4", "note.txt")]
    refused = subprocess.run(
        [sys.executable, "tools/large_files.py", *names],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "film.mp4" in refused.stdout and "note.txt" not in refused.stdout


def test_the_commits_that_blame_leaves_out_are_named_in_full() -> None:
    lines = (ROOT / ".git-blame-ignore-revs").read_text("utf-8").splitlines()
    named = [line for line in lines if line and not line.startswith("#")]
    assert named and all(re.fullmatch(r"[0-9a-f]{40}", line) for line in named)
