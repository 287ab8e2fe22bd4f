"""Complete figures and tables: every one that is shipped, and the numbers that sources print."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from publications import figure_of
from shipped import AQUITAINE as AQUITAINE_MAP
from shipped import DOCUMENTS, RATE, SETTINGS, SHIPPED, VISITED

from atlas import views
from atlas.charts import Figure
from atlas.indicators import is_restated
from atlas.settings import FigureRef
from atlas.views import Desk, FigureRequest, MapChoice

LEVELS, MEASURES = ("departements", "caisses", "regions"), ("value", "change", "gap")
PLACES = ("FR", "REG-75", "REG-94", "REG-04", "REG-11")
NBSP = "\u00a0"

every_figure = pytest.mark.parametrize("ask", SHIPPED.values(), ids=SHIPPED)
every_map = pytest.mark.parametrize(
    "choice",
    [
        pytest.param(MapChoice(RATE, level, "", measure, place), id=f"{place}-{level}-{measure}")
        for place in PLACES
        for level in LEVELS
        for measure in MEASURES
    ],
)


def map_of(desk: Desk, choice: MapChoice) -> Figure | None:
    return figure_of(desk, views.map_request(choice))


def ranking_of(desk: Desk, choice: MapChoice) -> Figure:
    return figure_of(desk, views.map_request(choice, "classement"))


def corridors_of(desk: Desk, code: str, indicator: str, when: str) -> Figure | None:
    return figure_of(desk, FigureRequest("couloirs", indicator, code, when))


def across(desk: Desk, corridor: str, indicator: str) -> Figure | None:
    return figure_of(desk, FigureRequest("couloir", indicator, corridor=corridor))


def comparison_of(desk: Desk, key: str, **changed: object) -> Figure | None:
    """The first figure of a comparison page, with some of its words changed."""
    page = SETTINGS.comparisons[key].model_copy(update=changed)
    known = desk.settings.model_copy(update={"comparisons": {key: page}})
    return views.figure_of(
        replace(desk, settings=known), FigureRequest("comparaison", page.indicators[0], page=key)
    )


def maps_of(desk: Desk, choice: MapChoice) -> list[MapChoice]:
    """The choice at the three newest periods for which something is known."""
    return [choice.at(when) for when in views.map_periods(desk, choice)[:3]]


def complete(figure: Figure) -> bool:
    """True when nothing that a French public figure carries is left empty."""
    texts = (figure.title, figure.lecture, figure.champ, figure.source, figure.alt)
    ends = all(text.endswith(".") for text in texts[1:])
    return (
        ends
        and bool(figure.title)
        and len(figure.table) > 0
        and bool(re.fullmatch(r"[a-z0-9_-]+", figure.key))
    )


def texts_of(figure: Figure) -> list[str]:
    """All that is printed around a figure, but where it comes from: sections are « 2.8.4 »."""
    table = figure.table.drop(columns=["Source", "Origine"], errors="ignore")
    cells = [str(cell) for column in table for cell in table[column]]
    swatches = [swatch.label for swatch in figure.legend]
    return [
        *cells,
        *swatches,
        figure.title,
        figure.subtitle,
        figure.lecture,
        figure.champ,
        figure.note,
        figure.alt,
    ]


# Decimal points, hyphens for minus signs, four digits that are not a year, breakable « 5 % ».
FOREIGN = re.compile(
    r"\d\.\d|(?<![\w-])-\d|(?<!\d)(?!20[12]\d(?!\d))\d{4,}|\d %|\d%|"
    r"\b(nan|NaN|None|null|NaT|inf|True|False)\b"
)


# --- words ---------------------------------------------------------------------------------------


@every_figure
def test_every_figure_says_what_it_shows_how_to_read_it_and_where_it_comes_from(desk, ask):
    figure = figure_of(desk, ask(desk))
    assert complete(figure)
    assert [name for name, _ in figure.caption if name != "Note"] == ["Lecture", "Champ", "Source"]


@every_figure
def test_every_figure_is_written_in_french_numbers(desk, ask):
    figure = figure_of(desk, ask(desk))
    assert [text for text in texts_of(figure) if FOREIGN.search(text)] == []


@every_map
def test_every_map_and_its_ranking_are_complete_wherever_there_are_figures(
    desk, fictitious, choice
):
    published = [(desk, asked) for asked in maps_of(desk, choice)]
    for some, asked in published or [(fictitious, choice.at("2025-12"))]:
        known = (~views.map_values(some, asked)["missing"]).any()
        for figure in (map_of(some, asked), ranking_of(some, asked)):
            assert complete(figure) or not known and not figure.lecture
            assert [text for text in texts_of(figure) if FOREIGN.search(text)] == []


def test_every_map_of_the_fictitious_set_has_a_value_for_each_territory(fictitious):
    for choice in (
        MapChoice(RATE, level, "2025-12", measure, place)
        for place in PLACES
        for level in LEVELS
        for measure in MEASURES
    ):
        assert not views.map_values(fictitious, choice)["missing"].any()


def test_every_corridor_and_every_territory_offered_has_a_figure(desk):
    for code in views.corridor_territories(desk):
        for when in views.corridor_periods(desk, code):
            indicators = views.corridor_indicators(desk, code, when)
            assert indicators, (code, when)
            assert all(complete(corridors_of(desk, code, key, when)) for key in indicators)


def test_every_corridor_is_compared_across_the_territories_that_publish_it(desk):
    found = [
        (corridor, key)
        for corridor in desk.settings.corridors
        for key in views.indicators_of_corridor(desk, corridor)
    ]
    assert len(found) > 10
    for corridor, key in found:
        figure = across(desk, corridor, key)
        assert complete(figure) and "\u202f\u202f" not in figure.alt, (corridor, key)


def test_a_territory_that_is_offered_has_cards_at_each_of_its_periods(desk):
    themes = {kind.theme for kind in desk.settings.indicators.values()}
    for code in views.territories_with_figures(desk):
        for when in views.periods_of(desk, code):
            assert any(
                views.cards_of_theme(desk, theme, territory=code, period=when) for theme in themes
            ), (code, when)


# --- the map of décembre 2025 --------------------------------------------------------------------

FRANCE = MapChoice(RATE, "departements", "2025-12")
AQUITAINE = replace(FRANCE, within="REG-75")


def test_the_map_of_france_says_how_few_departements_have_a_figure(desk):
    said = views.coverage_text(desk, FRANCE, views.map_values(desk, FRANCE)).replace(NBSP, " ")
    assert said.startswith(
        "13 départements sur 101 ont un taux publié pour décembre 2025, dont 1 calculé"
    )


def test_the_map_of_france_hatches_the_88_others(desk):
    figure = map_of(desk, FRANCE)
    (missing,) = [swatch for swatch in figure.legend if swatch.hatched]
    (rows,) = figure.spec["datasets"].values()
    assert (missing.label, missing.count) == ("non publié", 88)
    assert sum(row["value"] is None for row in rows) == 88 and len(rows) == 101
    assert sum(swatch.count for swatch in figure.legend) == 101


def test_the_map_of_nouvelle_aquitaine_has_its_twelve_departements_in_the_scale(desk):
    legend = map_of(desk, AQUITAINE).legend
    assert sum(swatch.count for swatch in legend if swatch.count is not None) == 12
    assert not any(swatch.hatched for swatch in legend)
    counts = {swatch.label.replace(NBSP, " "): swatch.count for swatch in legend}
    assert (counts["[30 ; 34["], counts["[34 ; 38["], counts["38 et plus"]) == (4, 5, 3)


def test_pyrenees_atlantiques_says_that_it_is_the_mean_of_its_two_caisses(desk):
    figure = map_of(desk, AQUITAINE)
    row = figure.table.set_index("Département").loc["Pyrénées-Atlantiques"]
    assert row["Taux d’activation"] == f"37,3{NBSP}%\u202f†"
    for text in (row["Origine"], figure.note):
        assert f"moyenne simple des taux de la caisse de Bayonne (39,0{NBSP}%)" in text
        assert f"de la caisse de Pau (35,5{NBSP}%)" in text


def test_the_gap_is_the_difference_of_the_two_numbers_that_are_printed(desk):
    """37,25 rounds to 37,3 and 37,25 − 33,6 to 3,7, whatever binary numbers make of it."""
    figure = map_of(desk, replace(AQUITAINE, selected="DEP-64"))
    row = figure.table.set_index("Département").loc["Pyrénées-Atlantiques"]
    assert row["Écart à la France"] == f"+3,7{NBSP}points"
    assert f"soit 3,7{NBSP}points de plus que la moyenne nationale (33,6{NBSP}%)" in figure.lecture


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("level", LEVELS)
def test_only_values_that_were_computed_carry_the_dagger(desk, level, measure):
    for choice in maps_of(desk, MapChoice(RATE, level, "", measure)):
        rows = views.map_values(desk, choice).set_index("name")
        table = map_of(desk, choice).table
        levels = table.set_index(table.columns[1])["Taux d’activation"]
        how = rows["level_derived"]
        computed = set(rows.index[(how != "") & ~how.map(is_restated) & rows["value"].notna()])
        assert set(levels.index[levels.str.endswith("†")]) == computed


def test_a_change_that_was_computed_says_so_in_the_table(desk):
    table = map_of(desk, FRANCE).table.set_index("Département")
    assert table.loc["La Réunion", "Évolution"] == (
        f"+7,8{NBSP}points depuis décembre{NBSP}2024 (calculé)"
    )
    assert table.loc["La Réunion", "Taux d’activation"] == f"27,5{NBSP}%"
    assert "calculé" not in table.loc["Charente", "Évolution"]


def test_a_computed_value_is_explained_under_every_figure_that_marks_one(desk):
    for level in LEVELS:
        for choice in maps_of(desk, MapChoice(RATE, level, "")):
            figure = map_of(desk, choice)
            marked = figure.table["Taux d’activation"].str.endswith("†").any()
            assert figure.note.startswith("†") == marked


def test_every_map_credits_its_outlines_and_no_ranking_does(desk):
    for level in LEVELS:
        choice = replace(FRANCE, level=level)
        assert map_of(desk, choice).source.endswith("Contours : Natural Earth.")
        assert "Contours" not in ranking_of(desk, choice).source


def test_the_note_de_lecture_reads_the_territory_that_was_chosen(desk):
    chosen = map_of(desk, replace(AQUITAINE, selected="DEP-23"))
    first = map_of(desk, AQUITAINE)
    assert f"32,2{NBSP}%" in chosen.lecture and "dans la Creuse" in chosen.lecture
    assert f"41,7{NBSP}%" in first.lecture and "dans les Landes" in first.lecture


def test_a_map_with_nearly_all_in_one_class_warns(desk, fictitious):
    early = replace(FRANCE, when="2022-01")
    assert "80" in views.concentration_warning(
        fictitious, early, views.map_values(fictitious, early)
    )
    assert views.concentration_warning(desk, AQUITAINE, views.map_values(desk, AQUITAINE)) == ""


def test_without_shapes_there_is_no_map_and_the_ranking_still_names_its_territories(desk):
    bare = replace(desk, shapes=None)
    assert map_of(bare, AQUITAINE) is None
    (rows,) = ranking_of(bare, AQUITAINE).spec["datasets"].values()
    assert {"Landes", "Creuse"} <= {row["name"] for row in rows}


# --- the fictitious data set ---------------------------------------------------------------------


def test_every_figure_of_the_fictitious_book_is_marked(fictitious):
    asked = [replace(ask(fictitious), source="") for ask in SHIPPED.values()]
    made = [figure for request in asked if (figure := figure_of(fictitious, request))]
    made += [map_of(fictitious, FRANCE), ranking_of(fictitious, FRANCE)]
    made += [across(fictitious, "biologie", DOCUMENTS)]
    assert len(made) > 8
    assert all(figure.fictitious and "fictives" in figure.source for figure in made)


@every_figure
def test_no_published_figure_is_marked_fictitious(desk, ask):
    assert not figure_of(desk, ask(desk)).fictitious


def test_nothing_invented_is_said_to_be_published(fictitious):
    origins = map_of(fictitious, FRANCE).table["Origine"]
    assert not origins.str.startswith("publié").any()
    rows = fictitious.book.figures.head(200)
    assert not views.figures_table(fictitious, rows)["Origine"].eq("publié").any()


def test_the_files_of_the_fictitious_book_say_so_on_every_row(desk, fictitious):
    rows = fictitious.book.figures.head(300)
    sheets = views.workbook_sheets(fictitious, rows)
    assert set(sheets["Données fictives"]["Nature"]) == {"Données fictives"}
    sheets = views.workbook_sheets(desk, desk.book.figures)
    assert set(sheets["Chiffres"]["Nature"]) == {"Données publiées"}


# --- key figures, as their documents print them --------------------------------------------------

CORSE = {
    ("REG-94", RATE, "2026-03"): "33,2 %",
    ("DEP-2B", RATE, "2026-03"): "33 %",
    ("DEP-2A", RATE, "2026-03"): "33,4 %",
    ("REG-94", "people_sensitized", "2025"): "9 210 personnes",
    ("REG-94", "ambassadors", "2026-03"): "110 ambassadeurs",
    ("FR", "activated_profiles", "2026-01"): "environ 25 millions de profils",
    ("FR", DOCUMENTS, "2025"): "plus de 240 millions de documents",
    ("FR", "profiles_created_share", "2026-01"): "97 %",
    ("FR", "visitors_connected_monthly", "2026-01"): "2,5 millions de personnes",
}


def plain(text: str) -> str:
    """With ordinary spaces, to be compared with a text that was typed."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def cards_of(desk: Desk, key: str) -> dict[tuple[str, str, str], views.Card]:
    """The cards of one dossier by territory, indicator and period."""
    dossier = desk.settings.dossiers[key]
    refs = [ref for block in dossier.blocks if block.kind == "key_figures" for ref in block.figures]
    return {
        (
            ref.territory or dossier.territory,
            ref.indicator,
            ref.period or dossier.period,
        ): views.card(
            desk.preferring(dossier.source), ref, territory=dossier.territory, period=dossier.period
        )
        for ref in refs
    }


