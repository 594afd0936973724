"""The simulator as one file, opened from disk with the network off."""

import re
from datetime import date
from urllib.parse import parse_qsl, urlencode

import numpy as np
import pytest
from playwright.sync_api import expect

from benchmarks.leagues import LARGE, SIZES, samples
from model.report.choice import Choice
from model.rules import files as edition_files
from model.score.baseline import baseline
from model.score.scenario import Counts, Scenario, effect
from model.table import leagues as tables
from model.words.texts import words
from pages.panel import one_file as alone
from panel_figures import EVALUATE, expected, random_scenario, sent

MADE = date(2026, 11, 25)


def made(key, unit=0, language="vi", targets=None, **changes):
    """The baseline of a league and the file made of it."""
    table = tables.find(key)
    filed = edition_files.load(table.edition)
    base = baseline(filed.with_targets(targets or {}), table, filed)
    choice = Choice(key, table.codes[unit], Scenario(changes), targets or {})
    return base, alone.page(base, unit, choice, words(language), MADE)


@pytest.fixture
def opened(chromium, tmp_path):
    """A function that opens a file from disk, offline; it fails at the end if anything was asked for or complained."""
    contexts, wrong = [], []

    def open_(html, fragment="", width=1366, height=768):
        path = tmp_path / "simulator.html"
        path.write_text(html, encoding="utf-8")
        context = chromium.new_context(offline=True, viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda r: wrong.append(r.url) if r.url.split("#")[0] != path.as_uri() else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda m: wrong.append(m.text) if m.type == "error" else None)
        page.goto(path.as_uri() + fragment)
        page.locator(".figure.score strong").wait_for()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [w for w in wrong if not w.startswith(("data:,", "blob:"))] == []


def figures(page):
    return [page.locator(f".figure.{kind} strong").inner_text() for kind in ("score", "rank", "band")]


def engine(base, unit, scenario):
    """Score, rank and band of a scenario as the file writes them."""
    t, found = words("vi"), effect(base, unit, scenario)
    band = next(b for b in base.edition.bands if found.after.score >= 100 * b.from_score)
    return [t.points(float(found.after.score)), f"{found.rank_after:.0f}/{base.ranked}", t.of(band.name)]


@pytest.mark.sweep(7)
@pytest.mark.parametrize("key", tables.samples())
def test_every_figure_of_every_unit_is_the_engines_inside_the_file_itself(opened, key):
    base, html = made(key)
    page, rng = opened(html), np.random.default_rng(766)
    page.evaluate(f"() => {{ window.evaluated = {EVALUATE[EVALUATE.index('function') :]} }}")
    page.evaluate("async () => { window.numbers = retargeted((await panelData()).numbers, {}); }")
    run = "([unit, scenarios]) => evaluated(opened(numbers, unit), scenarios)"
    for unit in range(len(base.league.codes)):
        scenarios = [Scenario(), *(random_scenario(base, unit, rng) for _ in range(6))]
        seen = page.evaluate(run, [unit, [sent(s) for s in scenarios]])
        assert seen == [expected(base, unit, s) for s in scenarios], (key, unit)


def test_it_opens_on_what_was_on_screen_and_moves_under_the_finger(opened):
    base, html = made("dak_lak_2026-10-10", 50, on_time=1.0, petitions_on_time=Counts(0, 1))
    page = opened(html)
    assert figures(page) == engine(base, 50, Scenario({"on_time": 1.0, "petitions_on_time": Counts(0, 1)}))
    page.locator("[data-lever=on_time] input[type=range]").focus()
    page.keyboard.press("Home")
    supposed = Scenario({"on_time": 0.0, "petitions_on_time": Counts(0, 1)})
    expect(page.locator(".figure.score strong")).to_have_text(engine(base, 50, supposed)[0])
    assert figures(page) == engine(base, 50, supposed)
    overtaking = page.locator(".passed").inner_text()
    assert base.league.names[effect(base, 50, supposed).next_above[0]] in overtaking and "Bị" in overtaking


