"""The locks hold what pyproject.toml asks for, with hashes, and name no place to fetch from."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCKED = re.compile(r"^(\S+?)==(\S+)", re.MULTILINE)


def required(*groups: str) -> list[Requirement]:
    return [Requirement(line) for line in PYPROJECT["project"]["dependencies"] + members(*groups)]


def members(*groups: str) -> list[str]:
    found: list[str] = []
    for entry in [entry for group in groups for entry in PYPROJECT["dependency-groups"][group]]:
        found += members(included(entry)) if isinstance(entry, dict) else [entry]
    return found


def included(entry: dict[str, Any]) -> str:
    return str(entry["include-group"])


def locked(name: str) -> dict[str, str]:
    found = LOCKED.findall((ROOT / name).read_text())
    return {canonicalize_name(package): version for package, version in found}


@pytest.mark.parametrize(
    ("lock", "groups"),
    [("requirements.lock", ["services"]), ("requirements-dev.lock", ["services", "dev"])],
)
def test_every_requirement_is_locked_at_a_version_that_it_allows(
    lock: str, groups: list[str]
) -> None:
    versions = locked(lock)
    unmet = [
        str(requirement)
        for requirement in required(*groups)
        if not requirement.specifier.contains(versions.get(canonicalize_name(requirement.name), ""))
    ]
    assert unmet == [], "run `make lock`"


def test_both_locks_agree() -> None:
    development = locked("requirements-dev.lock")
    assert {name: development.get(name) for name in locked("requirements.lock")} == locked(
        "requirements.lock"
    )


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_every_entry_has_a_hash_and_none_an_address(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert "://" not in text
    assert "--index-url" not in text
    assert "--find-links" not in text
    entries = re.split(r"^(?=\S+==)", text, flags=re.MULTILINE)[1:]
    assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
