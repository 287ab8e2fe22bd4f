"""Which territories and corridors a French text names, and where."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from atlas.figures.common.context import FigureContext
from atlas.territories import Territories

#: The people and things of a région, without their endings, as a lower-case adjective: « breton »
#: stands for bretonne, Bretons. Only words that no other région claims.
_ADJECTIVES: Mapping[str, tuple[str, ...]] = {
    "REG-01": ("guadeloupéen",),
    "REG-02": ("martiniquais",),
    "REG-03": ("guyanais",),
    "REG-04": ("réunionnais",),
    "REG-06": ("mahorais",),
    "REG-11": ("francilien",),
    "REG-27": ("bourguignon", "franc-comtois"),
    "REG-28": ("normand",),
    "REG-32": ("picard",),
    "REG-44": ("alsacien", "lorrain", "champardennais"),
    "REG-52": ("ligérien",),
    "REG-53": ("breton",),
    "REG-75": ("néo-aquitain", "aquitain"),
    "REG-76": ("occitan",),
    "REG-84": ("auvergnat", "rhônalpin"),
    "REG-93": ("provençal", "azuréen"),
    "REG-94": ("corse",),
}
#: Short forms that agencies print.
_SHORT_NAMES: Mapping[str, str] = {"PACA": "REG-93", "AURA": "REG-84"}
#: What stands for France beside its name.
_NATION_NAMES = ("moyenne nationale", "moyenne française", "niveau national", "taux national")
_CAISSE = re.compile(
    r"\b(?:caisses?|cpam|cgss|assures de la cpam)(?: de| d'| du| des)?(?: la| l'| les| le)? ?$"
)
#: Determiners that belong to a name, and prepositions that make it a place or an owner.
_BEFORE = re.compile(
    r"(?P<plain>(?:\bles caisses d(?:e|u|es|')|\bla (?:caisse|cpam) d(?:e|u|es|')|\bla region|"
    r"\ble departement d(?:e|u|es|'))?(?: ?(?:\bla|\ble|\bles|l'))? ?)$"
)
_PREPOSITION = re.compile(
    r"(?:\b(?:dans|en|a|au|aux|de|du|des|chez|par|sur|pour|hors|vers)|\bd')"
    r"(?: (?:la|le|les)\b| l')? ?$"
)


@dataclass(frozen=True)
class Mention:
    """A name in a text. codes: every territory that has this name; corridor: a key of the
    settings, for a name of a corridor. is_place: it stands after a preposition (« en Corse »), and
    is not a subject. name: as the text writes it."""

    start: int
    end: int
    name: str
    codes: tuple[str, ...] = ()
    corridor: str = ""
    is_place: bool = False


def plain(text: str) -> str:
    """The text in lower case, without accents, each character in its place."""
    return "".join(_plain_character(character) for character in text)


def _plain_character(character: str) -> str:
    if character in "’ʼ":
        return "'"
    if character in "−–‑":
        return "-"
    decomposed = unicodedata.normalize("NFKD", character)[:1] or " "
    lower = decomposed.lower()
    return " " if lower.isspace() else lower[:1]


def territory_mentions(context: FigureContext, text: str) -> list[Mention]:
    """Each name of a territory in a text, in order; the longest where several begin together."""
    return list(_matches(context, text, _territory_pattern(context), _codes_by_name(context)))


def adjective_mentions(context: FigureContext, text: str) -> list[Mention]:
    """Each adjective or name of people of one région: « bretonne », « Réunionnais »."""
    flat = plain(text)
    found = []
    for code, stems in _ADJECTIVES.items():
        if code not in context.territories:
            continue
        for stem in stems:
            for match in re.finditer(rf"(?<![\w-]){plain(stem)}(?:n?e)?s?(?![\w-])", flat):
                name = text[match.start() : match.end()]
                found.append(Mention(match.start(), match.end(), name, (code,)))
    return sorted(found, key=lambda mention: mention.start)


def corridor_mentions(context: FigureContext, text: str) -> list[Mention]:
    """Each name of a corridor, with the article or the preposition before it."""
    names = _corridor_names(context)
    pattern = context.once(
        ("corridor names",),
        lambda: re.compile(rf"(?<![\w-])(?:{_any_of(names)})(?![\w-])"),
    )
    flat = plain(text)
    return [
        _extended(
            flat, Mention(m.start(), m.end(), text[m.start() : m.end()], corridor=names[_key(m[0])])
        )
        for m in pattern.finditer(flat)
    ]


def _corridor_names(context: FigureContext) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, corridor in context.settings.corridors.items():
        written = [corridor.label, corridor.short, corridor.actors, *corridor.aliases]
        for name in filter(None, written):
            # « Ville » alone is any town
            if len(name) > 3 and (name != "Ville"):
                found.setdefault(_key(plain(name)), key)
    return found


def _codes_by_name(context: FigureContext) -> dict[str, tuple[str, ...]]:
    names: dict[str, tuple[str, ...]] = context.once(
        ("names of territories",), lambda: _names_of(context.territories)
    )
    return names


def _names_of(territories: Territories) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for territory in territories.by_code.values():
        name = re.sub(r" \(.*\)$", "", territory.name)
        for form in {
            name,
            re.sub(r"^(?:La|Le|Les|L’)\s?", "", name) if territory.kind == "REG" else name,
        }:
            found.setdefault(_key(plain(form)), []).append(territory.code)
    for short, code in _SHORT_NAMES.items():
        if code in territories:
            found.setdefault(_key(plain(short)), []).append(code)
    for name in _NATION_NAMES:
        found.setdefault(_key(plain(name)), []).append("FR")
    return {name: tuple(codes) for name, codes in found.items()}


def _territory_pattern(context: FigureContext) -> re.Pattern[str]:
    pattern: re.Pattern[str] = context.once(
        ("pattern of territories",),
        lambda: re.compile(rf"(?<![\w-])(?:{_any_of(_codes_by_name(context))})(?!\w|-\w)"),
    )
    return pattern


def _matches(
    context: FigureContext,
    text: str,
    pattern: re.Pattern[str],
    names: Mapping[str, tuple[str, ...]],
) -> Iterator[Mention]:
    flat = plain(text)
    for match in pattern.finditer(flat):
        name = text[match.start() : match.end()]
        codes = names[_key(match[0])]
        # a name has a capital: « les landes », « la manche » are not territories
        if codes != ("FR",) and not name[0].isupper():
            continue
        if _CAISSE.search(flat[: match.start()]):
            codes = tuple(code for code in codes if code.startswith("CPAM")) or codes
        yield _extended(flat, Mention(match.start(), match.end(), name, codes))


def _extended(flat: str, mention: Mention) -> Mention:
    """The mention with the determiner and the preposition before it."""
    before = flat[: mention.start]
    plain_part = _BEFORE.search(before)
    start = plain_part.start("plain") if plain_part else mention.start
    while start < mention.start and flat[start] == " ":
        start += 1
    preposition = _PREPOSITION.search(before)
    if preposition and preposition.end() >= start:
        return Mention(
            preposition.start(), mention.end, mention.name, mention.codes, mention.corridor, True
        )
    further = _PREPOSITION.search(flat[:start])
    if further and start < mention.start:
        return Mention(
            further.start(), mention.end, mention.name, mention.codes, mention.corridor, True
        )
    return Mention(start, mention.end, mention.name, mention.codes, mention.corridor)


def _key(name: str) -> str:
    return re.sub(r"[\s-]+", " ", name)


def _any_of(names: Iterable[str]) -> str:
    """One of several names, the longest first."""
    return "|".join(map(_flexible, sorted(names, key=len, reverse=True)))


def _flexible(name: str) -> str:
    """A name whose hyphens may be spaces, and the reverse."""
    return re.sub(r"(?:\\ |\\-|\s|-)+", r"[\\s-]", re.escape(name))
