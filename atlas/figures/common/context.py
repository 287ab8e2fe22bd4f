"""What every figure is made from."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from atlas.dataset import Dataset
from atlas.figures.common.result_cache import ResultCache
from atlas.figures.common.style import Style
from atlas.geometry import Shapes
from atlas.indicators.choice import SAME
from atlas.settings import DataRevision, Milestone, OfficeTemplates, Settings
from atlas.settings.office_templates import shipped_templates
from atlas.territories import Territories


@dataclass(frozen=True)
class FigureContext:
    """Settings, one data set, the shapes (None when none were ever prepared) and a style.

    logo: that of the brand, an SVG or the data address of a picture; templates: the files in
    which slides and press releases are made; data_revisions: what changed in the published
    figures, the newest day first.
    """

    settings: Settings
    territories: Territories
    dataset: Dataset
    shapes: Shapes | None
    milestones: tuple[Milestone, ...]
    style: Style
    logo: str = ""
    templates: OfficeTemplates = field(default_factory=shipped_templates)
    data_revisions: tuple[DataRevision, ...] = ()
    _results: ResultCache = field(
        default_factory=ResultCache, init=False, compare=False, repr=False
    )

    def once(self, key: Hashable, make: Callable[[], Any]) -> Any:
        """What `make` gives, made once for a context: a map and its bars read the same rows, and
        two sessions that are shown the same context the same figures.

        What is given is shared: its readers copy it before they change it.
        """
        return self._results.get(key, make)

    def for_print(self) -> FigureContext:
        """The same context for an image: paper is white whatever the screen is."""
        return replace(self, style=Style.light(self.settings.brand))

    def narrow_to(
        self, *, indicators: Sequence[str] = (), territories: Sequence[str] = ()
    ) -> FigureContext:
        """The same context with some rows of its data set alone, all read of it faster; the same
        one when the same rows are asked for again."""
        key = ("narrow_to", tuple(indicators), tuple(territories))
        narrowed: FigureContext = self.once(key, lambda: self._narrow(indicators, territories))
        return narrowed

    def _narrow(self, indicators: Sequence[str], territories: Sequence[str]) -> FigureContext:
        rows = self.dataset.observations
        for column, kept in (("indicator", indicators), ("territory", territories)):
            rows = rows[rows[column].isin(list(kept))] if kept else rows
        return replace(self, dataset=replace(self.dataset, observations=rows))

    def preferring(self, source: str) -> FigureContext:
        """The same context where one source is read first: a dossier quotes its own document,
        even where the review of findings prefers another; the same one when the same source is
        asked for again."""
        preferred: FigureContext = self.once(("preferring", source), lambda: self._prefer(source))
        return preferred

    def _prefer(self, source: str) -> FigureContext:
        order = [source, *(s for s in self.settings.source_order if s != source)]
        rows = self.dataset.observations
        own = rows["source"] == source
        known = pd.MultiIndex.from_frame(rows.loc[own, SAME])
        gives_way = ~own & pd.MultiIndex.from_frame(rows[SAME]).isin(known)
        verdicts = rows["verdict"].mask(gives_way & (rows["verdict"] == "preferred"), "")
        return replace(
            self,
            settings=self.settings.model_copy(update={"source_order": order}),
            dataset=replace(self.dataset, observations=rows.assign(verdict=verdicts)),
        )
