"""The sentences of the configuration, filled: their names, their verbs, their agreements."""

from __future__ import annotations

import re
from collections.abc import Mapping

_BRACES = re.compile(r"\{([^{}]*)\}")
_BRACKETS = re.compile(r"\[([^\[\]]*)\]")
# Verbs whose singular the endings do not tell.
_IRREGULAR = {
    "ont": "a",
    "sont": "est",
    "étaient": "était",
    "seraient": "serait",
    "avaient": "avait",
}
_PRONOUNS = ("se ", "s’")


def fill(
    template: str,
    texts: Mapping[str, str],
    *,
    is_past: bool,
    is_plural: bool,
    is_feminine: bool,
    subject: str = "",
) -> str:
    """A sentence of the configuration with its names replaced.

    texts: what stands for each name; subject: what stands for all that is between brackets, empty
    to keep it. Raises KeyError for a name without text.
    """
    if subject:
        template = _BRACKETS.sub(lambda _: subject, template)
    template = _BRACKETS.sub(r"\1", template)
    ends = {
        "s": "s" if is_plural else "",
        "e": "e" if is_feminine else "",
    }

    def replaced(found: re.Match[str]) -> str:
        name = found[1]
        if "|" in name:
            return verb_form(name.split("|"), is_past=is_past, is_plural=is_plural)
        return ends[name] if name in ends else texts[name]

    said = _BRACES.sub(replaced, template)
    return re.sub(r" +([,.)])", r"\1", re.sub(r" {2,}", " ", said)).strip()


def verb_form(forms: list[str], *, is_past: bool, is_plural: bool) -> str:
    """One of the forms of a verb: present and past of the plural, then of the singular, which the
    first two tell when it is left out."""
    plural = forms[1 if is_past else 0]
    if is_plural:
        return plural
    return forms[3 if is_past else 2] if len(forms) == 4 else singular_verb(plural)


def singular_verb(plural: str) -> str:
    """« ont été » → « a été », « se sont » → « s’est », « alimentaient » → « alimentait »."""
    pronoun = next((start for start in _PRONOUNS if plural.startswith(start)), "")
    verb, space, rest = plural.removeprefix(pronoun).partition(" ")
    if verb in _IRREGULAR:
        verb = _IRREGULAR[verb]
    elif verb.endswith("aient"):
        verb = f"{verb[:-5]}ait"
    elif verb.endswith("ent"):
        verb = verb[:-2]
    if pronoun:
        pronoun = "s’" if verb[:1] in "aeéhio" else "se "
    return f"{pronoun}{verb}{space}{rest}"
