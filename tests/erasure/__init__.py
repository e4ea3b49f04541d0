"""Provable erasure (N4): what was planted in a case is found nowhere once the case was deleted."""
