"""The requests of every figure that is shipped, and of those that a visitor makes most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from atlas.figures.common.context import FigureContext
from atlas.figures.requests import FigureRequest
from atlas.publications.publication import block_request
from atlas.settings import read_settings

SETTINGS, _ = read_settings(Path(__file__).parents[1])
RATE, DOCUMENTS = "activation_rate", "documents_deposited"
Ask = Callable[[FigureContext], FigureRequest]


def _always(request: FigureRequest) -> Ask:
    return lambda context: request


def _shipped() -> Iterator[tuple[str, Ask]]:
    for key, page in SETTINGS.comparisons.items():
        for indicator in page.indicators:
            yield f"{key}/{indicator}", _always(FigureRequest("comparaison", indicator, page=key))
    for key, dossier in SETTINGS.dossiers.items():
        for place, block in enumerate(dossier.blocks):
            if block.kind in ("map", "corridors", "curve", "comparison"):
                yield (
                    f"{key}/{place}-{block.kind}",
                    lambda context, d=dossier, b=block: block_request(context, d, b),
                )
    yield "courbe", _always(FigureRequest("courbe", SETTINGS.display.national_curve))


# Every comparison and dossier of config.yaml, and the national curve.
SHIPPED: dict[str, Ask] = dict(_shipped())
FRANCE = FigureRequest("carte", RATE, period="2025-12")
AQUITAINE = FigureRequest("carte", RATE, "REG-75", "2025-12")
VISITED: dict[str, FigureRequest] = {
    "france": FRANCE,
    "caisses": FigureRequest("carte", RATE, period="2025-12", level="caisses"),
    "écarts": FigureRequest("carte", RATE, period="2025-12", level="regions", measure="gap"),
    "évolutions": FigureRequest("carte", RATE, "REG-75", "2025-12", measure="change"),
    "aquitaine": FigureRequest("carte", RATE, "REG-75", "2025-12", selected="DEP-64"),
    "classement": FigureRequest("classement", RATE, "REG-75", "2025-12"),
    "territoires": FigureRequest("couloir", DOCUMENTS, corridor="biologie"),
    "croissances": FigureRequest("couloirs", DOCUMENTS, "REG-93", "2024"),
    "couloirs-paca-france": FigureRequest(
        "couloirs", DOCUMENTS, "REG-93+FR", "2024", selected="REG-93"
    ),
    "quantiles": FigureRequest("carte", RATE, "REG-75", "2025-12", scale="quantiles"),
    "bande": FigureRequest("bande", RATE, "DEP-40", "2025-12", peers="voisins"),
    "comparateurs": FigureRequest("comparateurs", RATE, "DEP-40", "2025-12", peers="population"),
    "deux-dates": FigureRequest("deux-dates", RATE, period="2025-12", against="2024-12"),
    "évolution": FigureRequest("evolution", RATE, period="2025-12", against="2024-12"),
}
# Asked of the invented data set, which alone has a value for each territory.
INVENTED: dict[str, FigureRequest] = {
    "fictif-france": FRANCE,
    "fictif-île-de-france": FigureRequest("carte", RATE, "REG-11", "2025-12"),
    "fictif-classement": FigureRequest("classement", RATE, "REG-84", "2025-12"),
    "fictif-bande": FigureRequest("bande", RATE, "DEP-77", "2025-12", peers="voisins"),
    "fictif-deux-dates": FigureRequest(
        "deux-dates", RATE, "REG-75", "2025-12", against="2024-12", selected="DEP-64"
    ),
}
