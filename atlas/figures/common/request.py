"""What every request of a figure says: plain texts in links and in the metadata of images."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, ClassVar, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from atlas.incoming_text import MAX_LETTERS, remove_forbidden_characters

#: A finding that anybody may have written in a link, an image or a command.
TypedTitle = Annotated[
    str, Field(max_length=MAX_LETTERS["title"]), AfterValidator(remove_forbidden_characters)
]


class RequestError(ValueError):
    """The request names something that does not exist; the text is French and says what.

    known: what may stand in its place, where that can be listed.
    """

    def __init__(self, text: str, known: Iterable[str] = ()) -> None:
        super().__init__(text)
        self.known = list(known)


class FigureRequest(BaseModel):
    """One figure, most often of one indicator: each has a class of its own, told by its `drawing`.

    title: a finding written above the title of the figure; source: read before the others, as a
    dossier quotes its own document. Periods are written as in the data.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")
    #: True where `territory` may hold several codes joined by « + ».
    joins_territories: ClassVar[bool] = False
    #: False where the figure is not that of one indicator, which `indicator` then leaves empty.
    needs_indicator: ClassVar[bool] = True

    drawing: str
    indicator: str
    title: TypedTitle = ""
    source: str = ""

    def as_texts(self) -> dict[str, str]:
        """The drawing, the indicator where there is one, and what differs from the default."""
        return {
            "drawing": self.drawing,
            **({"indicator": self.indicator} if self.indicator else {}),
            **self.model_dump(exclude={"drawing", "indicator"}, exclude_defaults=True),
        }

    def shorter_forms(self) -> list[Self]:
        """Requests of less of the same, for where the whole has no room."""
        return []

    def with_fields(self, **changes: Any) -> Self:
        """The same request with other values, checked again."""
        return type(self).model_validate(self.model_dump() | changes)
