// Fields: what is typed is handed on once, kept while it is refused, and never written over while it is being typed.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load, page } from "./load.mjs";

const WORDS = {
  about: "Giải thích: {label}", pick_for: "Chọn ngày: {label}", pick_day: "Lịch", month_before: "Tháng trước", month_after: "Tháng sau",
  month: "Tháng {month}/{year}", day: "{day}/{month}/{year}", months: Array.from({ length: 12 }, (_, i) => String(i + 1)),
  weekdays: ["T2", "T3", "T4", "T5", "T6", "T7", "CN"],
};
const FIELD = { key: "rank", label: "Hạng", value: "20", kind: "number", hint: "", unit: "", wrong: "", placeholder: "", most: 0, day: "", low: "", high: "", bare: false };
const DATE = { ...FIELD, key: "by", label: "Trước ngày", kind: "date", value: "31/12/2026", day: "2026-12-31", low: "2026-11-28", high: "2027-01-05" };

async function opened(...fields) {
  const world = await page('<div id="a"><div class="panel"></div></div>', ["dom.js", "calendar.js", "fields.js", "mount.controls.js"]);
  const told = [];
  const draw = (given, more = {}) => {
    const data = ["fields", JSON.stringify({ fields: given, send: "", round: 0, words: WORDS, ...more })];
    world.window.props = { parentElement: world.document.getElementById("a"), data, setTriggerValue: (name, value) => told.push([name, ...JSON.parse(JSON.stringify(value))]) };
    return world.run("mount(props)");
  };
  draw(fields);
  const find = (selector) => world.document.querySelector(selector);
  const fire = (node, type, init = {}) => node.dispatchEvent(new world.window[init.key ? "KeyboardEvent" : "Event"](type, { bubbles: true, cancelable: true, ...init }));
  const box = (key = "rank") => find(`[data-field="${key}"] input, [data-field="${key}"] textarea`);
  const put = (text, key) => { box(key).value = text; fire(box(key), "input"); };
  const keys = (node, ...names) => names.forEach((key) => fire(node, "keydown", { key }));
  return { ...world, told, draw, find, fire, box, put, keys, focused: () => world.document.activeElement };
}

test("a field is named by its label, and what is wrong with it is announced and described", async () => {
  const at = await opened({ ...FIELD, value: "0", wrong: "«0» không dùng được: cần một số nguyên từ 1 đến 102." });
  assert.equal(at.box().labels[0].textContent, "Hạng");
  assert.equal(at.box().getAttribute("aria-invalid"), "true");
  const described = at.box().getAttribute("aria-describedby").split(" ").map((id) => at.document.getElementById(id).textContent).join("");
  assert.equal(described, "«0» không dùng được: cần một số nguyên từ 1 đến 102.");
  assert.equal(at.find(".wrong").getAttribute("role"), "alert");
  at.draw([FIELD]);
  assert.deepEqual([at.box().hasAttribute("aria-invalid"), at.find(".wrong").textContent, at.box().value], [false, "", "20"]);
});

test("Enter hands on what is typed, and leaving the field hands it on no second time", async () => {
  const at = await opened(FIELD);
  at.put("12");
  at.keys(at.box(), "Enter");
  at.fire(at.box(), "change");
  assert.deepEqual(at.told, [["typed", "rank", "12"]]);
});

test("leaving a field is enough, and one that says what it said hands on nothing", async () => {
  const at = await opened(FIELD);
  at.fire(at.box(), "change");
  at.put("−3");
  at.fire(at.box(), "change");
  assert.deepEqual(at.told, [["typed", "rank", "−3"]]);
});

test("a refused text stays as it was typed until it is another, be it the one before", async () => {
  const at = await opened(FIELD);
  at.put("abc");
  at.fire(at.box(), "change");
  at.draw([{ ...FIELD, value: "abc", wrong: "…" }], { round: 1 });
  assert.equal(at.box().value, "abc");
  at.put("20");
  at.fire(at.box(), "change");
  assert.deepEqual(at.told.at(-1), ["typed", "rank", "20"]);
});

test("what is accepted is shown as it was read, and what is being typed is not written over", async () => {
  const at = await opened(FIELD);
  at.put("020");
  at.keys(at.box(), "Enter");
  at.draw([FIELD], { round: 1 });
  assert.equal(at.box().value, "20");
  at.put("2");
  at.draw([{ ...FIELD, value: "25" }], { round: 1 });
  assert.equal(at.box().value, "2");
  at.keys(at.box(), "Escape");
  assert.equal(at.box().value, "25");
});

