// Tables: real ones, sorted and turned in pages, copied and saved as they are read; and edited by a spreadsheet's habits.

import assert from "node:assert/strict";
import { test } from "node:test";

import { load, page } from "./load.mjs";

const WORDS = {
  decimal: ",", thousands: ".", sort_by: "Sắp xếp theo", as_it_came: "thứ tự ban đầu", turn_round: "Đảo", rows: "Dòng {low}–{high} trong {n}", rows_before: "Trước",
  rows_after: "Sau", copy: "Sao chép", copied: "Đã sao chép", save: "Lưu", pasted: "Đã dán {n} ô.", outside: "Bỏ qua {n} ô.",
};
const plain = (value) => JSON.parse(JSON.stringify(value));
const columns = (...heads) => heads.map((head) => ({ key: head, head }));
const LEAGUE = { caption: "Bảng xếp hạng", columns: columns("Hạng", "Đơn vị", "Điểm"), mine: 1, file: "bang-xep-hang",
  rows: [["1", "Xã Ea Súp", "1.073,4"], ["2", "Xã Đắk Liêng", "9,5"], ["–", "Xã An", "–"], ["10", "Xã B", "−12"]] };
const LEVERS = { caption: "Giả định", file: "gia-dinh", keys: ["on_time", "paid", "filed"],
  columns: [...columns("Tỷ lệ", "Hiện nay"), { key: "Công sức", head: "Công sức", edit: "text" }, { key: "Loại", head: "Loại", edit: "choice", options: [["flow", "phát sinh"], ["stock", "đếm một lần"]] },
    { key: "Giữ", head: "Giữ", edit: "check" }],
  rows: [["Đúng hạn", "95 %", "1", "flow", "0"], ["Thanh toán", "80 %", "2", "stock", "1"], ["Nộp", "60 %", "3", "flow", "0"]] };

async function opened(given, width = 1024) {
  const world = await page('<div id="a"><div class="panel"></div></div>', ["dom.js", "table.js", "mount.controls.js"]);
  const { window, document } = world;
  Object.assign(window, { innerWidth: width });
  const told = [];
  let round = 0;
  const draw = (data) => {
    window.props = { parentElement: document.getElementById("a"), data: ["table", JSON.stringify({ words: WORDS, round: (round += 1), ...data })], setTriggerValue: (name, value) => told.push([name, ...plain(value)]) };
    return world.run("mount(props)");
  };
  draw(given);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const rows = () => all("tbody tr").map((row) => [...row.children].map((cell) => cell.textContent));
  const head = (name) => all("thead th").find((cell) => cell.textContent === name);
  const cell = (key) => all("[data-cell]").find((node) => node.dataset.cell === key);
  const fire = (node, type, init = {}) => node.dispatchEvent(Object.assign(new window[init.key ? "KeyboardEvent" : "Event"](type, { bubbles: true, cancelable: true, ...init }), init.clipboardData ? { clipboardData: init.clipboardData } : {}));
  const put = (key, text) => { cell(key).focus(); cell(key).value = text; fire(cell(key), "input"); };
  const paste = (key, text) => fire(cell(key), "paste", { clipboardData: { getData: () => text } });
  return { ...world, told, draw, all, rows, head, cell, fire, put, paste, focused: () => document.activeElement.dataset.cell };
}

test("a table is one to whoever hears it: a caption, heads of columns and rows, our own row told apart by more than colour", async () => {
  const at = await opened(LEAGUE);
  assert.equal(at.document.querySelector("caption").textContent, "Bảng xếp hạng");
  assert.deepEqual(at.all("thead th").map((cell) => cell.scope), ["col", "col", "col"]);
  assert.deepEqual(at.all("tbody th").map((cell) => [cell.scope, cell.textContent]), [["row", "Xã Ea Súp"], ["row", "▶ Xã Đắk Liêng"], ["row", "Xã An"], ["row", "Xã B"]]);
  assert.deepEqual(at.all('[aria-current="true"]').map((row) => row.children[1].textContent), ["▶ Xã Đắk Liêng"]);
  assert.deepEqual(at.all("tbody tr:first-child > *").map((cell) => [cell.className, cell.dataset.head]), [["number", "Hạng"], ["", "Đơn vị"], ["number", "Điểm"]]);
  const region = at.document.querySelector(".scroller");
  assert.deepEqual([region.getAttribute("role"), region.tabIndex, region.getAttribute("aria-label")], ["region", 0, "Bảng xếp hạng"]);
});

