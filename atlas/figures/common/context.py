"""What every figure is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from atlas.dataset import Dataset
from atlas.figures.common.style import Style
from atlas.geometry import Shapes
from atlas.settings import Milestone, OfficeTemplates, Settings
from atlas.settings.office_templates import shipped_templates
from atlas.territories import Territories


@dataclass(frozen=True)
class FigureContext:
    """Settings, one data set, the shapes (None when none were ever prepared) and a style.

    logo: that of the brand, an SVG or the data address of a picture; templates: the files in
    which slides and press releases are made.
    """

    settings: Settings
    territories: Territories
    dataset: Dataset
    shapes: Shapes | None
    milestones: tuple[Milestone, ...]
    style: Style
    logo: str = ""
    templates: OfficeTemplates = field(default_factory=shipped_templates)

    def for_print(self) -> FigureContext:
        """The same desk for an image: paper is white whatever the screen is."""
        return replace(self, style=Style.light(self.settings.brand))

    def narrowed(
        self, *, indicators: Sequence[str] = (), territories: Sequence[str] = ()
    ) -> FigureContext:
        """The same desk with some rows of its book alone, all that is asked of them faster."""
        rows = self.dataset.figures
        for column, kept in (("indicator", indicators), ("territory", territories)):
            rows = rows[rows[column].isin(list(kept))] if kept else rows
        return replace(self, dataset=replace(self.dataset, figures=rows))

    def preferring(self, source: str) -> FigureContext:
        """The same desk where one source is read first: a dossier quotes its own document."""
        order = [source, *(s for s in self.settings.source_order if s != source)]
        return replace(self, settings=self.settings.model_copy(update={"source_order": order}))
