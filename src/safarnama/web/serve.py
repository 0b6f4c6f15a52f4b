"""Serving a workspace on this machine."""

from __future__ import annotations

import errno
import socket

from safarnama.core.errors import Mistake
from safarnama.core.words import Text
from safarnama.core.workspace import Workspace

_READY = Text(
    en="{title}: {address}\nEverything stays on this machine. Ctrl+C ends it.",
    fa="{title}: {address}\nهمه چیز روی همین دستگاه می‌ماند. Ctrl+C پایان می‌دهد.",
)
_OPEN = Text(
    en="Whoever reaches this machine can read it: there are no accounts yet.",
    fa="هر که به این دستگاه دسترسی دارد می‌تواند ببیند: هنوز حساب کاربری در کار نیست.",
)
_IN_USE = Text(
    en="Port {port} is in use, perhaps by another safarnama serve. Choose another: --port {other}",
    fa="درگاه {port} در حال استفاده است، شاید با safarnama serve دیگری. درگاه دیگری بدهید: --port {other}",
)
_FORBIDDEN = Text(
    en="Port {port} needs more rights than you have. Choose one above 1023: --port 8000",
    fa="درگاه {port} اجازه‌ای بیش از اجازه شما می‌خواهد. یکی بالای ۱۰۲۳ بدهید: --port 8000",
)
_NO_ADDRESS = Text(
    en="{host} is not an address of this machine ({reason}). Leave --host out, or use 0.0.0.0 for all its addresses.",
    fa="{host} نشانی این دستگاه نیست ({reason}). بدون --host اجرا کنید، یا برای همه نشانی‌ها 0.0.0.0 بدهید.",
)
_NO_PORT = Text(
    en="{port} is not a port. Choose one from 1 to 65535: --port 8000",
    fa="{port} درگاه نیست. عددی از ۱ تا ۶۵۵۳۵ بدهید: --port 8000",
)


def serve(workspace: Workspace, host: str = "127.0.0.1", port: int = 8000, language: str = "en") -> None:
    """Serve pages and API until interrupted. Says where in ``language``; raises ``Mistake`` when it cannot listen there."""
    import uvicorn

    from safarnama.web.app import create_app

    listening = listen(host, port)
    number = listening.getsockname()[1]
    shown = "127.0.0.1" if host in ("0.0.0.0", "::", "") else host
    address = f"http://[{shown}]:{number}" if ":" in shown else f"http://{shown}:{number}"
    print(_READY.say(language, title=workspace.settings.title or "Safarnama", address=address), flush=True)
    if host not in ("127.0.0.1", "::1", "localhost"):
        print(_OPEN.say(language), flush=True)
    config = uvicorn.Config(create_app(workspace, host), log_level="warning", server_header=False, date_header=True)
    with listening:
        uvicorn.Server(config).run(sockets=[listening])


def free_port(host: str, first: int = 8000) -> int:
    """The first port from ``first`` on that nobody listens on; ``first`` itself when twenty are taken."""
    for port in range(first, first + 20):
        try:
            listen(host, port).close()
        except Mistake:
            continue
        return port
    return first


def listen(host: str, port: int) -> socket.socket:
    """A socket bound there. Raises ``Mistake`` that says why not."""
    if not 0 <= port <= 65535:
        raise Mistake(_NO_PORT, port=port)
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host or None, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Mistake(_NO_ADDRESS, host=host, reason=error.strerror or error) from error
    listening = socket.socket(family, kind, protocol)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind(address)
        listening.listen(128)
    except OSError as error:
        listening.close()
        if error.errno == errno.EADDRINUSE:
            raise Mistake(_IN_USE, port=port, other=port + 1 if port < 65535 else 8000) from error
        if error.errno in (errno.EACCES, errno.EPERM):
            raise Mistake(_FORBIDDEN, port=port) from error
        raise Mistake(_NO_ADDRESS, host=host, reason=error.strerror or error) from error
    return listening
