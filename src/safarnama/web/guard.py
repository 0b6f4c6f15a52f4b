"""What stands before every page: who may ask, and what a browser may do with the answer."""

from __future__ import annotations

from ipaddress import ip_address

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Pictures are drawn with attributes and pages with style sheets, so no page needs an inline style or script.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_LARGEST = 1_000_000  # bytes of a request; questions are small
_UNSPECIFIED = ("0.0.0.0", "::", "")


class Guard:
    """Refuses names that are not ours (a page elsewhere may point its own name at this machine), writing from other sites
    and requests larger than any question; adds the headers."""

    def __init__(self, app: ASGIApp, host: str = "127.0.0.1") -> None:
        self.app = app
        self.host = host.strip("[]").casefold()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = self._refusal(scope["method"], headers)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answered.setdefault(name, value)
            await send(message)

        if refusal:
            status, said = refusal
            await PlainTextResponse(said, status)(scope, receive, with_headers)
            return
        await self.app(scope, receive, with_headers)

    def _refusal(self, method: str, headers: dict[str, str]) -> tuple[int, str] | None:
        if not self.knows(headers.get("host", "")):
            return 400, (
                "This name is not the one Safarnama listens at. Use http://127.0.0.1, or start it with --host NAME.\n"
                "سفرنامه به این نام گوش نمی‌دهد. از http://127.0.0.1 استفاده کنید یا با --host NAME اجرایش کنید.\n"
            )
        if method not in ("GET", "HEAD", "OPTIONS") and headers.get("sec-fetch-site", "none") not in (
            "none",
            "same-origin",
        ):
            return 403, "Another site may not write here.\nسایت دیگری نمی‌تواند اینجا بنویسد.\n"
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > _LARGEST:
            return 413, "The request is too large.\nدرخواست بیش از اندازه بزرگ است.\n"
        return None

    def knows(self, header: str) -> bool:
        """Whether a Host header names this machine as it was told to be called."""
        name = header.casefold()
        name = name[1 : name.find("]")] if name.startswith("[") else name.rpartition(":")[0] or name
        if name == self.host or name == "localhost" or name.endswith(".localhost"):
            return True
        try:
            address = ip_address(name)
        except ValueError:
            return False
        # Listening everywhere, any address may be ours; a name never is unless it was given.
        return address.is_loopback or self.host in _UNSPECIFIED
