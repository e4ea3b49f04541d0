"""At the root, because tests live beside each service as well as in tests/."""

pytest_plugins = [
    "pytester",
    "chassis.testing",
    "tests.support.documented",
    "tests.support.memory",
    "tests.support.servers",
    "tests.support.skips",
    "tests.support.trials",
]