@pytest.mark.parametrize("where", CORSE, ids=lambda where: "-".join(where))
def test_the_dossier_of_corse_prints_the_figures_of_the_brochure(desk, where):
    card = cards_of(desk, "corse-2026")[where]
    assert plain(card.value) == CORSE[where]
    assert "Chiffres clés, p. 5" in card.source


def test_the_240_millions_are_uncertain_and_the_420_stay_beside_them(desk):
    card = cards_of(desk, "corse-2026")["FR", DOCUMENTS, "2025"]
    assert card.uncertain and plain(card.change) == "+79 % par rapport à 2024"
    said = [plain(other) for other in card.others]
    assert sum(other.startswith("plus de 420 millions de documents (") for other in said) >= 2


def test_the_25_millions_list_the_24_that_other_pages_print(desk):
    card = cards_of(desk, "corse-2026")["FR", "activated_profiles", "2026-01"]
    assert not card.uncertain
    assert any(
        plain(other).startswith("24 millions de profils (ARS de Corse") for other in card.others
    )
    assert any("Egora" in other for other in card.others)


@pytest.mark.parametrize("key", SETTINGS.dossiers)
def test_every_key_figure_that_a_dossier_asks_for_is_in_the_data(desk, key):
    found = cards_of(desk, key)
    assert len(found) > 5 and all(found.values())
    assert not [card.value for card in found.values() if FOREIGN.search(card.value)]


