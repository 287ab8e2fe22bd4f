"""A publication as one web page that needs no server."""

from atlas.export.web.page import web_page

__all__ = ["web_page"]
