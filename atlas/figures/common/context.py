"""What every figure is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from atlas.dataset import Dataset
from atlas.figures.common.style import Style
from atlas.geometry import Shapes
from atlas.settings import Milestone, Settings
from atlas.territories import Territories


@dataclass(frozen=True)
class FigureContext:
    """Settings, one data set, the shapes (None when none were ever prepared) and a style.

    logo: that of the brand, an SVG or the data address of a picture.
    """

    settings: Settings
    territories: Territories
    dataset: Dataset
    shapes: Shapes | None
    milestones: tuple[Milestone, ...]
    style: Style
    logo: str = ""

    def for_print(self) -> FigureContext:
        """The same desk for an image: paper is white whatever the screen is."""
        return replace(self, style=Style.light(self.settings.brand))

    def narrowed(
        self, *, indicators: Sequence[str] = (), territories: Sequence[str] = ()
    ) -> FigureContext:
        """The same desk with some rows of its book alone, all that is asked of them faster."""
        rows = self.dataset.observations
        for column, kept in (("indicator", indicators), ("territory", territories)):
            rows = rows[rows[column].isin(list(kept))] if kept else rows
        return replace(self, dataset=replace(self.dataset, observations=rows))

    def preferring(self, source: str) -> FigureContext:
        """The same desk where one source is read first: a dossier quotes its own document."""
        order = [source, *(s for s in self.settings.source_order if s != source)]
        return replace(self, settings=self.settings.model_copy(update={"source_order": order}))
