"""Packages that are fetched when something first imports them, so that nobody waits for them at the start."""

import hashlib
import importlib
import importlib.abc
import io
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from typing import Any

from js import XMLHttpRequest


def install(parts: list[dict[str, Any]], root: str) -> None:
    """The hook in place: {module: where it is to be had} for all parts."""
    sys.meta_path.insert(0, Later({module: part for part in parts for module in part["modules"]}, root))


class Later(importlib.abc.MetaPathFinder):
    """A finder that finds nothing itself: it fetches what is asked for, and leaves the finding to those after it."""

    def __init__(self, parts: dict[str, Mapping[str, Any]], root: str) -> None:
        self.parts, self.root = parts, root

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> None:
        part = self.parts.get(fullname)
        if part is not None:
            unpack(fetched(part, self.root))
            self.parts = {module: other for module, other in self.parts.items() if other is not part}


def fetched(part: Mapping[str, Any], root: str) -> bytes:
    """A part's bytes, of which the hash was compared. A worker may wait for an answer; `import` can do nothing else."""
    request = XMLHttpRequest.new()
    request.open("GET", part["url"] if "://" in part["url"] else root + part["url"], False)
    request.responseType = "arraybuffer"
    try:
        request.send()
    except Exception as error:
        raise ModuleNotFoundError(f"{part['name']} could not be fetched") from error
    body: bytes = request.response.to_bytes() if request.response else b""
    if hashlib.sha256(body).hexdigest() != part["sha256"]:
        raise ModuleNotFoundError(f"{part['name']} could not be fetched whole")
    return body


def unpack(archive: bytes) -> None:
    """An archive's files put where Python looks for packages."""
    zipfile.ZipFile(io.BytesIO(archive)).extractall(sysconfig.get_path("purelib"))
    importlib.invalidate_caches()
