"""The whole app inside the browser: built, served as plain files, opened with every outside request refused.

One visitor goes through it in the order of this file, since the first load is what takes the time."""

import json
import re
import shutil
import zipfile
from pathlib import Path
from urllib.parse import quote, unquote_plus

import had
import pytest
from playwright.sync_api import Browser, Page, Route, expect

from axe import NARROW, QUICK, faults
from browser.conftest import SETTLED
from browser.test_data import workbook
from browser.test_sweeps import LAID_OUT, UNFOCUSED
from bundle.conftest import UNDER, Guest, Server, build
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.score.scenario import effect, parsed
from model.table import leagues as tables
from model.words.texts import words
from tongues import foreign

LEAGUE, UNIT = "dak_lak_2026-10-10", "H15.141"
LINK = f"lang=vi&league={LEAGUE}&unit={UNIT}&on_time=0.98"

TOLD = """() => { // every text of the bar from now on
  const bar = document.querySelector("#bar");
  window.told = [];
  const look = () => {
    const text = bar?.querySelector("p")?.textContent;
    if (text && text !== told.at(-1)) told.push(text);
  };
  look();
  if (bar) new MutationObserver(look).observe(bar, { subtree: true, childList: true, characterData: true });
}"""
SLOW_WORKER = """{ // words reach it only when the first screen has long been there
  const { postMessage } = ServiceWorker.prototype;
  ServiceWorker.prototype.postMessage = function (...said) { setTimeout(() => postMessage.apply(this, said), 1500); };
}"""

ALONE = """async () => { // no more than one page is open, as the worker counts them
  const pages = async () => {
    const windows = await clients.matchAll({ type: "window", includeUncontrolled: true });
    return windows.filter(({ frameType }) => frameType === "top-level");
  };
  while ((await pages()).length > 1) await new Promise((go) => setTimeout(go, 20));
}"""


def figures(where) -> list[str]:  # noqa: ANN001
    """Score and rank as they stand on the screen."""
    return [where.locator(f".figure.{kind} strong").inner_text() for kind in ("score", "rank")]


def engine(**changes: str) -> list[str]:
    """The same two from the engine in Python."""
    table = tables.find(LEAGUE)
    base = baseline(edition_files.load(table.edition), table)
    found = effect(base, table.codes.index(UNIT), parsed(base.edition, changes.items()))
    return [words("vi").points(float(found.after.score)), f"{found.rank_after:.0f}/{base.ranked}"]


def rest(page: Page) -> None:
    page.wait_for_function(SETTLED, timeout=60_000)


def visit(page: Page, name: str) -> None:
    """Another page of the app, by its menu."""
    link = page.get_by_role("link", name=name, exact=True)
    path = link.evaluate("node => new URL(node.href).pathname")
    link.click()
    page.wait_for_function("path => location.pathname === path", arg=path, timeout=60_000)
    rest(page)


@pytest.fixture(scope="session")
def address(server: Server) -> str:
    return f"{server.url}/{quote(UNDER)}"


@pytest.fixture(scope="session")
def first(guest_of, address: str) -> dict:
    """What the visitor saw before the whole app was there, having moved a lever meanwhile."""
    guest = guest_of()
    guest.page.goto(f"{address}/?{LINK}", wait_until="commit")
    meanwhile = guest.page.frame_locator("#meanwhile")
    meanwhile.locator(".figure.score strong").wait_for()
    seen = {"figures": figures(meanwhile), "bar": [guest.page.locator("#bar p").inner_text()]}
    seen["progress"] = guest.page.get_by_role("progressbar").get_attribute("aria-label")
    entry = meanwhile.locator("[data-lever=on_time] .entry")
    entry.fill("90")
    entry.press("Enter")
    guest.page.wait_for_function("location.search.includes('on_time=0.9&') || location.search.endsWith('on_time=0.9')")
    seen["moved"], seen["link"] = figures(meanwhile), guest.page.url
    guest.context.grant_permissions(["clipboard-read", "clipboard-write"])
    meanwhile.locator(".copy").click()
    seen["copied"] = guest.page.evaluate("navigator.clipboard.readText()")
    guest.page.evaluate(TOLD)
    guest.until("app")
    seen["bar"] += [text for text in guest.page.evaluate("told") if text != seen["bar"][0]]
    return seen | {"guest": guest, "marks": guest.marks()}


