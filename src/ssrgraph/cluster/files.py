"""Files on whatever file system the cluster reads: the local one, HDFS, S3 and others, by Hadoop's names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssrgraph.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pyspark.sql import SparkSession


class OutputUsedError(InputError):
    """What is to be written to holds something already.

    Args:
        out: The folder.
    """

    def __init__(self, out: str) -> None:
        super().__init__(f"{out}: holds something already; choose another folder, or replace it with --force")
        self.out = out


def parent_of(path: str) -> str:
    """Return the folder that a file lies in."""
    return path.rpartition("/")[0]


class Files:
    """The file systems of a session.

    Args:
        spark: The session.
    """

    def __init__(self, spark: SparkSession) -> None:
        self._jvm: Any = spark._jvm  # noqa: SLF001 -- PySpark has no other way to Hadoop's file systems
        self._configuration = spark._jsc.hadoopConfiguration()  # noqa: SLF001 -- as above

    def resolve(self, name: str) -> list[tuple[str, bool]]:
        """Return what a name means, each with whether it is a folder: one path, or several if it has wildcards."""
        path, system = self._at(name)
        if system.exists(path):
            return [self._told(system.getFileStatus(path))]
        return [self._told(one) for one in system.globStatus(path) or ()]

    def names(self, folder: str, pattern: str) -> list[str]:
        """Return the files of a folder whose names have a pattern, sorted."""
        path, system = self._at(folder)
        wanted = self._jvm.org.apache.hadoop.fs.Path(path, pattern)
        told = [self._told(one) for one in system.globStatus(wanted) or ()]
        return sorted(name for name, is_folder in told if not is_folder)

    def is_used(self, folder: str) -> bool:
        """Say whether there is a file of this name, or a folder that holds something."""
        path, system = self._at(folder)
        return bool(system.exists(path)) and (
            not system.getFileStatus(path).isDirectory() or len(system.listStatus(path)) > 0
        )

    def read(self, name: str) -> bytes | None:
        """Return the bytes of a small file, None if there is none."""
        path, system = self._at(name)
        if not system.exists(path):
            return None
        stream = system.open(path)
        try:
            return bytes(stream.readAllBytes())
        finally:
            stream.close()

    def write(self, name: str, content: bytes) -> None:
        """Write a small file."""
        path, system = self._at(name)
        stream = system.create(path, True)  # noqa: FBT003 -- Java has no keywords: replaces what is there
        try:
            stream.write(bytearray(content))
        finally:
            stream.close()

    def delete(self, folder: str) -> None:
        """Delete a folder with all that is in it; harmless if it is not there."""
        path, system = self._at(folder)
        system.delete(path, True)  # noqa: FBT003 -- Java has no keywords: with what is in it

    def gather(self, parts: str, folder: str, names: Sequence[str]) -> int:
        """Move the files that Spark wrote to a folder into another one, each under a name of its own.

        Args:
            parts: The folder that Spark wrote; is deleted.
            folder: Where the files go; made if it is missing.
            names: What stands before and behind the number of each.

        Returns:
            How many files there are.
        """
        before, behind = names
        path, system = self._at(folder)
        system.mkdirs(path)
        found = self.names(parts, "part-*")
        for number, part in enumerate(found):
            target = self._jvm.org.apache.hadoop.fs.Path(path, f"{before}{number:05}{behind}")
            system.rename(self._at(part)[0], target)
        self.delete(parts)
        return len(found)

    def _at(self, name: str) -> tuple[Any, Any]:
        path = self._jvm.org.apache.hadoop.fs.Path(name)
        return path, path.getFileSystem(self._configuration)

    def _told(self, status: Any) -> tuple[str, bool]:  # noqa: ANN401 -- an object of Java
        return str(status.getPath().toString()), bool(status.isDirectory())