def test_another_unit_a_preset_undo_redo_and_reset_need_no_server(opened):
    base, html = made("dak_lak_2026-10-10", 50)
    page = opened(html)
    page.locator("#unit").fill("buon ma thuot")
    page.keyboard.press("Enter")
    unit = base.league.names.index("Phường Buôn Ma Thuột")
    assert figures(page) == engine(base, unit, Scenario())
    page.locator("[data-preset=petition_unanswered]").click()
    page.locator("[data-preset=paid_98]").click()
    three = {"petitions_on_time": Counts(0, 3), "petitions_satisfied": Counts(0, 3), "paid_online": 0.98}
    assert figures(page) == engine(base, unit, Scenario(three))
    page.locator("[data-act=undo]").click()
    page.locator("[data-act=undo]").click()
    assert figures(page) == engine(base, unit, Scenario())
    page.locator("[data-act=redo]").click()
    page.locator("[data-act=redo]").click()
    assert figures(page) == engine(base, unit, Scenario(three))
    page.locator("[data-act=reset]").click()
    assert figures(page) == engine(base, unit, Scenario())
    page.locator("[data-preset=targets]").click()
    assert "Không đưa vào" in page.locator(".left-out").inner_text()


def test_an_unverified_target_can_be_switched_and_moves_the_whole_league(opened):
    base, html = made("hanoi_2025-08-25", 5)
    criterion = next(c for c in base.edition.criteria if c.target_choices)
    other = next(choice for choice in criterion.target_choices if choice != criterion.target)
    page = opened(html)
    for details in page.locator(".rows details").all():
        details.evaluate("node => node.open = true")
    page.locator(f"[data-target='{other:g}']").first.click()
    switched, same = made("hanoi_2025-08-25", 5, targets={criterion.key: other})
    assert figures(page) == engine(switched, 5, Scenario())
    said = page.locator(".switched")
    assert said.is_visible() and f"{engine(base, 5, Scenario())[0]}\u00a0điểm" in said.inner_text()
    said.locator("button").click()
    assert figures(page) == engine(base, 5, Scenario()) and not said.is_visible()
    assert figures(opened(same)) == engine(switched, 5, Scenario())


def test_the_link_carries_the_scenario_and_what_it_cannot_use_is_said(opened):
    base, html = made("dak_lak_2026-10-10", 50)
    page = opened(html, "#unit=H15.100&on_time=98%25&petitions_on_time=0/3")
    unit = base.league.codes.index("H15.100")
    assert figures(page) == engine(base, unit, Scenario({"on_time": 0.98, "petitions_on_time": Counts(0, 3)}))
    link = dict(parse_qsl(page.evaluate("location.hash.slice(1)")))
    assert link == {
        "lang": "vi", "league": "dak_lak_2026-10-10", "unit": "H15.100", "on_time": "0.98", "petitions_on_time": "0/3",
    }  # fmt: skip
    wrong = {"on_time": "1.2", "nothing": "1", "unit": "H15.141", "paid_online": "5/3", "updated_on_time": "0.5"}
    page.evaluate("link => { location.hash = link; }", urlencode(wrong))
    expect(page.locator(".said")).to_contain_text("on_time=1.2")
    said = page.locator(".said").inner_text()
    assert all(text in said for text in ("nothing=1", "paid_online=5/3", "updated_on_time=0.5")), said
    assert figures(page) == engine(base, base.league.codes.index("H15.141"), Scenario())
    page.evaluate("location.hash = 'league=elsewhere&unit=1'")
    expect(page.locator(".said")).to_contain_text("bảng số liệu khác")
    assert figures(page) == engine(base, base.league.codes.index("H15.141"), Scenario())


def test_what_a_link_supposes_of_an_unknown_unit_is_laid_on_no_other(opened):
    base, html = made("dak_lak_2026-10-10", 50)
    page = opened(html, "#unit=H15.999&on_time=0.98&" + "x" * 3000 + "=1")
    said = page.locator(".said").inner_text()
    assert "unit=H15.999" in said and "on_time=0.98" in said and len(said) < 300
    assert figures(page) == engine(base, 50, Scenario())


def test_the_file_can_be_saved_with_another_scenario_and_opens_on_it(opened):
    base, html = made("dak_lak_2026-10-10", 50)
    page = opened(html)
    page.locator("[data-preset=all_on_time]").click()
    with page.expect_download() as download:
        page.locator(".save").click()
    saved = download.value.path().read_text("utf-8")
    assert abs(len(saved) - len(html)) < 200
    assert figures(opened(saved)) == engine(base, 50, Scenario({"on_time": 1.0})) != figures(opened(html))


@pytest.mark.parametrize("typed", ["cu mgar", "CƯ M'GAR", "m gar cư", "cư m’gar"])
def test_a_name_is_found_however_its_apostrophe_is_typed(opened, typed):
    page = opened(made("dak_lak_2026-10-10", 50)[1])
    page.locator("#unit").fill(typed.replace("m gar", "mgar"))
    assert "Cư M" in page.locator("#units li").first.inner_text()


