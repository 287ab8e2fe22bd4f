"""Complete figures and tables: every one that is shipped, and the numbers that sources print."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from made_once import cached_figure
from shipped import AQUITAINE as AQUITAINE_MAP
from shipped import DOCUMENTS, RATE, SETTINGS, SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import RequestError
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.figures.key_figures.key_figure import KeyFigure, key_figures_of_theme
from atlas.figures.key_figures.key_figure import key_figure as cards_card
from atlas.figures.map.classes import concentration_warning
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.figures.map.rows import map_rows
from atlas.figures.map.texts import coverage_text
from atlas.figures.options import (
    corridor_indicators,
    corridor_periods,
    corridor_territories,
    indicators_of_corridor,
    map_periods,
    periods_of,
    territories_with_figures,
)
from atlas.figures.registry import figure_of
from atlas.french import cell_text, table_texts
from atlas.publications.publication import dossier_publication
from atlas.settings import FigureRef
from atlas.tables.data import figures_file, figures_table, sources_table, workbook_sheets
from atlas.values import Table, Value

LEVELS, MEASURES = ("departements", "caisses", "regions"), ("value", "change", "gap")
PLACES = ("FR", "REG-75", "REG-94", "REG-04", "REG-11")
NBSP = "\u00a0"

every_figure = pytest.mark.parametrize("ask", SHIPPED.values(), ids=SHIPPED)
every_map = pytest.mark.parametrize(
    "choice",
    [
        pytest.param(
            MapRequest(indicator=RATE, level=level, measure=measure, territory=place),
            id=f"{place}-{level}-{measure}",
        )
        for place in PLACES
        for level in LEVELS
        for measure in MEASURES
        # A map of one territory is refused.
        if place == "FR" or (level != "regions" and place != "REG-04")
    ],
)


def map_of(context: FigureContext, request: MapRequest) -> Figure | None:
    return cached_figure(context, request)


def bars_of(context: FigureContext, request: MapRequest) -> Figure:
    return cached_figure(context, ranking_of(request))


def corridors_of(
    context: FigureContext, code: str, indicator: str, reference_period: str
) -> Figure | None:
    return cached_figure(
        context, CorridorsRequest(indicator=indicator, territory=code, period=reference_period)
    )


def across(context: FigureContext, corridor: str, indicator: str) -> Figure | None:
    return cached_figure(context, CorridorRequest(indicator=indicator, corridor=corridor))


def comparison_of(context: FigureContext, key: str, **changed: object) -> Figure | None:
    """The first figure of a comparison page, with some of its words changed."""
    page = SETTINGS.comparisons[key].model_copy(update=changed)
    known = context.settings.model_copy(update={"comparisons": {key: page}})
    return figure_of(
        replace(context, settings=known),
        ComparisonRequest(indicator=page.indicators[0], comparison=key),
    )


def maps_of(context: FigureContext, request: MapRequest) -> list[MapRequest]:
    """The request at the three newest periods for which something is known."""
    return [request.with_fields(period=period) for period in map_periods(context, request)[:3]]


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
    table = table_texts(figure.table).drop(columns=["Source", "Origine"], errors="ignore")
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
def test_every_figure_says_what_it_shows_how_to_read_it_and_where_it_comes_from(context, ask):
    figure = cached_figure(context, ask(context))
    assert complete(figure)
    assert [name for name, _ in figure.caption if name != "Note"] == ["Lecture", "Champ", "Source"]


@every_figure
def test_every_figure_is_written_in_french_numbers(context, ask):
    figure = cached_figure(context, ask(context))
    assert [text for text in texts_of(figure) if FOREIGN.search(text)] == []


@every_map
def test_every_map_and_its_ranking_are_complete_wherever_there_are_figures(
    context, fictitious, choice
):
    published = [(context, asked) for asked in maps_of(context, choice)]
    for some, asked in published or [(fictitious, choice.with_fields(period="2025-12"))]:
        known = (~map_rows(some, asked)["missing"]).any()
        lonely = (~map_rows(some, asked)["missing"]).sum() == 1
        drawn = [map_of(some, asked), *([] if lonely else [bars_of(some, asked)])]
        for figure in drawn:
            assert complete(figure) or not known and not figure.lecture
            assert [text for text in texts_of(figure) if FOREIGN.search(text)] == []


def test_every_map_of_the_fictitious_set_has_a_value_for_each_territory(fictitious):
    for choice in (
        MapRequest(indicator=RATE, level=level, period="2025-12", measure=measure, territory=place)
        for place in PLACES
        for level in LEVELS
        for measure in MEASURES
    ):
        assert not map_rows(fictitious, choice)["missing"].any()


def test_every_corridor_and_every_territory_offered_has_a_figure(context):
    for code in corridor_territories(context):
        for reference_period in corridor_periods(context, code):
            indicators = corridor_indicators(context, code, reference_period)
            assert indicators, (code, reference_period)
            assert all(
                complete(corridors_of(context, code, key, reference_period)) for key in indicators
            )


def test_every_corridor_is_compared_across_the_territories_that_publish_it(context):
    found = [
        (corridor, key)
        for corridor in context.settings.corridors
        for key in indicators_of_corridor(context, corridor)
    ]
    assert len(found) > 10
    for corridor, key in found:
        figure = across(context, corridor, key)
        assert complete(figure) and "\u202f\u202f" not in figure.alt, (corridor, key)


def test_a_territory_that_is_offered_has_cards_at_each_of_its_periods(context):
    themes = {kind.theme for kind in context.settings.indicators.values()}
    for code in territories_with_figures(context):
        for reference_period in periods_of(context, code):
            assert any(
                key_figures_of_theme(context, theme, territory=code, period=reference_period)
                for theme in themes
            ), (code, reference_period)


# --- the map of décembre 2025 --------------------------------------------------------------------

FRANCE = MapRequest(indicator=RATE, level="departements", period="2025-12")
AQUITAINE = FRANCE.with_fields(territory="REG-75")


def test_the_map_of_france_says_how_few_departements_have_a_figure(context):
    said = coverage_text(context, FRANCE, map_rows(context, FRANCE)).replace(NBSP, " ")
    assert said.startswith(
        "13 départements sur 101 ont un taux pour décembre 2025 : 12 publiés, 1 calculé"
    )


def test_the_map_of_france_hatches_the_88_others(context):
    figure = map_of(context, FRANCE)
    hatched = [(swatch.label, swatch.count) for swatch in figure.legend if swatch.hatched]
    (rows,) = figure.spec["datasets"].values()
    assert hatched == [("entre plusieurs classes", 1), ("non publié", 88)]
    assert sum(row["value"] is None for row in rows) == 89 and len(rows) == 101
    assert sum(swatch.count for swatch in figure.legend) == 101


def test_the_map_of_nouvelle_aquitaine_has_its_twelve_departements_in_the_scale(context):
    legend = map_of(context, AQUITAINE).legend
    assert sum(swatch.count for swatch in legend if swatch.count is not None) == 12
    assert [one.label for one in legend if one.hatched] == ["entre plusieurs classes"]
    assert [swatch.count for swatch in legend if swatch.edges] == [4, 3, 1, 1, 2]


def test_pyrenees_atlantiques_says_that_it_is_between_its_two_caisses(context):
    figure = map_of(context, AQUITAINE)
    row = table_texts(figure.table).set_index("Département").loc["Pyrénées-Atlantiques"]
    assert row["Taux d’activation"] == f"entre 35,5 et 39,0{NBSP}%\u202f†"
    said = f"entre 35,5{NBSP}% (CPAM de Pau) et 39,0{NBSP}% (CPAM de Bayonne)"
    assert said in row["Origine"] and said in figure.note


def test_the_gap_is_the_difference_of_the_two_numbers_that_are_printed(context):
    figure = map_of(context, AQUITAINE.with_fields(highlighted="DEP-40"))
    table = table_texts(figure.table).set_index("Département")["Écart à la France"]
    assert table["Landes"] == f"+8,1{NBSP}points"
    assert table["Pyrénées-Atlantiques"] == f"entre +1,9 et +5,4{NBSP}points"
    assert f"soit 8,1{NBSP}points de plus que la moyenne nationale (33,6{NBSP}%)" in figure.lecture


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("level", LEVELS)
def test_only_values_that_were_computed_carry_the_dagger(context, level, measure):
    for choice in maps_of(context, MapRequest(indicator=RATE, level=level, measure=measure)):
        rows = map_rows(context, choice).set_index("name")
        table = table_texts(map_of(context, choice).table)
        levels = table.set_index(table.columns[int("Rang" in table)])["Taux d’activation"]
        computed = set(
            rows.index[(rows["derived"] != "") & ~rows["restated"] & rows["value"].notna()]
        )
        assert set(levels.index[levels.str.endswith("†")]) == computed


def test_a_change_that_was_computed_says_so_in_the_table(context):
    table = table_texts(map_of(context, FRANCE).table).set_index("Département")
    assert table.loc["La Réunion", "Évolution"] == (
        f"+7,8{NBSP}points depuis décembre{NBSP}2024 (calculé)"
    )
    assert table.loc["La Réunion", "Taux d’activation"] == f"27,5{NBSP}%"
    assert "calculé" not in table.loc["Charente", "Évolution"]


def test_a_computed_value_is_explained_under_every_figure_that_marks_one(context):
    for level in LEVELS:
        for choice in maps_of(context, MapRequest(indicator=RATE, level=level)):
            figure = map_of(context, choice)
            marked = table_texts(figure.table)["Taux d’activation"].str.endswith("†").any()
            assert figure.note.startswith("†") == marked


def test_every_map_credits_its_outlines_and_no_ranking_does(context):
    for level in LEVELS:
        choice = FRANCE.with_fields(level=level)
        assert map_of(context, choice).source.endswith("Contours : IGN, Admin Express.")
        assert "Contours" not in bars_of(context, choice).source


def test_the_note_de_lecture_reads_the_territory_that_was_chosen(context):
    chosen = map_of(context, AQUITAINE.with_fields(highlighted="DEP-23"))
    first = map_of(context, AQUITAINE)
    assert f"32,2{NBSP}%" in chosen.lecture and "des assurés de la Creuse" in chosen.lecture
    assert f"41,7{NBSP}%" in first.lecture and "des assurés des Landes" in first.lecture


def test_a_map_with_nearly_all_in_one_class_warns(context, fictitious):
    early = FRANCE.with_fields(period="2022-01", classes="fixed")
    assert "80" in concentration_warning(fictitious, early, map_rows(fictitious, early))
    assert concentration_warning(context, AQUITAINE, map_rows(context, AQUITAINE)) == ""


def test_without_shapes_there_is_no_map_and_the_ranking_still_names_its_territories(context):
    bare = replace(context, shapes=None)
    assert map_of(bare, AQUITAINE) is None
    (rows,) = bars_of(bare, AQUITAINE).spec["datasets"].values()
    assert {"Landes", "Creuse"} <= {row["name"] for row in rows}


# --- the fictitious data set ---------------------------------------------------------------------


def test_every_figure_of_the_fictitious_data_set_is_marked(fictitious):
    asked = [ask(fictitious).with_fields(source="") for ask in SHIPPED.values()]
    made = [figure for request in asked if (figure := cached_figure(fictitious, request))]
    made += [map_of(fictitious, FRANCE), bars_of(fictitious, FRANCE)]
    made += [across(fictitious, "biologie", DOCUMENTS)]
    assert len(made) > 8
    assert all(figure.fictitious and "fictives" in figure.source for figure in made)


@every_figure
def test_no_published_figure_is_marked_fictitious(context, ask):
    assert not cached_figure(context, ask(context)).fictitious


def test_nothing_invented_is_said_to_be_published(fictitious):
    origins = table_texts(map_of(fictitious, FRANCE).table)["Origine"]
    assert not origins.str.startswith("publié").any()
    rows = fictitious.dataset.observations.head(200)
    assert not table_texts(figures_table(fictitious, rows))["Origine"].eq("publié").any()


def test_the_files_of_the_fictitious_data_set_say_so_on_every_row(context, fictitious):
    rows = fictitious.dataset.observations.head(300)
    sheets = workbook_sheets(fictitious, rows)
    assert set(sheets["Données fictives"]["Nature"]) == {"Données fictives"}
    sheets = workbook_sheets(context, context.dataset.observations)
    natures = sheets["Chiffres"].groupby("Nature")["Origine"].unique()
    assert {nature: list(origins) for nature, origins in natures.items()} == {
        "Données calculées": ["calculé"],
        "Données publiées": [""],
    }


# --- key figures, as their documents print them --------------------------------------------------

CORSE = {
    ("REG-94", RATE, "2026-03"): "33,2 %",
    ("DEP-2B", RATE, "2026-03"): "33 %",
    ("DEP-2A", RATE, "2026-03"): "33,4 %",
    ("REG-94", "people_sensitized", "2025"): "9 210",
    ("REG-94", "ambassadors", "2026-03"): "110",
    ("FR", "activated_profiles", "2026-01"): "environ 25 millions de profils (contredit)",
    ("FR", DOCUMENTS, "2025"): "plus de 240 millions de documents (contredit)",
    ("FR", "profiles_created_share", "2026-01"): "97 %",
    ("FR", "visitors_connected_monthly", "2026-01"): "2,5 millions de personnes",
}


def plain(text: str) -> str:
    """With ordinary spaces, to be compared with a text that was typed."""
    return re.sub(r"[\u00a0\u202f]", " ", text)


def cards_of(context: FigureContext, key: str) -> dict[tuple[str, str, str], KeyFigure]:
    """The cards of one dossier by territory, indicator and period."""
    dossier = context.settings.dossiers[key]
    refs = [ref for block in dossier.blocks if block.kind == "key_figures" for ref in block.figures]
    return {
        (
            ref.territory or dossier.territory,
            ref.indicator,
            ref.period or dossier.period,
        ): cards_card(
            context.preferring(dossier.source),
            ref,
            territory=dossier.territory,
            period=dossier.period,
        )
        for ref in refs
    }


@pytest.mark.parametrize("where", CORSE, ids=lambda where: "-".join(where))
def test_the_dossier_of_corse_prints_the_figures_of_the_brochure(context, where):
    card = cards_of(context, "corse-2026")[where]
    assert plain(card.value) == CORSE[where]
    assert "Chiffres clés, p. 5" in card.source


@pytest.mark.parametrize(
    ("period", "said"),
    [("2025-02", "février 2025, sur un an"), ("2023-02", "février 2023, sur deux mois")],
)
def test_a_rolling_card_says_over_how_long(context, period, said):
    ref = FigureRef(indicator="new_activations")
    card = cards_card(context, ref, territory="FR", period=period)
    assert card is not None and plain(card.period) == said


def test_the_240_millions_are_uncertain_and_the_420_stay_beside_them(context):
    card = cards_of(context, "corse-2026")["FR", DOCUMENTS, "2025"]
    assert card.uncertain and plain(card.change) == "+79 % (contredit) par rapport à 2024"
    said = [plain(other) for other in card.others]
    assert sum(other.startswith("plus de 420 millions de documents (") for other in said) >= 2


def test_the_25_millions_list_the_24_that_other_pages_print(context):
    card = cards_of(context, "corse-2026")["FR", "activated_profiles", "2026-01"]
    assert not card.uncertain
    assert any(
        plain(other).startswith("24 millions de profils (ARS de Corse") for other in card.others
    )
    assert any("Egora" in other for other in card.others)


@pytest.mark.parametrize("key", SETTINGS.dossiers)
def test_every_key_figure_that_a_dossier_asks_for_is_in_the_data(context, key):
    found = cards_of(context, key)
    assert len(found) > 5 and all(found.values())
    assert not [card.value for card in found.values() if FOREIGN.search(card.value)]


def test_what_is_uncertain_never_comes_first_on_the_page_of_key_figures(context):
    cards = [
        card
        for theme in ("usagers", "documents", "professionnels", "accompagnement")
        for code in ("FR", "REG-94", "REG-04", "REG-44")
        for card in key_figures_of_theme(context, theme, territory=code, period="2026-06")
    ]
    assert len(cards) > 20 and not any(card.uncertain for card in cards)


def test_a_figure_that_is_not_in_the_data_has_no_card(context):
    ref = FigureRef(indicator=RATE, period="2019-12")
    assert cards_card(context, ref, territory="REG-94", period="2026-03") is None


# --- tables, as their documents print them -------------------------------------------------------

PACA = """\
Hôpital | 338 | +34 % | 5 937 688 | +55 %
Biologie médicale | 17 | −5 % | 8 262 046 | +61 %
Médecine de ville | 7 094 | +33 % | 9 072 324 | +150 %
Officine | 1 577 | +192 % | 357 292 | +159 %
Radiologie | 901 | −1 % | 1 033 155 | +55 %
Établissements sociaux et médico-sociaux | 539 | +305 % | 389 872 | +173 %
TOTAL publié | 10 466 | +93 % (contredit) | 25 052 377 | +108 % (contredit)"""
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


def table_of(context: FigureContext, key: str, kind: str) -> list[list[str]]:
    """The rows of the only table of a kind in a dossier."""
    dossier = context.settings.dossiers[key]
    (place,) = [i for i, block in enumerate(dossier.blocks) if block.kind == kind]
    table = table_texts(dossier_publication(context, key).sections[place].table)
    return [[plain(cell) for cell in row] for row in table.to_numpy().tolist()]


def test_the_table_by_corridor_of_paca_is_the_one_that_was_presented(context):
    rows = table_of(context, "provence-alpes-cote-d-azur-2025", "corridor_table")
    assert "\n".join(" | ".join(row) for row in rows) == PACA


def test_the_table_of_caisses_is_the_annex_of_the_press_release(context):
    rows = table_of(context, "nouvelle-aquitaine-2026", "territory_table")
    printed = [
        f"{number} {name.upper()} {rate.replace(' ', '')} "
        f"{change.removeprefix('+').removesuffix('s').removesuffix(' point')}"
        for number, name, rate, change in rows
    ]
    assert "\n".join(printed) == AQUITAINE_CAISSES


def test_a_total_is_the_one_that_the_source_prints_and_not_a_sum(context):
    figure = corridors_of(context, "REG-93", DOCUMENTS, "2024")
    assert "Total publié : 25 052 377 documents (+108 %)" in plain(figure.note)


def test_a_corridor_without_a_level_says_so_and_keeps_its_growth(context):
    figure = corridors_of(context, "REG-94", DOCUMENTS, "2025")
    row = table_texts(figure.table).set_index("Couloir").loc["Hôpital"]
    growth = "Évolution des documents déposés, de 2024 à 2025"
    assert (row["Documents déposés dans l’année"], plain(row[growth])) == (
        "non publié",
        "+34 %",
    )
    assert "Pour l’hôpital, la médecine de ville et les pharmacies, seule l’évol" in figure.note


def test_the_table_of_all_figures_has_one_row_for_each(context):
    table = table_texts(figures_table(context, context.dataset.observations))
    assert len(table) == len(context.dataset.observations)
    assert set(table["Origine"]) == {"publié", "calculé", "incertain"}
    for column in ("Valeur", "Évolution", "Période", "Par rapport à"):
        assert [cell for cell in table[column] if FOREIGN.search(cell)] == []


def test_the_file_of_figures_keeps_codes_as_text_and_numbers_as_numbers(context):
    table = figures_file(context, context.dataset.observations)
    assert {"DEP-2A", "REG-04"} <= set(table["Territoire"])
    assert table["Valeur"].dtype == float and table["Évolution"].dtype == float
    assert (table["Valeur"].isna() == context.dataset.observations["value"].isna()).all()


def test_every_source_with_a_figure_is_listed_with_how_many_it_gives(context):
    assert sum(sources_table(context)["observations"].numbers) == len(context.dataset.published)
    table = table_texts(sources_table(context))
    assert (table[["Titre", "Éditeur", "Licence", "Adresse ou fichier"]] != "").all(axis=None)


def test_a_total_from_another_document_than_the_corridors_names_it(context):
    figure = corridors_of(context, "FR", "documents_deposited", "2024")
    assert "Total publié : 300\u00a0millions" in figure.note.replace("de documents", "")
    assert "d’après l’Ordre des masseurs-kinésithérapeutes" in figure.note
    own = corridors_of(context, "REG-93", "documents_deposited", "2024")
    assert "d’après" not in own.note


# --- what files are made of ----------------------------------------------------------------------

STEMS = {
    "corse-2026/4-map": "corse_2026-03_taux-activation_carte",
    "corse-2026/5-corridors": "corse_2025_documents-deposes-annee_couloirs",
    "taux-activation-fin-2025/activation_rate": (
        "taux-activation-fin-2025_2024-12_2025-12_taux-activation_points"
    ),
    "objectif-2027/activated_profiles": "objectif-2027_profils-actives_courbe-objectif",
    "la-reunion-2026/6-comparison": "france_profils-actives_courbe-objectif",
    "courbe": "france_profils-actives_courbe",
}


@pytest.mark.parametrize("name", STEMS)
def test_the_file_of_a_figure_says_in_french_what_is_in_it(context, name):
    assert cached_figure(context, SHIPPED[name](context)).file_stem == STEMS[name]


def test_no_two_figures_write_the_same_file(context, fictitious):
    maps = [
        MapRequest(indicator=RATE, level=level, period="2025-12", measure=measure, territory=place)
        for level in LEVELS
        for measure in MEASURES
        for place in PLACES
        if place == "FR" or (level != "regions" and place != "REG-04")
    ]
    asked = [
        *(ask(context) for ask in SHIPPED.values()),
        *VISITED.values(),
        *maps,
        *map(ranking_of, maps),
    ]
    named: dict[str, set[str]] = {}
    for request in dict.fromkeys(asked):
        try:
            figure = cached_figure(context, request)
        except RequestError as refusal:
            assert " a un chiffre, " in str(refusal)
            continue
        measure = getattr(request, "measure", "")
        key = "|".join((figure.digest, request.drawing, request.indicator, measure))
        named.setdefault(figure.file_stem, set()).add(key)
    assert {stem: keys for stem, keys in named.items() if len(keys) > 1} == {}
    assert cached_figure(fictitious, AQUITAINE_MAP).file_stem not in named


@every_figure
def test_the_numbers_behind_a_table_are_those_that_its_texts_write(context, ask):
    figure = cached_figure(context, ask(context))
    numeric = [column for column in figure.table.columns if column.is_numeric]
    assert numeric
    for column in numeric:
        for cell, value in zip(column.cells, column.numbers, strict=True):
            text = cell_text(cell, column)
            if isinstance(cell, Value) and cell.printed:
                assert text.startswith(cell.printed) and value == cell.number
                continue
            said = re.search(r"[+−]?\d[\d\u202f]*(,\d+)?", text)
            assert (said is None) == (value != value), (text, value)
            is_range = isinstance(cell, Value) and cell.reach is not None
            if said and not is_range and "milli" not in text and not text.endswith(("ᵉʳ", "ᵉ")):
                number = said[0].replace("\u202f", "").replace(",", ".").replace("−", "-")
                assert abs(float(number) - value) <= 0.5001, (text, value)


@every_figure
def test_a_plot_has_a_value_and_a_label_for_each_of_its_categories(context, ask):
    figure = cached_figure(context, ask(context))
    assert (figure.native is None) == (figure.request.drawing == "carte")
    for series in figure.native.series if figure.native else ():
        assert len(series.values) == len(series.labels) == len(figure.native.categories)
        assert re.fullmatch("#[0-9a-f]{6}", series.colour) and series.name
        assert all(amount is None or amount == amount for amount in series.amounts)


@every_figure
def test_a_figure_names_its_sources_by_their_keys(context, ask):
    figure = cached_figure(context, ask(context))
    assert figure.sources and set(figure.sources) <= set(context.dataset.sources)
    if len(figure.sources) <= 3:
        assert all(
            context.dataset.sources[key].publisher in figure.source for key in figure.sources
        )


def test_the_digest_changes_with_any_cell_and_with_nothing_else(context):
    figure = map_of(context, AQUITAINE)
    level = figure.table["level"]
    cells = [*level.cells]
    cells[3] = replace(cells[3], amount=38.0)
    others = [
        replace(column, cells=tuple(cells)) if column is level else column
        for column in figure.table.columns
    ]
    assert replace(figure, table=Table(tuple(others))).digest != figure.digest
    assert replace(figure, title="Autre", spec={}).digest == figure.digest


def test_a_map_of_a_period_without_figures_does_not_begin_its_source_with_a_full_stop(context):
    empty = map_of(context, FRANCE.with_fields(period="1999-12"))
    assert empty is None or not empty.source.startswith(".")
