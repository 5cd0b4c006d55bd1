"""Write the golden files anew: the whole graph of the five documents and their fact tables.

    python3 tests/golden/renew.py

Read the differences before you commit them: each is a change of what the product says about real documents.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
DOCUMENTS = HERE.parent.parent / "data" / "documents"
SSRGRAPH = str(Path(sys.executable).with_name("ssrgraph"))


def main() -> None:
    """Build the documents unless a store of them is given, and write its tables and its graphs."""
    parser = argparse.ArgumentParser(description="Write the golden files anew.")
    parser.add_argument("--into", type=Path, default=HERE, help="the folder that gets `tables` and `graphs`")
    parser.add_argument("--store", help="a store of the five documents that is built already")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = options.store or str(Path(folder) / "store")
        if not options.store:
            ssrgraph("build", str(DOCUMENTS), "--store", store)
        for name in ("tables", "graphs"):
            shutil.rmtree(options.into / name, ignore_errors=True)
            (options.into / name).mkdir(parents=True)
        ssrgraph("facts", "--all", "--format", "csv", "--out", str(options.into / "tables"), "--store", store)
        dump = Path(folder) / "dump.nq"
        ssrgraph("export", "--canonical", "--out", str(dump), "--store", store)
        write_graphs(dump.read_bytes(), options.into / "graphs")


def ssrgraph(*arguments: str) -> None:
    """Run the command."""
    subprocess.run([SSRGRAPH, *arguments], check=True)


def write_graphs(dump: bytes, folder: Path) -> None:
    """Write the canonical dump in one file a named graph, so that a difference shows where it belongs.

    The lines are sorted, so that all files together, sorted, are the dump again.
    """
    lines: dict[str, list[bytes]] = {}
    for line in dump.splitlines(keepends=True):
        graph = line.rpartition(b" <")[2].partition(b">")[0].decode()
        lines.setdefault(graph.rpartition("/graph/")[2].replace("/", "-"), []).append(line)
    for name, quads in lines.items():
        (folder / f"{name}.nq").write_bytes(b"".join(quads))


if __name__ == "__main__":
    main()
