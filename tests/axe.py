"""What axe-core finds fault with on a page, by WCAG 2.2 AA."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

NARROW, WIDE = (390, 844), (1366, 768)
QUICK = ((*WIDE, "light"), (*NARROW, "dark"))
_AXE = Path(__file__).parent / "panel/js/node_modules/axe-core/axe.min.js"
_RUN = """async () => {
  const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
  const rules = { "target-size": { enabled: true }, "heading-order": { enabled: true } };
  const { violations } = await axe.run(document, { runOnly: tags, rules });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => [id, node.html.slice(0, 200), node.failureSummary]));
}"""


def faults(
    page: Page, looks: Iterable[tuple[int, int, str]] = QUICK, rest: Callable[[], Any] = lambda: None
) -> Iterator[tuple[Any, ...]]:
    """What axe finds on a page in each of its looks, (width, height, theme), once it rests there."""
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    for width, height, theme in looks:
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
        rest()
        yield from ((width, theme, *fault) for fault in page.evaluate(_RUN))