def test_a_refused_entry_is_forgotten_once_the_rate_is_set_otherwise(opened):
    page = opened(made("dak_lak_2026-10-10", 50)[1])
    entry, wrong = page.locator("[data-lever=on_time] .entry"), page.locator("[data-lever=on_time] .wrong")
    entry.fill("abc")
    page.keyboard.press("Enter")
    expect(wrong).to_contain_text("abc")
    page.locator("[data-preset=all_on_time]").click()
    expect(wrong).to_be_hidden()
    assert entry.get_attribute("aria-invalid") is None and entry.input_value() == "100\u00a0%"
    entry.fill("")
    page.keyboard.press("Enter")
    expect(entry).to_have_value("95,54\u00a0%")
    entry.fill("2263/2263 hồ sơ")
    page.keyboard.press("Enter")
    expect(entry).to_have_value("100\u00a0%")


def test_a_finger_that_scrolls_the_page_over_a_slider_or_the_list_of_units_changes_nothing(opened):
    page = opened(made("dak_lak_2026-10-10", 50)[1])
    before = figures(page)
    slider = page.locator("[data-lever=on_time] input[type=range]")
    slider.evaluate("""node => {
      node.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
      node.value = 10;
      node.dispatchEvent(new Event("input", { bubbles: true }));
      node.dispatchEvent(new PointerEvent("pointercancel", { bubbles: true }));
    }""")
    page.evaluate("() => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go)))")
    assert figures(page) == before and "on_time" not in page.url
    page.locator("#unit").click()
    page.locator("#units li").nth(3).dispatch_event("pointerdown")
    assert page.locator("#units").is_visible() and figures(page) == before
    page.locator("#units li").nth(3).click()
    assert figures(page) != before


def test_a_unit_without_a_score_shows_what_moves_and_no_broken_number(opened):
    table = tables.find("dak_lak_2026-10-10")
    rules = edition_files.load(table.edition)
    points = {c.key: 1.0 for c in rules.components if c.key != "satisfaction"}
    base = baseline(rules, table.with_unit(rules, "own", "Xã thiếu điểm", points, {"on_time": 0.5}))
    choice = Choice(table.key, "own", Scenario({"on_time": 1.0}))
    page = opened(alone.page(base, len(base.league.codes) - 1, choice, words("vi"), MADE))
    assert figures(page)[:2] == ["–", "–"]
    assert "+10,00" in page.locator(".fall").inner_text()
    assert "NaN" not in page.locator("body").inner_text()


def test_it_says_whose_figures_they_are_of_when_under_which_rules_and_assumptions(opened):
    base, html = made("hanoi_2025-08-25", 5)
    page = opened(html)
    text = page.locator("body").inner_text()
    t = words("vi")
    for said in (
        t("league.illustrative_long"), "Xã Phú Xuyên", "25/8/2026"[:4], "126\u00a0đơn vị", t.of(base.edition.title),
        t.of(base.edition.about), t("panel.peers_still"), "25/11/2026", t.of(base.league.source),
    ):  # fmt: skip
        assert said in text, said
    page.locator("footer summary").click()
    assert t("method.ties_text") in page.locator("footer").inner_text()
    rows = page.locator(".ledger tbody tr")
    assert rows.count() >= len(base.edition.criteria) + len(base.edition.components) + 1
    assert rows.last.inner_text().split("\t")[-2] == figures(page)[0]
    assert "số liệu minh họa" in page.locator(".ledger thead").inner_text()  # also on the second sheet of paper


def test_its_policy_forbids_every_connection(chromium, tmp_path):
    path = tmp_path / "simulator.html"
    path.write_text(made("provinces_2026-10-10")[1], encoding="utf-8")
    page, asked = chromium.new_page(), []
    page.goto(path.as_uri())
    page.on("requestfinished", lambda request: asked.append(request.url))
    tried = page.evaluate("""async () => {
      const broken = [];
      addEventListener("securitypolicyviolation", (event) => broken.push(event.effectiveDirective));
      const lost = await fetch("http://127.0.0.1:9/").then(() => "sent", () => "stopped");
      document.body.append(Object.assign(new Image(), { src: "http://127.0.0.1:9/i.png" }));
      document.body.insertAdjacentHTML("beforeend", "<p onclick='window.ran = 1'>x</p>");
      document.body.lastChild.click();
      await new Promise((done) => setTimeout(done, 200));
      return { lost, broken, ran: window.ran };
    }""")
    page.close()
    assert tried["lost"] == "stopped" and not tried.get("ran") and asked == []
    assert {"connect-src", "img-src"} <= set(tried["broken"])


