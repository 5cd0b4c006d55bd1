from __future__ import annotations

import json
import subprocess
import sys

import pytest

HEAVY = {
    "rdflib",
    "owlrl",
    "pyshacl",
    "pyld",
    "spacy",
    "thinc",
    "numpy",
    "pyoxigraph",
    "rich",
    "uvicorn",
    "starlette",
    "httptools",
    "jinja2",
    "requests",
    "trafilatura",
    "lxml",
    "pypdfium2",
    "docx",
    "markdown_it",
    "py3langid",
    "charset_normalizer",
    "pyspark",
}
LOADED = """
import json, sys
from ssrgraph.cli import main
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print("\\n" + json.dumps(sorted({name.partition(".")[0] for name in sys.modules})))
"""


def loaded_by(*arguments: str) -> set[str]:
    run = [sys.executable, "-c", LOADED, *arguments]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [["--help"], ["--version"]])
def test_help_and_version_load_no_heavy_library(arguments):
    assert loaded_by(*arguments) & HEAVY == set()


def test_the_package_itself_loads_nothing():
    run = [sys.executable, "-c", "import sys, ssrgraph; print(sorted(sys.modules))"]
    done = subprocess.run(run, capture_output=True, text=True, check=True)
    assert [name for name in HEAVY if f"'{name}'" in done.stdout] == []


def test_reading_plain_text_loads_no_library_of_another_format():
    code = (
        "import sys; from pathlib import Path; from ssrgraph.documents import parse_document\n"
        "parse_document(b'Canada trained 40 officers in 2014.', name=Path('a.txt')); print(sorted(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert [name for name in HEAVY if f"'{name}'" in done.stdout] == []
