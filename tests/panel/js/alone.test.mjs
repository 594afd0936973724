// The one file's own part: its link, undo and redo, saving, copying, paper, and what is said of a link.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import { file } from "./desk.mjs";
import { SCRIPTS, corpus, page } from "./load.mjs";
import { table } from "./read.mjs";

const { html, data } = corpus("desk");
const { words } = JSON.parse(/<script type="application\/json" id="given">(.*)<\/script>/.exec(html)[1]).given;
const disabled = (opened) => ["undo", "redo", "reset"].map((act) => opened.find(`[data-act=${act}]`).disabled);
const set = (opened, text, key = "on_time") => { opened.type(key, text); opened.pass(1000); };
const keys = (opened, init, node = opened.document.body) => { const own = !opened.fire(node, "keydown", init); opened.pass(1000); return own; };

test("undo takes back two hundred steps and no more, redo brings them again, and a new step ends what could be redone", async () => {
  const opened = await file(html, { before: ({ window }) => { window.matchMedia = () => ({ matches: false }); } });
  const supposed = (n) => `${(n % 90) + (n > 90 ? 0.5 : 0) + (n > 180 ? 0.25 : 0)}\u00a0%`;
  for (let n = 1; n <= 203; n += 1) opened.type("on_time", supposed(n));
  opened.pass(1000);
  const undo = opened.find("[data-act=undo]");
  let steps = 0;
  while (!undo.disabled) { undo.click(); steps += 1; }
  assert.deepEqual([steps, opened.entry("on_time").value], [200, supposed(3)]);
  for (let n = 0; n < 5; n += 1) opened.find("[data-act=redo]").click();
  assert.deepEqual([opened.entry("on_time").value, disabled(opened)], [supposed(8), [false, false, false]]);
  set(opened, "1 %");
  assert.deepEqual(disabled(opened), [false, true, false]);
  undo.click();
  assert.equal(opened.entry("on_time").value, supposed(8));
});

test("the keys of undo and redo work anywhere but in a box where something is being typed", async () => {
  const opened = await file(html);
  const entry = opened.entry("on_time");
  const start = entry.value;
  set(opened, "97");
  set(opened, "98");
  assert.ok(keys(opened, { key: "z", ctrlKey: true }));
  assert.equal(entry.value, "97\u00a0%");
  assert.ok(keys(opened, { key: "Z", metaKey: true, shiftKey: true }));
  assert.equal(entry.value, "98\u00a0%");
  keys(opened, { key: "z", ctrlKey: true }, entry);
  keys(opened, { key: "Z", ctrlKey: true });
  assert.equal(entry.value, start);
  keys(opened, { key: "y", ctrlKey: true });
  assert.equal(entry.value, "97\u00a0%");
  for (const init of [{ key: "z" }, { key: "x", ctrlKey: true }]) assert.ok(!keys(opened, init));
  entry.value = "9";
  assert.ok(!keys(opened, { key: "z", ctrlKey: true }, entry));
  entry.value = entry.dataset.shown;
  opened.find("#unit").value = "ea";
  assert.ok(!keys(opened, { key: "z", ctrlKey: true }, opened.find("#unit")));
  assert.equal(entry.value, "97\u00a0%");
  opened.find("#unit").value = data.units[50][1];
  assert.ok(keys(opened, { key: "z", ctrlKey: true }, opened.find("#unit")));
  assert.equal(entry.value, start);
});

test("a link's state is opened, what of it is of no use is said in short, and another league's is refused", async () => {
  const long = "x".repeat(50);
  const opened = await file(html, { hash: `#on_time=0.97&digitized=1/2&nothing=${long}` });
  assert.deepEqual([opened.entry("on_time").value, opened.entry("digitized").value, disabled(opened)], ["97\u00a0%", "50\u00a0%", [true, true, false]]);
  const said = opened.find(".said");
  assert.deepEqual([said.hidden, said.textContent], [false, words.unused.replace("{names}", `nothing=${"x".repeat(32)}…`)]);
  assert.deepEqual([opened.link().on_time, opened.link().digitized, "nothing" in opened.link()], ["0.97", "1/2", false]);
  opened.window.location.hash = "#on_time=0.5";
  opened.pass(1000);
  assert.deepEqual([opened.entry("on_time").value, disabled(opened), said.hidden], ["50\u00a0%", [false, true, false], true]);
  opened.window.location.hash = "#league=other&on_time=0.1";
  opened.pass(1000);
  assert.deepEqual([opened.entry("on_time").value, said.hidden, said.textContent], ["50\u00a0%", false, words.other_league]);
  opened.find("[data-act=undo]").click();
  assert.deepEqual([opened.entry("on_time").value, opened.link().digitized, disabled(opened)], ["97\u00a0%", "1/2", [true, false, false]]);
});

