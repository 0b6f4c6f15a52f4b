"""The page that says what the API can do. Drawn here from its own description: nothing comes from elsewhere."""

from __future__ import annotations

from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from safarnama.web.rendering import page

router = APIRouter(include_in_schema=False)


@router.get("/api/docs")
def show(request: Request) -> HTMLResponse:
    """The page."""
    described = request.app.openapi()
    calls = [
        _call(path, method, call) for path, methods in described["paths"].items() for method, call in methods.items()
    ]
    schemas = described.get("components", {}).get("schemas", {})
    return page(request, "api.html", place="", described=described, calls=calls, schemas=schemas, shape=_shape)


def _call(path: str, method: str, call: dict[str, Any]) -> dict[str, Any]:
    body = call.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    answer = call["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema")
    return {
        "path": path,
        "method": method.upper(),
        "about": call.get("description", call.get("summary", "")).replace("``", ""),
        "parameters": call.get("parameters", []),
        "body": body,
        "answer": answer,
        "id": f"{method}{path}".replace("/", "-").replace("{", "").replace("}", ""),
    }


def _shape(schema: dict[str, Any] | None) -> str:
    """A schema in a word or two."""
    if not schema:
        return "–"
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "anyOf" in schema:
        return " | ".join(_shape(each) for each in schema["anyOf"])
    if schema.get("type") == "array":
        return f"[{_shape(schema.get('items'))}]"
    if "enum" in schema:
        return " | ".join(orjson.dumps(each).decode() for each in schema["enum"])
    return str(schema.get("type", "any"))
