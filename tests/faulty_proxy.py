"""A server between a command and a SPARQL server that fails as it is told to."""

from __future__ import annotations

import threading
import urllib.error
import urllib.request
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_PASSED_ON = ("Content-Type", "Accept", "Authorization")


class Proxy:
    """Passes requests on, but for those that `fault` has something for; a context manager.

    Attributes:
        fault: From the path of a request and how many of that path came before to a status with which it is answered,
            "drop" to break off unanswered, "short" to break off in the middle of the answer, "late" to break off when
            it is done, "hang" to answer never, None to pass it on.
        seen: The paths of all requests.
        headers: The headers of the last request.
    """

    def __init__(self, address):
        self.behind = address
        self.environment = {}
        self.fault = lambda _path, _before: None
        self.seen = []
        self.headers = {}
        self._ended = threading.Event()
        proxy = self

        class Handler(BaseHTTPRequestHandler):
            def handle_one(self):
                proxy.answer(self)

            do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_one  # noqa: N815 -- names of the library

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()

    def answer(self, request):
        path = request.path.partition("?")[0]
        fault = self.fault(path, self.seen.count(path))
        self.seen.append(path)
        self.headers = dict(request.headers)
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        if fault == "hang":
            self._ended.wait(30)
        elif isinstance(fault, int):
            self._tell(request, fault, {"Server": "Oxigraph/0", "Retry-After": "0"}, b"told to fail")
        elif fault != "drop":
            status, headers, content = self._pass_on(request, body)
            if fault != "late":
                self._tell(request, status, headers, content, missing=int(fault == "short"))
        request.close_connection = True

    def _pass_on(self, request, body):
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        url = self.behind + request.path
        sent = urllib.request.Request(url, body or None, headers, method=request.command)  # noqa: S310
        try:
            with urllib.request.urlopen(sent, timeout=60) as answer:  # noqa: S310
                return answer.status, answer.headers, answer.read()
        except urllib.error.HTTPError as error:
            return error.code, error.headers, error.read()

    def _tell(self, request, status, headers, content, *, missing=0):
        request.send_response_only(status)
        for name in ("Server", "Content-Type", "Retry-After", "WWW-Authenticate", "X-SPARQL-MaxRows"):
            if headers.get(name):
                request.send_header(name, headers[name])
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        if request.command != "HEAD":
            request.wfile.write(content[: len(content) - missing])
