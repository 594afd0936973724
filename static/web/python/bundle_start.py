"""What is set right before stlite takes over."""

import gc
from typing import Any

import bundle_later
import bundle_ssl

_COLLECT_EVERY = 50_000  # objects; by default every 2,000, which while importing finds nothing and takes time


def ready(later: list[dict[str, Any]], root: str) -> None:
    """Python as stlite 1.9.2 and our app need it."""
    gc.set_threshold(_COLLECT_EVERY)
    bundle_later.install(later, root)
    bundle_ssl.lend()
    _mend_components()


def _mend_components() -> None:
    """The two questions that components of the second generation ask of Streamlit's runtime. In stlite a runtime is
    looked up elsewhere, and its class was left without them: every component would fail."""
    from streamlit import runtime

    runtime.Runtime.exists = staticmethod(runtime.exists)
    runtime.Runtime.instance = staticmethod(runtime.get_instance)