@pytest.fixture
def guest(first: dict) -> Guest:
    return first["guest"]


@pytest.fixture
def page(guest: Guest) -> Page:
    return guest.page


def test_the_first_screen_shows_the_engines_score_and_rank_before_python_is_there(first: dict) -> None:
    assert first["figures"] == engine(on_time="0.98")
    assert first["marks"]["frame"] < first["marks"]["unpack"] < first["marks"]["opening"] < first["marks"]["app"]


def test_a_link_copied_meanwhile_is_one_of_the_whole_app(first: dict) -> None:
    assert first["copied"] == first["link"]


def test_the_bar_says_step_by_step_what_is_going_on(first: dict) -> None:
    said = " | ".join(first["bar"])
    assert re.search(r"tải Python và số liệu, \d+/\d+ MB", said) and "khởi động" in said and "Đang vẽ trang" in said
    assert all("bạn dùng được bảng mô phỏng này" in text for text in first["bar"] if not text.startswith("Đang vẽ"))
    assert first["progress"] == "Tiến độ mở toàn bộ ứng dụng"


def test_the_app_stands_there_with_what_was_supposed_meanwhile(first: dict, page: Page) -> None:
    assert "on_time=0.9" in first["link"] and first["moved"] != first["figures"]
    assert figures(page) == first["moved"] == engine(on_time="0.9")
    expect(page.locator("#bar, #meanwhile")).to_have_count(0)


def test_the_simulator_follows_a_lever_and_undoes_it(page: Page) -> None:
    page.locator("[data-lever=on_time] input[type=range]").focus()
    page.keyboard.press("End")
    expect(page.locator(".figure.score strong")).to_have_text(engine(on_time="1")[0])
    assert figures(page) == engine(on_time="1")
    page.wait_for_function("location.search.includes('on_time=1')")
    expect(page.locator(".sentence")).to_contain_text("100 %")
    expect(page.locator(".curve svg").first).to_be_visible()
    undo, redo = (page.get_by_role("button", name=name) for name in ("Hoàn tác", "Làm lại"))
    undo.click()
    expect(page.locator(".figure.score strong")).to_have_text(engine(on_time="0.9")[0])
    undo.click()  # to what the first screen opened with
    expect(page.locator(".figure.score strong")).to_have_text(engine(on_time="0.98")[0])
    expect(undo).to_be_disabled()
    redo.click()
    expect(page.locator(".figure.score strong")).to_have_text(engine(on_time="0.9")[0])


def test_a_rank_is_planned_for(page: Page) -> None:
    visit(page, "Kế hoạch")
    wanted = page.get_by_label("Hạng mong muốn")
    wanted.fill("10")
    wanted.press("Enter")
    page.get_by_text("Hạng 10 trước ngày").wait_for()
    rest(page)
    page.get_by_role("button", name="Đưa vào trang mô phỏng").first.click()
    expect(page.locator(".lever.moved").first).to_be_attached()  # it may be folded away
    rest(page)
    assert int(figures(page)[1].split("/")[0]) <= 10


def test_a_paper_for_word_is_fetched_for_when_asked_and_where_it_does_not_come_the_others_serve(page: Page) -> None:
    visit(page, "Kế hoạch")
    page.get_by_text("Kịch bản và kế hoạch", exact=True).first.click()
    page.get_by_role("button", name="Chuẩn bị tạo tệp Word").click()
    expect(page.get_by_text("Ở đây không tạo được tệp Word")).to_be_visible(timeout=60_000)
    with page.expect_download(timeout=60_000) as saved:
        page.get_by_role("button", name="Bảng xếp hạng (.xlsx)").click()
    assert saved.value.suggested_filename.endswith(".xlsx")
    rest(page)


