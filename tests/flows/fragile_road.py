"""A road to a server that can be broken: a loopback port that forwards until it is told to drop everything."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from urllib.parse import urlsplit


class FragileRoad:
    """Forwards a port of its own to the server's."""

    def __init__(self, api_url: str) -> None:
        """Begin to take connections."""
        self._target = urlsplit(api_url)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._ends: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()

    @property
    def api_url(self) -> str:
        """The server's URL by this road."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}{self._target.path}"

    def break_down(self) -> None:
        """Drop every connection, and take none any more: what a killed server looks like."""
        for end in [self._listener, *self._ends]:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(2)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                near, _ = self._listener.accept()
                far = socket.create_connection((self._target.hostname, self._target.port))
                self._ends += [near, far]
                for one, other in ((near, far), (far, near)):
                    thread = threading.Thread(target=self._pump, args=(one, other), daemon=True)
                    self._threads.append(thread)
                    thread.start()

    @staticmethod
    def _pump(one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65536):
                other.sendall(data)
            other.shutdown(socket.SHUT_WR)


@contextlib.contextmanager
def fragile_road(api_url: str) -> Iterator[FragileRoad]:
    """Lay such a road for the length of the block."""
    road = FragileRoad(api_url)
    try:
        yield road
    finally:
        road.break_down()