test("a row has the tone of what its second cell says", async () => {
  const at = await opened({ ...LEAGUE, mine: undefined, tones: ["green", "amber", "red", "none"] });
  assert.deepEqual(at.all("tbody tr").map((row) => row.className.trim()), ["tone green", "tone amber", "tone red", "tone none"]);
});

test("our own row stays in sight: where it is, or first where filters, pages or a narrow screen leave it out", async () => {
  const own = ["2", "Xã Đắk Liêng", "9,5"];
  const at = await opened({ ...LEAGUE, own });
  assert.deepEqual(at.all("tr.pinned").map((row) => at.all("tbody tr").indexOf(row)), [1]);
  at.draw({ ...LEAGUE, own, mine: null, rows: LEAGUE.rows.slice(2) });
  assert.deepEqual(at.rows(), [["2", "▶ Xã Đắk Liêng", "9,5"], ["–", "Xã An", "–"], ["10", "Xã B", "−12"]]);
  assert.deepEqual(at.all("tr.pinned, [aria-current]").map((row) => at.all("tbody tr").indexOf(row)), [0]);
  at.draw({ ...LEAGUE, own, mine: null, rows: [] });
  assert.deepEqual([at.rows(), at.all("tbody td.number").length], [[["2", "▶ Xã Đắk Liêng", "9,5"]], 2]);
  const many = Array.from({ length: 130 }, (_, i) => [`${i + 1}`, `Xã ${i}`, "1,0"]);
  at.draw({ ...LEAGUE, own: many[120], mine: 120, rows: many });
  assert.deepEqual(at.rows().slice(0, 2).map((row) => row[0]), ["121", "1"]);
  assert.equal(at.rows().length, 101);
  const phone = await opened({ ...LEAGUE, own }, 390);
  assert.deepEqual(phone.rows().map((row) => row[0]), ["2", "1", "2", "–", "10"]);
});

test("a head sorts up, down and as it came; numbers by what they are worth, what is empty last", async () => {
  const at = await opened(LEAGUE);
  const sorted = () => { at.head("Điểm").querySelector("button").click(); return [at.rows().map((row) => row[2]), at.head("Điểm").getAttribute("aria-sort")]; };
  assert.deepEqual(sorted(), [["−12", "9,5", "1.073,4", "–"], "ascending"]);
  assert.deepEqual(sorted(), [["1.073,4", "9,5", "−12", "–"], "descending"]);
  assert.deepEqual(sorted(), [["1.073,4", "9,5", "–", "−12"], null]);
  at.head("Đơn vị").querySelector("button").click();
  assert.deepEqual(at.rows().map((row) => row[1].replace("▶ ", "")), ["Xã An", "Xã B", "Xã Đắk Liêng", "Xã Ea Súp"]);
  at.draw(LEAGUE);
  assert.equal(at.rows()[0][1], "Xã An", "another run leaves the order as it was chosen");
});

test("a total stays below however its table is sorted", async () => {
  const at = await opened({ ...LEAGUE, mine: null, rows: [["1", "B", "2"], ["2", "A", "3"], ["", "Tổng", "5"]], last: 1 });
  at.head("Đơn vị").querySelector("button").click();
  assert.deepEqual(at.rows().map((row) => row[1]), ["A", "B", "Tổng"]);
  at.head("Đơn vị").querySelector("button").click();
  assert.deepEqual(at.rows().map((row) => row[1]), ["B", "A", "Tổng"]);
});

test("numbers, shares, signs and days are worth what they say in their language; other texts nothing", () => {
  const worth = load(["dom.js", "table.js"])("worth");
  const found = ["1.234,5", "98,5 %", "+0,74", "−12,00", "0", "00340", "1/2", "abc", "95 % – 100 %"].map((text) => worth(text, WORDS));
  assert.deepEqual(found, [1234.5, 98.5, 0.74, -12, 0, NaN, NaN, NaN, NaN]);
  assert.equal(worth("1,234.5", { decimal: ".", thousands: "," }), 1234.5);
  assert.ok(worth("9/12/2026", WORDS) < worth("10/12/2026", WORDS));
});