def test_the_ranking_shows_its_table_and_the_chances(page: Page) -> None:
    visit(page, "Xếp hạng")
    expect(page.locator(".sheet table").first).to_be_visible()
    page.get_by_text("Khả năng đạt hạng", exact=True).first.click()
    page.get_by_role("button", name="Tính với điểm không chắc chắn").click()
    expect(page.get_by_text("Với 90 % khả năng")).to_be_visible(timeout=30_000)
    rest(page)


def test_a_hand_that_clicks_too_quickly_breaks_nothing_and_changes_no_choice(page: Page) -> None:
    for _ in range(5):
        page.locator(".masthead .language").evaluate("button => button.click()")
    page.locator("a[href=method]").click()  # what is asked for last is done last
    page.wait_for_function("location.pathname.endsWith('/method')", timeout=60_000)
    rest(page)
    if page.evaluate("location.search.includes('lang=en')"):
        page.get_by_role("button", name="Tiếng Việt").click()
    visit(page, "Xếp hạng")
    expect(page.get_by_test_id("stException")).to_have_count(0)
    assert "đứng" not in unquote_plus(page.url) and "stand" not in page.url


def test_while_python_is_busy_the_page_says_so(page: Page) -> None:
    busy = page.locator("#busy")
    expect(busy).to_be_hidden()
    busy.evaluate("""sign => { window.signs = []; new MutationObserver(() => window.signs.push(sign.textContent))
      .observe(sign, { childList: true, characterData: true, subtree: true }); }""")
    page.get_by_text("Dự báo đúng đến đâu", exact=True).first.click()
    page.wait_for_function("window.signs.includes('Đang tính…')", timeout=30_000)
    expect(busy).to_be_hidden(timeout=30_000)
    expect(page.get_by_test_id("stVegaLiteChart").first).to_be_visible()


def test_a_lesson_is_walked_and_a_question_answered(page: Page) -> None:
    visit(page, "Đào tạo")
    page.locator(".st-key-forward button").click()
    expect(page.locator("#root").get_by_text(re.compile(r"^2 / \d$"))).to_be_visible()
    rest(page)
    page.get_by_role("radio", name="Câu hỏi").or_(page.get_by_text("Câu hỏi", exact=True)).first.click()
    page.wait_for_function("location.search.includes('train=quiz')")
    rest(page)
    page.get_by_test_id("stRadio").get_by_text("A. ").click()
    page.get_by_role("button", name="Trả lời").click()
    expect(page.get_by_role("button", name="Câu tiếp")).to_be_visible()


def test_a_workbook_is_read_and_its_table_used(page: Page, tmp_path: Path) -> None:
    visit(page, "Số liệu")
    bring(page, workbook(tmp_path))
    page.get_by_role("button", name="Dùng bảng này").click()
    page.get_by_role("link", name="Mở mô phỏng").click()
    expect(page.locator(".figure.rank strong")).to_have_text("2/3")
    assert figures(page) == ["92,73", "2/3"]


def test_own_table_is_there_after_a_reload(guest: Guest, page: Page) -> None:
    rest(page)
    page.reload(wait_until="commit")
    guest.until("app")
    expect(page.locator(".figure.rank strong")).to_have_text("2/3")


def test_the_one_file_is_taken_along(page: Page) -> None:
    with page.expect_download() as saved:
        page.get_by_role("button", name="Mang theo").click()
    text = saved.value.path().read_text("utf-8")
    assert saved.value.suggested_filename.endswith(".html") and "Phú Xuyên" in text


def test_a_table_is_saved_as_a_workbook(page: Page, tmp_path: Path) -> None:
    visit(page, "Số liệu")
    with page.expect_download() as saved:
        page.get_by_role("button", name=".xlsx").first.click()
    saved.value.save_as(tmp_path / "saved.xlsx")
    with zipfile.ZipFile(tmp_path / "saved.xlsx") as book:
        assert "xl/workbook.xml" in book.namelist()


