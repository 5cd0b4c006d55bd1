"""A server of which nothing is known but that it keeps to SPARQL 1.1.

Its address is that of its query service; the other two are set in the environment. Whether an update request is done
whole is not known, so that readers are told to wait while a change goes on.
"""

from __future__ import annotations

from ssrgraph.store.remote.servers.kind import Kind

KIND = Kind(name="standard")
