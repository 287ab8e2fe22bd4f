"""How the texts of a table are compared, with each other and those of the configuration."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from atlas.settings import Settings

MAX_REMEMBERED_TEXTS = 65_536
ARTICLES = {"la", "le", "les"}
FUNCTION_WORDS = ARTICLES | {"l", "d", "de", "des", "du", "en", "et", "a", "au", "aux"}
# As agencies write them in tables; words without accents, in lower case.
_WORDS_BY_ABBREVIATION = {
    "nlle": "nouvelle",
    "nvlle": "nouvelle",
    "ctre": "centre",
    "vdl": "val loire",
    "st": "saint",
    "ste": "sainte",
    "gd": "grand",
    "bgne": "bourgogne",
    "fc": "franche comte",
    "fr": "france",
    "hts": "hauts",
    "htes": "hautes",
    "hte": "haute",
    "idf": "ile france",
    "cvl": "centre val loire",
    "paca": "provence alpes cote azur",
    "ara": "auvergne rhone alpes",
    "aura": "auvergne rhone alpes",
    "bfc": "bourgogne franche comte",
    "hdf": "hauts france",
    "pdl": "pays loire",
    "pdll": "pays loire",
    "martiniq": "martinique",
}


def fold_accents(text: str) -> str:
    """A text in lower case, « é » as « e » and « œ » as « oe »."""
    decomposed = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "oe"))
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).lower()


@lru_cache(maxsize=MAX_REMEMBERED_TEXTS)  # a long table repeats its texts
def normalise(text: str) -> str:
    """A text as headers and labels are compared: lower case, without accents nor punctuation."""
    return " ".join(re.findall(r"[a-z0-9%]+", fold_accents(text)))


def significant_words(text: str) -> list[str]:
    """The words of a text without accents nor punctuation, abbreviations written out.

    Articles and prepositions are left out. A text cut short after one keeps it, so that
    « Indre-et » is not Indre; nor is « L.-et-Cher » Cher.
    """
    written = re.findall(r"[a-z0-9]+\.?", fold_accents(text))
    last = len(written) - 1
    kept = [
        word.removesuffix(".")
        for position, word in enumerate(written)
        if word not in FUNCTION_WORDS or (position == last > 0 and word not in ARTICLES)
    ]
    return [part for word in kept for part in _WORDS_BY_ABBREVIATION.get(word, word).split()]


def find_corridor(text: str, settings: Settings) -> str:
    """The key of the corridor whose key, label or other name is this text; empty for none."""
    for key, corridor in settings.corridors.items():
        if _names_any(text, (key, corridor.label, corridor.short, *corridor.aliases)):
            return key
    return ""


def find_indicator(text: str, settings: Settings) -> str:
    """The key of the indicator whose key or label is this text; empty for none."""
    for key, indicator in settings.indicators.items():
        if _names_any(text, (key, indicator.label)):
            return key
    return ""


def _names_any(text: str, names: Iterable[str]) -> bool:
    return normalise(text) in map(normalise, names)
