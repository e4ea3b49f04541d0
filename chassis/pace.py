"""How often a service takes what has come: at once for people at work, in larger portions under a flood."""

import time


class Pace:
    """When to begin again: at once, unless there was much to do lately. Then it is worth gathering for a moment."""

    AT_ONCE = 20
    """So many times in a row nobody waits."""
    A_SECOND = 10.0
    """How often one begins in a flood, at most."""
    LONGEST_SECONDS = 0.5
    """For so long one gathers at most."""

    def __init__(self) -> None:
        self._left = float(self.AT_ONCE)
        self._at = time.monotonic()

    def wait_seconds(self, worked: float = 0.0) -> float:
        """How long to wait now; counts as the beginning that then comes. `worked` is how long the last one took.

        In a flood one rests for as long as one has worked: a machine that is short of processors has fewer and
        larger portions to do, and room for whoever cannot wait.
        """
        now = time.monotonic()
        self._left = min(self.AT_ONCE, self._left + (now - self._at) * self.A_SECOND) - 1
        self._at = now
        wait = -self._left / self.A_SECOND
        return max(wait, min(worked, self.LONGEST_SECONDS)) if wait > 0 else 0.0
