"""Who may write on a server for others, behind the proxy that is shipped: accounts of a provider of
identity, forged requests, a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator

import import_cases as cases
import pytest
from browsing import Site, go_to_imports, wait_for_map, wait_for_page, wait_for_turns
from oidc_provider_mock import User, run_server_in_thread
from patience import PATIENCE_MS
from playwright.sync_api import Browser, BrowserContext, Page, expect
from reverse_proxy import BASE_PATH, ReverseProxy

from atlas.figures.common.context import FigureContext

pytestmark = pytest.mark.browser
FILE = cases.workbook(
    [["Nouvelle-Aquitaine, année 2026"], [], ["N° caisse", "Nom", "Taux d’activation (%)"]]
    + [row[:3] for row in cases.ANNEX],
    ("A1:C1",),
)
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ACCEPT = "Accepter et écrire dans data/"
ACCOUNTS = {
    "importer": {"email": "karl@agence.example", "email_verified": True},
    "unverified": {"email": "karl@agence.example", "email_verified": False},
}
ROLES = "import: {emails: [karl@agence.example]"
# What a stranger may write in a request, from wherever it is sent.
FORGED = {
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Host": "localhost",
    "X-Real-Ip": "127.0.0.1",
    "Via": "1.1 localhost",
    "Forwarded": "for=127.0.0.1;host=localhost",
    "X-Forwarded-Email": "karl@agence.example",
    "X-Auth-Request-Email": "karl@agence.example",
    "Remote-User": "karl@agence.example",
}


class Server:
    """A dashboard under its base path, behind nginx, with a provider of identity beside it."""

    def __init__(self, site: Site, proxy: ReverseProxy) -> None:
        self.site, self.proxy = site, proxy

    def files(self) -> dict[str, bytes]:
        """What nobody but an importer may change."""
        folders = [self.site.folder / "data", self.site.folder / "config"]
        return {p.name: p.read_bytes() for f in folders for p in f.iterdir() if p.is_file()}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, fictitious: FigureContext) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("access")
    site = Site(folder / "project", base_path=BASE_PATH)
    proxy = ReverseProxy(folder / "proxy", [site.port])
    settings = site.folder / "config/server.yaml"
    settings.write_text(settings.read_text("utf-8").replace("import: {emails: []", ROLES), "utf-8")
    users = [User(sub=name, claims=claims) for name, claims in ACCOUNTS.items()]
    with run_server_in_thread(user_claims=users) as provider:
        issuer = f"http://localhost:{provider.server_port}"
        (site.folder / ".streamlit/secrets.toml").write_text(
            f'[auth]\nredirect_uri = "{proxy.url("/oauth2callback")}"\n'
            'cookie_secret = "a secret of the tests, which is long enough"\n'
            'client_id = "tableau"\nclient_secret = "secret"\n'
            f'server_metadata_url = "{issuer}/.well-known/openid-configuration"\n',
            "utf-8",
        )
        site.start()
        proxy.start()
        yield Server(site, proxy)
        proxy.stop()
        site.stop()


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """Somebody whose browser keeps what it was given, from one visit to the next."""
    made = browser.new_context(ignore_https_errors=True, locale="fr-FR")
    yield made
    made.close()


def opened(visitor: BrowserContext, address: str) -> Page:
    page = visitor.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(address)
    wait_for_page(page)
    return page


def signed_in(visitor: BrowserContext, server: Server, name: str) -> Page:
    page = opened(visitor, server.proxy.url("/importer"))
    wait_for_turns(page)  # the notebook that this browser keeps is sent once the page is there
    page.get_by_role("button", name="Se connecter").last.click()
    page.get_by_role("button", name=name, exact=True).click()
    # Back where Streamlit leads: the first page.
    page.wait_for_url(server.proxy.url("/"))
    # A character that nobody sees keeps the address from becoming a link.
    shown = re.escape(str(ACCOUNTS[name]["email"])).replace("@", "\u2060?@")
    expect(page.get_by_text(re.compile(f"Connecté : {shown}")).first).to_be_visible()
    wait_for_page(page)
    go_to_imports(page)
    return page


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Se déconnecter").click()
    page.get_by_role("button", name="End session").click()  # of the provider
    expect(page.get_by_role("button", name="Se connecter").first).to_be_visible()


def give_file(page: Page) -> None:
    # What comes after the page, such as its button of files, is there and knows what it does.
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    wait_for_turns(page)
    page.locator("input[type=file]").set_input_files(
        {"name": "taux 2026.xlsx", "mimeType": XLSX, "buffer": FILE}
    )
    expect(page.get_by_text("taux 2026.xlsx").first).to_be_visible()
    box = page.get_by_role("combobox", name="Document d’où viennent les chiffres", exact=True)
    box.click()
    box.fill("amorce un nouveau virage")
    page.keyboard.press("Enter")
    page.get_by_text("Rapport du fichier").wait_for()


# The first request after the start: a link to a page, under the base path.
def test_every_kind_of_page_works_under_the_policy_of_the_proxy(server, visitor) -> None:
    page = visitor.new_page()
    page.set_default_timeout(PATIENCE_MS)
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    answer = page.goto(server.proxy.url("/carte"))
    assert answer and "script-src 'self' blob:" in answer.headers["content-security-policy"]
    wait_for_map(page, 10)
    expect(page.locator("h1")).to_have_text("Carte")
    assert page.evaluate("document.documentElement.lang") == "fr"
    page.get_by_role("button", name=re.compile("^Carnet")).click()
    page.get_by_role("textbox", name="Carnet de réunion").fill("À revoir")
    page.get_by_role("button", name="Épingler la vue").click()
    page.get_by_role("link", name="Ouvrir le carnet", exact=True).click()
    link = page.get_by_role("link", name=re.compile("Taux d’activation")).first
    assert link.get_attribute("href").startswith(server.proxy.url("/carte"))
    page.goto(server.proxy.url("/relief?demo=1"))
    wait_for_page(page)
    page.locator("canvas").first.wait_for()
    page.wait_for_function(
        "() => { const c = document.querySelector('canvas');"
        "return c.width > 100 && !!(c.getContext('webgl2') ?? c.getContext('webgl')) }"
    )
    refused = [text for text in said if re.search("Content Security Policy|Refused to", text)]
    assert refused == []
    outside = [
        url for url in asked if not url.startswith((server.proxy.url("/"), "blob:", "data:"))
    ]
    assert outside == []
    page.close()


def test_a_stranger_writes_nothing_whatever_the_request_says(server, browser) -> None:
    before = server.files()
    forged = browser.new_context(
        ignore_https_errors=True, locale="fr-FR", extra_http_headers=FORGED
    )
    forged.add_cookies(
        [
            {"name": name, "value": "2|1:0|e30=|forged", "url": server.proxy.url("/")}
            for name in ("_streamlit_user", "_streamlit_user_tokens")
        ]
    )
    # Through the proxy, then on the machine itself by the name that it calls itself.
    page = opened(forged, server.proxy.url("/importer"))
    expect(
        page.get_by_text("Il faut être connecté pour avoir le rôle import").first
    ).to_be_visible()
    page = opened(forged, f"http://localhost:{server.site.port}/{BASE_PATH}/importer?jeton=x")
    expect(
        page.get_by_text("Il faut être connecté pour avoir le rôle import").first
    ).to_be_visible()
    give_file(page)
    expect(page.get_by_role("button", name="Utiliser pour cette session")).to_be_visible()
    expect(page.get_by_role("button", name=ACCEPT)).to_have_count(0)
    assert server.files() == before
    forged.close()


def test_an_address_that_is_not_verified_gives_no_role(server, visitor) -> None:
    page = signed_in(visitor, server, "unverified")
    expect(page.get_by_text("est vérifiée").first).to_be_visible()
    expect(page.get_by_role("button", name="Se connecter")).to_have_count(0)
    sign_out(page)
    page.close()


def test_an_importer_writes_until_the_role_is_withdrawn_then_signs_out(server, visitor) -> None:
    before = server.files()
    page = signed_in(visitor, server, "importer")
    give_file(page)
    page.get_by_text("J’ai vérifié ce qui est douteux").click()
    page.get_by_role("button", name=ACCEPT).click()
    expect(page.get_by_text("13 lignes ajoutées").first).to_be_visible()
    assert server.files()["2026.csv"] != before["2026.csv"]
    undo = page.get_by_role("button", name="Annuler cet import")
    expect(undo).to_be_visible()

    settings, written = server.site.folder / "config/server.yaml", server.files()
    roles = settings.read_text("utf-8")
    settings.write_text(roles.replace(ROLES, "import: {emails: []"), "utf-8")
    undo.click()
    expect(page.get_by_text("Rien n’a été écrit.").first).to_be_visible()
    assert server.files()["2026.csv"] == written["2026.csv"]
    settings.write_text(roles, "utf-8")

    go_to_imports(page)
    page.get_by_role("button", name=re.compile("Annuler")).first.click()
    expect(page.get_by_text("comme avant").first).to_be_visible()
    assert server.files() == before

    sign_out(page)
    page.close()
