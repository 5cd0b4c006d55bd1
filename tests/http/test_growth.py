"""What a server holds on to: nothing of a state of the store that is no longer asked."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

TOKEN = "a-token-for-tests-only"  # noqa: S105 -- guards nothing
KINDS = {
    "a reconciliation": "/reconcile?query=nato",
    "a page": "/",
    "a search": "/search?q=nato",
    "something unknown": "/id/organization/nobody",
    "a proof of nothing": "/explain?s=org:a&p=a&o=org:b",
    "a wrong query": f"/sparql?query={quote('SELECT * { ?s ?p ?o } ORDER BY')}",
    "a query": f"/sparql?query={quote('SELECT * { ?s ?p ?o }')}",
}


@pytest.fixture(scope="module")
def writable(serving, tmp_path_factory):
    folder = tmp_path_factory.mktemp("growth")
    (folder / "token").write_text(TOKEN, encoding="utf-8")
    options = ("--dataset", "separate", "--writable", "--token-file", folder / "token")
    with serving(folder / "store", *options) as running:
        running.token = TOKEN
        yield running


def generations_open(server):
    """For each process of the server, how many states of the store it has files of open."""
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text(encoding="ascii")
    for pid in children.split():
        links = [str(path.readlink()) for path in Path(f"/proc/{pid}/fd").iterdir() if path.is_symlink()]
        yield len({Path(link).parent for link in links if "/quads/" in link.removesuffix(" (deleted)")})


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="looks into /proc")
@pytest.mark.parametrize("kind", KINDS)
def test_a_worker_lets_go_of_a_state_of_the_store_when_it_turns_to_the_next(writable, kind):
    for number in range(12):
        text = f"DELETE WHERE {{ ?s ?p ?o }} ; INSERT DATA {{ <http://a.example/{number}> <http://a.example/p> 1 }}"
        assert writable.request("POST", "/update", text, content_type="application/sparql-update").status == 204
        assert writable.get(KINDS[kind], accept="text/html").status < 500
    found = list(generations_open(writable))
    assert len(found) >= 3
    assert max(found) <= 1
