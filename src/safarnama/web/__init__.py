"""Pages and API: the same things as the library and the command line, in a browser. Nothing leaves the machine."""
