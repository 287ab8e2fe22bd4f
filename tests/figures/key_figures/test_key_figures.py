"""Key figures as a figure: their cards, their places in any box, what is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest
from made_once import cached_figure
from shipped import SETTINGS

from atlas.figures.common.request import RequestError
from atlas.figures.key_figures.card import cards_of
from atlas.figures.key_figures.figure import key_figure_blocks, split_in_parts
from atlas.figures.key_figures.key_figure import key_figure, key_figures_of_theme
from atlas.figures.key_figures.layout import largest_grid, natural_grid
from atlas.figures.key_figures.request import KeyFiguresRequest
from atlas.figures.registry import figure_of, request_from_texts
from atlas.french import NBSP
from atlas.settings import FigureRef
from atlas.settings.icons import icon_paths
from atlas.values import Value

SECTIONS = [
    KeyFiguresRequest(dossier=key, section=str(place))
    for key, dossier in SETTINGS.dossiers.items()
    for place, _ in enumerate(key_figure_blocks(dossier), 1)
]
every_section = pytest.mark.parametrize(
    "request_", SECTIONS, ids=lambda asked: f"{asked.dossier}-{asked.section}"
)
BOXES = [(309.0, 600.0), (450.0, 700.0), (640.0, 420.0), (960.0, 440.0), (500.0, 500.0)]


def card_of(context, indicator, **given):
    """The card of one figure of the brochure of Corse."""
    own = context.preferring("ars-corse-2026")
    found = key_figure(
        own, FigureRef(indicator=indicator, **given), territory="REG-94", period="2025"
    )
    assert found is not None
    return cards_of([found])[0][0]


def spec_texts(figure, width=640.0, height=420.0):
    """All lines of text that are drawn, in their order."""
    rows = figure.sized.spec(width, height)["datasets"].values()
    return [row["text"] for values in rows for row in values if "text" in row]


def are_apart(one, other):
    return (
        one.x + one.width <= other.x + 0.01
        or other.x + other.width <= one.x + 0.01
        or one.y + one.height <= other.y + 0.01
        or other.y + other.height <= one.y + 0.01
    )


# --- what a card says ----------------------------------------------------------------------------


def test_a_number_is_written_to_its_last_digit_beside_its_growth(context):
    card = card_of(context, "documents_deposited", corridor="biologie")
    assert (card.number, card.unit, card.direction) == ("957\u202f118", "", "up")
    assert card.change == f"+204{NBSP}% par rapport à 2024" and card.icon == "microscope"


def test_a_growth_without_level_is_what_is_written_large(context):
    card = card_of(context, "documents_consulted", corridor="officine")
    assert (card.number, card.unit) == ("+238", "%")
    assert card.change == "par rapport à 2024" and card.direction == "up"


def test_a_qualifier_and_a_unit_stand_apart_from_the_digits(context):
    card = card_of(context, "documents_deposited", territory="FR", page="Chiffres clés, p. 5")
    assert (card.qualifier, card.number, card.unit) == ("plus de", "240", "millions")


def test_the_words_of_a_source_are_kept_whole(context):
    (card,) = cards_of(
        [
            key_figure(
                context.preferring("grand-est-2024"),
                FigureRef(indicator="documents_sent_rate", territory="FR", period="2024-11"),
                territory="REG-44",
                period="2024-11",
            )
        ]
    )[0]
    assert card.is_worded and card.number == f"plus d’un document sur{NBSP}2" and not card.unit


def test_what_is_counted_is_said_in_the_words_of_its_source(context):
    found = key_figure(
        context.preferring("la-reunion-2026"),
        FigureRef(indicator="activated_profiles"),
        territory="REG-04",
        period="2025-12",
    )
    (card,) = cards_of([found])[0]
    assert (card.label, card.detail) == ("Réunionnais", "Profils activés")


def test_a_computed_value_has_its_dagger_and_an_uncertain_one_its_word(context):
    found = key_figures_of_theme(context, "usagers", territory="REG-75", period="2025-12")[0]
    level, change = found.values
    computed = replace(found, values=(replace(level, status="derived"), change))
    assert "†" in cards_of([computed])[0][0].marks
    assert "chiffre incertain" in cards_of([replace(found, uncertain=True)])[0][0].when


def test_a_secret_value_says_so_and_shows_no_growth(context):
    found = key_figures_of_theme(context, "usagers", territory="REG-75", period="2025-12")[0]
    hidden = replace(found, values=(Value(None, status="secret"), Value(None)), change="")
    card = cards_of([hidden])[0][0]
    assert (card.number, card.change, card.direction) == ("secret statistique", "", "")


def test_a_footnote_is_numbered_once_for_the_cards_that_share_it(context):
    figures = key_figures_of_theme(context, "usagers", territory="FR", period="2025-12")[:3]
    noted = [
        replace(one, row_note=note) for one, note in zip(figures, ("A.", "", "A."), strict=True)
    ]
    made, notes = cards_of(noted)
    assert notes == ["A."] and ["¹" in card.marks for card in made] == [True, False, True]


# --- where they stand ----------------------------------------------------------------------------


@every_section
def test_no_card_covers_another_nor_leaves_its_box(context, request_):
    made = _cards(context, request_)
    for width, height in BOXES:
        grid = largest_grid(made, width, height)
        if grid is None:
            continue
        assert len(grid.cards) == len(made)
        assert all(
            placed.x > -0.01
            and placed.y > -0.01
            and placed.x + placed.width < width + 0.01
            and placed.y + placed.height < height + 0.01
            and placed.height > placed.needed - 0.01
            for placed in grid.cards
        )
        assert all(
            are_apart(one, other) for one in grid.cards for other in grid.cards if one is not other
        )


def _cards(context, request):
    dossier = SETTINGS.dossiers[request.dossier]
    block = key_figure_blocks(dossier)[int(request.section) - 1]
    own = context.preferring(dossier.source)
    known = [
        key_figure(own, ref, territory=dossier.territory, period=dossier.period)
        for ref in block.figures
    ]
    return cards_of(split_in_parts(known)[0])[0]


@every_section
def test_every_number_of_a_section_is_drawn(context, request_):
    figure = cached_figure(context, request_)
    drawn = "".join("".join(spec_texts(figure)).split())
    assert all("".join(text.split()) in drawn for text in figure.sized.texts)


def test_a_hero_has_larger_digits_than_the_others(context):
    figure = cached_figure(context, KeyFiguresRequest(territory="REG-75", period="2025-12"))
    rows = [row for rows in figure.sized.spec(640, 420)["datasets"].values() for row in rows]
    sizes = {row["text"]: row["size"] for row in rows if "text" in row}
    assert sizes["37,2"] > 1.5 * sizes["332"]


def test_a_larger_box_has_letters_at_least_as_large(context):
    made = _cards(context, KeyFiguresRequest(dossier="corse-2026", section="2"))
    small, large = (largest_grid(made, *box) for box in ((640.0, 300.0), (960.0, 600.0)))
    assert small and large and large.factor > small.factor
    assert natural_grid(made, 640.0).height > 100


def test_the_silhouette_of_the_territory_is_behind_its_hero(context):
    figure = cached_figure(context, KeyFiguresRequest(territory="REG-75", period="2025-12"))
    rows = [row for rows in figure.sized.spec(640, 420)["datasets"].values() for row in rows]
    (ornament,) = [row for row in rows if row.get("opacity", 1) < 1]
    assert ornament["path"].startswith("M") and len(ornament["path"]) > 300


def test_without_outlines_there_is_no_ornament(context):
    request = KeyFiguresRequest(territory="REG-75", period="2025-12")
    figure = figure_of(replace(context, shapes=None), request)
    rows = [row for rows in figure.sized.spec(640, 420)["datasets"].values() for row in rows]
    assert not [row for row in rows if row.get("opacity", 1) < 1]


def test_the_regional_page_has_three_numbers_and_the_printed_table(context):
    figure = cached_figure(
        context, KeyFiguresRequest(dossier="provence-alpes-cote-d-azur-2025", section="2")
    )
    said = [text.replace("\u202f", " ").replace(NBSP, " ") for text in spec_texts(figure, 640, 560)]
    for row in (
        ["Médecine de ville", "7 094", "+33 %", "9 072 324", "+150 %"],
        ["Total", "10 466", "+93 % *", "25 052 377", "+108 % *"],
    ):
        start = said.index(row[0])
        assert said[start : start + 5] == row
    assert {"22,1", "1,372", "5 549"} <= set(said) and len(figure.table) == 3 + 14
    assert "* Contredit par un autre chiffre." in figure.note


# --- asked for -----------------------------------------------------------------------------------


def test_more_than_eight_make_several_images_that_lose_none(context):
    parts = [
        figure_of(context, KeyFiguresRequest(dossier="grand-est-2024", section="2", part=part))
        for part in ("1", "2")
    ]
    assert [len(part.table) for part in parts] == [6, 6]
    assert "6 chiffres sur 12" in parts[0].subtitle and parts[0].key != parts[1].key


@pytest.mark.parametrize(
    "texts, said",
    [
        ({"dossier": "corse-2026", "section": "9"}, "la section « 9 » n’existe pas"),
        ({"dossier": "corse-2026", "part": "3"}, "la partie « 3 » n’existe pas"),
        ({"dossier": "corse"}, "le dossier « corse » n’existe pas"),
        ({"theme": "sports"}, "le thème « sports » n’existe pas"),
        ({"section": "2"}, "nommez le dossier"),
        ({"dossier": "corse-2026", "territory": "REG-94"}, "demandez l’un ou les autres"),
        ({"indicator": "activation_rate"}, "n’en nommez aucun"),
        ({"period": "hier"}, "ne s’écrit pas"),
    ],
)
def test_what_cannot_be_shown_is_refused_in_french(context, texts, said):
    with pytest.raises(RequestError, match=said):
        figure_of(context, request_from_texts({"drawing": "chiffres-cles", **texts}))


def test_every_indicator_and_every_corridor_has_an_icon():
    known = icon_paths()
    assert all(one.icon in known for one in SETTINGS.indicators.values())
    assert all(one.icon in known for one in SETTINGS.corridors.values())