def test_what_is_uncertain_never_comes_first_on_the_page_of_key_figures(desk):
    cards = [
        card
        for theme in ("usagers", "documents", "professionnels", "accompagnement")
        for code in ("FR", "REG-94", "REG-04", "REG-44")
        for card in views.cards_of_theme(desk, theme, territory=code, period="2026-06")
    ]
    assert len(cards) > 20 and not any(card.uncertain for card in cards)


def test_a_figure_that_is_not_in_the_data_has_no_card(desk):
    ref = FigureRef(indicator=RATE, period="2019-12")
    assert views.card(desk, ref, territory="REG-94", period="2026-03") is None


# --- tables, as their documents print them -------------------------------------------------------

PACA = """\
Hôpital | 338 | +34 % | 5 937 688 | +55 %
Biologie médicale | 17 | −5 % | 8 262 046 | +61 %
Médecine de ville | 7 094 | +33 % | 9 072 324 | +150 %
Officine | 1 577 | +192 % | 357 292 | +159 %
Radiologie | 901 | −1 % | 1 033 155 | +55 %
Établissements sociaux et médico-sociaux | 539 | +305 % | 389 872 | +173 %
TOTAL publié | 10 466 | +93 % | 25 052 377 | +108 %"""
AQUITAINE_CAISSES = """\
161 ANGOULÊME 32,8% 2,4
171 LA ROCHELLE 38,8% 3,2
191 TULLE 32,7% 2,5
231 GUÉRET 32,2% 2,6
241 PÉRIGUEUX 33,1% 2,5
331 BORDEAUX 40,0% 2,4
401 MONT-DE-MARSAN 41,7% 3,0
471 AGEN 35,4% 2,4
641 BAYONNE 39,0% 2,5
642 PAU 35,5% 2,3
791 NIORT 36,2% 2,5
861 POITIERS 34,5% 2,2
871 LIMOGES 34,9% 2,3"""


