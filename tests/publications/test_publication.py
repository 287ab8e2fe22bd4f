"""A publication: one definition of what pages, slides, texts, workbooks and web pages show."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pytest
from made_once import publication_of
from shipped import DOCUMENTS, RATE, SETTINGS

from atlas.figures.key_figures.key_figure import KeyFigure
from atlas.figures.options import periods_of
from atlas.figures.registry import figure_of
from atlas.publications.publication import (
    MAX_CORRIDOR_AGE_MONTHS,
    Publication,
    Section,
    dossier_publication,
    territory_publication,
    territory_requests,
)
from atlas.settings import dossiers as blocks

DOSSIERS = list(SETTINGS.dossiers)
TERRITORIES = [
    "REG-75 2025-12",
    "REG-94 2026-03",
    "REG-93 2024-12",
    "DEP-40 2025-12",
    "CPAM-641 2025-12",
    "FR 2026-02",
    "FR 2024-12",
]
INVENTED = [
    "fictif FR 2025-12",
    "fictif REG-11 2025-12",
    "fictif DEP-75 2025-12",
    "fictif CPAM-641 2025-12",
]
every_publication = pytest.mark.parametrize("name", [*DOSSIERS, *TERRITORIES, *INVENTED])
ENGLISH = re.compile(
    r"\b(the|of|with|from|value|year|month|level|rate|missing|unknown|none|nan|"
    r"null|true|false|January|March|December)\b",
    re.IGNORECASE,
)
# Decimal points, hyphens for minus signs, « 5 % » that may be cut, four digits in one piece.
UNFRENCH = re.compile(r"\d\.\d|(?<![\w-])-\d|\d %|\d%|(?<!\d)(?!20[12]\d(?!\d))\d{4,}")


@pytest.fixture(scope="module")
def publication(project) -> Callable[[str], Publication]:
    """By the key of a dossier, or by territory and period."""
    return partial(publication_of, project)


def plain(text: str) -> str:
    return re.sub(r"[\u00a0\u202f]", " ", text)


def cards(publication: Publication) -> list[KeyFigure]:
    return [card for section in publication.sections for card in section.cards]


def filled(section: Section) -> list[str]:
    """The names of what a section holds."""
    names = ("text", "cards", "figure", "milestones")
    return [name for name in names if getattr(section, name)] + (
        ["table"] if section.table is not None else []
    )


# --- every publication ---------------------------------------------------------------------------


@every_publication
def test_every_publication_says_what_it_is_where_and_when(publication, name):
    made = publication(name)
    assert made.title and made.place and made.period and made.introduction.endswith(".")
    assert re.fullmatch(r"[0-9a-f]{12}", made.version)
    assert re.fullmatch(r"[a-z0-9_-]+", made.key)
    assert made.fictitious == (name in INVENTED)


@every_publication
def test_every_section_holds_one_thing_and_lacks_none(publication, name):
    made = publication(name)
    assert len(made.sections) >= 2
    for section in made.sections:
        assert len(filled(section)) == 1 and section.absent == ()
        assert section.figure or section.title


@every_publication
def test_every_key_figure_is_a_french_sentence(publication, name):
    said = [card.sentence for card in cards(publication(name))]
    assert said == list(dict.fromkeys(said)) and said
    for sentence in said:
        assert sentence.endswith(".") and not sentence.endswith("..")
        assert not sentence[0].islower(), sentence
        assert "  " not in sentence and "{" not in sentence
        assert not ENGLISH.search(sentence) and not UNFRENCH.search(sentence), sentence


@every_publication
def test_a_sentence_says_the_value_and_the_period_of_its_card(publication, name):
    for card in cards(publication(name)):
        level, change = card.values
        if level.is_known:
            # « 61,6 % », « 2ᵉ »: the noun may be apart from its number, by what it belongs to.
            assert plain(card.value).split(" ")[0].lower() in plain(card.sentence).lower(), card
        year = level.period[:4] or change.period[:4]
        is_said = not level.is_period_assumed or bool(change.compared_to)
        if is_said and not level.window and "depuis le début" not in card.sentence.lower():
            assert year in card.sentence, card.sentence
        assert card.source and card.source_key


@every_publication
def test_a_date_to_the_day_is_introduced_as_in_french(publication, name):
    """« Le 7 octobre 2024, … » and never « 7 octobre 2024, … »."""
    said = [plain(card.sentence) for card in cards(publication(name))]
    assert [sentence for sentence in said if re.match(r"\d+(ᵉʳ)? [a-zéû]+ \d{4},", sentence)] == []


@every_publication
def test_figures_are_the_sections_figures_in_their_order(publication, name):
    made = publication(name)
    assert made.figures == [section.figure for section in made.sections if section.figure]
    assert all(figure.fictitious == made.fictitious for figure in made.figures)
    assert all(figure.request.indicator for figure in made.figures)


@every_publication
def test_every_file_of_a_publication_has_a_name_of_its_own(publication, name):
    stems = [figure.file_stem for figure in publication(name).figures]
    assert len(stems) == len(set(stems))
    assert all(re.fullmatch(r"[a-z0-9-]+(_[a-z0-9-]+)+", stem) for stem in stems)
    assert all(stem.startswith("fictif_") == (name in INVENTED) for stem in stems)


@every_publication
def test_the_name_of_invented_files_says_so(publication, name):
    """Slides, workbook, texts and archive are named by the key."""
    assert publication(name).key.startswith("fictif_") == (name in INVENTED)


@every_publication
def test_the_sources_are_those_of_what_is_shown(publication, name, context, fictitious):
    made = publication(name)
    known = (fictitious if made.fictitious else context).dataset.sources
    used = dict.fromkeys(key for section in made.sections for key in section.sources)
    assert set(made.sources["title"].cells) == {known[key].title for key in used}
    assert {card.source_key for card in cards(made)} <= set(used)
    assert {key for figure in made.figures for key in figure.sources} <= set(used)
    for row in made.sources.rows():
        assert row["title"] and row["publisher"] and row["licence"]


@every_publication
def test_the_definitions_are_those_of_the_indicators_shown_each_once(publication, name):
    made = publication(name)
    used = {key for section in made.sections for key in section.indicators}
    assert set(made.definitions["indicator"].cells) == {
        SETTINGS.indicators[key].label for key in used
    }
    assert len(made.definitions) == len(used)
    assert all(text.endswith(".") for text in made.definitions["definition"].cells)
    assert {card.indicator for card in cards(made)} <= used


@every_publication
def test_the_table_of_a_section_names_its_source(publication, name):
    for section in publication(name).sections:
        assert (section.table is not None) == bool(section.table_source)
        assert section.table_source == "" or section.table_source.endswith(".")


@pytest.mark.parametrize("name", ["corse-2026", "CPAM-641 2025-12", "fictif DEP-75 2025-12"])
def test_making_a_publication_twice_gives_the_same(publication, name, context, fictitious):
    made = publication(name)
    some = fictitious if made.fictitious else context
    again = (
        dossier_publication(some, name)
        if name in DOSSIERS
        else territory_publication(some, *name.removeprefix("fictif ").split())
    )
    assert [figure.digest for figure in again.figures] == [f.digest for f in made.figures]
    assert cards(again) == cards(made) and again.sources == made.sources


# --- dossiers ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", DOSSIERS)
def test_a_dossier_has_a_section_for_each_of_its_blocks_in_their_order(publication, key):
    made, dossier = publication(key), SETTINGS.dossiers[key]
    kinds = {
        blocks.KeyFiguresBlock: "cards",
        blocks.TimelineBlock: "milestones",
        blocks.TextBlock: "text",
        blocks.CorridorTableBlock: "table",
        blocks.TerritoryTableBlock: "table",
    }
    assert [filled(section) for section in made.sections] == [
        [kinds.get(type(block), "figure")] for block in dossier.blocks
    ]
    titles = [
        section.figure.title if section.figure else section.title for section in made.sections
    ]
    assert titles == [block.title for block in dossier.blocks]
    assert (made.title, made.key) == (dossier.title, key)


@pytest.mark.parametrize("key", DOSSIERS)
def test_a_dossier_quotes_its_own_document_first(publication, key, context):
    dossier, made = SETTINGS.dossiers[key], publication(key)
    assert context.dataset.sources[dossier.source].title in made.sources["title"].cells
    quoted = {
        source
        for block, section in zip(dossier.blocks, made.sections, strict=True)
        for source in section.sources
        if block.kind != "comparison"
    }
    assert quoted == {dossier.source}  # a comparison alone looks further


def test_the_timeline_of_la_reunion_goes_from_the_first_year_to_the_last(publication):
    (years,) = [
        [m.year for m in section.milestones]
        for section in publication("la-reunion-2026").sections
        if section.milestones
    ]
    assert years == sorted(years) and len(years) > 4


def test_what_a_dossier_asks_for_and_the_data_lack_is_named(context):
    dossier = context.settings.dossiers["corse-2026"]
    lost = [
        block.model_copy(update={"period": "2019"})
        if block.kind == "corridors"
        else block.model_copy(
            update={
                "figures": [
                    ref.model_copy(update={"period": "2019", "page": None}) for ref in block.figures
                ]
            }
        )
        if block.kind == "key_figures"
        else block
        for block in dossier.blocks
    ]
    changed = context.settings.model_copy(
        update={"dossiers": {"corse-2026": dossier.model_copy(update={"blocks": lost})}}
    )
    made = dossier_publication(replace(context, settings=changed), "corse-2026")
    absent = [name for section in made.sections for name in section.absent]
    assert "Ambassadeurs" in absent and "Documents déposés par couloir" in absent
    assert len(absent) == 22 and len(made.figures) == 2 and cards(made) == []


def test_without_outlines_the_map_of_a_dossier_is_said_to_be_absent(context):
    made = dossier_publication(replace(context, shapes=None), "corse-2026")
    assert made.sections[4].figure is None
    assert made.sections[4].absent == (made.sections[4].title,)


# --- territories ---------------------------------------------------------------------------------


def requests(context, code: str, period: str) -> list[tuple[str, str, str]]:
    return [
        (request.drawing, getattr(request, "territory", ""), getattr(request, "period", ""))
        for request in territory_requests(context, code, period)
    ]


@pytest.mark.parametrize(
    "code, period, expected",
    [
        (
            "REG-94",
            "2026-03",
            [
                ("carte", "REG-94", "2026-03"),
                ("classement", "REG-94", "2026-03"),
                ("couloirs", "REG-94", "2025"),
                ("couloirs", "REG-94", "2025"),
                ("courbe", "REG-94+FR", ""),
            ],
        ),
        (
            "DEP-40",
            "2025-12",
            [("carte", "REG-75", "2025-12"), ("classement", "REG-75", "2025-12")],
        ),
        ("REG-11", "2025-12", []),
    ],
)
def test_a_territory_has_the_figures_for_which_there_is_something_to_draw(
    context, code, period, expected
):
    assert requests(context, code, period) == expected


def test_a_departement_or_a_caisse_is_put_forward_on_the_map_of_its_region(context):
    for code, level in (("DEP-40", "departements"), ("CPAM-641", "caisses")):
        first = territory_requests(context, code, "2025-12")[0]
        assert (first.highlighted, first.level, first.territory) == (code, level, "REG-75")


def test_the_curve_of_a_departement_is_drawn_among_its_region_and_the_nation(fictitious):
    last = territory_requests(fictitious, "DEP-75", "2025-12")[-1]
    assert (last.drawing, last.territory) == ("courbe", "DEP-75+REG-11+FR")
    assert figure_of(fictitious, last).legend[0].label.startswith("Paris")


@pytest.mark.parametrize(
    "period, found", [("2024-12", True), ("2026-06", True), ("2026-07", False), ("2023-06", False)]
)
def test_corridors_are_shown_when_known_then_and_not_too_old(context, period, found):
    assert MAX_CORRIDOR_AGE_MONTHS == 18
    shown = [drawing for drawing, *_ in requests(context, "REG-93", period)]
    assert ("couloirs" in shown) == found


def test_the_cards_of_a_territory_come_by_theme_each_at_its_own_period(publication):
    made = publication("FR 2026-02")
    titles = [section.title for section in made.sections if section.cards]
    assert titles == ["Usagers", "Documents", "Professionnels", "Accompagnement"]
    assert len({card.period for card in cards(made)}) > 5
    assert not any(card.uncertain for card in cards(made))


def test_a_territory_is_named_by_its_label_in_files_and_by_its_name_in_texts(publication):
    paris = publication("fictif DEP-75 2025-12")
    assert paris.key.endswith("75-paris_2025-12") and paris.place == "Paris"
    assert "à Paris" in plain(paris.introduction)
    region = publication("REG-75 2025-12")
    assert region.key == "nouvelle-aquitaine_2025-12"


def test_two_periods_of_a_territory_are_two_publications(context):
    known = periods_of(context, "FR")
    made = [territory_publication(context, "FR", period) for period in known[:2]]
    assert all(one.key != other.key and one.period != other.period for one, other in pairwise(made))


def test_the_rate_and_the_documents_of_corse_are_those_of_the_brochure(publication):
    found = {
        (card.indicator, card.label): plain(card.value)
        for card in cards(publication("REG-94 2026-03"))
    }
    assert found[RATE, "Taux d’activation"] == "33,2 %"
    assert {key for key, _ in found} >= {RATE, DOCUMENTS, "people_sensitized", "ambassadors"}
