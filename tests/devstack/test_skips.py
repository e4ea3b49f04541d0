import pytest

SKIPPING = """
import pytest

def test_page():
    pytest.skip("no Chromium")

@pytest.mark.skipif(True, reason="no compose file is running")
def test_other():
    pass
"""
ARGUMENTS = (
    "-p",
    "tests.support.skips",
    "-p",
    "no:xdist",
    "-W",
    "ignore::pytest.PytestUnknownMarkWarning",
)


def test_without_ci_a_skip_is_a_skip(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DESKBUS_CI", raising=False)
    pytester.makepyfile(SKIPPING)
    pytester.runpytest_subprocess(*ARGUMENTS).assert_outcomes(skipped=2)


def test_in_ci_a_skip_fails_and_says_why_unless_it_is_known(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESKBUS_CI", "1")
    pytester.makepyfile(SKIPPING)
    result = pytester.runpytest_subprocess(*ARGUMENTS)
    result.assert_outcomes(skipped=1, failed=1)
    result.stdout.fnmatch_lines(["*although CI has what it needs: *no Chromium*"])