def test_the_method_page_shows_the_rules(page: Page) -> None:
    visit(page, "Cách tính")
    expect(page.get_by_role("heading", name="Cách tính").first).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_the_other_language_is_one_click_away(page: Page) -> None:
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("link", name="Ranking")).to_be_visible()
    page.wait_for_function("location.search.includes('lang=en')")
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("link", name="Xếp hạng")).to_be_visible()


def test_a_page_of_the_app_opens_from_its_own_address_and_again(guest: Guest, address: str) -> None:
    for _ in range(2):
        guest.page.goto(f"{address}/targets?{LINK}&plan.rank=7", wait_until="commit")
        guest.until("app")
        expect(guest.page.get_by_label("Hạng mong muốn")).to_have_value("7")
    assert "/targets?" in guest.page.url and "on_time=0.98" in guest.page.url


def test_nothing_was_asked_of_any_other_place_and_nothing_was_missing(guest: Guest) -> None:
    assert guest.refused == [] and guest.missing == [] and guest.errors == []


@pytest.fixture(scope="session")
def plain(guest_of, bundle: Path) -> tuple[Guest, Server]:
    """A visitor whose browser keeps nothing for the next visit, so that the server sees all that is asked for."""
    server = Server(bundle.parents[UNDER.count("/")])
    guest: Guest = guest_of(service_workers="block")
    guest.page.goto(f"{server.url}/{quote(UNDER)}/training?{LINK}&train=lessons", wait_until="commit")
    guest.until("app")
    return guest, server


def fetched(server: Server, part: str) -> bool:
    return any(part in path for path in server.asked)


def test_nothing_is_fetched_before_something_asks_for_it(plain: tuple[Guest, Server]) -> None:
    assert fetched(plain[1], "pandas")
    assert not [part for part in ("openpyxl", "xmlfile", "segno", "illow") if fetched(plain[1], part)]


def test_the_code_for_phones_holds_the_address_of_this_very_page(plain: tuple[Guest, Server]) -> None:
    page, server = plain[0].page, plain[1]
    page.get_by_role("button", name="Mở trên điện thoại").click()
    expect(page.get_by_test_id("stPopoverBody").locator("img.qr")).to_be_visible(timeout=20_000)
    told = page.get_by_test_id("stPopoverBody").locator("code").inner_text()
    assert told.startswith(f"{server.url}/{quote(UNDER)}/training?") and f"unit={UNIT}" in told
    assert fetched(server, "segno")
    expect(page.get_by_test_id("stPopoverBody")).to_contain_text("mỗi điện thoại tải vài chục MB")
    page.keyboard.press("Escape")


def test_a_table_as_csv_needs_no_workbook_reader(plain: tuple[Guest, Server], tmp_path: Path) -> None:
    page = plain[0].page
    visit(page, "Số liệu")
    path = tmp_path / "Bảng csv.csv"
    path.write_text(CSV, "utf-8-sig")
    bring(page, path)
    expect(page.get_by_test_id("stMetricValue").first).to_have_text("3")
    assert not fetched(plain[1], "openpyxl")


def test_a_workbook_is_read_with_nothing_fetched_for_it(plain: tuple[Guest, Server], tmp_path: Path) -> None:
    bring(plain[0].page, workbook(tmp_path))
    assert not fetched(plain[1], "openpyxl") and not fetched(plain[1], "xmlfile")
    expect(plain[0].page.get_by_test_id("stMetricValue").first).to_have_text("3")
    assert plain[0].refused == [] and plain[0].missing == [] and plain[0].errors == []
    plain[1].stop()


@pytest.fixture(scope="session")
def stopped(first: dict, server: Server) -> Guest:
    """The visitor after the server was stopped."""
    first["guest"].until("kept")
    server.stop()
    return first["guest"]


