"""The prepared shapes on disk: found by the hash of what they were made from, or made now.

A start with prepared shapes reads one small manifest and does not import GeoPandas.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from shapely.errors import ShapelyError

from atlas.geometry.coverage import Box
from atlas.geometry.geojson import display_name, locate_file
from atlas.geometry.hierarchy import Hierarchy
from atlas.geometry.outlines_3d import FILE as OUTLINES_3D_FILE
from atlas.geometry.outlines_3d import Outlines3D, read_outlines_3d
from atlas.problems import Problem
from atlas.store.durable_files import sync_tree

#: To be raised when the layout or the files change, so that nobody loads older ones.
LAYOUT_VERSION = 18
MANIFEST_FILE = "manifest.json"
#: Folders kept: sessions opened before a change may still load the shapes they were drawn with.
MAX_FOLDERS_KEPT = 3

#: The outlines that come with the dashboard, told by their content from any that replace them.
SHIPPED_SHA256 = "9d01e4ffda9f8896da8072b6ee31a1c527a0cc5703a23a907e80acdf236c32d5"
SHIPPED_CREDIT = "IGN, Admin Express"


@dataclass(frozen=True)
class MapView:
    """file: name inside the folder of the shapes; bounds: xmin, ymin, xmax, ymax to show, in
    drawing units (metres, y up)."""

    file: str
    bounds: Box


@dataclass(frozen=True)
class Shapes:
    """Prepared shapes. Views are ``FR`` and one per région (``REG-75``).

    adjacent: by code, the territories of the same kind across a land border; remarks: on what was
    mended or left out of the file, without its name.
    """

    hash: str
    credit: str
    folder: Path
    views: Mapping[str, MapView]
    adjacent: Mapping[str, tuple[str, ...]]
    remarks: tuple[Problem, ...]

    def neighbours(self, code: str) -> tuple[str, ...]:
        """Régions around a région, départements around a département; none for other codes."""
        return self.adjacent.get(code, ())

    def url(self, view: str, root: str = "app/static/geo") -> str:
        """The address of a view, under the address `root` of the static folder."""
        return f"{root}/{self.hash}/{self.views[view].file}"

    def inline(self, view: str) -> dict[str, Any]:
        """The TopoJSON of a view, for images. Read each time: lists so nested are slow to keep."""
        tree: dict[str, Any] = json.loads(self.file(view).read_bytes())
        return tree

    def file(self, view: str) -> Path:
        """The TopoJSON of a view on disk, for the process that draws images."""
        return self.folder / self.views[view].file

    def content_hash(self, view: str) -> str:
        """Of the TopoJSON of a view; raises OSError when it is not there any more."""
        return hashlib.blake2b(self.file(view).read_bytes(), digest_size=16).hexdigest()

    def are_on_disk(self) -> bool:
        """Whether what was prepared is still there, whole: nothing else keeps it."""
        files = {MANIFEST_FILE, OUTLINES_3D_FILE, *(view.file for view in self.views.values())}
        return all(os.path.isfile(self.folder / file) for file in files)  # noqa: PTH113

    def outlines_3d(self) -> Outlines3D:
        """Light outlines in degrees, for the map in 3D. Read each time, as `inline` is."""
        return read_outlines_3d(self.folder)


def ensure_prepared(
    source: Path, *, base: Path, static_dir: Path, hierarchy: Hierarchy, credit: str
) -> tuple[Shapes | None, list[Problem]]:
    """Shapes of a GeoJSON file of départements, prepared when the file or the hierarchy changed.

    source: inside `base`; static_dir: where folders of shapes are served from; credit: origin of
    the outlines, unless they are those shipped. A file that is refused leaves the shapes
    prepared before in place: they come with its problems. None when there are none. Shapes of a
    file that is read come with remarks on what was mended or left out of it.
    """
    file, problems = locate_file(source, base)
    if file is None:
        return _latest(static_dir, hierarchy), problems
    name = display_name(file, base)
    try:
        identity, origin = _identify(file, hierarchy, credit)
    except OSError as error:
        return _latest(static_dir, hierarchy), [_unreadable(name, error)]
    folder = static_dir / identity
    if not origin:
        return _latest(static_dir, hierarchy), [_no_credit(name)]
    shapes = _load(folder)
    if shapes is None:
        problems = _prepare(file, base, folder, hierarchy, origin)
        if problems:
            return _latest(static_dir, hierarchy), problems
        shapes = _load(folder)
    return shapes, [replace(remark, file=name) for remark in shapes.remarks] if shapes else []


def _identify(file: Path, hierarchy: Hierarchy, credit: str) -> tuple[str, str]:
    """The hash of the shapes to be, and the origin to credit them to."""
    content = hashlib.sha256(file.read_bytes()).hexdigest()
    origin = SHIPPED_CREDIT if content == SHIPPED_SHA256 else credit.strip()
    text = "\n".join((str(LAYOUT_VERSION), hierarchy.digest(), origin, content))
    return hashlib.sha256(text.encode()).hexdigest()[:8], origin  # short: the map sends it often


def _unreadable(name: str, error: OSError) -> Problem:
    return Problem(
        name,
        f"le fichier des contours est illisible ({error.strerror})",
        "Remettez-le à sa place et vérifiez ses droits.",
    )


def _no_credit(name: str) -> Problem:
    return Problem(
        name,
        "l’origine de ces contours n’est pas indiquée",
        "Indiquez-la dans config.yaml (geo, credit) : elle figure sous chaque carte.",
        where="credit",
    )


def _prepare(
    file: Path, base: Path, target: Path, hierarchy: Hierarchy, credit: str
) -> list[Problem]:
    from atlas.geometry.departements import read_departements
    from atlas.geometry.preparation import write_prepared

    name = display_name(file, base)
    try:
        # The folder first: where nothing can be written, that is known before seconds of work.
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=target.parent, prefix=".new-") as scratch:
            departements, found = read_departements(
                file, base=base, expected=hierarchy.departements, regions=hierarchy.regions
            )
            if departements is None:
                return found
            made = Path(scratch) / target.name
            made.mkdir()
            write_prepared(
                departements, hierarchy, credit=credit, identity=target.name, target=made
            )
            _keep_remarks(made, found)
            sync_tree(made)
            _publish(made, target)
        _drop_old(target.parent)
    except OSError as error:
        return [
            Problem(
                name,
                f"les contours préparés n’ont pas pu être écrits dans "
                f"{target.parent.name} ({error.strerror})",
                "Vérifiez la place libre et les droits d’écriture.",
            )
        ]
    except ShapelyError as error:  # sound shapes that the geometry engine fails on all the same
        return [
            Problem(
                name,
                "ces contours n’ont pas pu être simplifiés",
                "Corrigez leur topologie, ou prenez-en d’autres.",
                value=str(error)[:80],
            )
        ]
    return []


def _publish(made: Path, target: Path) -> None:
    """Give a complete folder its name at once: a reader sees all of it or none.

    Another process may have done so first; what it wrote is the same, so either will do.
    """
    if not _load(target):
        with contextlib.suppress(FileNotFoundError):  # absent, or moved by another process
            target.rename(made.with_name("incomplete"))
    try:
        made.rename(target)
    except OSError:
        if not _load(target):
            raise


def _keep_remarks(folder: Path, remarks: list[Problem]) -> None:
    """Add them to the manifest, for the starts that find the shapes prepared.

    Without the name of the file, which may change while its content does not.
    """
    said = [{"message": r.message, "cure": r.cure, "where": r.where} for r in remarks]
    manifest = json.dumps(_manifest(folder) | {"remarks": said}, ensure_ascii=False)
    (folder / MANIFEST_FILE).write_text(manifest, "utf-8")


def _load(folder: Path) -> Shapes | None:
    """The shapes of a folder, or None when it is absent, incomplete or damaged."""
    manifest = _manifest(folder)
    try:
        entries = {
            name: (v["file"], v["bytes"], v["bounds"]) for name, v in manifest["views"].items()
        }
        sizes = {file: size for file, size, _ in entries.values()} | {
            OUTLINES_3D_FILE: manifest["outlines_3d"]
        }
        if not all(_has_size(folder / file, size) for file, size in sizes.items()):
            return None
        views = {name: MapView(file, tuple(bounds)) for name, (file, _, bounds) in entries.items()}
        adjacent = {code: tuple(found) for code, found in manifest["neighbours"].items()}
        remarks = tuple(Problem("", **said, is_remark=True) for said in manifest["remarks"])
        return Shapes(manifest["hash"], manifest["credit"], folder, views, adjacent, remarks)
    except (KeyError, TypeError, AttributeError):
        return None


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        tree = json.loads((folder / MANIFEST_FILE).read_bytes())
    except (OSError, ValueError):
        return {}
    return tree if isinstance(tree, dict) else {}


def _has_size(file: Path, size: int) -> bool:
    try:
        return file.is_file() and file.stat().st_size == size
    except OSError:
        return False


def _latest(static_dir: Path, hierarchy: Hierarchy) -> Shapes | None:
    """The last shapes prepared for the same territories."""
    same = (f for f in _folders(static_dir) if _manifest(f).get("hierarchy") == hierarchy.digest())
    return next((shapes for folder in same if (shapes := _load(folder))), None)


def _folders(static_dir: Path) -> list[Path]:
    """Folders of shapes, the last made first; those being made are hidden."""
    found = []
    for folder in static_dir.glob("*/"):
        with contextlib.suppress(OSError):  # removed meanwhile, as `make clean` does
            if not folder.name.startswith("."):
                found.append((folder.stat().st_mtime, folder))
    return [folder for _, folder in sorted(found, reverse=True)]


def _drop_old(static_dir: Path) -> None:
    for folder in _folders(static_dir)[MAX_FOLDERS_KEPT:]:
        shutil.rmtree(folder, ignore_errors=True)
