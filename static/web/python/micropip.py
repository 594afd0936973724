"""What stlite asks of an installer, where everything is there: a real one would resolve for a second to find that."""

import sys
from collections.abc import Mapping
from types import ModuleType


def add_mock_package(name: str, version: str, *, modules: Mapping[str, str]) -> None:
    """Modules given as text."""
    for module, text in modules.items():
        made = ModuleType(module)
        exec(text, made.__dict__)
        sys.modules[module] = made


async def install(requirements: list[str], **options: object) -> None:
    """Nothing, since nothing is missing."""
    if list(requirements):
        raise ModuleNotFoundError(f"the bundle lacks {', '.join(requirements)}")