@pytest.mark.parametrize("path", ["/", "/targets"])
def test_the_next_visit_needs_no_server(stopped: Guest, address: str, path: str) -> None:
    stopped.page.close()
    stopped.page = stopped.context.new_page()
    stopped.page.goto(f"{address}{path}?{LINK}", wait_until="commit")
    stopped.until("app")
    if path == "/":
        assert figures(stopped.page) == engine(on_time="0.98")
    else:
        expect(stopped.page.get_by_label("Hạng mong muốn")).to_be_visible()


def test_what_was_not_fetched_before_is_there_without_a_server_too(stopped: Guest, tmp_path: Path) -> None:
    visit(stopped.page, "Số liệu")
    bring(stopped.page, workbook(tmp_path))
    expect(stopped.page.get_by_test_id("stMetricValue").first).to_have_text("3")


def test_by_default_the_app_comes_up_with_pyodide_from_its_distribution(
    guest_of, standins: list[str], tmp_path: Path
) -> None:
    """The distribution's address answered from what could be had: the one place that is asked for anything."""
    packages, lock = Path(standins[1]), Path(standins[3])
    assert build(tmp_path / "out", "--lock", str(lock)).returncode == 0
    runtime, asked = had.runtime(tmp_path), list[str]()

    def distribution(route: Route) -> None:
        name = route.request.url.rsplit("/", 1)[1]
        asked.append(name)
        file = packages / name if (packages / name).exists() and name != lock.name else runtime / name
        route.fulfill(path=file, headers=CROSS | {"Content-Type": TYPES.get(file.suffix, "application/octet-stream")})

    server, guest = Server(tmp_path / "out"), guest_of(service_workers="block")
    guest.context.route(lambda address: address.startswith(had.distribution()), distribution)
    guest.page.goto(f"{server.url}/?{LINK}", wait_until="commit")
    guest.until("app")
    assert figures(guest.page) == engine(on_time="0.98")
    assert {"pyodide.asm.wasm", "python_stdlib.zip"} < set(asked) and any(name.startswith("pandas-") for name in asked)
    assert guest.refused == [] and guest.missing == []
    server.stop()


def test_a_newer_build_takes_the_older_ones_place_whole(guest_of, bundle: Path, tmp_path: Path) -> None:
    web = Path(shutil.copytree(bundle, tmp_path / "web"))
    older, newer = json.loads((web / "bundle.json").read_text())["build"], "0123456789ab"
    server, guest = Server(web), guest_of()
    guest.page.goto(f"{server.url}/?{LINK}", wait_until="commit")
    guest.until("kept")
    (web / older).rename(web / newer)
    for file in (web / "files.js", *web.rglob("index.html")):
        file.write_text(file.read_text().replace(older, newer))

    guest.page.reload(wait_until="commit")
    guest.page.wait_for_function("navigator.serviceWorker.getRegistration().then((found) => !!found?.waiting)")
    other = guest.context.new_page()
    for page in (guest.page, other):  # while another page needs the older build, it stays, and stays whole
        page.goto(f"{server.url}/?{LINK}", wait_until="commit")
        page.wait_for_function("performance.getEntriesByName('index766.app').length", timeout=90_000)
        assert page.evaluate(BUILD) == older
    other.close()
    for worker in guest.context.service_workers:
        worker.evaluate(ALONE)  # until the browser has forgotten it
    guest.page.add_init_script(SLOW_WORKER)
    begun = list[str]()
    guest.page.on("request", lambda request: begun.append(request.url))
    guest.page.reload(wait_until="commit")
    guest.page.wait_for_function(f"{BUILD} === '{newer}'")
    assert not any(f"/{older}/" in url and url.endswith("worker.js") for url in begun)  # it would not come whole
    guest.until("app")
    assert figures(guest.page) == engine(on_time="0.98")
    assert guest.page.evaluate("caches.keys().then((names) => names.map((name) => name.split(' ').at(-1)))") == [newer]
    assert guest.missing == [] and guest.refused == []
    server.stop()


