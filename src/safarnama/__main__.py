"""``python -m safarnama``: the command, where its script is not on the path."""

from safarnama.cli import main

main()