def test_names_that_look_like_markup_are_shown_as_they_are(opened):
    evil = "</script><img src=x onerror=window.ran=1><!--"
    table = tables.find("provinces_2026-10-10")
    rules = edition_files.load(table.edition)
    base = baseline(rules, table.with_unit(rules, "own", evil, {c.key: 1.0 for c in rules.components}, {}))
    unit = len(base.league.codes) - 1
    choice = Choice(table.key, "own", own_name=evil)
    page = opened(alone.page(base, unit, choice, words("en"), MADE))
    assert page.locator("#unit").input_value() == evil and page.evaluate("window.ran") is None
    assert dict(parse_qsl(page.evaluate("location.hash.slice(1)")))["own.name"] == evil


@pytest.mark.thorough
@pytest.mark.parametrize(("key", "most"), [("hanoi_2025-08-25", 150), ("dak_lak_2026-10-10", 150), (LARGE, 300)])
def test_the_file_is_small_and_the_whole_country_fits_too(opened, tmp_path, monkeypatch, key, most):
    if key == LARGE:
        monkeypatch.setattr(tables, "SAMPLES", samples(tmp_path / "leagues", {LARGE: SIZES[LARGE]}))
    base, html = made(key, 7)
    assert len(html.encode()) < 1024 * most
    page = opened(html)
    assert figures(page)[0] == engine(base, 7, Scenario())[0]
    assert page.locator(".figure.rank strong").inner_text().endswith("/" + words("vi").count(base.ranked))


def test_on_a_phone_nothing_runs_off_the_side_and_every_control_has_a_name(opened):
    page = opened(made("dak_lak_2026-10-10", 50, "en")[1], width=390, height=844)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.evaluate("document.documentElement.lang") == "en"
    nameless = page.evaluate("""() => [...document.querySelectorAll("input, button, summary, [role=img]:not([hidden])")]
      .filter((node) => !(node.getAttribute("aria-label") || node.textContent || (node.labels && node.labels.length)))
      .map((node) => node.outerHTML)""")
    assert nameless == []


def test_paper_shows_what_is_supposed_and_nothing_to_press(opened):
    page = opened(made("dak_lak_2026-10-10", 50, on_time=1.0)[1])
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("[data-lever=on_time] .entry").is_visible()
    assert page.locator("footer details p").first.is_visible()
    for hidden in (".presets", ".tools", ".hand-on", "[data-lever=paid_online]", ".track"):
        assert not page.locator(hidden).first.is_visible(), hidden


def test_the_app_hands_the_file_over_and_both_show_the_same(visit, url, opened):
    someone = visit().go(f"{url}/?unit=H15.198&on_time=0.9&paid_online=0.98")
    seen = [someone.score, someone.rank]
    with someone.page.expect_download() as download:
        someone.page.get_by_role("button", name=words("vi")("alone.take")).click()
    assert download.value.suggested_filename == "dak_lak_2026-10-10_H15.198.html"
    page = opened(download.value.path().read_text("utf-8"))
    assert figures(page)[:2] == seen
    assert page.locator("#unit").input_value() == someone.page.locator("#unit").input_value()


def test_figures_that_are_made_up_are_nowhere_called_published(opened):
    page = opened(made("hanoi_2025-08-25", 5, targets={"paid_online": 1.0})[1])
    page.locator("[data-preset=all_on_time]").click()
    for part in (".switched", ".strip", ".fall", "[data-lever=on_time] .foot", ".ledger thead"):
        said = page.locator(part).text_content()
        assert said and "công bố" not in said.lower(), part
    assert "số minh họa" in page.locator(".switched").inner_text()
    page.locator("#unit").fill("phu xuyen")
    page.keyboard.press("Enter")
    assert "thật ra được công bố 94,73" in page.locator(".switched").inner_text()


