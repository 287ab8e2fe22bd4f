"""Importer: a file of an agency, what it says, what is doubtful, then into the figures."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from atlas.ui import import_actions, import_columns, import_reading, import_report, import_source
from atlas.ui.permissions import may_write
from atlas.ui.session import context_of, is_demo, project, project_folder
from pages import activation_map

MAP = st.Page(activation_map.page, title="Carte", url_path="carte")


def page() -> None:
    """Draw the page."""
    context_of(demo=False)  # says what is to be mended first, and stops, when nothing can be drawn
    place, folder = project(), project_folder()
    words, book = place.known_keys(), place.dataset()
    assert words and book
    st.title("Importer un fichier")
    st.markdown(
        "Un fichier de la Cnam, de l’agence nationale ou de la région : la page propose "
        "une lecture, vous la corrigez, et rien n’est écrit avant votre accord."
    )
    if is_demo():
        st.info(
            "Vous regardez les données fictives : un fichier s’ajoute aux chiffres publiés, "
            "eux seuls.",
            icon=":material/info:",
        )
    writer = may_write(words.settings)
    import_actions.show_done(folder / "data", MAP, writer=writer)
    upload = import_reading.uploaded()
    if upload is None:
        return

    picked, proposal = import_reading.reading(upload, words)
    if proposal is None:
        return
    key = f"{upload.digest}_{picked}"
    recipe = import_columns.settled(
        proposal, words.settings.import_profiles.get(picked), words, key
    )
    if recipe is None:
        return
    source, new = import_source.source_of(recipe, words.sources, key)
    if not source and not recipe.has("source"):
        return
    # Who may not write does not learn, from what a file repeats, a figure that is secret.
    published = place.raw_rows() if writer else book.published
    words = replace(words, sources={**words.sources, **new})
    told = import_reading.report_of(
        upload, recipe.model_copy(update={"source": source}), published, words, book.version
    )
    import_report.show_report(told, words)
    import_actions.offer(told, words, folder / "data", writer=writer)
    import_actions.offer_recipe(
        recipe, picked, folder / "config.yaml", place.settings_problems, writer=writer
    )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
