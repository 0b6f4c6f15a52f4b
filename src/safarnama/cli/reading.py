"""Reading a map that somebody names: in whatever form, and with a word on what it could not hold."""

from __future__ import annotations

from pathlib import Path

from safarnama.cli.spoken import language, note
from safarnama.core.words import Text
from safarnama.maps.model import Map
from safarnama.maps.reading import read

_MOST = 12
_LEFT = Text(en="Not carried over from {path}:", fa="آنچه از {path} نیامد:")
_MORE = Text(en="… and {n:count} more", fa="… و {n:count} مورد دیگر")


def map_in(path: Path) -> Map:
    """The map in a file; what could not be carried over is told beside the output."""
    reading = read(path)
    if reading.left:
        note(_LEFT, path=path)
        for left in reading.left[:_MOST]:
            note(Text(en="– {said}", fa="– {said}"), said=left.say(language()))
        if len(reading.left) > _MOST:
            note(_MORE, n=len(reading.left) - _MOST)
    return reading.map
