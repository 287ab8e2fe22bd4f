"""Names of features against their codes: a département under another's code is never drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from atlas import french
from atlas.geometry.feature_codes import departement_of
from atlas.geometry.findings import Finding

#: Words of a name that do not tell one département from another.
_COMMON_WORDS = {"departement", "dept", "dep", "dpt", "le", "les"}
#: Share of the texts of a property that name a département when it is a property of names.
_MIN_SHARE_OF_NAMES = 0.5
#: A longer text is no name.
_MAX_NAME_LENGTH = 80


def check_names(
    columns: Mapping[str, Sequence[object]],
    codes: Sequence[str | None],
    expected: Mapping[str, str],
) -> list[Finding]:
    """The features that any property of names gives to another département than their code does.

    codes: of each feature, None for one that is left out.

    Case, accents, hyphens and articles do not count; a name that is no département's is let be.
    """
    code_by_name = {plain_name(name): code for code, name in expected.items()}
    said: dict[str, None] = {}  # in the order of the file, each once
    for named in _named_columns(columns, code_by_name):
        for text, by_name, code in zip(*named, codes, strict=True):
            departement = departement_of(code or "")
            if by_name and departement in expected and by_name != departement:
                said[f"« {text} » sous le code {code} ({expected[departement]})"] = None
    if not said:
        return []
    return [
        Finding(
            "des noms contredisent les codes",
            "Rendez à chaque contour le code de son nom, ou reprenez le fichier d’origine.",
            list(said),
        )
    ]


def _named_columns(
    columns: Mapping[str, Sequence[object]], code_by_name: Mapping[str, str]
) -> Iterator[tuple[list[str], list[str]]]:
    """Texts of each property of names, and the codes of the départements that they name."""
    for values in columns.values():
        texts = [text_of(value) for value in values]
        named = [code_by_name.get(plain_name(text), "") for text in texts]
        filled = sum(map(bool, texts))
        if filled and sum(map(bool, named)) >= _MIN_SHARE_OF_NAMES * filled:
            yield texts, named


def text_of(value: object) -> str:
    """A name as the file gives it, alone or in a list of one."""
    if isinstance(value, list) and len(value) == 1:
        return text_of(value[0])
    return value.strip() if isinstance(value, str) and len(value) <= _MAX_NAME_LENGTH else ""


def plain_name(text: str) -> str:
    """« Département de l’Ain (01) », « AIN » and « 01 - Ain » are one name; empty for a code."""
    words = french.slug(text).split("-")
    return " ".join(
        word for word in words if word not in _COMMON_WORDS and not any(map(str.isdigit, word))
    )
