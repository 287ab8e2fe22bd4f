"""The drawing engine opens no address: a server listens, and hears nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from atlas.export.image import ExportError, logo_png
from atlas.export.render_pool import RenderFailed, RenderPool

SVG = "http://www.w3.org/2000/svg"
PAGE = {
    "width": 200.0,
    "height": 150.0,
    "size": ("200px", "150px"),
    "title": "Une page",
    "description": "",
    "author": "",
    "dpi": 72,
    "provenance": "{}",
    "background": "#ffffff",
    "head": "",
    "legend": "",
    "foot": "",
    "box": [0.0, 0.0, 200.0, 150.0],
    "logo": "",
    "logo_box": [0.0, 0.0, 10.0, 10.0],
    "brand_line": "",
    "brand_line_box": [0.0, 0.0, 0.0, 0.0],
}


class Listener(ThreadingHTTPServer):
    """Answers everything, and keeps what was asked for."""

    def __init__(self) -> None:
        self.asked: list[str] = []

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.server.asked.append(self.path)
                self.send_response(200)
                self.end_headers()
                self.wfile.write(b'[{"a": 1, "b": 2}]')

            def log_message(self, *_) -> None: ...

        super().__init__(("127.0.0.1", 0), Answer)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


@pytest.fixture(scope="module")
def pool() -> Iterator[RenderPool]:
    made = RenderPool()
    yield made
    made.close()


def draw(pool: RenderPool, kind: str, spec: dict[str, object], **page: object) -> bytes:
    return pool.draw(
        {
            "kind": kind,
            "spec": {"width": 100, "height": 80, **spec},
            "shapes": {},
            "page": {**PAGE, **page},
            "expected": [],
            "marks": 0,
            "fills": {},
        }
    )


def test_data_that_stand_at_an_address_are_not_fetched(pool, listener):
    points = {
        "data": {"url": f"{listener.address}/rows.json"},
        "mark": "point",
        "encoding": {"x": {"field": "a", "type": "quantitative"}},
    }
    with pytest.raises(RenderFailed):
        draw(pool, "svg", points)
    assert listener.asked == []


@pytest.mark.parametrize("kind", ["svg", "png", "pdf"])
def test_a_picture_that_stands_at_an_address_is_not_fetched(pool, listener, kind):
    pictures = {
        "data": {"values": [{"url": f"{listener.address}/mark.png"}]},
        "mark": {"type": "image", "width": 20, "height": 20},
        "encoding": {"url": {"field": "url"}},
    }
    with pytest.raises(RenderFailed, match="une autre adresse"):
        draw(pool, kind, pictures)
    assert listener.asked == []


@pytest.mark.parametrize("name", ["href", "xlink:href"])
@pytest.mark.parametrize("part", ["image", "use", "feImage"])
def test_what_a_logo_names_is_not_fetched(pool, listener, part, name):
    inner = f'<{part} {name}="{listener.address}/logo.svg#a" width="10" height="10"/>'
    logo = (
        f'<svg xmlns="{SVG}" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">'
        f"{inner}<rect width='5' height='5'/></svg>"
    )
    with pytest.raises(ExportError, match="une autre adresse"):
        logo_png(logo, pool)
    assert listener.asked == []


def test_a_file_of_the_machine_is_not_read(pool, tmp_path):
    (tmp_path / "secret.svg").write_text(f'<svg xmlns="{SVG}" viewBox="0 0 1 1"/>', "utf-8")
    for address in (f"file://{tmp_path}/secret.svg", f"{tmp_path}/secret.svg"):
        with pytest.raises(ExportError, match="une autre adresse"):
            logo_png(
                f'<svg xmlns="{SVG}" viewBox="0 0 10 10"><image href="{address}"/></svg>', pool
            )
