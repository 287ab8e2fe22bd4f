"""A publication as a press pack: an A4 brochure in tagged PDF, in the Typst template."""

from atlas.export.press_pack.document import press_pack

__all__ = ["press_pack"]
