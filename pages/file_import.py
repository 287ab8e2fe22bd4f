"""Importer: a file of an agency, what it says, what is doubtful, then into the figures."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from atlas.importing.history import last_used_sources
from atlas.ui import import_actions, import_columns, import_reading, import_report, sign_in
from atlas.ui.import_profile import offer_profile
from atlas.ui.import_source import choose_source
from atlas.ui.import_table import edit_table, profile_of
from atlas.ui.permissions import may
from atlas.ui.session import context_of, is_demo, project, project_folder
from pages import choropleth

MAP_PAGE = st.Page(choropleth.page, title="Carte", url_path="carte")


def page() -> None:
    """Draw the page."""
    context_of(demo=False)  # says what is to be mended first, and stops, without figures
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
    sign_in.show_who_may("import")  # before a file is given, which signing in would lose
    writer = may("import")
    reading = _read_file(writer=writer)
    import_actions.show_last_import(project_folder() / "data", reading, writer=writer)


def _read_file(*, writer: bool) -> str:
    """From the file to what becomes of it: the reading by which the journal of imports knows it,
    empty while something is missing, which is said."""
    inputs, folder = project(), project_folder()
    known_keys, dataset = inputs.known_keys(), inputs.dataset()
    assert known_keys and dataset
    upload = import_reading.receive_upload(known_keys)
    if upload is None:
        return ""
    profile_key = import_reading.choose_profile(upload, known_keys)
    # In the order of the page; columns are read before what holds for all of them.
    source_section, table_section, columns_section = (st.container() for _ in range(3))
    table_section.header("Le tableau lu")
    reading = import_reading.choose_sheet(table_section, upload, profile_key, known_keys)
    if reading is None:
        return ""
    base = known_keys.settings.import_profiles.get(profile_key)
    with columns_section:
        columns = import_columns.edit_columns(
            reading.proposal, known_keys, reading.key, is_settled=base is not None
        )
    table = edit_table(table_section, reading, base, columns, known_keys)
    with source_section:
        st.header("Le document")
        source = choose_source(
            known_keys.sources,
            last_used_sources(folder / "data"),
            base.source if base else "",
            upload.digest,
            rows_say=any(column.holds == "source" for column in columns),
        )
    profile = profile_of(reading, base, columns, table, source) if table else None
    if profile is None or not source.is_known:
        return ""
    # Who may not write does not learn, from what a file repeats, a figure that is secret.
    published = inputs.raw_rows() if writer else dataset.published
    known_keys = replace(known_keys, sources={**known_keys.sources, **source.new})
    report = import_reading.report_on_upload(
        upload, reading, profile, published, known_keys, dataset.version
    )
    import_report.show_report(report, known_keys)
    origin = import_reading.origin_of(upload, reading, profile, known_keys)
    import_actions.offer_import(
        report, origin, known_keys, folder / "data", MAP_PAGE, writer=writer
    )
    offer_profile(
        profile, base, reading, folder, inputs.settings_problems, administers=may("administer")
    )
    return origin.reading
