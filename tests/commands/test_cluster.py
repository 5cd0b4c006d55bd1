from __future__ import annotations

import pytest

WITHOUT_SPARK = "import sys; sys.modules['pyspark'] = None\n"


@pytest.mark.parametrize("command", ["build", "reason"])
def test_a_cluster_without_the_extra_says_what_to_install(own, command):
    arguments = (command, "documents", "--engine", "spark", "--master", "local", "--out", "there")
    done = own.starting_with(WITHOUT_SPARK, *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "ssrgraph: --engine spark needs PySpark, which is not installed: pip install 'ssrgraph[spark]' "
        "(and Java 17 or later)\n"
    )
    assert not (own.folder / "there").exists()
