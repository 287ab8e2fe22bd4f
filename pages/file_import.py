"""Importer: a file of an agency, what it says, what is doubtful, then into the figures."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from atlas.ui import import_actions, import_columns, import_reading, import_report, import_source
from atlas.ui.permissions import may_write
from atlas.ui.session import context_of, is_demo, project, project_folder
from pages import choropleth

MAP_PAGE = st.Page(choropleth.page, title="Carte", url_path="carte")


def page() -> None:
    """Draw the page."""
    context_of(demo=False)  # says what is to be mended first, and stops, when nothing can be drawn
    inputs, folder = project(), project_folder()
    known_keys, dataset = inputs.known_keys(), inputs.dataset()
    assert known_keys and dataset
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
    writer = may_write(known_keys.settings)
    import_actions.show_last_action(folder / "data", MAP_PAGE, writer=writer)
    upload = import_reading.receive_upload()
    if upload is None:
        return

    profile_key, proposal = import_reading.choose_reading(upload, known_keys)
    if proposal is None:
        return
    key = f"{upload.digest}_{profile_key}"
    base = known_keys.settings.import_profiles.get(profile_key)
    profile = import_columns.edit_profile(proposal, base, known_keys, key)
    if profile is None:
        return
    source, new_sources = import_source.choose_source(profile, known_keys.sources, key)
    if not source and not profile.has("source"):
        return
    # Who may not write does not learn, from what a file repeats, a figure that is secret.
    published = inputs.raw_rows() if writer else dataset.published
    known_keys = replace(known_keys, sources={**known_keys.sources, **new_sources})
    report = import_reading.report_on_upload(
        upload,
        profile.model_copy(update={"source": source}),
        published,
        known_keys,
        dataset.version,
    )
    import_report.show_report(report, known_keys)
    import_actions.offer_import(report, known_keys, folder / "data", writer=writer)
    import_actions.offer_profile(
        profile, profile_key, folder, inputs.settings_problems, writer=writer
    )


if __name__ == "__main__":  # asked for by its file name: send the visitor to the router
    st.switch_page("app.py")
