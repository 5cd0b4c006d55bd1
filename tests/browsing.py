"""A real browser: what opens pages in it, and what axe-core finds against them."""

from __future__ import annotations

import os

import pytest

REQUIRED = "SSRGRAPH_REQUIRE_BROWSER"
"""Set where a missing browser is a failure and no reason to skip."""
OPTIONS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def missing(what):
    if os.environ.get(REQUIRED):
        pytest.fail(f"{what}, and {REQUIRED} is set")
    pytest.skip(what)


class Visits:
    """Opens pages of a server, each in a context of its own; a context manager.

    At the end, no page may have told of an error or of a refused script or style.
    """

    def __init__(self, browser, address):
        self._browser, self._address = browser, address
        self._contexts, self._told = [], []

    def __enter__(self):
        return self.open

    def __exit__(self, kind, *_):
        for context in self._contexts:
            context.close()
        if kind is None:
            # A status that the test itself looks at is told here as well.
            assert [each for each in self._told if "the server responded with a status of 40" not in each] == []

    def open(self, path, **options):
        """Open a page."""
        context = self._browser.new_context(base_url=self._address, **options)
        self._contexts.append(context)
        context.set_default_timeout(10_000)
        page = context.new_page()
        page.on("console", lambda message: self._tell(message.text) if message.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self._tell(str(error)))
        page.goto(path)
        page.wait_for_load_state("networkidle")
        return page

    def _tell(self, text):
        self._told.append(text)


def violations(page, source):
    page.evaluate(source)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", TAGS)
    return [
        f"{each['id']}: {node['target']} {node['failureSummary']}"
        for each in found["violations"]
        for node in each["nodes"]
    ]
