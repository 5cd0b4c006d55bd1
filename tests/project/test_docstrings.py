from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import ssrgraph

MODULES = [
    module.name for module in pkgutil.walk_packages(ssrgraph.__path__, "ssrgraph.") if "__main__" not in module.name
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_give_what_they_say(name):
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if name.startswith("ssrgraph.cluster.") and error.name in {"py4j", "pyspark"}:
            pytest.skip("the extra for clusters is not installed")
        raise
    failures, _ = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert failures == 0
