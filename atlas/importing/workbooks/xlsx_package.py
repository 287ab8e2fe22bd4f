"""An XLSX as an archive of parts that name each other, whatever wrote it."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree.ElementTree import Element, iterparse

from atlas.importing.workbooks.worksheet import WorkbookDamaged

_ESCAPE_PATTERN = re.compile(r"_x([0-9A-Fa-f]{4})_")


class LocalNames(dict[str, str]):
    """Names of elements and attributes without their namespace: strict files have other ones."""

    def __missing__(self, name: str) -> str:
        local = name.rpartition("}")[2]
        self[name] = local
        return local


LOCAL_NAMES = LocalNames()


class Package:
    """Parts of an archive, by path. Names are compared without case, « \\ » taken for « / »."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(content))
        self._name_by_path = {
            name.replace("\\", "/").lstrip("/").lower(): name for name in self._archive.namelist()
        }

    def __contains__(self, path: str) -> bool:
        return path.lower() in self._name_by_path

    def open(self, path: str) -> IO[bytes]:
        """A part to read. Raises WorkbookDamaged when there is none."""
        if path not in self:
            raise WorkbookDamaged
        return self._archive.open(self._name_by_path[path.lower()])

    def elements(self, path: str) -> Iterator[tuple[str, Element]]:
        """Elements of a part as each ends, with their local names."""
        with self.open(path) as stream:
            for _, element in iterparse(stream, events=("end",)):
                yield LOCAL_NAMES[element.tag], element

    def related(self, path: str) -> dict[str, tuple[str, str]]:
        """What a part names, the package itself for an empty path: identifier → the last word of
        its type (« worksheet ») and its path."""
        folder, name = posixpath.split(path)
        relationships = posixpath.join(folder, "_rels", f"{name}.rels")
        if relationships not in self:
            return {}
        found = {}
        for local, element in self.elements(relationships):
            if local == "Relationship" and element.get("TargetMode") != "External":
                target = element.get("Target", "").replace("\\", "/")
                full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                kind = element.get("Type", "").rpartition("/")[2]
                found[element.get("Id", "")] = (kind, full)
        return found


def attribute(element: Element, local_name: str) -> str:
    """An attribute in any namespace, empty without it."""
    value = element.get(local_name)
    if value is not None:
        return value
    return next((v for name, v in element.items() if LOCAL_NAMES[name] == local_name), "")


def is_true(value: str | None) -> bool:
    """Whether an attribute says yes."""
    return value in ("1", "true", "on")


def unescape(text: str) -> str:
    """A text with its « _x000B_ » as the characters that they stand for."""
    if "_x" not in text:
        return text
    return _ESCAPE_PATTERN.sub(lambda match: chr(int(match[1], 16)), text)