def table_of(desk: Desk, key: str, kind: str) -> list[list[str]]:
    """The rows of the only table of a kind in a dossier."""
    dossier = desk.settings.dossiers[key]
    (place,) = [i for i, block in enumerate(dossier.blocks) if block.kind == kind]
    table = views.dossier_publication(desk, key).sections[place].table
    return [[plain(cell) for cell in row] for row in table.to_numpy().tolist()]


def test_the_table_by_corridor_of_paca_is_the_one_that_was_presented(desk):
    rows = table_of(desk, "provence-alpes-cote-d-azur-2025", "corridor_table")
    assert "\n".join(" | ".join(row) for row in rows) == PACA


def test_the_table_of_caisses_is_the_annex_of_the_press_release(desk):
    rows = table_of(desk, "nouvelle-aquitaine-2026", "territory_table")
    printed = [
        f"{number} {name.upper()} {rate.replace(' ', '')} "
        f"{change.removeprefix('+').removesuffix(' points')}"
        for number, name, rate, change in rows
    ]
    assert "\n".join(printed) == AQUITAINE_CAISSES


def test_a_total_is_the_one_that_the_source_prints_and_not_a_sum(desk):
    figure = corridors_of(desk, "REG-93", DOCUMENTS, "2024")
    assert "Total publié : 25 052 377 documents (+108 %)" in plain(figure.note)


