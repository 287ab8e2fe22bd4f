"""The plain words that make a figure: written, read back, refused in French, made again."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from typing import get_args

import pytest
from pydantic import ValidationError
from shipped import AQUITAINE, DOCUMENTS, INVENTED, RATE, SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.map.request import MapRequest, ranking_of
from atlas.figures.registry import REQUESTS, figure_of, request_from_texts
from atlas.french import table_texts

MACHINE = re.compile(r"Error|Literal|argument|None|\b(unknown|unexpected|missing|key)\b")
every_shipped = pytest.mark.parametrize("name", [*SHIPPED, *VISITED])
# What a field of texts may hold; any other is given a word.
EXAMPLES = {
    "indicator": RATE,
    "territory": "REG-75",
    "period": "2025-12",
    "compared_to": "2024-12",
    "highlighted": "DEP-40",
    "corridor": "biologie",
    "index_base": "2022",
    "comparison": "trajectoires",
    "territories": "FR+voisins-REG-75",
    "targets": "activated_profiles_target",
    "title": "Un titre : « à soi » & + ",
    "source": "egora-202601",
}


def with_every_field(request: type[FigureRequest]) -> FigureRequest:
    """A request whose fields all differ from their defaults."""
    texts = {}
    for name, field in request.model_fields.items():
        words = [word for word in literal_words(field.annotation) if word != field.default]
        texts[name] = words[-1] if words else EXAMPLES.get(name, "un-mot")
    return request.model_validate({**texts, "drawing": request.model_fields["drawing"].default})


def literal_words(annotation: object) -> list[str]:
    """The words of a Literal, or of a union of them."""
    found = []
    for part in get_args(annotation):
        found += [part] if isinstance(part, str) else literal_words(part)
    return found


def request_by_name(context: FigureContext, name: str) -> FigureRequest:
    return VISITED[name] if name in VISITED else SHIPPED[name](context)


def refusal(context: FigureContext, **texts: str) -> str:
    """The sentence for a request that is wrong in one place."""
    with pytest.raises(RequestError) as refused:
        figure_of(context, request_from_texts(texts))
    assert not MACHINE.search(str(refused.value))
    return str(refused.value)


# --- written and read back -----------------------------------------------------------------------


@every_shipped
def test_every_request_comes_back_as_it_was(context, name):
    request = request_by_name(context, name)
    assert request_from_texts(request.as_texts()) == request


@pytest.mark.parametrize("drawing", REQUESTS)
def test_a_request_with_every_field_comes_back_as_it_was(drawing):
    request = with_every_field(REQUESTS[drawing])
    assert set(request.as_texts()) == set(type(request).model_fields)
    assert request_from_texts(request.as_texts()) == request


@every_shipped
def test_only_what_differs_from_the_default_is_written_and_all_of_it_is_text(context, name):
    texts = request_by_name(context, name).as_texts()
    needed = {"drawing", "indicator"} if REQUESTS[texts["drawing"]].needs_indicator else {"drawing"}
    assert needed <= set(texts)
    assert all(isinstance(text, str) and text for text in texts.values())
    assert texts.get("territory") != "FR" and texts.get("level") != "departements"


def test_the_ranked_bars_of_a_map_are_asked_in_the_same_words():
    request = MapRequest(
        indicator=RATE, territory="REG-75", period="2025-12", level="caisses", measure="gap"
    )
    texts = {**request.as_texts(), "drawing": "classement"}
    assert ranking_of(request) == request_from_texts(texts)


def test_a_changed_field_is_checked_again():
    assert AQUITAINE.with_fields(period="2024-12").period == "2024-12"
    with pytest.raises(ValidationError):
        AQUITAINE.with_fields(measure="rang")


# --- made again ----------------------------------------------------------------------------------


@every_shipped
def test_a_figure_carries_the_request_that_makes_it_again(context, name):
    figure = figure_of(context, request_by_name(context, name))
    again = figure_of(context, request_from_texts(figure.request.as_texts()))
    assert figure.request.as_texts() == request_by_name(context, name).as_texts()
    assert (again.digest, again.title, again.file_stem, again.alt, again.spec) == (
        figure.digest,
        figure.title,
        figure.file_stem,
        figure.alt,
        figure.spec,
    )


@pytest.mark.parametrize("name", INVENTED)
def test_an_invented_figure_is_made_again_from_the_invented_data(fictitious, name):
    figure = figure_of(fictitious, INVENTED[name])
    again = figure_of(fictitious, request_from_texts(figure.request.as_texts()))
    assert again.digest == figure.digest and again.fictitious
    assert figure.file_stem.startswith("fictif_")


def test_two_figures_that_show_other_values_have_other_digests(context):
    made = [figure_of(context, request_by_name(context, name)) for name in (*SHIPPED, *VISITED)]
    by_table = {table_texts(figure.table).to_csv() for figure in made}
    assert len({figure.digest for figure in made}) == len(by_table) > 12
    assert all(re.fullmatch(r"[0-9a-f]{16}", figure.digest) for figure in made)


def test_the_title_of_a_request_is_that_of_its_figure_and_changes_no_value(context):
    plain, titled = (
        figure_of(context, AQUITAINE.with_fields(title=title))
        for title in ("", "Les Landes en tête")
    )
    assert titled.title == "Les Landes en tête" and plain.title in titled.subtitle
    assert titled.digest == plain.digest


def test_the_source_of_a_request_is_read_before_the_others(context):
    request = CurveRequest(indicator="activated_profiles")
    first, other = (
        figure_of(context, request.with_fields(source=source)) for source in ("", "klesia-202402")
    )
    assert first.digest != other.digest


@pytest.mark.parametrize(
    "request_",
    [
        CorridorsRequest(indicator=DOCUMENTS, territory="DEP-2A", period="2025"),
        CorridorsRequest(indicator=DOCUMENTS, territory="REG-94", period="1999"),
        CorridorRequest(indicator="activation_rate", corridor="officine"),
        CurveRequest(indicator="records_fed", territory="REG-04"),
    ],
    ids=str,
)
def test_there_is_no_figure_where_nothing_is_published(context, request_):
    assert figure_of(context, request_) is None


def test_without_outlines_there_is_no_map_and_there_is_its_ranking(context):
    bare = replace(context, shapes=None)
    assert figure_of(bare, AQUITAINE) is None
    assert figure_of(bare, ranking_of(AQUITAINE))


# --- refused -------------------------------------------------------------------------------------

MAP = {"drawing": "carte", "indicator": RATE, "period": "2025-12"}
REFUSED = {
    "a word that is not known": (
        {**MAP, "palette": "verte"},
        "« palette » n’est pas une précision connue",
    ),
    "nothing": ({}, "il manque la figure ou l’indicateur"),
    "no indicator": ({"drawing": "carte"}, "il manque la figure ou l’indicateur"),
    "a drawing": (
        {**MAP, "drawing": "camembert"},
        "« camembert » est inconnu ; au choix : carte, classement, couloirs, couloir, "
        "courbe, comparaison",
    ),
    "a level": (
        {**MAP, "level": "communes"},
        "« communes » est inconnu ; au choix : departements, caisses, regions",
    ),
    "a measure": (
        {**MAP, "measure": "rang"},
        "« rang » est inconnu ; au choix : value, change, gap",
    ),
    "an indicator": ({**MAP, "indicator": "taux"}, "l’indicateur « taux » n’existe pas"),
    "no name of indicator": ({**MAP, "indicator": ""}, "indicateur"),
    "a territory": ({**MAP, "territory": "REG-99"}, "le territoire « REG-99 » n’existe pas"),
    "no name of territory": ({**MAP, "territory": ""}, "territoire"),
    "one of several territories": (
        {"drawing": "courbe", "indicator": RATE, "territory": "FR+REG-99"},
        "le territoire « REG-99 » n’existe pas",
    ),
    "a territory put forward": (
        {**MAP, "selected": "DEP-999"},
        "le territoire « DEP-999 » n’existe pas",
    ),
    "a field of another figure": (
        {**MAP, "drawing": "classement", "classes": "natural"},
        "« classes » ne s’applique pas à la figure « classement »",
    ),
    "a source": ({**MAP, "source": "moi"}, "la source « moi » n’existe pas"),
    "a corridor": (
        {"drawing": "couloir", "indicator": DOCUMENTS, "corridor": "bio"},
        "le couloir « bio » n’existe pas",
    ),
    "no corridor": ({"drawing": "couloir", "indicator": DOCUMENTS}, "il manque le couloir"),
    "a page": (
        {"drawing": "comparaison", "indicator": RATE, "page": "rien"},
        "la comparaison « rien » n’existe pas",
    ),
    "no page": ({"drawing": "comparaison", "indicator": RATE}, "il manque la comparaison"),
    "no period": (
        {**MAP, "period": ""},
        "il manque la période : écrivez 2025, 2025-12 ou 2025-12-31",
    ),
    "a month that does not exist": (
        {**MAP, "period": "2025-13"},
        "la période « 2025-13 » ne s’écrit pas 2025, 2025-12 ou 2025-12-31",
    ),
    "the period of corridors": (
        {"drawing": "couloirs", "indicator": DOCUMENTS, "period": "décembre"},
        "la période « décembre » ne s’écrit pas",
    ),
    "a map of a département": (
        {**MAP, "territory": "DEP-40"},
        "une carte montre la France ou une région",
    ),
    "a ranking of a caisse": (
        {**MAP, "drawing": "classement", "territory": "CPAM-641"},
        "une carte montre la France ou une région",
    ),
    "a map of two territories": ({**MAP, "territory": "FR+REG-94"}, "FR"),
    "a map of a count": (
        {**MAP, "indicator": DOCUMENTS},
        f"l’indicateur « {DOCUMENTS} » ne se dessine pas en carte",
    ),
}


@pytest.mark.parametrize("texts, said", REFUSED.values(), ids=REFUSED)
def test_a_word_that_names_nothing_is_refused_in_french(context, texts, said):
    assert said in refusal(context, **texts)


def test_whatever_is_asked_there_is_a_figure_or_none_or_a_refusal(context):
    """A link, a command line or a file may hold anything."""
    places = ("FR", "CPAM-641", "FR+REG-94", "", "+")
    maps = [
        {"drawing": drawing, "period": period}
        for drawing, period in itertools.product(
            ("carte", "classement", "couloirs"), ("", "2025", "1999-12")
        )
    ]
    others = [
        {"drawing": "couloir"},
        {"drawing": "couloir", "corridor": "biologie"},
        {"drawing": "courbe"},
        {"drawing": "comparaison"},
        {"drawing": "comparaison", "page": "trajectoires"},
    ]
    surprises = set()
    for words, indicator, place in itertools.product(maps + others, (RATE, DOCUMENTS, ""), places):
        texts = {**words, "indicator": indicator, "territory": place}
        try:
            figure_of(context, request_from_texts(texts))
        except RequestError as reason:
            assert not MACHINE.search(str(reason))
        except KeyError as surprise:
            surprises.add((words["drawing"], str(surprise)))
    assert surprises == set()
