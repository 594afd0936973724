// The head of every page: its links, its keys, what it finds and hands on, and what it leaves of the browser's history.

import assert from "node:assert/strict";
import { test } from "node:test";
import { page } from "./load.mjs";

const WORDS = Object.fromEntries(["menu", "find", "find_hint", "none_found", "share", "copy", "send", "file", "close", "link", "qr", "copied", "not_copied", "print",
  "title", "other_language", "kind_page", "kind_league", "kind_unit", "kind_lever"].map((key) => [key, `(${key})`]));
const GIVEN = {
  page: "simulator", pages: [["simulator", "./", "Mô phỏng"], ["targets", "targets", "Kế hoạch"]].map(([key, path, name]) => ({ key, path, name })),
  words: { ...WORDS, too_long: "{n} > {most}", decimal: ",", thousands: "." }, language: "vi", other: "en", tour: { words: null, first: false, calls: 0 }, phrases: [{ vi: "Chọn một mục", en: "Choose an option" }], link: "lang=vi&unit=a", fresh: true, found: null, longest: 60, share: null, printing: 0,
};

async function opened(given = {}) {
  const world = await page('<div id="head"><div class="masthead"></div></div>', ["numbers.js", "dom.js", "memory.js", "tongue.js", "tour.js", "masthead.js"]);
  const told = [];
  for (const [name, shown] of [["showModal", true], ["close", false]]) world.window.HTMLDialogElement.prototype[name] = function open() { this.open = shown; };
  const draw = (more = {}) => {
    world.window.props = { parentElement: world.document.getElementById("head"), data: { ...GIVEN, ...given, ...more }, setTriggerValue: (name, value) => told.push([name, value]) };
    world.run("mount(props)");
  };
  draw();
  const find = (selector) => world.document.querySelector(selector);
  const press = (key, init = {}, node = world.document.body) =>
    !node.dispatchEvent(new world.window.KeyboardEvent("keydown", { key, ctrlKey: true, bubbles: true, composed: true, cancelable: true, ...init }));
  return { ...world, told, draw, find, press, all: (selector) => [...world.document.querySelectorAll(selector)] };
}

test("the menu is links to the pages, the one at hand marked; they lead to what is on screen now", async () => {
  const head = await opened();
  const links = head.all("nav a");
  assert.deepEqual(links.map((link) => [link.textContent, link.getAttribute("aria-current")]), [["Mô phỏng", "page"], ["Kế hoạch", null]]);
  head.window.history.replaceState(null, "", "?unit=b");
  links[1].dispatchEvent(new head.window.Event("pointerdown", { bubbles: true }));
  assert.equal(links[1].href, "https://panel.test/targets?unit=b");
});

test("a click goes to another page here; with a key held it is the browser's own, and the page at hand is not left", async () => {
  const head = await opened();
  const click = (link, init) => !link.dispatchEvent(new head.window.MouseEvent("click", { bubbles: true, cancelable: true, ...init }));
  const [here, there] = head.all("nav a");
  assert.ok(click(here));
  assert.ok(click(there));
  assert.deepEqual(head.told, [["go", "targets"]]);
  for (const key of ["ctrlKey", "metaKey", "shiftKey", "altKey"]) {
    there.addEventListener("click", (event) => { assert.ok(!event.defaultPrevented, key); event.preventDefault(); }, { once: true });
    click(there, { [key]: true });
  }
  assert.equal(head.told.length, 1);
});

test("whoever thinks better of it stays: the page at hand is asked for again until another is there", async () => {
  const head = await opened();
  const choose = (n) => head.all("nav a")[n].click();
  choose(1);
  choose(0);
  assert.deepEqual(head.told, [["go", "targets"], ["go", "simulator"]]);
  head.draw({ page: "targets" }); // which was on its way
  head.draw();
  choose(0);
  assert.equal(head.told.length, 2);
});

test("the first link is written without a step, and another link of the same page adds none; another page does", async () => {
  const head = await opened();
  assert.equal(head.window.location.search, "?lang=vi&unit=a");
  const { history } = head.window;
  const before = history.length;
  history.pushState({}, "", "/?unit=b");
  assert.deepEqual([history.length, head.window.location.search], [before, "?unit=b"]);
  history.pushState({}, "", "/targets?unit=b");
  assert.equal(history.length, before + 1);
});

