"""What the title of a column says: what is counted, of whom, over what time, in which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from atlas.importing.cells import STATUS_BY_MARK, split_marks
from atlas.importing.dates import periods_in
from atlas.importing.text_matching import (
    FUNCTION_WORDS,
    fold_accents,
    normalise,
    significant_words,
)

TitleUnit = Literal["", "%", "points", "thousands", "millions", "other"]
# Words are compared by their first letters: « activés » and « activation » begin alike.
_STEM_LETTERS = 5
# A document « alimenté » or « versé » is one that was deposited.
_STEM_SYNONYMS = {"alime": "depos", "verse": "depos", "depot": "depos"}
_WORD_BY_ABBREVIATION = {"ps": "professionnels", "es": "etablissements"}
_CHANGE_PATTERN = re.compile(
    r"\b(evolutions?|evol|progressions?|variations?|var|croissances?|hausses?|baisses?|ecarts?|"
    r"gains?|augmentations?|diminutions?|taux d evolution|taux de croissance)\b"
)
_GROWTH_RATE_PATTERN = re.compile(
    r"\b(taux|tx) (d |de )?(evolution|croissance|variation|progression|hausse)|en pourcentages?"
)
_TARGET_PATTERN = re.compile(r"\b(objectifs?|cibles?|visee?s?|attendue?s?|a atteindre)\b")
_RANK_PATTERN = re.compile(r"\b(rangs?|classements?|positions?)\b")
_SHARE_PATTERN = re.compile(r"\b(taux|tx|parts?|pourcentages?|proportions?|pct|ratio)\b|%")
_COUNT_PATTERN = re.compile(r"\b(nombres?|nb|nbre|effectifs?|volumes?|total de)\b")
_UNIT_PATTERNS: tuple[tuple[TitleUnit, str], ...] = (
    ("other", r"\ben milliards?\b|\bpour (mille|100 000|1 000|1000|10 000)\b|‰|€|\b(en )?euros?\b"),
    ("points", r"\b(en points?|points?|en pts?|pts?|pp)\b"),
    ("thousands", r"\b(en milliers?|milliers?|k)\b"),
    ("millions", r"\b(en millions?|millions?)\b"),
    ("%", r"%|\b(en pourcentage|pourcentages?|pct|pour cent)\b"),
)
# Whom or what a figure leaves out: a title that has one of them is about less than another without.
_AGE_PATTERN = re.compile(
    r"\b(?:(?P<from>\d{1,2})\s*(?:-|–|a|/|et|ans a)\s*(?P<to>\d{1,3})\s*ans"
    r"|(?P<over>\d{1,3})\s*(?:ans)?\s*(?:et plus|et \+|\+|ou plus|revolus)"
    r"|(?:plus de|\+ de)\s*(?P<more>\d{1,3})\s*ans"
    r"|(?:moins de|- de)\s*(?P<less>\d{1,3})\s*ans"
    r"|(?P<only>\d{1,3})\s*ans)"
)
_GROUP_PATTERN = re.compile(
    r"\b(femmes?|feminin\w*|filles?|hommes?|masculin\w*|garcons?|jeunes?|mineurs?|enfants?|"
    r"adolescents?|etudiants?|seniors?|aines?|personnes agees|retraites?|adultes?|majeurs?|ald|"
    r"chroniques?|diabet\w*|css|c2s|cmu\w*|ame)\b"
)
# « Ouverts et non activés » is about others than « activés ».
NEGATION_PATTERN = re.compile(r"\b(non|pas|sans|hors|sauf|jamais|inactifs?)\b")
_WINDOW_PATTERNS = {
    "semaine": re.compile(r"\b(semaines?|hebdomadaires?)\b"),
    "trimestre": re.compile(r"\btrimestr\w*"),
    "cumul": re.compile(r"\bcumul\w*|\bdepuis\b"),
    "douze mois": re.compile(r"\b(12|douze) mois\b|\bglissant\w*|\bsur un an\b"),
    "rythme annuel": re.compile(r"\brythme annuel\b|\bannualis\w*"),
    "par habitant": re.compile(
        r"\bpar (habitants?|assures?|personnes?|profils?|medecins?)\b|\bpour \d"
    ),
    "mois": re.compile(
        r"\b(par|chaque|du|un|au cours du|dans le|dernier) mois\b|\bmensuel\w*|\bmois\b"
    ),
}
# What titles are made of beside what they count.
_STOP_STEMS = frozenset(
    [
        "dans",
        "par",
        "sur",
        "nombr",
        "nb",
        "nbre",
        "ayant",
        "est",
        "n",
        "un",
        "une",
        "leur",
        "que",
        "ce",
        "cette",
        "ces",
        "total",
        "ensem",
        "milli",
        "taux",
        "tx",
        "part",
        "parts",
        "pourc",
        "propo",
        "pct",
        "ratio",
        "effec",
        "volum",
        "rang",
        "class",
        "posit",
        "objec",
        "cible",
        "valeu",
        "donne",
        "indic",
        "chiff",
        "resul",
        "annee",
        "an",
        "annue",
        "fin",
        "au",
        "aux",
        "mois",
        "duran",
        "cours",
        "pour",
        "avec",
        "y",
        "en",
        "entre",
        "apres",
        "point",
        "pts",
        "pp",
        "s",
        "qui",
        "son",
        "sa",
        "ses",
        "se",
        "cumul",
        "depui",
        "dont",
        "selon",
        "niveau",
        "mon",
        "espac",
        "sante",
        "mes",
        "provi",
        "defin",
        "arret",
        "situa",
        "etat",
        "perio",
        "date",
        "decem",
        "janvi",
        "fevri",
        "mars",
        "avril",
        "mai",
        "juin",
        "juill",
        "aout",
        "septe",
        "octob",
        "novem",
    ]
)
_CHANGE_STEMS = frozenset(
    [
        "evolu",
        "evol",
        "progr",
        "varia",
        "var",
        "crois",
        "hauss",
        "baiss",
        "ecart",
        "gain",
        "augme",
        "dimin",
        "rappo",
        "preced",
        "vs",
    ]
)


@dataclass(frozen=True)
class ColumnTitle:
    """What a title says, of a column or of an indicator of the configuration.

    ``stems``: beginnings of the words that say what is counted. ``unit``: what it writes of one.
    ``is_share``, ``is_count``, ``is_rank``, ``is_target``, ``is_change``: words for them.
    ``groups``: whom it is limited to: ages (« 60 et plus », « 18-24 »), women…; ``windows``: over
    what time or per what (« mois », « par habitant »). Both in French, as a sentence can name them.
    """

    stems: frozenset[str]
    unit: TitleUnit
    is_share: bool
    is_count: bool
    is_rank: bool
    is_target: bool
    is_change: bool
    groups: frozenset[str]
    windows: frozenset[str]


@lru_cache(maxsize=4096)
def read_title(text: str) -> ColumnTitle:
    """The title of a column, of a table or of an indicator, taken apart."""
    text = without_marks(text)[0]
    folded = re.sub("[’'_]", " ", fold_accents(text))
    words = normalise(text)
    is_change = bool(_CHANGE_PATTERN.search(words))
    unit: TitleUnit = next((unit for unit, p in _UNIT_PATTERNS if re.search(p, folded)), "")
    return ColumnTitle(
        stems=word_stems(text) - (_CHANGE_STEMS if is_change else frozenset()),
        unit=unit,
        is_share=_says_share(words, is_change=is_change),
        is_count=bool(_COUNT_PATTERN.search(words)),
        is_rank=bool(_RANK_PATTERN.search(words)),
        is_target=bool(_TARGET_PATTERN.search(words)),
        is_change=is_change,
        groups=frozenset(_groups(folded, words)),
        windows=frozenset(_windows(words)),
    )


def without_marks(text: str) -> tuple[str, tuple[str, ...]]:
    """A title without the marks of notes and statuses that end it: « Taux 2026 (p) », « Rang (1) ».

    A unit in parentheses stays: « (k) », « (M) ».
    """
    bare, marks = split_marks(text)
    are_marks = all(mark.isdecimal() or mark in STATUS_BY_MARK or "*" in mark for mark in marks)
    return (bare, marks) if are_marks else (text, ())


@lru_cache(maxsize=4096)
def word_stems(text: str) -> frozenset[str]:
    """The beginnings of the words of a text that say what is counted: no period, age nor unit."""
    for written in sorted(periods_in(text), key=len, reverse=True):
        text = text.replace(written, " ")
    folded = _AGE_PATTERN.sub(" ", fold_accents(text))
    for pattern in (_GROUP_PATTERN, NEGATION_PATTERN, *_WINDOW_PATTERNS.values()):
        folded = pattern.sub(" ", folded)
    words = [
        _WORD_BY_ABBREVIATION.get(word, word)
        for word in significant_words(folded)
        if not word.isdecimal() and word not in FUNCTION_WORDS
    ]
    stems = {word[:_STEM_LETTERS] for word in words} - _STOP_STEMS - {"ans", "age", "ages", "k"}
    return frozenset(_STEM_SYNONYMS.get(stem, stem) for stem in stems)


def _says_share(words: str, *, is_change: bool) -> bool:
    """Whether a title is about a percentage; the sign of « croissance en % » is not about one."""
    if is_change:
        words = _GROWTH_RATE_PATTERN.sub(" ", words).replace("%", " ")
    return bool(_SHARE_PATTERN.search(words))


def _groups(folded: str, words: str) -> set[str]:
    groups = {match[0] for p in (_GROUP_PATTERN, NEGATION_PATTERN) for match in p.finditer(words)}
    for age in _AGE_PATTERN.finditer(folded):
        if age["from"]:
            groups.add(f"{age['from']}-{age['to']} ans")
        elif age["over"]:
            groups.add(f"{age['over']} ans et plus")
        elif age["more"]:
            groups.add(f"plus de {age['more']} ans")
        elif age["less"]:
            groups.add(f"moins de {age['less']} ans")
        else:
            groups.add(f"{age['only']} ans")
    return groups


def _windows(words: str) -> set[str]:
    """The first that a title names: « 12 mois glissants » is not a month."""
    for name, pattern in _WINDOW_PATTERNS.items():
        if pattern.search(words):
            return {name}
    return set()
