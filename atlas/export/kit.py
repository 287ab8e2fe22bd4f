"""The press kit of a publication: images, slides, workbook, texts and web version in one tree."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, TypedDict, get_args

from atlas import periods
from atlas.export.captions_file import captions_text
from atlas.export.image import KINDS, ExportError, Kind, image
from atlas.export.page_layout import Options
from atlas.export.press_text import press_text
from atlas.export.readme import readme
from atlas.export.render_pool import RenderFailed, RenderPool
from atlas.export.slides import PICTURE, slides
from atlas.export.web import web_page
from atlas.export.workbook import figures_workbook
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.publications.publication import Publication
from atlas.rendering.text_metrics import FOLDER
from atlas.settings import Format

Part = Literal["images", "diapositives", "classeur", "textes", "web"]
PARTS: tuple[Part, ...] = get_args(Part)
# The drawings inside the press text, which prints titles and captions itself.
IN_TEXT = Format(label="texte de presse", width_mm=165, text=7.5)
Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class KitChoice:
    """formats by key; date: of the making; embargo: nothing is published before."""

    formats: Mapping[str, Format]
    date: dt.date
    kinds: tuple[Kind, ...] = KINDS
    parts: tuple[Part, ...] = PARTS
    embargo: dt.date | None = None
    logo: bool = False

    @property
    def embargo_text(self) -> str:
        """As covers and slides print it; empty when there is none."""
        if self.embargo is None:
            return ""
        return f"Sous embargo jusqu’au {periods.label(self.embargo.isoformat())}"


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
) -> Kit:
    """Make every file of a kit, as many at once as there are workers.

    progress: told how many files are made, of how many, and the last one. A figure that cannot be
    made in a format is among the failures, and the rest is there.
    """
    jobs = dict(_Maker(context, publication, choice, pool).jobs())
    kit, made = Kit(), dict[str, bytes]()
    with ThreadPoolExecutor(workers) as threads:
        running: dict[Future[bytes], str] = {
            threads.submit(job): name for name, job in jobs.items()
        }
        try:
            for done, future in enumerate(as_completed(running), 1):
                name = running[future]
                try:
                    made[name] = future.result()
                except (ExportError, RenderFailed) as reason:
                    kit.failures.append(f"{name} : {reason}")
                progress(done, len(jobs), name)
        finally:  # what stops the making, such as the keyboard, stops the drawing
            threads.shutdown(cancel_futures=True)
    kit.failures.sort()
    kit.files = {name: made[name] for name in jobs if name in made}
    about = readme(publication, list(kit.files), kit.failures, choice.embargo_text, choice.date)
    kit.files = {"LISEZ-MOI.txt": about.encode("utf-8-sig"), **kit.files}
    return kit


class _Words(TypedDict):
    """What every document prints of the kit it is in."""

    embargo: str
    date: dt.date


class _Maker:
    """What makes each file of one kit."""

    def __init__(
        self, context: FigureContext, publication: Publication, choice: KitChoice, pool: RenderPool
    ) -> None:
        self._desk, self._publication, self._choice = context, publication, choice
        self._pool, self._brand = pool, context.settings.brand
        self._words: _Words = {"embargo": choice.embargo_text, "date": choice.date}

    def jobs(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """Path and maker of each file, in the order of the kit."""
        key, asked = self._publication.key, self._choice.parts
        if "images" in asked:
            yield from self._images()
        if "diapositives" in asked:
            yield f"diapositives/{key}.pptx", self._slides
        if "classeur" in asked:
            yield (
                f"donnees/{key}.xlsx",
                partial(
                    figures_workbook, self._publication, author=self._brand.name, **self._words
                ),
            )
        if "textes" in asked:
            yield f"textes/{key}_texte-de-presse.docx", self._press_text
            yield f"textes/{key}_legendes.txt", self._captions
        if "web" in asked:
            yield f"web/{key}.html", self._web
        if {"diapositives", "textes"} & set(asked):
            for file in sorted(FOLDER.iterdir()):
                yield f"polices/{file.name}", file.read_bytes

    def _images(self) -> Iterator[tuple[str, Callable[[], bytes]]]:
        options = Options(logo=self._desk.logo if self._choice.logo else "")
        for figure in self._publication.figures:
            for name, size in self._choice.formats.items():
                for kind in self._choice.kinds:
                    yield (
                        f"images/{name}/{figure.file_stem}_{name}.{kind}",
                        partial(self._image, figure, kind, size, options),
                    )

    def _image(self, figure: Figure, kind: Kind, size: Format, options: Options) -> bytes:
        return image(
            figure,
            kind,
            self._desk.shapes,
            size,
            options=options,
            pool=self._pool,
            data=self._publication.version,
            author=self._brand.name,
        )

    def _picture(self, size: Format, figure: Figure) -> bytes:
        return self._image(figure, "png", size, Options(title=False, caption=False))

    def _logo(self) -> bytes | None:
        """As a bitmap: office suites do not all draw SVG."""
        return self._pool.bitmap(self._desk.logo) if self._desk.logo else None

    def _slides(self) -> bytes:
        return slides(
            self._publication,
            self._brand,
            picture=partial(self._picture, PICTURE),
            logo=self._logo(),
            **self._words,
        )

    def _press_text(self) -> bytes:
        return press_text(
            self._publication,
            brand=self._brand,
            logo=self._logo(),
            picture=partial(self._picture, IN_TEXT),
            **self._words,
        )

    def _captions(self) -> bytes:
        text = captions_text(self._publication, embargo=self._choice.embargo_text)
        return text.encode("utf-8-sig")

    def _web(self) -> bytes:
        return web_page(
            self._publication,
            brand=self._brand,
            shapes=self._desk.shapes,
            logo=self._desk.logo.encode() or None,
            **self._words,
        )