test("whoever goes back takes along what is on screen", async () => {
  const head = await opened();
  head.window.history.pushState({}, "", "/targets?unit=c");
  head.window.history.back();
  head.pass(100);
  assert.deepEqual([head.window.location.pathname, head.window.location.search], ["/", "?unit=c"]);
});

test("keys undo, redo, find and print, but not those of undo while something is being typed", async () => {
  const head = await opened();
  assert.deepEqual(["z", "y", "p"].map((key) => head.press(key)), [true, true, true]);
  assert.ok(head.press("Z", { shiftKey: true }));
  assert.deepEqual(head.told, [["act", "undo"], ["act", "redo"], ["act", "print"], ["act", "redo"]]);
  const box = head.window.document.createElement("input");
  head.document.body.append(box);
  box.value = "5";
  assert.ok(!head.press("z", {}, box));
  box.dataset.shown = "5";
  assert.ok(head.press("z", {}, box));
  assert.ok(!head.press("z", { ctrlKey: false }));
  assert.ok(!head.press("z", { altKey: true }));
  assert.ok(!head.press("a"));
  assert.ok(head.press("k"));
  assert.ok(head.find(".finder").open);
});

test("Streamlit's single keys, r and c, reach it neither as small nor as capital letters; a box gets them", async () => {
  const head = await opened();
  const heard = [];
  head.document.addEventListener("keydown", ({ key, ctrlKey }) => heard.push(`${ctrlKey ? "Ctrl+" : ""}${key}`));
  const box = head.document.createElement("textarea");
  head.document.body.append(box);
  for (const key of ["r", "c", "R", "C", "x"]) head.press(key, { ctrlKey: false });
  head.press("c");
  head.press("r", { ctrlKey: false }, box);
  assert.deepEqual(heard, ["x", "Ctrl+c", "r"]);
});

test("what is looked for is found without diacritics, first where a word begins so, and chosen by arrows and Enter", async () => {
  const head = await opened();
  head.find(".tools .find").click();
  assert.deepEqual(head.told, [["act", "look"]]);
  head.draw({ found: [["unit", "h", "Xã Hoàng Mô"], ["league", "hn", "Hà Nội"], ["unit", "m", "Xã Mô Rai"]].map(([kind, key, name]) => ({ kind, key, name })) });
  const input = head.find(".finder input");
  const type = (text) => { input.value = text; input.dispatchEvent(new head.window.Event("input")); };
  const names = () => head.all(".finder [role=option] span").map((node) => node.textContent);
  assert.equal(names().length, 5);
  type("mo r");
  assert.deepEqual(names(), ["Xã Mô Rai"]);
  type("ang");
  assert.deepEqual(names(), ["Xã Hoàng Mô"]);
  type("zzz");
  assert.deepEqual([names(), head.find(".finder .none").textContent], [[], "(none_found)"]);
  type("mo");
  assert.deepEqual([names().slice(0, 1), head.find(".finder .none")], [["Mô phỏng"], null]);
  for (const key of ["ArrowDown", "ArrowDown", "ArrowUp", "Enter"]) head.press(key, { ctrlKey: false }, input);
  assert.deepEqual(head.told.at(-1), ["act", "unit:h"]);
  assert.ok(!head.find(".finder").open);
  head.find(".tools .find").click();
  type("ke hoach");
  head.press("Enter", { ctrlKey: false }, input);
  assert.deepEqual(head.told.at(-1), ["go", "targets"]);
});

test("a link is shared as it stands, copied also without a clipboard, with a code once there is one", async () => {
  const head = await opened();
  head.document.execCommand = (command) => { head.taken = [command, head.find(".sharer input").value]; return true; };
  head.find(".tools .share").click();
  const link = "https://panel.test/?lang=vi&unit=a";
  assert.deepEqual([head.find(".sharer input").value, head.told.at(-1)], [link, ["act", `share:${link}`]]);
  assert.deepEqual([".send", ".file", ".qr"].map((kind) => head.find(`.sharer ${kind}`).hidden), [true, true, true]);
  head.draw({ share: { address: link, qr: "data:image/svg+xml,x" } });
  assert.ok(!head.find(".qr").hidden);
  head.find(".sharer .copy").click();
  await new Promise((go) => { setImmediate(go); });
  assert.deepEqual([head.taken, head.find(".sharer [role=status]").textContent], [["copy", link], "(copied)"]);
  head.draw({ share: { address: "https://panel.test/?other", qr: "data:," } });
  assert.ok(head.find(".qr").hidden, "another link's code is not shown");
});