def test_the_whole_app_waits_while_one_looks_for_a_unit_in_the_first_screen(guest_of, bundle: Path) -> None:
    server, guest = Server(bundle), guest_of()
    guest.page.goto(f"{server.url}/?{LINK}", wait_until="commit")
    meanwhile = guest.page.frame_locator("#meanwhile")
    meanwhile.locator("#unit").click()
    guest.until("ready")
    guest.page.wait_for_timeout(500)  # in which nothing may happen
    assert "opening" not in guest.marks()
    meanwhile.locator("#units li").nth(2).click()
    wanted = figures(meanwhile)
    guest.until("app")
    assert figures(guest.page) == wanted
    server.stop()


def test_where_the_first_screen_does_not_come_the_whole_app_does(guest_of, bundle: Path) -> None:
    server, guest = Server(bundle), guest_of()
    guest.context.route("**/simulators/*.html", lambda route: route.abort())
    guest.page.goto(f"{server.url}/?{LINK}", wait_until="commit")
    guest.until("app")
    assert figures(guest.page) == engine(on_time="0.98")
    server.stop()


SPOKEN = """() => { // in which languages the page has been from the first, each text of its bar, each first screen
  localStorage.setItem("index766.language", "en");
  localStorage.setItem("index766.unit", "UNIT");
  window.spoken = { lang: [], bar: [], frame: [] };
  const add = (kind, text) => { if (text && !spoken[kind].includes(text)) spoken[kind].push(text); };
  new MutationObserver(() => {
    const [said, frame] = ["#bar p", "#meanwhile"].map((one) => document.querySelector(one));
    if (said?.textContent) add("lang", document.documentElement.lang);
    add("bar", said?.textContent);
    add("frame", frame?.src.match(/[^/]+html/)[0]);
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
}""".replace("UNIT", f"{LEAGUE}/H15.198")


@pytest.fixture(scope="module")
def returning(guest_of, bundle: Path):
    """A visitor without a link whose browser remembers English and a unit; what axe finds while the app is loading."""
    server, guest, held = Server(bundle.parents[UNDER.count("/")]), guest_of(), list[Route]()
    guest.context.add_init_script(f"if (self === top) ({SPOKEN})()")
    guest.context.route("**/pyodide.asm.wasm", lambda route: held.append(route))
    guest.page.goto(f"{server.url}/{quote(UNDER)}/", wait_until="commit")
    guest.page.frame_locator("#meanwhile").locator(".figure.score strong").wait_for()
    while not held:
        guest.page.wait_for_timeout(50)
    found = list(faults(guest.page))
    held[0].continue_()
    guest.until("app")
    yield guest, found
    server.stop()


def test_the_language_and_the_unit_remembered_are_those_of_all_that_is_shown(returning) -> None:
    page = returning[0].page
    expect(page.locator("#unit")).to_have_value("Xã Xuân Lãnh")
    expect(page.get_by_role("link", name="Ranking")).to_be_visible()
    spoken = page.evaluate("spoken")
    assert spoken["lang"] == ["en"] and spoken["frame"] == [f"{LEAGUE}.en.html"]
    assert spoken["bar"] and not [text for text in spoken["bar"] if foreign(text, "en")]
    page.wait_for_function("location.search.includes('lang=en') && location.search.includes('unit=H15.198')")


def test_neither_the_first_screen_nor_the_app_has_a_fault_of_wcag_2_2_aa(returning) -> None:
    guest, loading = returning
    assert not loading
    assert not list(faults(guest.page, QUICK, lambda: rest(guest.page)))
    visit(guest.page, "Ranking")
    assert not list(faults(guest.page, [(*NARROW, "light")], lambda: rest(guest.page)))


