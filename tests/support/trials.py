"""What hypothesis tries may take as long as a busy machine needs: a slow example is no wrong one."""

from hypothesis import settings

# Beside what hypothesis chooses itself: in CI the same examples in every run.
settings.register_profile("deskbus", settings.default, deadline=None)
settings.load_profile("deskbus")