def test_a_corridor_without_a_level_says_so_and_keeps_its_growth(desk):
    figure = corridors_of(desk, "REG-94", DOCUMENTS, "2025")
    row = figure.table.set_index("Couloir").loc["Hôpital"]
    assert (row["Documents déposés dans l’année"], plain(row["Évolution"])) == (
        "non publié",
        "+34 %",
    )
    assert "Niveau non publié" in figure.note and "Hôpital" in figure.note


def test_the_table_of_all_figures_has_one_row_for_each(desk):
    table = views.figures_table(desk, desk.book.figures)
    assert len(table) == len(desk.book.figures)
    assert set(table["Origine"]) == {"publié", "calculé", "incertain"}
    for column in ("Valeur", "Évolution", "Période", "Par rapport à"):
        assert [cell for cell in table[column] if FOREIGN.search(cell)] == []


def test_the_file_of_figures_keeps_codes_as_text_and_numbers_as_numbers(desk):
    table = views.figures_file(desk, desk.book.figures)
    assert {"DEP-2A", "REG-04"} <= set(table["Territoire"])
    assert table["Valeur"].dtype == float and table["Évolution"].dtype == float
    assert (table["Valeur"].isna() == desk.book.figures["value"].isna()).all()


def test_every_source_with_a_figure_is_listed_with_how_many_it_gives(desk):
    table = views.sources_table(desk)
    assert table["Chiffres"].astype(int).sum() == len(desk.book.published)
    assert (table[["Titre", "Éditeur", "Licence", "Adresse ou fichier"]] != "").all(axis=None)


