"""Whether what a request names exists: the same sentences for every figure."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from atlas import periods
from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.territories import CODE_SEPARATOR

# How many words a refusal names.
MAX_LISTED_WORDS = 100


def check_names(context: FigureContext, request: FigureRequest) -> None:
    """Raises RequestError for an indicator, a territory, a corridor, a source, a comparison, a
    dossier or a theme that does not exist. `territories`, words that stand for several, are those
    of comparisons."""
    fields = request.model_dump()
    own = [request.indicator] if request.needs_indicator else _named_keys(fields, "indicator")
    indicators = [*own, *_joined_keys(fields, "targets")]
    territory = fields.get("territory", "FR")
    places = territory.split(CODE_SEPARATOR) if request.joins_territories else [territory]
    if not territory and type(request).model_fields["territory"].default == "":
        places = []  # every territory that there is
    known: list[tuple[str, Iterable[str], Collection[str]]] = [
        ("l’indicateur", indicators, context.settings.indicators),
        ("le territoire", places, context.territories.by_code),
        ("le territoire", _named_keys(fields, "highlighted"), context.territories.by_code),
        ("le couloir", _named_keys(fields, "corridor"), context.settings.corridors),
        ("la source", _named_keys(fields, "source"), context.dataset.sources),
        ("la comparaison", _named_keys(fields, "comparison"), context.settings.comparisons),
        ("le dossier", _named_keys(fields, "dossier"), context.settings.dossiers),
        ("le thème", _named_keys(fields, "theme"), context.settings.themes),
    ]
    for name, words, present in known:
        for word in words:
            if word not in present:
                raise RequestError(
                    f"{name} « {word} » n’existe pas",
                    present if len(present) <= MAX_LISTED_WORDS else (),
                )


def _named_keys(fields: Mapping[str, str], name: str) -> list[str]:
    """What a field names; nothing when it is empty, or is not one of the request."""
    return [fields[name]] if fields.get(name) else []


def _joined_keys(fields: Mapping[str, str], name: str) -> list[str]:
    """What a field of several names, often none."""
    return [word for word in fields.get(name, "").split(CODE_SEPARATOR) if word]


def check_period(period: str) -> None:
    """Raises RequestError without a period, and for one that is not written as in the data."""
    if not period:
        raise RequestError("il manque la période : écrivez 2025, 2025-12 ou 2025-12-31")
    if not periods.is_period(period):
        raise RequestError(f"la période « {period} » ne s’écrit pas 2025, 2025-12 ou 2025-12-31")


def check_mapped(context: FigureContext, request: FigureRequest, territory: str) -> None:
    """Raises RequestError for what no map of territories of a level shows."""
    if context.territories[territory].kind not in ("FR", "REG"):
        raise RequestError(
            "une carte montre la France ou une région : demandez la région, "
            "avec ce territoire mis en avant"
        )
    if request.indicator not in context.settings.map_indicators:
        raise RequestError(
            f"l’indicateur « {request.indicator} » ne se dessine pas en carte",
            context.settings.map_indicators,
        )
