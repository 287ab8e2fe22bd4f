"""What is asked for, in plain texts: they travel in links and in the metadata of images."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Literal, get_args

from atlas.figures.map.texts import MapChoice
from atlas.figures.profile.peer_group import Peers
from atlas.figures.two_dates.texts import PairChoice
from atlas.indicators.classes import Scale
from atlas.settings import Layout, Level, Measure, Scales

Drawing = Literal[
    "carte",
    "classement",
    "couloirs",
    "couloir",
    "courbe",
    "comparaison",
    "bande",
    "comparateurs",
    "deux-dates",
    "evolution",
]


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
    (page: a key of `comparisons`), bande and comparateurs (a territory, then those it is compared
    with, joined by « + », or as peers says). couloirs too may join territories. deux-dates and
    evolution (territories of a level between against, the earlier period, and period). Periods
    are written as in the data. scale: how the classes of a carte are made.

    source: read before the others, as a dossier quotes its own document. territories, layout,
    against, axis, and period: what a visitor changed on the page of a comparison; without a page
    they describe it in full, with measure and targets (indicators joined by « + »).
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
    territories: str = ""
    layout: str = ""
    against: str = ""
    axis: str = ""
    peers: Peers = ""
    scale: Scale = "fixed"
    targets: str = ""

    def as_texts(self) -> dict[str, str]:
        """Only what differs from the default."""
        return {
            f.name: value for f in fields(self) if (value := getattr(self, f.name)) != f.default
        }

    @classmethod
    def from_texts(cls, texts: Mapping[str, str]) -> FigureRequest:
        """Raises RequestError for an unknown or absent word."""
        strange = sorted(set(texts) - {f.name for f in fields(cls)})
        if strange:
            raise RequestError(f"« {strange[0]} » n’est pas une précision connue")
        if {"drawing", "indicator"} - set(texts):
            raise RequestError("il manque la figure ou l’indicateur")
        made = cls(**texts)  # type: ignore[arg-type]
        for name, words in (
            ("drawing", Drawing),
            ("level", Level),
            ("measure", Measure),
            ("layout", Layout),
            ("axis", Scales),
            ("scale", Scale),
            ("peers", Peers),
        ):
            if name in texts and getattr(made, name) not in (
                getattr(cls, name, None),
                *get_args(words),
            ):
                raise RequestError(
                    f"« {getattr(made, name)} » est inconnu ; au choix : "
                    f"{', '.join(filter(None, get_args(words)))}"
                )
        return made


def map_request(
    choice: MapChoice, drawing: Literal["carte", "classement"] = "carte", title: str = ""
) -> FigureRequest:
    """The request of a map or of its ranking."""
    known = asdict(choice)
    return FigureRequest(
        drawing,
        known["indicator"],
        known["within"],
        known["reference_period"],
        known["level"],
        known["measure"],
        known["selected"],
        title=title,
        scale=known["scale"],
    )


def pair_request(pair: PairChoice, drawing: Literal["deux-dates", "evolution"]) -> FigureRequest:
    """The request of both maps, or of the map of what lies between."""
    return FigureRequest(
        drawing,
        pair.indicator,
        pair.within,
        pair.after,
        pair.level,
        selected=pair.selected,
        against=pair.before,
    )
