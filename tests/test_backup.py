"""A project kept in one archive and had again: whole or not at all, whatever the archive holds."""

from __future__ import annotations

import io
import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from atlas.backup import MANIFEST_FILE, backup_archive, collect_backup, read_archive
from atlas.cli import app
from atlas.entry_saving import entry_file_text, read_entry
from atlas.project import Project
from atlas.store.durable_files import digest
from atlas.store.journal import HISTORY_FOLDER


@pytest.fixture(scope="module")
def archive(project: Project) -> bytes:
    """Of the repository."""
    kept = collect_backup(project.base)
    assert kept.problems == ()
    return backup_archive(kept.files)


def run(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(app, list(words))
    assert done.exit_code == code, done.output
    return done.output


def state(base: Path) -> dict[str, bytes]:
    return {
        path.relative_to(base).as_posix(): path.read_bytes()
        for path in base.rglob("*")
        if path.is_file() and HISTORY_FOLDER not in path.parts and "static/geo" not in str(path)
    }


def spoil(base: Path) -> dict[str, bytes]:
    """What a bad afternoon does to a project; its state then."""
    (base / "data/2024.csv").unlink()
    (base / "data/2031.csv").write_bytes((base / "data/2025.csv").read_bytes()[:300])
    (base / "config.yaml").write_bytes(b"brand: [")
    (base / "templates/logo.svg").write_bytes(b"")
    return state(base)


def test_the_same_files_are_the_same_archive(project, archive, copy_of_project):
    for path in copy_of_project.rglob("*.csv"):
        path.touch()
    assert backup_archive(collect_backup(copy_of_project).files) == archive
    names = zipfile.ZipFile(io.BytesIO(archive)).namelist()
    assert {MANIFEST_FILE, "config.yaml", "config/server.yaml", "data/2025.csv"} < {*names}
    assert {"geo/departements.geojson", "templates/logo.svg"} < {*names}


def test_a_spoiled_project_is_had_again_and_the_spoiled_one_too(archive, copy_of_project, tmp_path):
    before, file = state(copy_of_project), tmp_path / "garde.zip"
    option = ["--project", str(copy_of_project)]
    run("backup", str(file), *option)
    assert file.read_bytes() == archive
    spoiled = spoil(copy_of_project)
    told = run("restore", str(file), *option)
    assert state(copy_of_project) == before
    assert "data/2024.csv" in told and "retirés : data/2031.csv" in told
    assert Project(copy_of_project).problems() == Project(copy_of_project).warnings() == []
    assert "Rien à changer" in run("restore", str(file), *option)
    assert "Restauration annulée" in run("restore", "--undo", *option)
    assert state(copy_of_project) == spoiled
    assert "aucune restauration" in run("restore", "--undo", *option, code=1)


def test_dossiers_of_their_own_are_kept_and_those_of_later_are_removed(copy_of_project, tmp_path):
    folder, file = copy_of_project / "config/dossiers", tmp_path / "garde.zip"
    option = ["--project", str(copy_of_project)]
    fields = read_entry(copy_of_project, "dossiers", "corse-2026")
    assert fields
    folder.mkdir(exist_ok=True)
    for key in ("un", "deux"):
        (folder / f"{key}.yaml").write_text(entry_file_text("dossiers", fields.fields), "utf-8")
    run("backup", str(file), *option)
    before = state(copy_of_project)
    (folder / "un.yaml").write_text("title: [", "utf-8")
    (folder / "deux.yaml").unlink()
    (folder / "trois.yaml").write_text(entry_file_text("dossiers", fields.fields), "utf-8")
    spoiled = state(copy_of_project)
    told = run("restore", str(file), *option)
    assert state(copy_of_project) == before
    assert "config/dossiers/un.yaml" in told and "retirés : config/dossiers/trois.yaml" in told
    run("restore", "--undo", *option)
    assert state(copy_of_project) == spoiled


@pytest.mark.long
def test_what_was_written_since_a_restoration_is_not_lost_by_undoing_it(
    archive, copy_of_project, tmp_path, edit
):
    (tmp_path / "garde.zip").write_bytes(archive)
    option = ["--project", str(copy_of_project)]
    (copy_of_project / "data/2024.csv").unlink()
    run("restore", str(tmp_path / "garde.zip"), *option)
    edit("data/2024.csv", "\n", "\n\n")
    after = state(copy_of_project)
    assert "a changé depuis la restauration" in run("restore", "--undo", *option, code=1)
    assert state(copy_of_project) == after


def test_a_project_with_problems_is_not_kept(copy_of_project, tmp_path, edit):
    edit("data/2024.csv", "activation_rate", "activation_rat")
    target = tmp_path / "garde.zip"
    told = run("backup", str(target), "--project", str(copy_of_project), code=1)
    assert "Rien n’a été sauvegardé" in told and not target.exists()


def test_a_backup_that_exists_is_replaced_when_told(copy_of_project, tmp_path):
    target = tmp_path / "garde.zip"
    target.write_bytes(b"former")
    option = ["--project", str(copy_of_project)]
    run("backup", str(target), *option, code=4)
    assert target.read_bytes() == b"former"
    run("backup", str(target), *option, "--force")
    assert zipfile.is_zipfile(target)


def repacked(archive: bytes, change: Callable[[dict[str, bytes]], None], *, sign: bool) -> bytes:
    """The archive with other files; sign: with a manifest that agrees with them."""
    with zipfile.ZipFile(io.BytesIO(archive)) as packed:
        files = {name: packed.read(name) for name in packed.namelist()}
    change(files)
    if sign:
        files.pop(MANIFEST_FILE, None)
        said = {n: {"bytes": len(c), "sha256": digest(c)} for n, c in files.items()}
        files[MANIFEST_FILE] = json.dumps({"format": 1, "files": said}).encode()
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return stream.getvalue()


def add(name: str, content: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda files: files.update({name: content})


HOSTILE: dict[str, tuple[Callable[[dict[str, bytes]], None], bool]] = {
    "outside": (add("../evil.svg"), True),
    "absolute": (add("/etc/cron.d/x"), True),
    "program": (add("app.py"), True),
    "code": (add("atlas/x.json"), True),
    "hidden": (add(".git/config"), True),
    "journal": (add("data/.precedent/000001/journal.json"), True),
    "folder": (add("data/"), True),
    "an image that nobody names": (add("docs/carte.png"), True),
    "a bomb": (add("x.json", b"0" * 61_000_000), True),
    "not announced": (add("data/2031.csv"), False),
    "changed": (lambda files: files.update({"data/2024.csv": files["data/2024.csv"][:-30]}), False),
    "missing": (lambda files: files.pop("data/2024.csv") and None, False),
    "no manifest": (lambda files: files.pop(MANIFEST_FILE) and None, False),
    "a bad manifest": (add(MANIFEST_FILE, b'{"format": 2}'), False),
    "bad settings": (add("config.yaml", b"brand: 1"), True),
    "no settings": (lambda files: files.update({"config.yaml": b""}), True),
    "bad figures": (add("data/2031.csv", b"a,b\n1,2\n"), True),
    "no territories": (lambda files: files.pop("data/territories.csv") and None, True),
    "bad outlines": (add("geo/departements.geojson", b"{}"), True),
}


@pytest.fixture(scope="module")
def stable(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project that every refused archive leaves as it is."""
    base = tmp_path_factory.mktemp("stable")
    for folder in ("config", "data", "geo", "static/geo"):
        ignored = shutil.ignore_patterns(HISTORY_FOLDER)
        shutil.copytree(project.base / folder, base / folder, ignore=ignored)
    (base / "templates").mkdir()
    for name in ("config.yaml", "templates/logo.svg"):
        shutil.copy2(project.base / name, base / name)
    return base


# Those that are read as a project before they are refused take a second each.
READ_AS_A_PROJECT = [*HOSTILE][-6:-2] + [*HOSTILE][-1:] + ["an image that nobody names"]


@pytest.mark.parametrize(
    ("change", "sign"),
    [
        pytest.param(*case, id=name, marks=[pytest.mark.long] if name in READ_AS_A_PROJECT else [])
        for name, case in HOSTILE.items()
    ],
)
def test_an_archive_that_is_not_ours_changes_nothing(archive, stable, tmp_path, change, sign):
    file, before = tmp_path / "garde.zip", state(stable)
    file.write_bytes(repacked(archive, change, sign=sign))
    told = run("restore", str(file), "--project", str(stable), code=1)
    assert "Rien n’a été restauré." in told
    assert state(stable) == before


@pytest.mark.parametrize("part", [0, 1, 100, 0.5, 0.999])
def test_a_cut_archive_changes_nothing(archive, part):
    cut = archive[: int(part if part >= 1 else part * len(archive))]
    assert read_archive(cut, "garde.zip").problems


@pytest.mark.long
def test_no_byte_of_an_archive_can_be_changed_unseen(archive):
    """One byte in each of 3 000 places: refused, or the same files."""
    whole = read_archive(archive, "garde.zip").files
    for at in range(0, len(archive), max(1, len(archive) // 3000)):
        changed = bytearray(archive)
        changed[at] ^= 0x55
        kept = read_archive(bytes(changed), "garde.zip")
        assert kept.problems or kept.files == whole, at
