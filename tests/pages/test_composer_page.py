"""Composer without a browser: what is started from, changed, taken back, saved and refused."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml
from shipped import SETTINGS
from streamlit.testing.v1 import AppTest
from visits import opened, page_text

from atlas.publications.drafts import draft_as_json, new_draft
from atlas.ui import composer_state

TOKEN = "the-token-of-this-server"
CORSE = "dossiers/corse-2026"


@pytest.fixture
def site(edited_site: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project on its own machine, which who has the token writes in."""
    monkeypatch.setattr("atlas.ui.permissions._run_token", TOKEN)
    return edited_site


def composing(name: str = CORSE, *, as_copy: bool = False, token: str = TOKEN) -> AppTest:
    """A visitor who opens an entry, or a copy of it."""
    visit = opened("composer", jeton=token) if token else opened("composer")
    visit.selectbox(key="composer_existing").set_value(name).run()
    key = "composer_copy" if as_copy else "composer_open"
    return visit.button(key=key).click().run()


def title_of(visit: AppTest) -> str:
    return visit.text_input(key="composer_title").value


def block_names(visit: AppTest) -> list[str]:
    """The list of blocks, as one reads it."""
    found = [button for button in visit.button if (button.key or "").startswith("composer_open_")]
    return [re.sub(r"\\(.)", r"\1", button.label) for button in found]


def saved_files(site: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(site)): path.read_bytes()
        for path in [site / "config.yaml", *(site / "config").rglob("*.yaml")]
    }


def test_a_territory_without_figures_says_where_to_bring_them():
    visit = opened("composer")
    visit.selectbox(key="composer_new_territory").set_value("REG-53").run()
    assert "Aucun chiffre n’est connu en Bretagne : importez-en" in page_text(visit)


def test_a_dossier_is_proposed_for_a_territory_that_has_figures():
    visit = opened("composer")
    visit.selectbox(key="composer_new_territory").set_value("REG-94").run()
    visit.button(key="composer_new").click().run()
    assert title_of(visit) == "Mon espace santé en Corse : chiffres clés"
    names = block_names(visit)
    assert names[0] == "1. Chiffres clés : Les chiffres clés en Corse"
    assert names[-1].endswith("Chronologie")


def test_a_text_is_changed_taken_back_and_put_again():
    visit = composing(token="")
    start = title_of(visit)
    visit.text_input(key="composer_title").set_value("Quatre ans en Corse").run()
    visit.button(key="composer_undo").click().run()
    assert title_of(visit) == start
    visit.button(key="composer_redo").click().run()
    assert title_of(visit) == "Quatre ans en Corse"


def test_blocks_move_are_copied_and_removed_with_their_fields():
    visit = composing(token="")

    def titles() -> list[str]:
        return [name.split(" : ")[-1] for name in block_names(visit)]

    first, second, *rest = titles()
    visit.button(key="composer_down_1").click().run()
    assert titles() == [second, first, *rest]
    visit.button(key="composer_copy_1").click().run()
    assert titles() == [second, first, first, *rest]
    visit.button(key="composer_remove_1").click().run()
    assert titles() == [second, first, *rest]
    assert visit.session_state[composer_state._OPEN_BLOCK] != 1


def test_an_entry_saved_as_it_is_leaves_every_byte(site):
    before = saved_files(site)
    visit = composing()
    assert visit.button(key="composer_save").disabled
    visit.text_input(key="composer_title").set_value("Autre").run()
    visit.button(key="composer_undo").click().run()
    assert visit.button(key="composer_save").disabled
    assert saved_files(site) == before


def test_a_change_is_saved_where_the_entry_stands_and_nothing_else_moves(site):
    before = (site / "config.yaml").read_text("utf-8").splitlines()
    visit = composing()
    visit.text_input(key="composer_title").set_value("Quatre ans en Corse").run()
    visit.button(key="composer_save").click().run()
    assert "Enregistré dans la configuration" in page_text(visit)
    after = (site / "config.yaml").read_text("utf-8").splitlines()
    assert [line for line in after if line not in before] == ['    title: "Quatre ans en Corse"']
    assert len(after) == len(before)
    # Taken back after saving, it is a change of what was saved.
    visit.button(key="composer_undo").click().run()
    visit.button(key="composer_save").click().run()
    assert (site / "config.yaml").read_text("utf-8").splitlines() == before


def test_a_copy_has_a_file_of_its_own(site):
    visit = composing(as_copy=True)
    visit.text_input(key="composer_nav").set_value("Corse, quatre ans").run()
    visit.button(key="composer_save").click().run()
    kept = yaml.safe_load((site / "config/dossiers/corse-quatre-ans.yaml").read_text("utf-8"))
    assert kept["nav"] == "Corse, quatre ans"
    assert (
        kept["blocks"]
        == yaml.safe_load((site / "config.yaml").read_text("utf-8"))["dossiers"]["corse-2026"][
            "blocks"
        ]
    )


def test_somebody_who_saved_meanwhile_is_not_overwritten_in_silence(
    site: Path, edit: Callable[[str, str, str], None]
):
    visit = composing()
    visit.text_input(key="composer_title").set_value("Le mien").run()
    edit("config.yaml", '"Mon espace santé en Corse : chiffres clés"', '"Le leur"')
    visit.button(key="composer_save").click().run()
    assert "a changé dans config.yaml depuis que vous l’avez ouvert" in page_text(visit)
    assert "Le leur" in (site / "config.yaml").read_text("utf-8")
    visit.button(key="composer_take_saved").click().run()
    assert title_of(visit) == "Le leur"
    visit.text_input(key="composer_title").set_value("Le mien").run()
    visit.button(key="composer_save").click().run()
    assert "Le mien" in (site / "config.yaml").read_text("utf-8")


