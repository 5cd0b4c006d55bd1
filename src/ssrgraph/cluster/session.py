"""A session with a cluster: begun, ended, and what it says put into a line."""

from __future__ import annotations

import os
import re
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ssrgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from pyspark.sql import SparkSession

_LOGGING = Path(__file__).with_name("log4j2.properties")
_QUIET = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.driver.extraJavaOptions": f"-Dlog4j2.configurationFile={_LOGGING.as_uri()}",
}
"""Settings that a user may set otherwise."""
_OWN = re.compile(r"ssrgraph\.[\w.]*Error: *(?P<words>[^\n]+)")
"""An error of this package, told by a worker."""
_CAUSE = re.compile(r"(?:Caused by: )?(?:[\w$]+\.)+[\w$]*(?:Exception|Error): *(?P<words>[^\n]+)")


class MissingSparkError(InputError):
    """PySpark is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "--engine spark needs PySpark, which is not installed: pip install 'ssrgraph[spark]' (and Java 17 or later)"
        )


class SparkError(InputError):
    """Spark cannot be started, or gave up.

    Args:
        master: The cluster as the caller named it.
        problem: What Spark says, in one phrase.
    """

    def __init__(self, master: str, problem: str) -> None:
        super().__init__(f"Spark at {master}: {problem}")
        self.master = master
        self.problem = problem


@contextmanager
def session(master: str, settings: Mapping[str, str] | None = None) -> Iterator[SparkSession]:
    """Begin a session with a cluster, and end it with the block.

    Args:
        master: The address of the cluster in Spark's words, such as `local[4]` or `spark://host:7077`.
        settings: Spark's own settings.

    Raises:
        MissingSparkError: PySpark is not installed.
        SparkError: The cluster cannot be reached, Java is missing, or a task failed again and again.
    """
    try:
        from pyspark.errors import PySparkException  # noqa: PLC0415 -- an extra, loaded only where it is asked for
        from pyspark.sql import SparkSession  # noqa: PLC0415
    except ImportError as error:
        raise MissingSparkError from error
    from py4j.protocol import Py4JError  # noqa: PLC0415 -- comes with PySpark

    builder = SparkSession.builder.master(master).appName("ssrgraph")
    for key, value in ({**_QUIET, **_python()} | dict(settings or {})).items():
        builder = builder.config(key, value)
    opened = None
    try:
        opened = builder.getOrCreate()
        yield opened
    except (PySparkException, Py4JError) as error:
        raise SparkError(master, _words(error)) from error
    finally:
        if opened is not None:
            opened.stop()


def _python() -> dict[str, str]:
    """Let the workers run the same Python at the same place, unless the environment says which."""
    return {} if "PYSPARK_PYTHON" in os.environ else {"spark.pyspark.python": sys.executable}


def _words(error: Exception) -> str:
    """Return the innermost cause that is told, in one line."""
    text = str(error)
    if "JAVA_GATEWAY_EXITED" in text or "JAVA_HOME" in text:
        return "cannot be started; it needs Java 17 or later (set JAVA_HOME)"
    if own := _OWN.search(text):
        return own["words"].strip()
    found = [match["words"].strip() for match in _CAUSE.finditer(text)]
    return found[-1] if found else text.strip().splitlines()[0]
