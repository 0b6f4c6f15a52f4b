"""Reading maps that were made elsewhere: one file of this folder reads one form, and says what it could not carry over."""

from __future__ import annotations

from safarnama.maps.reading.opening import FORMS, read
from safarnama.maps.reading.reading import Left, Reading

__all__ = ["FORMS", "Left", "Reading", "read"]
