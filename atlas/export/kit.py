"""The press kit of a publication: images, slides, workbook, texts and web version in one tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial

from atlas.export.image import ExportError
from atlas.export.kit_parts.kit_part import FileMakers, KitRequest
from atlas.export.kit_parts.registry import KIT_PARTS
from atlas.export.readme import readme
from atlas.export.render_pool import RenderPool
from atlas.figures.common.context import FigureContext
from atlas.publications.publication import Publication
from atlas.rendering.image_kinds.registry import USUAL_KINDS
from atlas.rendering.text_metrics import FOLDER as FONT_FOLDER
from atlas.settings import Format

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class KitChoice:
    """formats by key; date: of the making; kinds: keys of IMAGE_KINDS; parts: keys of KIT_PARTS;
    embargo: nothing is published before; bleed_mm: around the pages of the press pack."""

    formats: Mapping[str, Format]
    date: dt.date
    kinds: tuple[str, ...] = USUAL_KINDS
    parts: tuple[str, ...] = tuple(KIT_PARTS)
    embargo: dt.date | None = None
    logo: bool = True
    bleed_mm: float = 0


class KitTooLarge(Exception):
    """The files are more than what was allowed; the text is French and says what to do."""


@dataclass
class Kit:
    """files: content by path inside the kit; failures: what could not be made, and why."""

    files: dict[str, bytes] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)


def build_kit(
    context: FigureContext,
    publication: Publication,
    choice: KitChoice,
    pool: RenderPool,
    workers: int,
    progress: Progress = lambda done, total, name: None,
    max_megabytes: int | None = None,
) -> Kit:
    """Make every file of a kit, as many at once as there are workers.

    progress: told how many files are made, of how many, and the last one. A figure that cannot be
    made in a format is among the failures, and the rest is there. max_megabytes: raises KitTooLarge
    when the files are more than that.
    """
    request = KitRequest(
        context,
        publication,
        pool,
        choice.formats,
        choice.date,
        choice.kinds,
        choice.embargo,
        choice.logo,
        choice.bleed_mm,
    )
    jobs = [
        [_Job(name, make) for name, make in together.items()]
        for together in _file_makers(request, choice.parts)
    ]
    names = {job.file: job.name for together in jobs for job in together}
    kit, made = Kit(), dict[str, bytes]()
    with ThreadPoolExecutor(workers) as threads:
        for together in jobs:
            threads.submit(_make_files, together).add_done_callback(
                partial(_tell_surprise, together)
            )
        try:
            for done, future in enumerate(as_completed(names), 1):
                name = names[future]
                try:
                    made[name] = future.result()
                except ExportError as reason:
                    kit.failures.append(f"{name} : {reason}")
                if max_megabytes is not None and _megabytes(made) > max_megabytes:
                    raise KitTooLarge(
                        f"Ce kit dépasse {max_megabytes}\u00a0Mo, la limite de ce serveur : "
                        "choisissez moins de contenus, de formats ou de types de fichiers."
                    )
                progress(done, len(names), name)
        finally:  # what stops the making, such as the keyboard, stops the drawing
            for future in names:
                future.cancel()
    kit.failures.sort()
    kit.files = {name: made[name] for name in names.values() if name in made}
    about = readme(publication, list(kit.files), kit.failures, **request.cover_lines)
    kit.files = {"LISEZ-MOI.txt": about.encode("utf-8-sig"), **kit.files}
    return kit


@dataclass(frozen=True)
class _Job:
    """name: path inside the kit; file: its content, once it is made."""

    name: str
    make: Callable[[], bytes]
    file: Future[bytes] = field(default_factory=Future)


def _make_files(jobs: list[_Job]) -> None:
    """One after the other, but for those that are cancelled."""
    for job in jobs:
        if job.file.set_running_or_notify_cancel():
            try:
                job.file.set_result(job.make())
            except ExportError as reason:
                job.file.set_exception(reason)


def _tell_surprise(jobs: list[_Job], ended: Future[None]) -> None:
    """What no maker announces is raised where the files are waited for."""
    if surprise := ended.exception():
        for job in jobs:
            if not job.file.done():
                job.file.set_exception(surprise)


def _megabytes(files: Mapping[str, bytes]) -> float:
    return sum(map(len, files.values())) / 1e6


def _file_makers(request: KitRequest, chosen: tuple[str, ...]) -> FileMakers:
    """Those of the chosen parts in the order of the kit, then the fonts that these need."""
    parts = [part for name, part in KIT_PARTS.items() if name in chosen]
    for part in parts:
        yield from part.files(request)
    if any(part.needs_fonts for part in parts):
        yield from _font_files()


def _font_files() -> FileMakers:
    for file in sorted(FONT_FOLDER.iterdir()):
        yield {f"polices/{file.name}": file.read_bytes}
