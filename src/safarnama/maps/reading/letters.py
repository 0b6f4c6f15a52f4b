"""Text out of the bytes of a file, in whatever encoding people's programs write."""

from __future__ import annotations

import io

from safarnama.core.words import Text
from safarnama.maps.reading.reading import Left, unreadable
from safarnama.sources.reading.encoding import detect, lines_of

_NAMES = {
    "cp1256": "Windows-1256",
    "latin-1": "Latin-1",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-16": "UTF-16",
}
# Windows-1256 has no Persian yeh and kaf: programs write the Arabic ones in their place.
_TO_PERSIAN = str.maketrans({"ي": "ی", "ك": "ک"})


def decoded(data: bytes, name: str) -> tuple[str, tuple[Left, ...]]:
    """The text, and what had to be guessed for it. Raises ``Mistake`` for what is no text."""
    encoding = detect(data)
    if encoding is None:
        raise unreadable(name, _BINARY)
    if encoding in ("utf-8", "utf-8-sig"):
        try:
            return data.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            return "".join(lines_of(io.BytesIO(data), encoding)), (Left(_MENDED, {}),)
    text = data.decode(encoding, "replace").removeprefix("\ufeff")
    if encoding == "cp1256":
        return text.translate(_TO_PERSIAN), (Left(_PERSIAN, {"name": _NAMES[encoding]}),)
    return text, (Left(_GUESSED, {"name": _NAMES[encoding]}),)


_BINARY = Text(en="it is not text", fa="متن نیست")
_GUESSED = Text(
    en="the text is not UTF-8 and was read as {name}; look whether its letters are right",
    fa="متن UTF-8 نیست و {name} خوانده شد؛ ببینید حرف‌هایش درست است یا نه",
)
_PERSIAN = Text(
    en="the text is not UTF-8 and was read as {name}, its Arabic ي and ك as Persian ی and ک; look whether its letters are right",
    fa="متن UTF-8 نیست و {name} خوانده شد، «ي» و «ك» عربی‌اش «ی» و «ک» فارسی؛ ببینید حرف‌هایش درست است یا نه",
)
_MENDED = Text(
    en="some lines are not UTF-8 and were read in the encoding they look like; look whether their letters are right",
    fa="چند سطر UTF-8 نیست و با رمزگذاری‌ای که به آن می‌ماند خوانده شد؛ ببینید حرف‌هایش درست است یا نه",
)
