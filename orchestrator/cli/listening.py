"""The socket that a server listens on, taken before anything slow begins. Knows nothing of what is served."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from fanar.bilingual import Bilingual
from fanar.errors import ConfigurationError
from fanar.settings import Settings

_BACKLOG = 2048
_LAST_PORT = 65535


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """Yield a socket that listens where the settings say. Raises ConfigurationError that names what is in the way."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        taken = socket.socket(family, kind, protocol)
    except OSError as cause:
        raise ConfigurationError(_no_address(settings)) from cause
    with taken:
        try:
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            taken.bind(address)
            taken.listen(_BACKLOG)
        except OSError as cause:
            raise ConfigurationError(_refused(settings, cause)) from cause
        taken.setblocking(False)
        taken.set_inheritable(True)
        yield taken


def _refused(settings: Settings, cause: OSError) -> Bilingual:
    port, other = settings.port, settings.port + 1 if settings.port < _LAST_PORT else settings.port - 1
    faults: Mapping[int | None, Bilingual] = {
        errno.EADDRINUSE: Bilingual(
            f"Port {port} is in use: stop what listens there, or run fanar serve --port {other} (make run PORT={other}).",
            f"المنفذ {port} مشغول: أوقف ما يستمع عليه، أو نفّذ fanar serve --port {other} (أو make run PORT={other}).",
        ),
        errno.EACCES: Bilingual(
            f"This user may not listen on port {port}: run fanar serve --port 8000.",
            f"لا يُسمح لهذا المستخدم بالاستماع على المنفذ {port}: نفّذ fanar serve --port 8000.",
        ),
    }
    return faults.get(cause.errno, _no_address(settings))


def _no_address(settings: Settings) -> Bilingual:
    return Bilingual(
        f"{settings.host} is not an address of this machine: run fanar serve --host 127.0.0.1.",
        f"{settings.host} ليس عنوانًا لهذا الجهاز: نفّذ fanar serve --host 127.0.0.1.",
    )
