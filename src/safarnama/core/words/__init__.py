"""Words in two languages: sentences, numbers, days, directions, and one form for matching."""

from safarnama.core.words.text import LANGUAGES, Language, Text

__all__ = ["LANGUAGES", "Language", "Text"]