def test_a_total_from_another_document_than_the_corridors_names_it(desk):
    figure = corridors_of(desk, "FR", "documents_deposited", "2024")
    assert "Total publié : 300\u00a0millions" in figure.note.replace("de documents", "")
    assert "d’après Ordre des masseurs-kinésithérapeutes" in figure.note
    own = corridors_of(desk, "REG-93", "documents_deposited", "2024")
    assert "d’après" not in own.note


# --- what files are made of ----------------------------------------------------------------------

STEMS = {
    "corse-2026/2-map": "corse_2026-03_taux-activation_carte",
    "corse-2026/3-corridors": "corse_2025_documents-deposes-annee_couloirs",
    "taux-activation-fin-2025/activation_rate": "taux-activation-fin-2025_2024-12_2025-12_taux-activation_points",
    "objectif-2027/activated_profiles": "objectif-2027_profils-actives_courbe-objectif",
    "la-reunion-2026/6-comparison": "france_profils-actives_courbe-objectif",
    "courbe": "france_profils-actives_courbe",
}


@pytest.mark.parametrize("name", STEMS)
def test_the_file_of_a_figure_says_in_french_what_is_in_it(desk, name):
    assert figure_of(desk, SHIPPED[name](desk)).file_stem == STEMS[name]


def test_no_two_figures_write_the_same_file(desk, fictitious):
    maps = [
        MapChoice(RATE, level, "2025-12", measure, place)
        for level in LEVELS
        for measure in MEASURES
        for place in PLACES
    ]
    asked = [
        *(ask(desk) for ask in SHIPPED.values()),
        *VISITED.values(),
        *(
            views.map_request(choice, drawing)
            for choice in maps
            for drawing in ("carte", "classement")
        ),
    ]
    named: dict[str, set[str]] = {}
    for request in dict.fromkeys(asked):
        figure = figure_of(desk, request)
        key = "|".join((figure.digest, request.drawing, request.indicator, request.measure))
        named.setdefault(figure.file_stem, set()).add(key)
    assert {stem: keys for stem, keys in named.items() if len(keys) > 1} == {}
    assert figure_of(fictitious, AQUITAINE_MAP).file_stem not in named


@every_figure
def test_the_numbers_behind_a_table_are_those_that_its_texts_write(desk, ask):
    figure = figure_of(desk, ask(desk))
    assert figure.numbers
    for column, numbers in figure.numbers.items():
        assert len(numbers.values) == len(numbers.formats) == len(figure.table)
        for text, value in zip(figure.table[column], numbers.values, strict=True):
            said = re.search(r"[+−]?\d[\d\u202f]*(,\d+)?", text)
            assert (said is None) == (value != value), (text, value)
            if said and "milli" not in text and not text.endswith(("er", "e")):
                number = said[0].replace("\u202f", "").replace(",", ".").replace("−", "-")
                assert abs(float(number) - value) <= 0.5001, (text, value)


@every_figure
def test_a_plot_has_a_value_and_a_label_for_each_of_its_categories(desk, ask):
    figure = figure_of(desk, ask(desk))
    assert (figure.plot is None) == (figure.recipe["drawing"] == "carte")
    for series in figure.plot.series if figure.plot else ():
        assert len(series.values) == len(series.labels) == len(figure.plot.categories)
        assert re.fullmatch("#[0-9a-f]{6}", series.colour) and series.name
        assert all(value is None or value == value for value in series.values)


@every_figure
def test_a_figure_names_its_sources_by_their_keys(desk, ask):
    figure = figure_of(desk, ask(desk))
    assert figure.sources and set(figure.sources) <= set(desk.book.sources)
    if len(figure.sources) <= 3:
        assert all(desk.book.sources[key].publisher in figure.source for key in figure.sources)


def test_the_digest_changes_with_any_cell_and_with_nothing_else(desk):
    figure = map_of(desk, AQUITAINE)
    table = figure.table.copy()
    table.iloc[3, 2] = "38,0\u00a0%"
    assert replace(figure, table=table).digest != figure.digest
    assert replace(figure, title="Autre", spec={}).digest == figure.digest


def test_a_map_of_a_period_without_figures_does_not_begin_its_source_with_a_full_stop(desk):
    empty = map_of(desk, replace(FRANCE, when="1999-12"))
    assert empty is None or not empty.source.startswith(".")
