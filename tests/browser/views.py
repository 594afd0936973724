"""Every page of the app with each of its views, and how one comes there."""

from collections.abc import Iterator
from pathlib import Path

from browser.conftest import Visitor

UNIT = "unit=H15.141"
VIEWS = (
    f"?{UNIT}&on_time=0.98",
    f"targets?{UNIT}&plan.rank=20",
    f"targets?{UNIT}&on_time=0.98#kept",
    f"targets?{UNIT}&on_time=0.98#track",
    *(f"ranking?{UNIT}&view={view}" for view in ("table", "chances", "moved", "time", "compare", "calibration")),
    *(f"training?{UNIT}&train={mode}" for mode in ("lessons", "predict", "quiz")),
    "data?",
    "data?#file",
    "method?",
)
_TABLE = (Path(__file__).parents[1] / "readers/cong_dvc_sau_nhom.csv").read_bytes()


def open_view(at: Visitor, url: str, view: str, language: str) -> None:
    """A view on the screen, at rest; what stands behind its sign # is done there."""
    address, _, then = view.partition("#")
    at.page.goto(f"{url}/{address}&lang={language}")
    at.page.locator(".masthead nav a").first.wait_for()
    at.rest()
    if then in ("kept", "track"):
        at.page.locator("[class*=st-key-targets] [role=radio]").nth(("kept", "track").index(then) + 1).click()
        at.page.get_by_test_id("stFileUploader").wait_for()
    if then == "file":
        told = {"name": "du_lieu.csv", "mimeType": "text/csv", "buffer": _TABLE}
        at.page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(told)  # type: ignore[arg-type]
        at.page.locator(".st-key-put_away").wait_for()
    at.quiet()


def unfold(at: Visitor) -> None:
    """All drawers of a page opened."""
    for summary in at.page.locator(".stExpander summary").all():
        summary.click()
    at.quiet()


def opened(at: Visitor) -> Iterator[None]:
    """The page once its drawers are open, then with each of the boxes that its buttons open."""
    unfold(at)
    yield
    for button in at.page.get_by_test_id("stPopoverButton").all():
        button.click()
        at.quiet()
        yield
        at.page.keyboard.press("Escape")
