from __future__ import annotations

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import pytest

# The tests are imported as loose files; what they share lies above them.
sys.path.insert(0, str(Path(__file__).parents[1]))
# The graphs that are measured are compared as well.
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))


@pytest.fixture(scope="session", autouse=True)
def _spark():
    """Skip where PySpark or Java is missing; keep Spark on this machine's own address."""
    if importlib.util.find_spec("pyspark") is None or shutil.which("java") is None:
        pytest.skip("needs the extra ssrgraph[spark] and Java")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
