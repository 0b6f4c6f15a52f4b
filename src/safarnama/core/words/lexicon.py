"""What the names in a company's data mean: titles in both languages, a stage, a channel, an icon, success or failure.

Names that the lexicon does not know keep their own letters in both languages. Nothing that is counted depends on it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from safarnama.core.words.normalise import key
from safarnama.core.words.text import Text


@dataclass(frozen=True, slots=True)
class Entry:
    """What a touchpoint's name says. ``sign`` is -1 for a failure, +1 for an achievement, 0 for neither."""

    title: Text
    stage: str | None = None
    channel: str | None = None
    icon: str = "circle-dot"
    sign: int = 0


@lru_cache(maxsize=1)
def _lexicon() -> dict[str, Any]:
    text = files("safarnama.core.words").joinpath("lexicon.yaml").read_text(encoding="utf-8")
    lexicon: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    lexicon["words"] = {key(word): known for word, known in lexicon["words"].items()}
    lexicon["persian values"] = {key(known["fa"]): known for known in lexicon["values"].values()}
    lexicon["channel names"] = {
        key(spelling.replace("_", " ")): name
        for name, known in lexicon["channels"].items()
        for spelling in (name, known["en"], known["fa"], *known["names"])
    }
    return lexicon


def words_of(name: str) -> list[str]:
    """The words in a name: ``productViewed``, ``product_viewed`` and ``Product Viewed`` give the same two."""
    apart = re.sub(r"(?<=[a-z\d])(?=[A-Z])", " ", name)
    return re.findall(r"[^\W\d_]+|\d+", key(apart))


def is_thing(word: str) -> bool:
    """Whether a word names a thing (cart, payment) rather than an act or a quality."""
    known = _lexicon()["words"].get(word)
    return known is not None and known.get("kind", "noun") == "noun" and "sign" not in known


@lru_cache(maxsize=65_536)
def touchpoint(name: str) -> Entry:
    """What a touchpoint's name says.

    >>> touchpoint("payment_failed").title.fa, touchpoint("payment_failed").sign
    ('پرداخت ناموفق', -1)
    >>> touchpoint("gift card opened").title.fa
    'باز کردن کارت هدیه'
    >>> touchpoint("purchase@app").title.fa
    'خرید (اپلیکیشن)'
    """
    what, _, where = name.rpartition("@")
    if what and where:  # a touchpoint together with its channel
        met, there = touchpoint(what), value_title(where)
        said = Text(f"{met.title.en} ({there.en})", f"{met.title.fa} ({there.fa})")
        return replace(met, title=said, channel=channel(where) or met.channel)
    lexicon = _lexicon()
    words = words_of(name)
    known = [lexicon["words"].get(word) for word in words]
    phrase = lexicon["phrases"].get("_".join(words))
    title = Text(phrase["en"], phrase["fa"]) if phrase else _title(name, words, known)
    hints = [word for word in known if word]
    # The most telling word comes last in Persian order and first or last in English: take the first hint of each sort.
    signs = [word["sign"] for word in hints if "sign" in word]
    return Entry(
        title=title,
        stage=(phrase or {}).get("stage") or next((word["stage"] for word in hints if "stage" in word), None),
        channel=next((word["channel"] for word in hints if "channel" in word), None),
        icon=next(
            (word["icon"] for word in sorted(hints, key=lambda word: word.get("sign", 0)) if "icon" in word),
            "circle-dot",
        ),
        sign=min(signs) if signs and min(signs) < 0 else max(signs, default=0),
    )


def channel(name: str) -> str | None:
    """The channel of that name or spelling: ``channel("e-mail")`` is "email"; None when it is no known one."""
    found: str | None = _lexicon()["channel names"].get(" ".join(words_of(name)))
    return found


def channel_title(name: str) -> Text:
    """A channel's title; its own letters when it is not known."""
    known = _lexicon()["channels"].get(channel(name) or "")
    return Text(known["en"], known["fa"]) if known else Text(name, name)


def channel_icon(name: str) -> str:
    known = _lexicon()["channels"].get(channel(name) or "")
    return known["icon"] if known else "circle-dot"


def stages() -> dict[str, dict[str, Any]]:
    """The usual stages of a journey in order: name → titles and tagline."""
    found: dict[str, dict[str, Any]] = _lexicon()["stages"]
    return found


def attribute_title(name: str) -> Text:
    known = _lexicon()["attributes"].get("_".join(words_of(name)))
    return Text(known["en"], known["fa"]) if known else Text(name, name)


def value_title(value: str) -> Text:
    """A value of an attribute, such as a device or a city."""
    known = _lexicon()["values"].get("_".join(words_of(value))) or _lexicon()["persian values"].get(key(value))
    return Text(known["en"], known["fa"]) if known else channel_title(value)


def _title(name: str, words: list[str], known: list[dict[str, Any] | None]) -> Text:
    if not words or not all(known) or not any("fa" in word for word in known if word):
        return Text(_in_english(name), _in_english(name))
    parts = [word for word in known if word]
    if any("en" in word for word in parts):  # a Persian name: its own words are its title
        return Text(
            " ".join(word.get("en", "") for word in reversed(parts)).strip().capitalize(),
            name.replace("_", " "),
        )
    # "gift card opened": the act in front, then the nouns from the last to the first, each with its adjectives.
    acts = [word["fa"] for word in parts if word.get("kind") == "verb"]
    after = [word["fa"] for word in parts if word.get("kind") == "adjective"]
    things = [word["fa"] for word in parts if word.get("kind", "noun") == "noun"]
    return Text(_in_english(name), " ".join([*acts, *reversed(things), *after]))


def _in_english(name: str) -> str:
    """A name as a title: words apart, first letter large; codes (e17, T02 Check) keep their letters."""
    apart = name.replace("_", " ").strip()
    if re.fullmatch(r"[a-z]+(?:[A-Z][a-z]+)+", apart):  # productViewed
        apart = re.sub(r"(?=[A-Z])", " ", apart).lower()
    if re.fullmatch(r"[a-z ]{3,}[a-z\d ]*", apart):
        return apart[0].upper() + apart[1:]
    return apart or name