test("3,321 units come a hundred at a time, ten on a phone, each at its place however sorted", async () => {
  const many = (length) => ({ ...LEAGUE, mine: null, rows: Array.from({ length }, (_, i) => [String(i + 1), `Xã ${i}`, `${i % 97},5`]) });
  const sorted = async (length) => {
    const at = await opened(many(length));
    const start = performance.now();
    at.head("Điểm").querySelector("button").click();
    return [at, performance.now() - start];
  };
  const [, few] = await sorted(332);
  const [at, all] = await sorted(3321);
  assert.ok(all < 60 * few); // ten times as many: up to 10 times as long where that grows as they do, 100 as their square
  assert.equal(at.rows().length, 100);
  assert.deepEqual(at.rows()[0], ["1", "Xã 0", "0,5"]);
  const place = () => at.document.querySelector(".place").textContent;
  const [before, after] = at.all(".turning .icon");
  assert.deepEqual([place(), before.disabled], ["Dòng 1–\u2060100\u00a0trong 3.321", true]);
  for (let i = 0; i < 33; i += 1) after.click();
  assert.deepEqual([place(), after.disabled, at.rows().length], ["Dòng 3.301–\u20603.321\u00a0trong 3.321", true, 21]);
  before.click();
  assert.equal(place(), "Dòng 3.201–\u20603.300\u00a0trong 3.321");
  const phone = await opened(many(3321), 390);
  assert.equal(phone.rows().length, 10);
});

test("on a phone a table is sorted by a list of its heads", async () => {
  const at = await opened(LEAGUE, 390);
  const by = at.document.querySelector("#sorting");
  assert.deepEqual([...by.options].map((one) => one.textContent), ["thứ tự ban đầu", "Hạng", "Đơn vị", "Điểm"]);
  by.value = "2";
  at.fire(by, "change");
  at.document.querySelector(".sorting .icon").click();
  assert.deepEqual(at.rows().map((row) => row[2]), ["1.073,4", "9,5", "−12", "–"]);
});

test("a table is copied for a spreadsheet and saved as it is read, semicolons where the comma is a decimal mark", async () => {
  const at = await opened(LEVERS);
  const [copied, saved] = [[], []];
  Object.assign(at.window.navigator, { clipboard: { writeText: async (text) => { copied.push(text); } } });
  at.window.Blob = function blob(parts) { saved.push(parts.join("")); };
  Object.assign(at.window.URL, { createObjectURL: () => "blob:x", revokeObjectURL() {} });
  at.window.HTMLAnchorElement.prototype.click = function click() { saved.push(this.download); };
  const [copy, save] = at.all(".tool");
  copy.click();
  save.click();
  await new Promise((done) => { setImmediate(done); });
  assert.equal(copied[0].split("\r\n")[2], "Thanh toán\t80 %\t2\tđếm một lần\t1");
  assert.deepEqual([saved[0].slice(0, 9), saved[0].split("\r\n")[1], saved[1]], ["\ufeffTỷ lệ;Hi", "Đúng hạn;95 %;1;phát sinh;0", "gia-dinh.csv"]);
  assert.equal(at.document.querySelector(".news").textContent, "Đã sao chép");
});

test("a text with a mark, a quote or a new line in it goes between quotes, and comes back from a paste", () => {
  const panel = load(["dom.js", "table.js"]);
  const rows = [["a;b", 'c"d'], ["e\nf", "g"]];
  assert.equal(panel("separated")(rows, ";"), '"a;b";"c""d"\r\n"e\nf";g');
  assert.deepEqual(plain(panel("pastedBlock")(panel("separated")(rows, "\t"))), rows);
  assert.deepEqual(plain(panel("pastedBlock")("1\t2\r\n3\t\r\n")), [["1", "2"], ["3", ""]]);
});

