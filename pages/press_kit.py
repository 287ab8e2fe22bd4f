"""Kit presse: choose a dossier or a territory, see what it will hold, take the ZIP away."""

from __future__ import annotations

import streamlit as st

from atlas.ui.kit_options import kit_arguments, kit_contents, kit_options
from atlas.ui.kit_progress import show_kit_progress, show_session_notice, start_kit
from atlas.ui.markdown import escape_markdown
from atlas.ui.page_title import show_title
from atlas.ui.session import current_context, project_folder


def page() -> None:
    """Draw the page."""
    context = current_context(shapes=True, session=False)
    show_title("Kit presse", context)
    show_session_notice()
    st.markdown(
        "Toutes les figures d’un dossier ou d’un territoire, en images, diapositives, "
        "classeur, texte et page web, dans un seul fichier."
    )
    arguments = kit_arguments(context)
    title, lines = kit_contents(context.for_print(), tuple(arguments), context.dataset.version)
    st.header(escape_markdown(title))
    st.markdown("\n".join(f"- {escape_markdown(line)}" for line in lines))
    options = kit_options(context)
    if st.button(
        "Produire le kit", type="primary", icon=":material/folder_zip:", disabled=options is None
    ):
        assert options is not None
        start_kit(
            title,
            [*arguments, *options, "--project", str(project_folder())],
            context.settings.limits,
        )
    show_kit_progress()
