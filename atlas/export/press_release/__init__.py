"""A publication as a press release, in the Word template of the brand, and what goes with it."""

from atlas.export.press_release.document import press_release
from atlas.export.press_release.plain_document import plain_document
from atlas.export.press_release.to_check import to_check

__all__ = ["plain_document", "press_release", "to_check"]