test("a cell is named by its column and its row, and what is wrong with it stands in it", async () => {
  const at = await opened({ ...LEVERS, wrong: { "paid/Công sức": ["abc", "«abc» không dùng được"] } });
  const node = at.cell("paid/Công sức");
  assert.deepEqual([node.getAttribute("aria-label"), node.value, node.getAttribute("aria-invalid")], ["Công sức, Thanh toán", "abc", "true"]);
  assert.equal(at.document.getElementById(node.getAttribute("aria-describedby")).textContent, "«abc» không dùng được");
  assert.equal(at.cell("filed/Công sức").hasAttribute("aria-invalid"), false);
  assert.deepEqual([at.cell("paid/Loại").value, at.cell("paid/Giữ").checked, at.cell("filed/Giữ").checked], ["stock", true, false]);
});

test("Enter hands a cell on and goes down, Shift and Enter up; arrows as well", async () => {
  const at = await opened(LEVERS);
  at.put("on_time/Công sức", "1,5");
  at.fire(at.cell("on_time/Công sức"), "keydown", { key: "Enter" });
  at.fire(at.all("[data-cell]").find((one) => one.value === "1,5"), "change"); // as a browser does when the focus moves
  assert.deepEqual([at.told, at.focused()], [[["edited", [["on_time", "Công sức", "1,5"]]]], "paid/Công sức"]);
  const marked = (node) => node.value.slice(node.selectionStart, node.selectionEnd); // what is typed next takes its place
  assert.equal(marked(at.cell("paid/Công sức")), "2");
  at.fire(at.cell("paid/Công sức"), "keydown", { key: "ArrowDown" });
  assert.equal(at.focused(), "filed/Công sức");
  at.fire(at.cell("filed/Công sức"), "keydown", { key: "Enter", shiftKey: true });
  assert.equal(at.focused(), "paid/Công sức");
});

test("what is being typed in a cell outlives another run, and Escape takes it back", async () => {
  const at = await opened(LEVERS);
  at.put("paid/Công sức", "12");
  at.draw(LEVERS);
  assert.deepEqual([at.cell("paid/Công sức").value, at.focused()], ["12", "paid/Công sức"]);
  at.fire(at.cell("paid/Công sức"), "keydown", { key: "Escape" });
  assert.equal(at.cell("paid/Công sức").value, "2");
});

test("a block is pasted cell by cell from where one stands, names of a choice for what they name; what lies outside is said", async () => {
  const at = await opened(LEVERS);
  at.paste("paid/Công sức", "4\tPhát sinh\t0\n5\tđếm một lần\t1\n6\tphát sinh\t1\n");
  assert.deepEqual(at.told, [["edited", [["paid", "Công sức", "4"], ["paid", "Loại", "flow"], ["paid", "Giữ", "0"], ["filed", "Công sức", "5"], ["filed", "Loại", "stock"], ["filed", "Giữ", "1"]]]]);
  assert.equal(at.document.querySelector(".news").textContent, "Đã dán 6\u00a0ô. Bỏ qua 3\u00a0ô.");
  assert.deepEqual([at.cell("filed/Công sức").value, at.cell("filed/Loại").value, at.cell("filed/Giữ").checked], ["5", "stock", true]);
});

test("one value that is pasted is left to the browser", async () => {
  const at = await opened(LEVERS);
  assert.equal(at.paste("paid/Công sức", "4"), true); // not prevented
  assert.deepEqual(at.told, []);
});

test("Ctrl and D takes a cell's value from the one above, in the order that is seen", async () => {
  const at = await opened(LEVERS);
  at.head("Tỷ lệ").querySelector("button").click(); // Đúng hạn, Nộp, Thanh toán
  at.cell("paid/Công sức").focus();
  at.fire(at.cell("paid/Công sức"), "keydown", { key: "d", ctrlKey: true });
  assert.deepEqual([at.told, at.cell("paid/Công sức").value], [[["edited", [["paid", "Công sức", "3"]]]], "3"]);
  at.fire(at.cell("on_time/Công sức"), "keydown", { key: "d", ctrlKey: true });
  assert.equal(at.told.length, 1, "above the first there is none");
});

test("a choice and a check are handed on as they are made", async () => {
  const at = await opened(LEVERS);
  at.cell("on_time/Loại").value = "stock";
  at.fire(at.cell("on_time/Loại"), "change");
  at.cell("on_time/Giữ").click();
  assert.deepEqual(at.told, [["edited", [["on_time", "Loại", "stock"]]], ["edited", [["on_time", "Giữ", "1"]]]]);
});
