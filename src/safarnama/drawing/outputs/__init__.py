"""What a drawing can leave as: one file of this folder is one output."""

SHARED = ("output",)
