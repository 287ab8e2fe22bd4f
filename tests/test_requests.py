"""The plain words that make a figure: written, read back, refused in French, made again."""

from __future__ import annotations

import itertools
import re
from dataclasses import asdict, replace

import pytest
from shipped import AQUITAINE, DOCUMENTS, INVENTED, RATE, SHIPPED, VISITED

from atlas.figures.common.context import FigureContext
from atlas.figures.map.texts import MapChoice
from atlas.figures.registry import figure_of
from atlas.figures.requests import FigureRequest, RequestError, map_request

MACHINE = re.compile(r"Error|Literal|argument|None|\b(unknown|unexpected|missing|key)\b")
every_shipped = pytest.mark.parametrize("name", [*SHIPPED, *VISITED])
FULL = FigureRequest(
    "carte",
    RATE,
    "REG-75",
    "2025-12",
    "caisses",
    "gap",
    "CPAM-642",
    "biologie",
    "trajectoires",
    "Un titre : « à soi » & + ",
    "egora-202601",
    "FR+voisins-REG-75",
    "slope",
    "aucune",
    "free",
    "voisins",
    "natural",
    "activated_profiles_target",
)


def asked(context: FigureContext, name: str) -> FigureRequest:
    return VISITED[name] if name in VISITED else SHIPPED[name](context)


def refusal(context: FigureContext, **texts: str) -> str:
    """The sentence for a request that is wrong in one place."""
    with pytest.raises(RequestError) as refused:
        figure_of(context, FigureRequest.from_texts(texts))
    assert not MACHINE.search(str(refused.value))
    return str(refused.value)


# --- written and read back -----------------------------------------------------------------------


@every_shipped
def test_every_request_comes_back_as_it_was(context, name):
    request = asked(context, name)
    assert FigureRequest.from_texts(request.as_texts()) == request


def test_a_request_with_every_word_comes_back_as_it_was():
    assert set(FULL.as_texts()) == set(asdict(FULL))
    assert FigureRequest.from_texts(FULL.as_texts()) == FULL


@every_shipped
def test_only_what_differs_from_the_default_is_written_and_all_of_it_is_text(context, name):
    texts = asked(context, name).as_texts()
    assert {"drawing", "indicator"} <= set(texts)
    assert all(isinstance(text, str) and text for text in texts.values())
    assert texts.get("territory") != "FR" and texts.get("level") != "departements"


def test_a_map_choice_becomes_the_request_of_its_map_and_of_its_ranking():
    choice = MapChoice(RATE, "caisses", "2025-12", "gap", "REG-75", "CPAM-642")
    request = map_request(choice)
    assert request == FigureRequest(
        "carte", RATE, "REG-75", "2025-12", "caisses", "gap", "CPAM-642"
    )
    assert map_request(choice, "classement") == replace(request, drawing="classement")
    assert map_request(choice, title="À soi").title == "À soi"


# --- made again ----------------------------------------------------------------------------------


@every_shipped
def test_a_figure_carries_the_request_that_makes_it_again(context, name):
    figure = figure_of(context, asked(context, name))
    again = figure_of(context, FigureRequest.from_texts(figure.recipe))
    assert figure.recipe == asked(context, name).as_texts()
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
    again = figure_of(fictitious, FigureRequest.from_texts(figure.recipe))
    assert again.digest == figure.digest and again.fictitious
    assert figure.file_stem.startswith("fictif_")


def test_two_figures_that_show_other_values_have_other_digests(context):
    made = [figure_of(context, asked(context, name)) for name in (*SHIPPED, *VISITED)]
    by_table = {figure.table.to_csv() for figure in made}
    assert len({figure.digest for figure in made}) == len(by_table) > 12
    assert all(re.fullmatch(r"[0-9a-f]{16}", figure.digest) for figure in made)


def test_the_title_of_a_request_is_that_of_its_figure_and_changes_no_value(context):
    plain, titled = (
        figure_of(context, replace(AQUITAINE, title=title)) for title in ("", "Les Landes en tête")
    )
    assert titled.title == "Les Landes en tête" and plain.title in titled.subtitle
    assert titled.digest == plain.digest


def test_the_source_of_a_request_is_read_before_the_others(context):
    request = FigureRequest("courbe", "activated_profiles")
    first, other = (
        figure_of(context, replace(request, source=source)) for source in ("", "egora-202601")
    )
    assert first.digest != other.digest


@pytest.mark.parametrize(
    "request_",
    [
        FigureRequest("couloirs", DOCUMENTS, "DEP-2A", "2025"),
        FigureRequest("couloirs", DOCUMENTS, "REG-94", "1999"),
        FigureRequest("couloir", "activation_rate", corridor="officine"),
        FigureRequest("courbe", "records_fed", "REG-04"),
    ],
    ids=str,
)
def test_there_is_no_figure_where_nothing_is_published(context, request_):
    assert figure_of(context, request_) is None


def test_without_outlines_there_is_no_map_and_there_is_its_ranking(context):
    bare = replace(context, shapes=None)
    assert figure_of(bare, AQUITAINE) is None
    assert figure_of(bare, replace(AQUITAINE, drawing="classement"))


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
    "no period": ({**MAP, "period": ""}, "ne s’écrit pas 2025, 2025-12"),
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
            figure_of(context, FigureRequest.from_texts(texts))
        except RequestError as reason:
            assert not MACHINE.search(str(reason))
        except KeyError as surprise:
            surprises.add((words["drawing"], str(surprise)))
    assert surprises == set()