test("a file saved opens on what was supposed when it was saved", async () => {
  const saved = [];
  const opened = await file(html, { before: ({ window }) => {
    window.URL.createObjectURL = (blob) => { saved.push(blob); return "blob:1"; };
    window.URL.revokeObjectURL = (url) => saved.push(url);
    window.HTMLAnchorElement.prototype.click = function click() { saved.push([this.download, this.href]); };
  } });
  const save = async () => {
    saved.length = 0;
    opened.find(".save").click();
    assert.deepEqual(saved[1], [`dak_lak_2026-10-10_${data.units[50][0]}.html`, "blob:1"]);
    opened.pass(999);
    assert.equal(saved.length, 2);
    opened.pass(1);
    assert.equal(saved[2], "blob:1");
    assert.equal(saved[0].type, "text/html");
    return saved[0].text();
  };
  const sentence = /<p>([^<]*)<\/p><\/noscript>/.exec(html)[1];
  assert.ok((await save()).replace(/&(amp;)*nbsp;/g, "\u00a0").includes(sentence), "nothing is supposed: the sentence is still true"); // jsdom escapes what is in noscript once more
  set(opened, "97");
  const text = await save();
  assert.ok(text.startsWith("<!doctype html>\n<html")); // that its old sentence is gone is tested in a browser: jsdom reads what is in noscript as elements
  const again = await file(text);
  assert.deepEqual([again.entry("on_time").value, again.link().on_time, disabled(again)], ["97\u00a0%", "0.97", [true, true, false]]);
});

test("the link is copied and said to be, or else shown to be copied by hand; what is said goes with the next step", async () => {
  const copied = [];
  const opened = await file(html);
  const [button, said] = [opened.find(".copy"), opened.find(".copied")];
  const told = async () => { button.click(); for (let i = 0; i < 9; i += 1) await new Promise((go) => { setImmediate(go); }); return said.textContent; };
  Object.defineProperty(opened.window.navigator, "clipboard", { value: { writeText: async (text) => { copied.push(text); } }, configurable: true });
  set(opened, "97");
  assert.equal(await told(), words.copied);
  assert.deepEqual(copied, [opened.window.location.href]);
  set(opened, "98");
  assert.equal(said.textContent, "");
  Object.defineProperty(opened.window.navigator, "clipboard", { value: { writeText: async () => { throw new Error("no"); } } , configurable: true });
  assert.equal(await told(), `${words.not_copied} ${opened.window.location.href}`);
  assert.equal(said.querySelector("code").textContent, opened.window.location.href);
});

test("on paper all that is folded stands open, and folds again; the table is painted only where one sees it", async () => {
  const opened = await file(html, { before: ({ window }) => { window.matchMedia = () => ({ matches: false }); } });
  const ledger = opened.find(".ledger");
  assert.deepEqual([ledger.open, table(ledger).length], [false, 0]);
  const folded = opened.document.querySelectorAll("details:not([open])").length;
  opened.fire(opened.window, "beforeprint");
  assert.equal(opened.document.querySelectorAll("details:not([open])").length, 0);
  const rows = table(ledger);
  assert.ok(rows.length > 20);
  opened.fire(opened.window, "afterprint");
  assert.equal(opened.document.querySelectorAll("details:not([open])").length, folded);
  set(opened, "1 %");
  ledger.open = true;
  opened.fire(ledger, "toggle");
  assert.notDeepEqual(table(ledger), rows);
  const wide = await file(html);
  assert.deepEqual([wide.find(".ledger").open, wide.find(".sides").hidden, wide.find(".ledger").hidden], [true, false, false]);
});

test("whoever takes over when the page goes, takes over what is still under the finger", async () => {
  const opened = await file(html);
  opened.slider("on_time").value = 500;
  opened.fire(opened.slider("on_time"), "input");
  opened.fire(opened.window, "pagehide");
  assert.equal(opened.link().on_time, "0.5");
});

test("what a preset left out is said beside the presets, until the next step", async () => {
  const opened = await file(html);
  const left = opened.find(".left-out");
  assert.equal(left.previousElementSibling, opened.find(".presets"));
  opened.find("[data-preset=targets]").click();
  assert.ok(!left.hidden && left.textContent.includes("("));
  set(opened, "50 %");
  assert.deepEqual([left.hidden, left.textContent], [true, ""]);
});

test("where the data can't be read the file says what it would without a script", async () => {
  const broken = html.replace(/(id="given">)\{/, "$1");
  const world = await page(broken, [...SCRIPTS, "link.js", "ledger.js", "alone.js"]);
  for (let i = 0; i < 9; i += 1) await new Promise((go) => { setImmediate(go); });
  const said = world.document.querySelector(".said");
  assert.deepEqual([said.hidden, said.textContent], [false, world.document.querySelector("noscript").textContent]);
});

test("data that are packed are the same data", async () => {
  const given = /<script type="application\/json" id="given">(.*)<\/script>/.exec(html);
  const packed = deflateSync(Buffer.from(given[1])).toString("base64");
  const opened = await file(html.replace(given[0], `<script type="application/zlib" id="given">${packed}</script>`));
  const plain = await file(html);
  assert.deepEqual(table(opened.find(".ledger")), table(plain.find(".ledger")));
});

test("in a frame the file tells its host where it stands", async () => {
  const told = [];
  const opened = await file(html, { before: ({ window }) => {
    Object.defineProperty(window, "parent", { value: { postMessage: (message, to) => told.push([message, to]) }, configurable: true });
  } });
  set(opened, "97");
  assert.deepEqual(told.at(-1)[1], "https://panel.test");
  assert.equal(told.at(-1)[0].index766, opened.window.location.hash.slice(1));
});
