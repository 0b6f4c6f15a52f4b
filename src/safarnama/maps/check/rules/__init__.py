"""What a good map has: one file of this folder is one rule."""
