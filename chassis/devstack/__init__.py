"""The servers that Deskbus needs, as child processes on loopback: for `make run`, the tests and the benches.

Each server is a small class with `start`, `stop`, `kill` and a context manager. They all run without Docker, and none
of them is used in production, where the addresses come from the settings.
"""
