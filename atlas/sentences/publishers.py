"""Publishers inside a sentence: those that are common nouns take their article."""

from __future__ import annotations

# First word of a publisher → its article. Names of papers and of firms have none but their own.
_ARTICLES = {
    "Agence": "l’",
    "ARS": "l’",
    "Assurance": "l’",
    "Caisse": "la ",
    "CGSS": "la ",
    "Cnam": "la ",
    "CPAM": "la ",
    "Délégation": "la ",
    "Direction": "la ",
    "DNS": "la ",
    "Haute": "la ",
    "Insee": "l’",
    "Institut": "l’",
    "Ministère": "le ",
    "Ordre": "l’",
    "Pôle": "le ",
    "Sénat": "le ",
    "Union": "l’",
}


def publisher_with_article(publisher: str) -> str:
    """« l’Ordre des masseurs-kinésithérapeutes », « la Délégation au numérique en santé », « Le
    Quotidien du médecin »."""
    first = publisher.partition(" ")[0].rstrip(",")
    return f"{_ARTICLES.get(first, '')}{publisher}"