test("a link that is too long is not copied: a file is offered, and why is said", async () => {
  const head = await opened({ link: `lang=vi&unit=${"a".repeat(1970)}`, longest: 2000 });
  head.find(".tools .share").click();
  const link = head.find(".sharer input").value;
  assert.deepEqual([head.find(".sharer .copy").hidden, head.find(".sharer [role=status]").textContent], [true, "2.003 >\u00a02.000"]);
  head.draw({ share: { address: link, file: "<html>", name: "x.html" } });
  assert.ok(!head.find(".sharer .file").hidden);
});

const TOUR = { words: { name: "(name)", step: "{at}/{of}", unit: "a", rate: "b", read: "c", next: "(next)", done: "(done)", plan: "(plan)", skip: "(skip)" }, first: true, calls: 0 };

test("a first visit is shown three steps, once, and never again in a browser that knows us", async () => {
  const head = await opened({ tour: TOUR });
  const [strip, step] = [head.find(".tour"), () => head.find(".tour p").textContent];
  assert.deepEqual([strip.hidden, step(), head.document.documentElement.dataset.tour, head.find(".tour .plan").hidden], [false, "1/3 a", "unit", true]);
  head.find(".tour .next").click();
  assert.deepEqual([step(), head.document.documentElement.dataset.tour], ["2/3 b", "rate"]);
  head.draw({ tour: TOUR });
  assert.equal(step(), "2/3 b", "drawn anew it stays where it is");
  head.find(".tour .next").click();
  assert.deepEqual([step(), head.find(".tour .next").textContent, head.find(".tour .skip").hidden], ["3/3 c", "(done)", true]);
  head.find(".tour .plan").click();
  assert.deepEqual([strip.hidden, head.told, head.document.documentElement.dataset.tour], [true, [["go", "targets"]], ""]);
  assert.equal(head.window.localStorage.getItem("index766.tour"), "left");
  head.draw({ tour: TOUR });
  assert.ok(strip.hidden);
  head.draw({ tour: { ...TOUR, calls: 1 } });
  assert.ok(!strip.hidden, "called again");
  for (let n = 0; n < 3; n += 1) head.find(".tour .next").click();
  assert.ok(strip.hidden, "done");
  head.draw({ tour: { ...TOUR, calls: 2 } });
  head.draw({ tour: { ...TOUR, words: null, calls: 2 } });
  assert.ok(strip.hidden, "on another page");
});

test("Escape leaves the steps from within and from the page, not from a box; where nothing can be kept they are gone for the session", async () => {
  const head = await opened({ tour: TOUR });
  head.window.Storage.prototype.setItem = () => { throw new Error("forbidden"); };
  const box = head.document.body.appendChild(head.document.createElement("input"));
  head.press("Escape", { ctrlKey: false }, box);
  assert.ok(!head.find(".tour").hidden);
  head.find(".tour .next").focus();
  head.press("Escape", { ctrlKey: false }, head.find(".tour .next"));
  assert.deepEqual([head.find(".tour").hidden, head.document.activeElement.className], [true, "guide"]);
  head.draw({ tour: TOUR });
  assert.ok(head.find(".tour").hidden);
  head.find(".tools .guide").click();
  assert.deepEqual(head.told.at(-1), ["act", "guide"]);
});

test("a browser that has kept something of ours is not shown around; the language chosen is remembered and asked back", async () => {
  const head = await opened();
  head.find(".tools .language").click();
  assert.deepEqual([head.told.at(-1), head.window.localStorage.getItem("index766.language")], [["act", "language"], "en"]);
  head.draw({ tour: TOUR });
  assert.ok(head.find(".tour").hidden);
  head.draw({ asks: true });
  assert.deepEqual(head.told.at(-1), ["act", "remembered:en"]);
});
