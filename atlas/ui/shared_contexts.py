"""What pages draw from, the same for all sessions that draw from the same inputs."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from atlas.dataset import Dataset
from atlas.figures.common.context import FigureContext
from atlas.figures.common.style import Style
from atlas.geometry import Shapes
from atlas.settings import DataRevision, Milestone, OfficeTemplates, Settings
from atlas.territories import Territories


@dataclass(frozen=True)
class ContextInputs:
    """All that a context is made of, but the theme; of one generation of the files."""

    settings: Settings
    territories: Territories
    dataset: Dataset
    shapes: Shapes | None
    milestones: tuple[Milestone, ...]
    logo: str
    templates: OfficeTemplates
    data_revisions: tuple[DataRevision, ...]

    def are_those_of(self, context: FigureContext) -> bool:
        """Whether the context was made of these very inputs, and not of equal ones: what is read
        again is another object, even where a hash of it would be the same."""
        return (
            context.settings is self.settings
            and context.territories is self.territories
            and context.dataset is self.dataset
            and context.shapes is self.shapes
            and context.milestones == self.milestones
            and context.logo == self.logo
            and context.templates == self.templates
            and context.data_revisions == self.data_revisions
        )

    def context(self, *, dark: bool) -> FigureContext:
        """A new context, of which nothing is made yet."""
        brand = self.settings.brand
        return FigureContext(
            self.settings,
            self.territories,
            self.dataset,
            self.shapes,
            self.milestones,
            Style.dark(brand) if dark else Style.light(brand),
            self.logo,
            self.templates,
            self.data_revisions,
        )


class SharedContexts:
    """One context for each data set, theme and use of the outlines, made anew when one of its
    inputs is another; what was made from the one before goes with it. Thread-safe."""

    def __init__(self) -> None:
        self._contexts: dict[tuple[bool, bool, bool], FigureContext] = {}
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._contexts)

    def context_of(
        self, inputs: ContextInputs, *, demo: bool, dark: bool, shapes: bool
    ) -> FigureContext:
        """The context of these inputs. demo: of the fictitious data set; dark: for the dark theme;
        shapes: with the outlines, where there are some."""
        kind = (demo, dark, shapes)
        with self._lock:
            kept = self._contexts.get(kind)
            if kept is not None and inputs.are_those_of(kept):
                return kept
            self._contexts = {
                other: context
                for other, context in self._contexts.items()
                if other[0] != demo or context.dataset is inputs.dataset
            }
            made = self._contexts[kind] = inputs.context(dark=dark)
            return made
