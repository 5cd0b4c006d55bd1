from __future__ import annotations

WITHOUT_SPARK = "import sys; sys.modules['pyspark'] = None\n"


def test_a_build_on_a_cluster_without_the_extra_says_what_to_install(own):
    arguments = ("build", "documents", "--engine", "spark", "--master", "local", "--out", "there")
    done = own.starting_with(WITHOUT_SPARK, *arguments)
    assert (done.status, done.out) == (2, "")
    assert done.err == (
        "ssrgraph: --engine spark needs PySpark, which is not installed: pip install 'ssrgraph[spark]' "
        "(and Java 17 or later)\n"
    )
    assert not (own.folder / "there").exists()
