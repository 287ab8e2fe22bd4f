"""A publication as a press release, in the Word template of the brand."""

from atlas.export.press_release.document import press_release

__all__ = ["press_release"]
