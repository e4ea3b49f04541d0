"""Everything delivered twice, and everything from the start: nothing may change, and nobody hears anything again."""
