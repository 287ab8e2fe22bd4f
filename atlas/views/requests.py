"""What is asked for, in plain texts: the one way from a page, a link or a file to a figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Literal, get_args

from atlas import charts, periods
from atlas.settings import Level, Measure
from atlas.views.comparison import comparison_figure
from atlas.views.corridors import corridor_across, corridor_figure
from atlas.views.curves import curve_figure
from atlas.views.desk import Desk
from atlas.views.map_words import MapChoice
from atlas.views.maps import map_figure, ranking_figure

Drawing = Literal["carte", "classement", "couloirs", "couloir", "courbe", "comparaison"]
# How several codes are written in one text.
AND = "+"
# How many words a refusal names.
LISTED = 100


class RequestError(ValueError):
    """The request names something that does not exist; the text is French and says what.

    known: what may stand in its place, where that can be listed.
    """

    def __init__(self, text: str, known: Iterable[str] = ()) -> None:
        super().__init__(text)
        self.known = list(known)


@dataclass(frozen=True)
class FigureRequest:
    """drawing: carte and classement (territories of a level), couloirs (those of one territory),
    couloir (one corridor in all territories), courbe (territories joined by « + »), comparaison
    (page: a key of `comparisons`). Periods are written as in the data.

    source: read before the others, as a dossier quotes its own document.
    """

    drawing: Drawing
    indicator: str
    territory: str = "FR"
    period: str = ""
    level: Level = "departements"
    measure: Measure = "value"
    selected: str = ""
    corridor: str = ""
    page: str = ""
    title: str = ""
    source: str = ""

    def as_texts(self) -> dict[str, str]:
        """Only what differs from the default."""
        return {f.name: value for f in fields(self)
                if (value := getattr(self, f.name)) != f.default}

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> FigureRequest:
        """Raises RequestError for an unknown or absent word."""
        strange = sorted(set(texts) - {f.name for f in fields(cls)})
        if strange:
            raise RequestError(f"« {strange[0]} » n’est pas une précision connue")
        if {"drawing", "indicator"} - set(texts):
            raise RequestError("il manque la figure ou l’indicateur")
        made = cls(**texts)  # type: ignore[arg-type]
        for name, words in (("drawing", Drawing), ("level", Level), ("measure", Measure)):
            if getattr(made, name) not in get_args(words):
                raise RequestError(f"« {getattr(made, name)} » est inconnu ; au choix : "
                                   f"{', '.join(get_args(words))}")
        return made


def figure_of(desk: Desk, request: FigureRequest) -> charts.Figure | None:
    """The figure asked for; None when there is nothing to show.

    Raises RequestError when the request names a territory, an indicator, a corridor, a source or
    a page that does not exist.
    """
    _check(desk, request)
    if request.source:
        desk = desk.preferring(request.source)
    figure = _made(desk, request)
    return None if figure is None else replace(figure, recipe=request.as_texts())


def _made(desk: Desk, asked: FigureRequest) -> charts.Figure | None:
    if asked.drawing in ("carte", "classement"):
        choice = MapChoice(asked.indicator, asked.level, asked.period, asked.measure,
                           asked.territory, asked.selected)
        build = map_figure if asked.drawing == "carte" else ranking_figure
        return build(desk, choice, title=asked.title)
    if asked.drawing == "couloirs":
        return corridor_figure(desk, asked.territory, indicator=asked.indicator,
                               when=asked.period, title=asked.title)
    if asked.drawing == "couloir":
        return corridor_across(desk, asked.corridor, indicator=asked.indicator)
    if asked.drawing == "courbe":
        return curve_figure(desk, asked.territory.split(AND), indicator=asked.indicator,
                            title=asked.title)
    page = desk.settings.comparisons[asked.page]
    return comparison_figure(desk, page, asked.indicator, asked.page)


def _check(desk: Desk, asked: FigureRequest) -> None:
    places = asked.territory.split(AND) if asked.drawing == "courbe" else [asked.territory]
    known: list[tuple[str, list[str], Collection[str]]] = [
        ("l’indicateur", [asked.indicator], desk.settings.indicators),
        ("le territoire", places, desk.territories.by_code),
        ("le territoire", [asked.selected] if asked.selected else [], desk.territories.by_code),
        ("le couloir", [asked.corridor] if asked.corridor else [], desk.settings.corridors),
        ("la source", [asked.source] if asked.source else [], desk.book.sources),
        ("la comparaison", [asked.page] if asked.page else [], desk.settings.comparisons)]
    for name, codes, words in known:
        for code in codes:
            if code not in words:
                raise RequestError(f"{name} « {code} » n’existe pas",
                                   words if len(words) <= LISTED else ())
    needs_period = asked.drawing in ("carte", "classement", "couloirs")
    if needs_period and not periods.is_period(asked.period):
        raise RequestError(f"la période « {asked.period} » ne s’écrit pas 2025, 2025-12 ou "
                           "2025-12-31")
    if asked.drawing in ("carte", "classement"):
        within = desk.territories[asked.territory].kind
        if within not in ("FR", "REG"):
            raise RequestError("une carte montre la France ou une région : demandez la région, "
                               "avec ce territoire mis en avant")
        if asked.indicator not in desk.settings.figures.map_indicators:
            raise RequestError(f"l’indicateur « {asked.indicator} » ne se dessine pas en carte",
                               desk.settings.figures.map_indicators)
    if asked.drawing == "couloir" and not asked.corridor:
        raise RequestError("il manque le couloir")
    if asked.drawing == "comparaison" and not asked.page:
        raise RequestError("il manque la comparaison")


def map_request(choice: MapChoice, drawing: Literal["carte", "classement"] = "carte",
                title: str = "") -> FigureRequest:
    """The request of a map or of its ranking."""
    known = asdict(choice)
    return FigureRequest(drawing, known["indicator"], known["within"], known["when"],
                         known["level"], known["measure"], known["selected"], title=title)
