"""The command that writes kits: what it announces, replaces, and leaves when interrupted."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import Result
from command_cases import CORSE, ROOT, SMALL, files_in, run
from shipped import SETTINGS


@pytest.fixture(scope="module")
def corse_kit(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    """A folder that the command made with a kit in it, and what it said; nobody changes it."""
    out = tmp_path_factory.mktemp("kits") / "some/where"
    result = run(*CORSE, "--out", str(out))
    assert result.exit_code == 0
    return out, result


@pytest.mark.parametrize(
    "arguments, target",
    [
        (CORSE, "corse-2026/a.txt"),
        ([*CORSE, "--zip"], "corse-2026.zip"),
        (["kit", "--all", *SMALL], "la-reunion-2026/a.txt"),
    ],
    ids=["folder", "zip", "all"],
)
def test_a_kit_that_exists_is_left_as_it_is_without_force(tmp_path, arguments, target):
    (tmp_path / target).parent.mkdir(exist_ok=True)
    (tmp_path / target).write_bytes(b"mine")
    result = run(*arguments, "--out", str(tmp_path))
    assert result.exit_code == 4
    assert target.partition("/")[0] in result.output and "--force" in result.output
    assert files_in(tmp_path) == {target: b"mine"}


def test_a_kit_that_exists_is_replaced_whole_with_force(tmp_path):
    (tmp_path / "corse-2026").mkdir()
    (tmp_path / "corse-2026/old.txt").write_bytes(b"mine")
    assert run(*CORSE, "--force", "--out", str(tmp_path)).exit_code == 0
    names = set(files_in(tmp_path))
    assert len(names) == 9 and {name.partition("/")[0] for name in names} == {"corse-2026"}
    assert "corse-2026/old.txt" not in names and "corse-2026/LISEZ-MOI.txt" in names


def test_an_archive_that_exists_is_replaced_with_force(tmp_path):
    (tmp_path / "corse-2026.zip").write_bytes(b"mine")
    assert run(*CORSE, "--zip", "--force", "--out", str(tmp_path)).exit_code == 0
    assert [file.name for file in tmp_path.iterdir()] == ["corse-2026.zip"]
    assert len(zipfile.ZipFile(tmp_path / "corse-2026.zip").namelist()) == 9


def parse_lines(lines: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines.splitlines()]


def test_progress_is_told_in_json_file_after_file_up_to_the_total(tmp_path):
    result = run(*CORSE, "--kind", "png", "--progress", "--out", str(tmp_path))
    steps = parse_lines(result.stdout)
    assert [step["done"] for step in steps] == list(range(1, 17))
    assert {(step["total"], step["kit"], step["kits"]) for step in steps} == {(16, 1, 1)}
    names = {f"corse-2026/{step['name']}" for step in steps}
    assert names | {"corse-2026/LISEZ-MOI.txt"} == set(files_in(tmp_path))


def test_progress_counts_the_kits_too(tmp_path):
    result = run("kit", "--all", "--part", "classeur", "--progress", "--out", str(tmp_path))
    assert [
        (step["kit"], step["kits"], step["done"], step["total"], step["name"])
        for step in parse_lines(result.stdout)
    ] == [(place, 5, 1, 1, f"donnees/{key}.xlsx") for place, key in enumerate(SETTINGS.dossiers, 1)]


def test_without_progress_the_output_is_empty_and_the_files_are_told_beside_it(corse_kit):
    out, result = corse_kit
    assert result.stdout == ""
    *files, last = result.stderr.splitlines()
    assert [line.partition(" ")[0] for line in files] == [f"{place}/8" for place in range(1, 9)]
    assert last == f"corse-2026 : 9 fichiers dans {out / 'corse-2026'}"


def test_a_kit_leaves_nothing_beside_it(corse_kit):
    out, _ = corse_kit
    assert [file.name for file in out.iterdir()] == ["corse-2026"]


def interrupt_kit(out: Path, how: signal.Signals, *arguments: str) -> subprocess.Popen[str]:
    """A kit in a process of its own, that gets a signal once its second file is made."""
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "atlas",
            "kit",
            *arguments,
            "--progress",
            "--workers",
            "1",
            "--out",
            str(out),
        ],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # A shell without job control starts what runs in the background with Ctrl-C ignored.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    assert process.stdout
    steps = [json.loads(process.stdout.readline()) for _ in range(2)]
    assert steps[-1]["done"] == 2 < steps[-1]["total"]
    process.send_signal(how)
    process.communicate()
    return process


@pytest.mark.parametrize(
    "how, more", [(signal.SIGTERM, []), (signal.SIGINT, ["--zip"])], ids=["stopped", "control-c"]
)
def test_a_kit_that_is_interrupted_leaves_nothing(tmp_path, how, more):
    done = interrupt_kit(
        tmp_path / "out",
        how,
        "--dossier",
        "corse-2026",
        "--format",
        "82mm",
        "--part",
        "images",
        *more,
    )
    assert done.returncode != 0
    assert not (tmp_path / "out").exists() or list((tmp_path / "out").iterdir()) == []


def test_a_kit_that_is_interrupted_leaves_the_one_that_it_would_have_replaced(tmp_path, corse_kit):
    shutil.copytree(corse_kit[0], tmp_path, dirs_exist_ok=True)
    before = files_in(tmp_path)
    interrupt_kit(
        tmp_path,
        signal.SIGTERM,
        "--dossier",
        "corse-2026",
        "--format",
        "82mm",
        "--part",
        "images",
        "--force",
    )
    assert files_in(tmp_path) == before
