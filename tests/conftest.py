"""Property tests: as many examples as HYPOTHESIS_PROFILE names, and no deadline, since machines differ.

quick and thorough draw the same examples each time, so that a red run is due to the change that it judges; explore
draws new ones.
"""

import os
import sys
from collections import Counter

import pytest
from hypothesis import Phase, settings

import model.table  # noqa: F401  # before openpyxl: it says which of its two writers is used

settings.register_profile("quick", max_examples=100, deadline=None, derandomize=True)
settings.register_profile("thorough", max_examples=3000, deadline=None, derandomize=True)
settings.register_profile("explore", max_examples=3000, deadline=None)
settings.register_profile(  # of tests/mutants.py: few, the same each time, and the first failure will do
    "mutants",
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    report_multiple_bugs=False,
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.hookimpl(tryfirst=True)  # before -m leaves any out
def pytest_collection_modifyitems(items):
    places = Counter()
    for item in items:
        sweep = item.get_closest_marker("sweep")
        if sweep and places[item.originalname] % sweep.args[0]:
            item.add_marker(pytest.mark.thorough)
        places[item.originalname] += bool(sweep)


def pytest_sessionstart():
    if os.environ.get("MUTANT_UNDER_TEST"):
        _forget()


def pytest_runtest_setup():
    if os.environ.get("MUTANT_UNDER_TEST") == "stats":  # which tests reach a function, each for itself
        _forget()


def _forget():
    """Empties the caches of a process forked by mutmut: what the sound code computed hides a mutant."""
    for module in tuple(sys.modules.values()):
        if (getattr(module, "__file__", None) or "").startswith(os.getcwd()):
            for value in tuple(vars(module).values()):
                if hasattr(value, "cache_clear"):
                    value.cache_clear()
