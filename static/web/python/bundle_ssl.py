"""The names of ssl that anyio reads while it is imported, lent to it and to nobody else: whoever asks whether there is
ssl hears no, as a page has no sockets. The real module and its library, 0.9 MB, would be loaded for names alone."""

import importlib
import sys


def lend() -> None:
    """anyio imported, with this module in the place of ssl for as long as that takes."""
    sys.modules["ssl"] = sys.modules[__name__]
    try:
        importlib.import_module("anyio.streams.tls")
    finally:
        del sys.modules["ssl"]


class SSLError(OSError):
    """Never raised."""


class SSLZeroReturnError(SSLError):
    """Never raised."""


class SSLWantReadError(SSLError):
    """Never raised."""


class SSLWantWriteError(SSLError):
    """Never raised."""


class SSLSyscallError(SSLError):
    """Never raised."""


class SSLEOFError(SSLError):
    """Never raised."""


class SSLCertVerificationError(SSLError, ValueError):
    """Never raised."""


class SSLContext:
    """Never made."""


class SSLObject:
    """Never made."""


class SSLSocket:
    """Never made."""


class MemoryBIO:
    """Never made."""