def test_mine_takes_the_place_of_theirs_when_it_is_asked(site, edit):
    visit = composing()
    visit.text_input(key="composer_title").set_value("Le mien").run()
    edit("config.yaml", '"Mon espace santé en Corse : chiffres clés"', '"Le leur"')
    visit.button(key="composer_save").click().run()
    visit.button(key="composer_overwrite").click().run()
    assert "Le mien" in (site / "config.yaml").read_text("utf-8")


def test_who_may_not_write_downloads_and_never_saves(edited_site):
    visit = composing(token="")
    visit.text_input(key="composer_title").set_value("Autre").run()
    assert "composer_save" not in [button.key for button in visit.button]
    assert not visit.get("download_button")[0].proto.disabled


def test_a_role_that_is_gone_when_one_clicks_writes_nothing(site, monkeypatch):
    before = saved_files(site)
    visit = composing()
    visit.text_input(key="composer_title").set_value("Autre").run()
    monkeypatch.setattr("atlas.ui.permissions._run_token", "another")
    visit.session_state["_presented_token"] = False
    visit.button(key="composer_save").click().run()
    assert saved_files(site) == before


def test_a_draft_without_its_texts_says_which_and_is_not_saved(site):
    visit = composing(as_copy=True)
    visit.text_input(key="composer_title").set_value("").run()
    assert "Il reste à écrire : le titre." in page_text(visit)
    assert visit.button(key="composer_save").disabled


def test_a_title_that_the_figures_contradict_is_said_and_a_true_one_is_taken(site):
    visit = composing("dossiers/nouvelle-aquitaine-2026", as_copy=True)
    visit.button(key="composer_open_5").click().run()
    visit.text_input(key="composer_5_title").set_value("La Creuse en tête de la région").run()
    assert "Le titre met au premier rang la Creuse" in page_text(visit)
    visit.button(key="composer_title_5_0").click().run()
    assert visit.text_input(key="composer_5_title").value.startswith("Les Landes et la Gironde")
    assert "Les chiffres le confirment" in page_text(visit)


def test_another_territory_shows_what_each_block_lacks(site):
    visit = composing("dossiers/nouvelle-aquitaine-2026", as_copy=True)
    visit.selectbox(key="composer_territory").set_value("REG-94").run()
    visit.button(key="composer_open_5").click().run()
    assert "corse" in page_text(visit).lower()
    assert visit.exception == []


def test_what_the_browser_kept_is_composed_again():
    draft = new_draft("dossiers", "", SETTINGS.dossiers["corse-2026"].model_dump(mode="json"))
    visit = opened("composer")
    visit.session_state[composer_state._STORE] = {"kept": draft_as_json(draft)}
    visit.run()
    assert title_of(visit) == SETTINGS.dossiers["corse-2026"].title


@pytest.mark.parametrize("kept", ["{", '{"section": "brand"}', 7])
def test_what_the_browser_kept_that_is_no_draft_is_left(kept):
    visit = opened("composer")
    visit.session_state[composer_state._STORE] = {"kept": kept}
    visit.run()
    assert "À partir d’un territoire" in page_text(visit)


def test_a_draft_that_names_what_is_not_known_here_says_it_and_can_be_closed():
    fields = SETTINGS.dossiers["corse-2026"].model_dump(mode="json", exclude_defaults=True)
    fields["blocks"] = [{"kind": "corridors", "indicator": "documents_posted"}]
    visit = opened("composer")
    kept = draft_as_json(new_draft("dossiers", "", fields))
    visit.session_state[composer_state._STORE] = {"kept": kept}
    visit.run()
    assert "indicateur inconnu : « documents_posted »" in page_text(visit)
    visit.button(key="composer_close").click().run()
    assert "À partir d’un territoire" in page_text(visit)


@pytest.mark.parametrize("key", list(SETTINGS.comparisons))
def test_every_comparison_opens_with_its_figures(key):
    visit = composing(f"comparisons/{key}", token="")
    assert visit.exception == []
    assert SETTINGS.comparisons[key].title in page_text(visit)


@pytest.mark.parametrize("key", list(SETTINGS.dossiers))
def test_every_block_of_every_dossier_opens(key):
    visit = composing(f"dossiers/{key}", token="")
    for place in range(2, len(SETTINGS.dossiers[key].blocks) + 1):
        visit.button(key=f"composer_open_{place}").click().run()
        assert visit.exception == [], place
        assert visit.session_state[composer_state._OPEN_BLOCK] == place


def test_nothing_is_composed_of_invented_figures():
    visit = opened("composer", demo="1")
    assert "On ne compose pas de dossier en données fictives" in page_text(visit)


def test_one_dossier_per_region_is_saved_with_what_each_lacks(site):
    visit = opened("composer", jeton=TOKEN)
    visit.toggle(key="composer_every").set_value(True).run()
    text = page_text(visit)
    assert "Bretagne" in text and "aucun chiffre" in text
    visit.button(key="composer_template_save").click().run()
    saved = sorted(path.stem for path in (site / "config/dossiers").glob("*.yaml"))
    assert saved == [
        "corse",
        "grand-est",
        "la-reunion",
        "nouvelle-aquitaine",
        "provence-alpes-cote-d-azur",
    ]
    visit.button(key="composer_template_save").click().run()
    assert "« corse » existe déjà, et n’a pas été remplacé" in page_text(visit)