def test_a_file_saved_on_another_scenario_tells_no_old_one_where_no_script_runs(opened, chromium, tmp_path):
    page = opened(made("dak_lak_2026-10-10", 50, on_time=1.0)[1])
    page.locator("[data-preset=targets]").click()
    with page.expect_download() as download:
        page.locator(".save").click()
    context = chromium.new_context(java_script_enabled=False)
    for text, told in ((made("dak_lak_2026-10-10", 50, on_time=1.0)[1], True), (None, False)):
        path = tmp_path / "saved.html"
        path.write_text(text or download.value.path().read_text("utf-8"), encoding="utf-8")
        silent = context.new_page()
        silent.goto(path.as_uri())
        assert ("70,29" in silent.locator("main").inner_text()) == told
        assert "JavaScript" in silent.locator("main").inner_text() and not silent.locator(".sides").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("typed", "lever", "said"),
    [
        ("2.263", "on_time", "hai cách"),
        ("0,985", "on_time", "hai cách"),
        ("50 %", "petitions_on_time", "0/1"),
        ("+1", "petitions_on_time", "0/1"),
    ],
)
def test_an_entry_that_could_mean_two_things_or_nothing_is_asked_about(opened, typed, lever, said):
    page = opened(made("dak_lak_2026-10-10", 50)[1])
    before = figures(page)
    page.locator(f"[data-lever={lever}] .entry").fill(typed)
    page.keyboard.press("Enter")
    expect(page.locator(f"[data-lever={lever}] .wrong")).to_contain_text(said)
    assert figures(page) == before and lever not in page.url
    page.locator("[data-preset=all_on_time]").click()
    expect(page.locator(f"[data-lever={lever}] .wrong")).to_be_hidden()


def test_what_is_typed_after_enter_takes_the_old_entrys_place_and_undo_works_there(opened):
    base, html = made("dak_lak_2026-10-10", 50)
    page = opened(html)
    entry = page.locator("[data-lever=on_time] .entry")
    for typed in ("97", "98"):
        if typed == "97":
            entry.focus()
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        expect(entry).to_have_value(f"{typed}\u00a0%")
    expect(page).to_have_url(re.compile(r"on_time=0\.98"))
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    expect(entry).to_have_value("95,54\u00a0%")
    assert figures(page) == engine(base, 50, Scenario())


def test_things_said_to_reach_a_rate_do_reach_it(opened):
    base, html = made("dak_lak_2026-10-10", 50)
    page = opened(html)
    page.locator("[data-preset=targets]").click()
    count = page.locator("[data-lever=procedures_integrated] .count")
    expect(count).to_contain_text("27/33")
    after = Scenario({"procedures_integrated": Counts(27, 33)})
    at = base.edition.criterion_index["procedures_integrated"]
    assert effect(base, 50, after).after.criteria[at] == 200


def test_the_first_unit_offered_has_a_word_that_begins_as_typed(opened):
    page = opened(made("dak_lak_2026-10-10", 50)[1])
    page.locator("#unit").fill("ea h")
    first = page.locator("#units li").first.inner_text()
    assert first.startswith(("Xã Ea H", "Xã Ea Hiao")), first
    page.locator("#unit").fill("15.198")
    assert page.locator("#units li").count() == 1


def test_the_table_shows_no_rate_of_what_is_assumed_or_of_nothing_due(opened):
    page = opened(made("dak_lak_2026-10-10", 50)[1])
    for name in ("4.6", "5.2", "5.3"):
        cells = page.locator(".ledger tr", has_text=name).first.locator("td")
        assert cells.first.inner_text() == "–" and "," in cells.nth(4).inner_text()


def test_paper_keeps_the_assumptions_beside_what_they_are_of(opened):
    page = opened(made("dak_lak_2026-10-10", 50, on_time=1.0)[1])
    page.emulate_media(media="print")
    for said in ("thừa hưởng từ tỉnh", "coi là tối đa", "di chuyển thẳng theo điểm"):
        assert page.get_by_text(said).first.is_visible(), said
    assert not page.get_by_text("Vạch xanh lá").is_visible()


def test_the_focus_is_never_lost_when_what_had_it_goes(opened):
    page = opened(made("hanoi_2025-08-25", 5)[1])
    page.locator("[data-preset=all_on_time]").click()
    page.locator("[data-act=undo]").focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.dataset.act") == "redo"


def test_at_320_pixels_every_figure_of_the_result_bar_is_whole(opened):
    page = opened(made("hanoi_2025-08-25", 5, on_time=0.5)[1], width=320, height=640)
    cut = page.evaluate("""() => {
      const shown = [...document.querySelectorAll(".bar .figure > *, .bar .tools button")]
        .filter((node) => node.textContent && node.getClientRects().length);
      const boxes = shown.map((node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return [node.textContent, range.getBoundingClientRect()];
      });
      const apart = (a, b) => a.right <= b.left + 1 || a.bottom <= b.top + 1;
      const over = (a, b) => !apart(a, b) && !apart(b, a);
      const hidden = ([, a], i) => a.right > innerWidth + 1 || boxes.some(([, b], j) => i < j && over(a, b));
      return boxes.filter(hidden).map(([text]) => text);
    }""")
    assert cut == []
