"""Renew the pages of commands and rules, and what the sessions of README and guide print.

    python3 docs/renew.py            write the files anew
    python3 docs/renew.py --check    write nothing; say what differs and end with status 1

A session is a fenced `console` block whose command lines begin with `$ ssrgraph`. The sessions of a page are run in
order in a folder of their own, in which `ssrgraph build` has already been run.
Times ("12.3 s") differ from run to run and are not compared.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from ssrgraph.reasoning.economy import IMPLIED
from ssrgraph.reasoning.rules import rules

ROOT = Path(__file__).parent.parent
GUIDE = ROOT / "docs" / "guide"
SESSION = re.compile(r"(?<=^```console\n)\$ ssrgraph .*?(?=^```$)", re.MULTILINE | re.DOTALL)
TIME = re.compile(r"\b\d+(?:\.\d+)? ?s\b")
WIDTH = 100


def environment() -> dict[str, str]:
    """Return the environment of a reader's terminal: the commands of this Python, a fixed width, no colour."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**os.environ, "PATH": path, "COLUMNS": str(WIDTH), "LC_ALL": "C.UTF-8", "NO_COLOR": "1"}


def printed(command: str, folder: Path) -> str:
    """Return what a command line prints on its two outputs, as a terminal would show it; stop if it fails."""
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=environment(),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if done.returncode:
        sys.exit(f"An example ends with status {done.returncode}:\n$ {command}\n{done.stdout}")
    return "".join(f"{line.rstrip()}\n" for line in done.stdout.splitlines())


def reader_folder(folder: Path) -> None:
    """Lay out a folder as a reader's checkout."""
    for name in ("data", "queries"):
        (folder / name).symlink_to(ROOT / name)


def with_sessions(text: str, build: Path, first: str) -> str:
    """Return a page with all its sessions run.

    Args:
        text: The page.
        build: The folder `build` after `ssrgraph build`, copied for the page.
        first: What that build printed: what the page's first `$ ssrgraph build` prints.
    """
    said = {"ssrgraph build": first}

    def run(match: re.Match[str]) -> str:
        commands = re.findall(r"^\$ (.+(?:\\\n.+)*)$", match[0], re.MULTILINE)
        return "".join(f"$ {each}\n{said.pop(each, None) or printed(each, folder)}" for each in commands)

    if not SESSION.search(text):
        return text
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reader_folder(folder)
        shutil.copytree(build, folder / "build")
        return SESSION.sub(run, text)


def help_page() -> str:
    """Return the page of commands: each command's own help."""
    names = re.findall(r"^  ([a-z]+)  ", printed("ssrgraph --help", ROOT).partition("Commands:")[2], re.MULTILINE)
    parts = [
        "# Commands",
        "<!-- Made by docs/renew.py from the commands' own help; do not edit. -->",
        f"```text\n{printed('ssrgraph --help', ROOT)}```",
    ]
    for name in names:
        parts += [f"## ssrgraph {name}", f"```text\n{printed(f'ssrgraph {name} --help', ROOT)}```"]
    return "\n\n".join(parts) + "\n"


def rules_page() -> str:
    """Return the page of rules: the table that the reasoner, the proofs and the tests read."""
    names = "equality", "axioms about properties", "classes", "class axioms", "datatypes", "the schema"
    parts = [
        "# Rules of the reasoner",
        "<!-- Made by docs/renew.py from src/ssrgraph/reasoning/rules.py; do not edit. -->",
        (
            "These are the rules of OWL 2 RL/RDF (OWL 2 Profiles, section 4.3), under their names there. The reasoner, "
            "`ssrgraph explain`, the checker of proofs and the tests read this one table."
        ),
        (
            "What stands before `=>` is the condition, what stands behind it the conclusion; `false` means that the "
            "condition must not hold. `|` parts the statements of the schema that bind a property from those that use "
            "it. `?c in ?x`: the list at `?x` has the member `?c`; `?a , ?b in ?x`: two members at different places; "
            "`every ?c[i] in ?x`: what is said with `[i]` holds for every member."
        ),
    ]
    for table, name in enumerate(names, 4):
        lines = [f"{rule.name}: {rule.text}" for rule in rules().values() if rule.table == table]
        parts += [f"## Table {table}: {name}", "```text\n" + "\n".join(lines) + "\n```"]
    pairs = [f"`{rule}` by {' and '.join(f'`{one}`' for one in others)}" for rule, others in IMPLIED.items()]
    parts += [
        "## What is not tried",
        (
            "Some rules conclude what others conclude in two steps. The reasoner leaves them out, with the same "
            f"closure; proofs use all rules. They are: {', '.join(pairs)}."
        ),
    ]
    return "\n\n".join(parts) + "\n"


def renewed() -> dict[Path, str]:
    """Return every page as it should be."""
    pages = {GUIDE / "commands.md": help_page(), GUIDE / "rules.md": rules_page()}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        reader_folder(folder)
        first = printed("ssrgraph build", folder)
        for path in [ROOT / "README.md", *sorted(GUIDE.glob("*.md"))]:
            if path not in pages:
                pages[path] = with_sessions(path.read_text(encoding="utf-8"), folder / "build", first)
    return pages


def difference(path: Path, new: str) -> str:
    """Return how a page differs from what it should be, times apart; nothing if it does not."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    before, after = (TIME.sub("0 s", text).splitlines() for text in (old, new))
    return "\n".join(difflib.unified_diff(before, after, str(path.relative_to(ROOT)), "as it should be", lineterm=""))


def main() -> None:
    """Renew or check every page."""
    differences = [(path, new, difference(path, new)) for path, new in renewed().items()]
    for path, new, differs in differences:
        if differs:
            print(differs if "--check" in sys.argv else f"renewed {path.relative_to(ROOT)}")
            if "--check" not in sys.argv:
                path.write_text(new, encoding="utf-8")
    if "--check" in sys.argv and any(differs for _, _, differs in differences):
        sys.exit("The documentation is not what the commands print; renew it with `python3 docs/renew.py`.")


if __name__ == "__main__":
    main()
