"""Side-by-side measurements: what Deskbus does, each beside its floor in the same run. `make bench` runs all."""
