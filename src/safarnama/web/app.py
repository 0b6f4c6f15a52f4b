"""The app: pages, API, and what they are made of."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from safarnama.core.workspace import Workspace
from safarnama.drawing import tokens
from safarnama.web import api, api_docs
from safarnama.web.guard import Guard
from safarnama.web.mistakes import teach
from safarnama.web.pages import ask, atlas, card, data, findings, map
from safarnama.web.shelf import Shelf

_HERE = Path(str(files("safarnama.web")))


def create_app(workspace: Workspace, host: str = "127.0.0.1") -> FastAPI:
    """The app of one workspace. ``host`` is the name it is called by, besides the names of this machine itself."""
    app = FastAPI(
        title="Safarnama",
        version=_version(),
        description="Customer journey maps, questions and findings of one workspace.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
    )
    app.state.shelf = Shelf(workspace)
    app.add_middleware(Guard, host=host)
    teach(app)
    for place in (atlas, map, card, ask, findings, data, api, api_docs):
        app.include_router(place.router)
    app.add_api_route("/styles/tokens.css", _tokens, include_in_schema=False)
    app.mount("/styles", StaticFiles(directory=_HERE / "styles"), name="styles")
    # Made by the build hook; without them pages still work, in another font and without zoom.
    app.mount("/static", StaticFiles(directory=_HERE / "static", check_dir=False), name="static")
    return app


def _version() -> str:
    try:
        return version("safarnama")
    except PackageNotFoundError:  # run from its sources, not installed
        return "0"


def _tokens() -> Response:
    """The colours as custom properties: light, dark where the device is, or as the reader chose."""
    dark = tokens.css("", "dark")
    return Response(
        tokens.css(":root")
        + ":root{color-scheme:light}"
        + f"@media (prefers-color-scheme:dark){{:root[data-theme=auto]{dark}:root[data-theme=auto]{{color-scheme:dark}}}}"
        + f":root[data-theme=dark]{dark}:root[data-theme=dark]{{color-scheme:dark}}"
        + tokens.css(":root[data-theme=safe]", "safe"),
        media_type="text/css",
        headers={"cache-control": "no-cache"},
    )