test("a hint is a click away, and no button stands where there is none", async () => {
  const at = await opened(FIELD);
  assert.equal(at.find(".about"), null);
  at.draw([{ ...FIELD, hint: "Số liệu chỉ tính đến ngày đó." }]);
  const [about, hint] = [at.find(".about"), at.find(".hint")];
  assert.deepEqual([about.getAttribute("aria-label"), about.getAttribute("aria-expanded"), hint.hidden], ["Giải thích: Hạng", "false", true]);
  about.click();
  assert.deepEqual([about.getAttribute("aria-expanded"), hint.hidden, hint.textContent], ["true", false, "Số liệu chỉ tính đến ngày đó."]);
});

test("a form hands on all its fields by its button or by Enter, none before, and the first refused gets the focus", async () => {
  const [one, two] = [FIELD, { ...FIELD, key: "score", value: "" }];
  const at = await opened();
  at.draw([one, two], { send: "Đưa vào bảng" });
  at.put("7");
  at.fire(at.box(), "change");
  at.put("80", "score");
  assert.deepEqual(at.told, []);
  at.draw([one, two], { send: "Đưa vào bảng" }); // another run meanwhile loses nothing
  at.find(".send").click();
  assert.deepEqual(at.told, [["sent", { rank: "7", score: "80" }]]);
  at.draw([{ ...one, value: "7" }, { ...two, value: "80", wrong: "…" }], { send: "Đưa vào bảng", round: 1 });
  assert.equal(at.focused(), at.box("score"));
});

test("fields come and go without the others being drawn anew", async () => {
  const at = await opened(FIELD);
  const kept = at.box();
  at.draw([DATE, FIELD]);
  assert.deepEqual([...at.document.querySelectorAll(".field")].map((one) => one.dataset.field), ["by", "rank"]);
  assert.equal(at.box(), kept);
  at.draw([FIELD]);
  assert.equal(at.document.querySelectorAll(".field").length, 1);
});

test("a date is picked from a calendar by mouse, written as one types it", async () => {
  const at = await opened(DATE);
  at.find(".pick").click();
  assert.equal(at.find(".calendar strong").textContent, "Tháng 12/2026");
  assert.deepEqual([...at.document.querySelectorAll(".calendar th")].map((one) => one.textContent), WORDS.weekdays);
  assert.equal(at.find('[data-day="2026-12-01"]').closest("td").cellIndex, 1); // a Tuesday
  at.find('[data-day="2026-12-15"]').click();
  assert.deepEqual([at.told, at.box("by").value, at.find(".calendar").hidden], [[["typed", "by", "15/12/2026"]], "15/12/2026", true]);
});

test("a calendar is walked by keys within the days that are allowed, and left by Escape", async () => {
  const at = await opened(DATE);
  at.find(".pick").click();
  const day = () => at.focused().dataset.day;
  const walk = (...names) => names.map((key) => { at.keys(at.focused(), key); return day(); });
  assert.equal(day(), "2026-12-31");
  assert.deepEqual(walk("ArrowLeft", "ArrowUp", "PageUp", "ArrowDown", "ArrowRight"), ["2026-12-30", "2026-12-23", "2026-11-28", "2026-12-05", "2026-12-06"]);
  assert.deepEqual(walk("PageDown", "PageDown"), ["2027-01-05", "2027-01-05"]);
  assert.ok(at.find('[data-day="2027-01-06"]').disabled && !at.find('[data-day="2027-01-05"]').disabled);
  assert.equal(at.focused().getAttribute("aria-label"), "5/1/2027");
  at.keys(at.focused(), "Escape");
  assert.deepEqual([at.find(".calendar").hidden, at.focused(), at.told], [true, at.find(".pick"), []]);
});

test("a month away is the last of a month that has no such day", () => {
  const dayAway = load(["dom.js", "calendar.js"])("dayAway");
  assert.deepEqual([dayAway("2028-01-31", 0, 1), dayAway("2027-01-31", 0, 1), dayAway("2026-12-31", 1), dayAway("2026-03-01", -1)],
    ["2028-02-29", "2027-02-28", "2027-01-01", "2026-02-28"]);
});

test("what is left takes its fields away", async () => {
  const at = await opened(FIELD);
  at.draw([FIELD])();
  assert.equal(at.document.querySelectorAll(".field").length, 0);
  at.draw([FIELD]);
  assert.equal(at.document.querySelectorAll(".field").length, 1);
});
