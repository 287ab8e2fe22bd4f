"""A dossier or a comparison being composed: what it says, each step of it, and steps back.

A draft holds the keys of an entry of the configuration as they would be written there. It is never
changed: each operation gives another one, so that what was before can be had again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from atlas.entry_saving import digest_of_fields
from atlas.figures.common.context import FigureContext
from atlas.incoming_text import without_forbidden_characters
from atlas.problems import Problem
from atlas.settings import Block, Comparison, Dossier, refusals
from atlas.settings.entry_files import Section
from atlas.settings.references import check_names
from atlas.settings.yaml_tree import YamlTree

MODELS: dict[Section, type[BaseModel]] = {"dossiers": Dossier, "comparisons": Comparison}
#: The model of each kind of block of a dossier.
BLOCK_MODELS: dict[str, type[BaseModel]] = {
    get_args(model.model_fields["kind"].annotation)[0]: model
    for model in get_args(get_args(Block)[0])
}
#: Steps that can be taken back.
MAX_STEPS = 100
#: What a browser may give back: characters of a draft as JSON.
MAX_DRAFT_LETTERS = 400_000
_MAX_DEPTH = 8


@dataclass(frozen=True)
class Draft:
    """section and key: where it is saved, the key empty for one that has no name yet; fields: its
    keys, plain values; blocks: the identity of each block of a dossier, which it keeps when it
    moves; based_on: the digest of the saved version that it began from, None for a new one."""

    section: Section
    key: str
    fields: Mapping[str, Any]
    blocks: tuple[int, ...] = ()
    based_on: str | None = None

    @property
    def is_saved(self) -> bool:
        """Whether it says what the configuration said when it was read or written last."""
        return bool(self.key) and self.based_on == digest_of_fields(self.fields)

    def block(self, identity: int) -> dict[str, Any]:
        """The keys of a block; raises ValueError for one that is gone."""
        found: dict[str, Any] = self.fields["blocks"][self.blocks.index(identity)]
        return found

    def with_fields(self, **fields: Any) -> Draft:
        """With some keys changed; an empty text, an empty list or None takes a key out, unless the
        entry is nothing without it."""
        return replace(self, fields=_changed(self.fields, fields, MODELS[self.section]))

    def with_block(self, identity: int, **fields: Any) -> Draft:
        """With some keys of a block changed, as `with_fields` does."""
        place = self.blocks.index(identity)
        blocks = [*self.fields["blocks"]]
        blocks[place] = _changed(blocks[place], fields, BLOCK_MODELS[blocks[place]["kind"]])
        return replace(self, fields={**self.fields, "blocks": blocks})

    def add_block(self, block: Mapping[str, Any], after: int | None = None) -> Draft:
        """With a block more, after another one or last."""
        place = len(self.blocks) if after is None else self.blocks.index(after) + 1
        blocks = [*self.fields["blocks"]]
        blocks.insert(place, dict(block))
        identities = [*self.blocks]
        identities.insert(place, max(self.blocks, default=0) + 1)
        return replace(self, fields={**self.fields, "blocks": blocks}, blocks=tuple(identities))

    def duplicate_block(self, identity: int) -> Draft:
        """With the same block again, after it."""
        return self.add_block(self.block(identity), after=identity)

    def move_block(self, identity: int, steps: int) -> Draft:
        """With a block so many places further down, or up when negative; it stops at the ends."""
        place = self.blocks.index(identity)
        target = min(max(place + steps, 0), len(self.blocks) - 1)
        blocks, identities = [*self.fields["blocks"]], [*self.blocks]
        blocks.insert(target, blocks.pop(place))
        identities.insert(target, identities.pop(place))
        return replace(self, fields={**self.fields, "blocks": blocks}, blocks=tuple(identities))

    def remove_block(self, identity: int) -> Draft:
        """Without a block."""
        place = self.blocks.index(identity)
        blocks = [block for at, block in enumerate(self.fields["blocks"]) if at != place]
        left = tuple(block for block in self.blocks if block != identity)
        return replace(self, fields={**self.fields, "blocks": blocks}, blocks=left)


def new_draft(
    section: Section, key: str, fields: Mapping[str, Any], based_on: str | None = None
) -> Draft:
    """A draft of these keys."""
    count = len(fields.get("blocks", ())) if section == "dossiers" else 0
    return Draft(section, key, fields, tuple(range(1, count + 1)), based_on)


@dataclass(frozen=True)
class DraftHistory:
    """The draft as it is, what it was before each step, and what was taken back."""

    present: Draft
    past: tuple[Draft, ...] = ()
    future: tuple[Draft, ...] = field(default=())

    def record(self, draft: Draft) -> DraftHistory:
        """After a step; one that changes nothing is none."""
        if draft == self.present:
            return self
        return DraftHistory(draft, (*self.past, self.present)[-MAX_STEPS:])

    def saved_as(self, key: str, digest: str) -> DraftHistory:
        """Once the present draft was saved: each step, taken back, changes what was saved."""
        past, future = (
            tuple(replace(draft, key=key, based_on=digest) for draft in drafts)
            for drafts in (self.past, self.future)
        )
        return DraftHistory(replace(self.present, key=key, based_on=digest), past, future)

    def undo(self) -> DraftHistory:
        """One step back; the same where there is none."""
        if not self.past:
            return self
        return DraftHistory(self.past[-1], self.past[:-1], (self.present, *self.future))

    def redo(self) -> DraftHistory:
        """The step that was taken back last; the same where there is none."""
        if not self.future:
            return self
        return DraftHistory(self.future[0], (*self.past, self.present), self.future[1:])


def draft_problems(draft: Draft) -> list[Problem]:
    """What makes a draft no valid entry, each at its key; see `unknown_names` for what it names."""
    try:
        MODELS[draft.section].model_validate(dict(draft.fields))
    except ValidationError as error:
        return refusals(error, MODELS[draft.section], draft.key or "projet")
    return []


def unknown_names(context: FigureContext, draft: Draft) -> list[Problem]:
    """Indicators, territories, corridors, groups and sources of a draft that stand for nothing
    here: it came from another project, or what it names is gone."""
    settings = context.settings
    known: dict[str, Collection[str] | None] = {
        "indicateur": settings.indicators,
        "couloir": settings.corridors,
        "groupe": settings.groups,
        "territoire": context.territories.by_code,
        "source": context.dataset.sources,
    }
    return check_names(YamlTree(dict(draft.fields), {}, draft.key or "projet"), known)


#: Texts that a reader would miss: of an entry, of its quotations, contacts and blocks of text.
_NEEDED_TEXTS = {"title": "le titre", "nav": "le nom dans le menu"}
_NEEDED_IN_LISTS = {
    "quotes": {"text": "les mots de la citation", "author": "l’auteur de la citation"},
    "contacts": {"organisation": "l’organisme du contact"},
}


def unwritten_texts(draft: Draft) -> list[str]:
    """The texts without which a draft is not saved, as one names them: « le titre », « l’auteur de
    la citation 2 »."""
    fields = draft.fields
    found = [said for name, said in _NEEDED_TEXTS.items() if not str(fields.get(name, "")).strip()]
    for name, needed in _NEEDED_IN_LISTS.items():
        for number, entry in enumerate(fields.get(name) or (), start=1):
            found += [f"{said} {number}" for key, said in needed.items() if not entry.get(key)]
    for number, block in enumerate(fields.get("blocks") or (), start=1):
        if block["kind"] == "text" and not block.get("text"):
            found.append(f"le texte du bloc {number}")
    return found


def dossier_of(draft: Draft) -> Dossier:
    """The dossier that a draft describes. Raises ValidationError for one that has problems."""
    return Dossier.model_validate(dict(draft.fields))


def comparison_of(draft: Draft) -> Comparison:
    """The comparison that a draft describes. Raises ValidationError for one that has problems."""
    return Comparison.model_validate(dict(draft.fields))


def draft_as_json(draft: Draft) -> str:
    """What a browser keeps of a draft."""
    return json.dumps(
        {
            "section": draft.section,
            "key": draft.key,
            "fields": draft.fields,
            "based_on": draft.based_on,
        },
        ensure_ascii=False,
    )


def draft_from_json(text: object) -> Draft | None:
    """The draft that a browser kept; None for anything else: anybody may have written there."""
    if not isinstance(text, str) or len(text) > MAX_DRAFT_LETTERS:
        return None
    try:
        kept = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(kept, dict) or kept.keys() != {"section", "key", "fields", "based_on"}:
        return None
    section, key, fields, based_on = (kept[k] for k in ("section", "key", "fields", "based_on"))
    known = section in MODELS and isinstance(key, str) and isinstance(based_on, str | None)
    if not known or not isinstance(fields, dict) or not _is_plain(fields):
        return None
    blocks = fields.get("blocks", [])
    if section == "dossiers" and not (
        isinstance(blocks, list)
        and all(isinstance(block, dict) and "kind" in block for block in blocks)
    ):
        return None
    if section == "dossiers":
        fields = {**fields, "blocks": blocks}
    return new_draft(section, key, without_forbidden_characters(fields), based_on)


def _changed(
    present: Mapping[str, Any], fields: Mapping[str, Any], model: type[BaseModel]
) -> dict[str, Any]:
    """In the order that the keys have, those that are new last."""
    needed = {name for name, about in model.model_fields.items() if about.is_required()}
    merged = {**present, **fields}
    return {
        name: value
        for name, value in merged.items()
        if name not in fields or name in needed or value not in ("", None, [], ())
    }


def _is_plain(value: object, depth: int = 0) -> bool:
    """Texts, numbers, lists and sets of keys alone, not too deep."""
    if depth > _MAX_DEPTH:
        return False
    if isinstance(value, dict):
        return all(isinstance(key, str) and _is_plain(v, depth + 1) for key, v in value.items())
    if isinstance(value, list):
        return all(_is_plain(item, depth + 1) for item in value)
    return value is None or isinstance(value, str | int | float | bool)