def test_in_the_app_too_nothing_is_cut_off_or_overlaps_and_the_focus_is_seen(returning) -> None:
    page = returning[0].page
    assert page.evaluate(LAID_OUT) == []
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement === document.body"):  # behind the last control
        page.keyboard.press("Tab")
    looked_at, *unseen = page.evaluate(UNFOCUSED)
    assert looked_at > 12 and unseen == []


@pytest.mark.parametrize(
    ("lacking", "language"),
    [("pandas.zip", "vi"), ("stlite-worker.js", "en"), ("stlite/stlite.js", "vi"), ("pyodide.asm.wasm", "en")],
)
def test_a_missing_part_is_said_and_the_first_screen_goes_on(guest_of, bundle, lacking: str, language: str) -> None:
    server = Server(bundle.parents[UNDER.count("/")], lacking)
    guest: Guest = guest_of(viewport={"width": 390, "height": 844})
    link = LINK.replace("lang=vi", f"lang={language}")
    guest.page.goto(f"{server.url}/{quote(UNDER)}/?{link}", wait_until="commit")
    guest.until("failed")
    said = {"vi": "Bảng mô phỏng dưới đây vẫn dùng được", "en": "The simulator below still works"}[language]
    expect(guest.page.get_by_role("status")).to_contain_text(said)
    expect(guest.page.get_by_role("button", name={"vi": "Thử lại", "en": "Try again"}[language])).to_be_visible()
    assert guest.page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    meanwhile = guest.page.frame_locator("#meanwhile")
    meanwhile.locator("[data-lever=on_time] input[type=range]").press("End")
    expect(meanwhile.locator(".figure.rank strong")).to_have_text(engine(on_time="1")[1])
    server.stop()


def test_a_browser_that_cannot_run_python_is_told_so(guest_of, bundle: Path) -> None:
    server, guest = Server(bundle.parents[UNDER.count("/")]), guest_of()
    guest.context.route("**/pyodide.asm.wasm", lambda route: route.fulfill(body=b"\0asm of another age"))
    guest.page.goto(f"{server.url}/{quote(UNDER)}/?{LINK}", wait_until="commit")
    guest.until("failed")
    expect(guest.page.get_by_role("status")).to_contain_text("Trình duyệt này không mở được toàn bộ ứng dụng")
    server.stop()


def test_opened_from_a_disk_the_page_says_so_and_leads_to_the_simulator(chromium: Browser, bundle: Path) -> None:
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.goto((bundle / "targets" / "index.html").as_uri())
    expect(page.get_by_text("Toàn bộ ứng dụng không chạy khi mở tệp này từ đĩa")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.get_by_role("link", name="Đắk Lắk, 102 xã, phường · 10/10/2026").click()
    expect(page.locator(".figure.score strong")).to_contain_text(",")
    page.close()


def test_where_nothing_comes_at_all_that_is_said_too(guest_of, bundle: Path) -> None:
    server = Server(bundle.parents[UNDER.count("/")], "boot.js")
    page = guest_of().page
    page.goto(f"{server.url}/{quote(UNDER)}/")
    expect(page.get_by_text("The whole app could not be opened yet")).to_be_visible(timeout=15_000)
    expect(page.get_by_role("link", name=re.compile("^Hanoi, 126 .* · illustrative data$"))).to_be_visible()
    server.stop()


def bring(page: Page, path: Path) -> None:
    page.locator("input[type=file]").set_input_files(path)
    page.get_by_text(re.compile(f"(Đã đọc: |Tệp ){re.escape(path.stem)}")).first.wait_for()
    rest(page)


BUILD = "document.querySelector('script[src]').src.split('/').at(-2)"
CROSS = {"Access-Control-Allow-Origin": "*"}
TYPES = {".mjs": "text/javascript", ".js": "text/javascript", ".wasm": "application/wasm", ".json": "application/json"}
CSV = """unit_code,unit_name,on_time_done,on_time_due
A,Xã An Bình,90,100
B,Xã Bình Yên,80,100
C,Xã Cẩm Sơn,95,100
"""
