"""Accessibilité: the declaration that the law asks of public bodies."""

from __future__ import annotations

from atlas.publications.accessibility import accessibility_sections
from atlas.settings.accessibility import accessibility_statement
from atlas.ui.method import show_contents, show_section
from atlas.ui.page_title import show_title
from atlas.ui.session import current_context


def page() -> None:
    """Draw the page."""
    context = current_context()
    show_title("Déclaration d’accessibilité", context)
    sections = accessibility_sections(context.settings, accessibility_statement())
    show_contents(sections)
    for section in sections:
        show_section(section)
