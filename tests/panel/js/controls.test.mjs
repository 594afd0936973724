// The panel's controls under the hand: sliders, entries, the picker, the tools; and what is handed on, and when.

import assert from "node:assert/strict";
import { test } from "node:test";
import { panel } from "./desk.mjs";
import { corpus } from "./load.mjs";

const spaced = (text) => text.replaceAll("\u00a0", " "); // as these tests write numbers and their units

const { data } = corpus("desk");
const HISTORY = { undo: true, redo: true };

async function opened(scenario = {}, given = data) {
  const world = await panel();
  world.update(given, 50, scenario);
  return world;
}

function press(world, node, key, init = {}) {
  const free = world.fire(node, "keydown", { key, ...init });
  world.pass();
  return !free;
}

test("keys step a slider by whole per cents, tens and ends, with Shift by its finest step, and no other key moves it", async () => {
  const world = await opened({ digitized: "0.075" });
  const [slider, entry] = [world.slider("digitized"), world.entry("digitized")];
  const seen = [];
  const keys = [["ArrowRight"], ["ArrowUp"], ["ArrowLeft"], ["ArrowDown"], ["PageUp"], ["PageDown"], ["ArrowRight", { shiftKey: true }], ["ArrowLeft"],
    ["ArrowUp", { shiftKey: true }], ["ArrowDown", { shiftKey: true }], ["End"], ["ArrowRight"], ["ArrowLeft"], ["Home"], ["ArrowLeft"], ["PageDown"]];
  for (const [key, init] of keys) {
    assert.ok(press(world, slider, key, init), `${key} is the panel's own`);
    seen.push(entry.value);
  }
  assert.deepEqual(seen, ["8\u00a0%", "9\u00a0%", "8\u00a0%", "7\u00a0%", "17\u00a0%", "7\u00a0%", "7.1\u00a0%", "7\u00a0%", "7.1\u00a0%", "7\u00a0%", "100\u00a0%", "100\u00a0%", "99\u00a0%", "0\u00a0%", "0\u00a0%", "0\u00a0%"]);
  assert.ok(!press(world, slider, "a"));
  assert.ok(!press(world, slider, "Tab"));
  assert.equal(entry.value, "0\u00a0%");
});

test("a slider of a few things counts them one by one, five times as many with Page", async () => {
  const world = await opened();
  const slider = world.slider("procedures_integrated");
  assert.equal(slider.max, "33");
  const seen = ["Home", "ArrowRight", "PageUp", "PageDown", "End"].map((key) => { press(world, slider, key); return world.row("procedures_integrated").querySelector(".count").textContent.split(/\s/)[0]; });
  assert.deepEqual(seen, ["0/33", "1/33", "8/33", "1/33", "33/33"]);
  world.fire(slider, "keyup");
  assert.deepEqual(world.changed(), [{ procedures_integrated: "33/33", revision: 1 }]);
});

test("a lever better lower reaches from 0 to a tenth in steps of a tenth of a per cent", async () => {
  const world = await opened({ complained: "0" });
  const slider = world.slider("complained");
  const seen = ["ArrowRight", "PageUp", "End", "Home"].map((key) => { press(world, slider, key); return world.entry("complained").value; });
  assert.deepEqual(seen, ["0.1\u00a0%", "1.1\u00a0%", "10\u00a0%", "0\u00a0%"]);
  press(world, slider, "ArrowRight", { shiftKey: true });
  assert.equal(world.entry("complained").value, "0.01\u00a0%");
});

test("what is under the finger is painted at once and handed on when released, or after a pause, but once", async () => {
  const world = await opened();
  const before = world.find(".figure.score strong").textContent;
  const slider = world.slider("on_time");
  for (const step of [400, 500]) {
    slider.value = step;
    world.fire(slider, "input");
    world.pass(300);
  }
  assert.notEqual(world.find(".figure.score strong").textContent, before);
  assert.deepEqual(world.changed(), []);
  world.pass(51);
  assert.deepEqual(world.changed(), [{ on_time: "0.5", revision: 1 }]);
  world.fire(slider, "change");
  world.fire(slider, "blur");
  assert.equal(world.changed().length, 1);
  press(world, slider, "ArrowRight");
  assert.equal(world.changed().length, 1);
  world.fire(slider, "blur");
  assert.deepEqual(world.changed()[1], { on_time: "0.51", revision: 1 });
  world.pass(1000);
  assert.equal(world.changed().length, 2);
});

test("a finger that the browser takes back to scroll has supposed nothing", async () => {
  for (const scenario of [{}, { on_time: "0.9" }]) {
    const world = await opened(scenario);
    const [slider, shown] = [world.slider("on_time"), world.entry("on_time").value];
    world.fire(slider, "pointerdown");
    slider.value = 10;
    world.fire(slider, "input");
    world.fire(slider, "pointercancel");
    world.pass(1000);
    assert.equal(world.entry("on_time").value, shown);
    assert.deepEqual(world.changed(), []);
  }
});

test("a scenario from outside is adopted unless a finger is on a lever, and then once it is off; another unit's always", async () => {
  const world = await opened();
  const slider = world.slider("on_time");
  press(world, slider, "End");
  world.update(data, 50, { on_time: "0.5" });
  assert.equal(world.entry("on_time").value, "100\u00a0%");
  world.fire(slider, "keyup");
  assert.deepEqual(world.changed(), [{ on_time: "1", revision: 2 }]);
  world.update(data, 50, { on_time: "0.5" });
  assert.equal(world.entry("on_time").value, "50\u00a0%");
  press(world, slider, "End");
  world.update(data, 51, { on_time: "0.25" });
  assert.equal(world.entry("on_time").value, "25\u00a0%");
});

test("data told under the same revision change no scenario, and what was told is not handed back", async () => {
  const world = await opened({ on_time: "0.9" });
  world.window.given = { ...world.window.given, told: { revision: 1, scenario: {} } };
  world.run("panel.update(given)");
  assert.equal(world.entry("on_time").value, "90\u00a0%");
  world.fire(world.slider("on_time"), "change");
  world.run("panel.handOn()");
  assert.deepEqual(world.changed(), []);
});

test("an entry is taken on Enter or on leaving, said to be wrong where it is, and forgotten with Escape", async () => {
  const world = await opened();
  const [entry, wrong] = [world.entry("on_time"), world.row("on_time").querySelector(".wrong")];
  const shown = entry.value;
  assert.ok(wrong.hidden);
  entry.value = "97";
  press(world, entry, "a");
  assert.deepEqual(world.changed(), []);
  press(world, entry, "Enter");
  assert.deepEqual([entry.value, world.changed()], ["97\u00a0%", [{ on_time: "0.97", revision: 1 }]]);
  world.fire(entry, "change"); // the browser's own, after Enter
  assert.equal(world.changed().length, 1);
  world.type("on_time", "lots");
  world.pass();
  assert.deepEqual([wrong.hidden, wrong.textContent.includes("“lots”"), entry.getAttribute("aria-invalid"), world.changed().length], [false, true, "true", 1]);
  press(world, entry, "Escape");
  assert.deepEqual([wrong.hidden, entry.value, entry.hasAttribute("aria-invalid")], [true, "97\u00a0%", false]);
  world.type("on_time", "lots");
  world.type("on_time", "96");
  world.pass();
  assert.deepEqual([wrong.hidden, entry.value], [true, "96\u00a0%"]);
  world.type("on_time", " ");
  world.pass();
  assert.deepEqual([entry.value, world.changed().at(-1)], [shown, { revision: 1 }]);
  world.type("on_time", "lots");
  world.update(data, 50, { on_time: "0.5" });
  assert.deepEqual([wrong.hidden, entry.value], [true, "50\u00a0%"]);
});

test("what is being typed is not written over, and once taken is selected, so that the next word takes its place", async () => {
  const world = await opened();
  const entry = world.entry("on_time");
  entry.focus();
  assert.deepEqual([entry.selectionStart, entry.selectionEnd], [0, entry.value.length]);
  entry.value = "9";
  world.update(data, 50, { on_time: "0.5" });
  assert.equal(entry.value, "9");
  entry.value = "98";
  press(world, entry, "Enter");
  assert.deepEqual([entry.value, entry.selectionStart, entry.selectionEnd], ["98\u00a0%", 0, 4]);
  world.update(data, 50, { on_time: "0.5" });
  assert.equal(entry.value, "50\u00a0%");
});

test("each refusal of an entry says its reason, with what was typed", async () => {
  const world = await opened();
  const cases = [["on_time", "999999999/3", "entry_range"], ["on_time", "101 %", "entry_range"], ["on_time", "x", "entry_wrong"], ["on_time", "0.5", "entry_unclear"],
    ["petitions_on_time", "50 %", "entry_none_due"], ["transparency", "99", "entry_wrong_points"], ["online_services", "99", "entry_wrong_points"]];
  let said = 0;
  for (const [key, text, why] of cases) {
    if (!world.row(key)) continue;
    world.type(key, text);
    const noun = data.words.groups[data.numbers.levers.find((lever) => lever.key === key)?.group];
    const max = { online_services: "12", transparency: "18" }[key];
    assert.equal(spaced(world.row(key).querySelector(".wrong").textContent), spaced(data.words[why].replace("{text}", text).replace("{noun}", noun).replace("{min}", "0").replace("{max}", max)));
    said += 1;
  }
  assert.ok(said >= 6);
});

test("counts of one denominator go on together, those done never above those due", async () => {
  const world = await opened();
  const counts = (key) => world.row(key).querySelector(".count").textContent.split(/\s/)[0];
  world.type("petitions_on_time", "3/4");
  world.type("petitions_satisfied", "2/4");
  world.pass();
  assert.deepEqual([counts("petitions_on_time"), counts("petitions_satisfied")], ["3/4", "2/4"]);
  world.type("petitions_satisfied", "1/2");
  world.pass();
  assert.deepEqual([counts("petitions_on_time"), counts("petitions_satisfied")], ["2/2", "1/2"]);
  assert.deepEqual(world.changed().at(-1), { petitions_on_time: "2/2", petitions_satisfied: "1/2", revision: 1 });
  world.type("on_time", "1/7");
  assert.deepEqual(world.changed().at(-1), { petitions_on_time: "2/2", petitions_satisfied: "1/2", on_time: "1/7", revision: 1 });
  world.type("petitions_on_time", "3/3");
  assert.deepEqual(world.changed().at(-1), { petitions_on_time: "3/3", petitions_satisfied: "1/3", on_time: "1/7", revision: 1 });
});

test("halves are rounded to the even whole number, as Python rounds them", async () => {
  const { run } = await panel();
  assert.deepEqual([0.5, 1.5, 2.5, 3.5, 1.49, 1.51].map((value) => run(`evenly(${value})`)), [0, 2, 2, 4, 1, 2]);
});

test("one lever goes back to where it was published, and the focus stays beside it", async () => {
  const world = await opened({ on_time: "0.5", digitized: "0.9" });
  world.row("on_time").querySelector("button").click();
  world.pass();
  assert.deepEqual(world.changed(), [{ digitized: "0.9", revision: 1 }]);
  assert.equal(world.document.activeElement, world.slider("on_time"));
  assert.ok(!world.row("on_time").classList.contains("moved"));
  const none = await opened({ petitions_on_time: "0/1" });
  none.row("petitions_on_time").querySelector("button").click();
  none.pass();
  assert.ok(none.slider("petitions_on_time").disabled); // nothing is due: there is no rate to slide
  assert.equal(none.document.activeElement, none.entry("petitions_on_time"));
});

test("a tool, a preset and a target first hand on what is under the finger, then act", async () => {
  for (const [selector, act] of [["[data-act=undo]", "undo"], ["[data-act=redo]", "redo"], ["[data-preset=paid_98]", "preset:paid_98"]]) {
    const world = await panel();
    world.update(data, 50, {}, HISTORY);
    press(world, world.slider("on_time"), "End");
    world.find(selector).click();
    assert.deepEqual([world.changed(), world.acted()], [[{ on_time: "1", revision: 1 }], [act]]);
  }
});

test("undo, redo and reset can be pressed where there is something to do, and the focus is never lost", async () => {
  const world = await panel();
  const tools = () => ["undo", "redo", "reset"].map((act) => !world.find(`[data-act=${act}]`).disabled);
  world.update(data, 50, {}, { undo: true, redo: false });
  assert.deepEqual(tools(), [true, false, false]);
  world.find("[data-act=undo]").focus();
  world.update(data, 50, {}, { undo: false, redo: true });
  assert.equal(world.document.activeElement, world.find("[data-act=redo]"));
  world.update(data, 50, { on_time: "1" }, { undo: true, redo: false });
  assert.equal(world.document.activeElement, world.find("[data-act=undo]"));
  assert.deepEqual(tools(), [true, false, true]);
  world.update(data, 50, { on_time: "0.9" }, HISTORY);
  assert.equal(world.document.activeElement, world.find("[data-act=undo]")); // it can still be pressed
  world.find("[data-act=reset]").focus();
  world.update(data, 50, {}, HISTORY);
  assert.equal(world.document.activeElement, world.find("[data-act=undo]"));
  assert.deepEqual(["undo", "redo", "reset"].map((act) => world.find(`[data-act=${act}]`).getAttribute("aria-label")), [data.words.undo, data.words.redo, data.words.reset]);
});

test("in another language or for another unit, what was open stays open and what had the focus keeps it", async () => {
  const world = await opened();
  const details = world.find(".component details");
  details.open = true;
  const lever = details.querySelector(".lever").dataset.lever;
  world.slider(lever).focus();
  world.update({ ...data, words: { ...data.words, language: "xx" } }, 50);
  assert.equal(world.root.lang, "xx");
  assert.deepEqual([...world.document.querySelectorAll("details[open]")].map((node) => node.dataset.component), [details.dataset.component]);
  assert.equal(world.document.activeElement, world.slider(lever));
  assert.notEqual(world.find(".component details"), details);
});

test("a screen reader hears score and rank only after a pause, and only the last", async () => {
  const world = await opened();
  const live = world.find("[aria-live]");
  world.pass(1000);
  const before = live.textContent;
  press(world, world.slider("on_time"), "End");
  world.pass(600);
  press(world, world.slider("on_time"), "Home");
  world.pass(600);
  assert.equal(live.textContent, before);
  world.pass(100);
  const [score, rank] = ["score", "rank"].map((kind) => world.find(`.figure.${kind} strong`).textContent);
  assert.equal(spaced(live.textContent), data.words.live.replace("{score}", score).replace("{rank}", rank.split("/")[0]).replace("{n}", rank.split("/")[1]));
});

test("a panel that is taken away hands on what is under the finger, and paints and speaks no more", async () => {
  const world = await opened();
  world.pass(1000);
  const before = [world.find("[aria-live]").textContent, world.find(".figure.score strong").textContent];
  world.slider("on_time").value = 0;
  world.fire(world.slider("on_time"), "input");
  world.run("panel.destroy()");
  assert.deepEqual(world.changed(), [{ on_time: "0", revision: 1 }]);
  world.pass(2000);
  assert.deepEqual([world.find("[aria-live]").textContent, world.find(".figure.score strong").textContent], before);
});

// The picker

const options = (world) => [...world.document.querySelectorAll("#units [role=option]")];
const active = (world) => options(world).findIndex((li) => li.classList.contains("active"));

test("the picker opens on its unit, moves by arrows around its ends, and chooses with Enter", async () => {
  const world = await opened();
  const [input, list] = [world.find("#unit"), world.find("#units")];
  assert.deepEqual([input.value, list.hidden, input.getAttribute("aria-expanded")], [data.units[50][1], true, "false"]);
  press(world, input, "ArrowDown");
  assert.deepEqual([list.hidden, input.getAttribute("aria-expanded"), options(world).length, active(world)], [false, "true", 102, 50]);
  assert.equal(options(world)[50].getAttribute("aria-selected"), "true");
  assert.equal(options(world).filter((li) => li.getAttribute("aria-selected") === "true").length, 1);
  assert.ok(press(world, input, "ArrowDown"));
  assert.deepEqual([active(world), input.getAttribute("aria-activedescendant")], [51, "unit-51"]);
  press(world, input, "ArrowUp");
  press(world, input, "ArrowUp");
  assert.equal(active(world), 49);
  input.value = "";
  world.fire(input, "input");
  for (let i = 0; i < 52; i += 1) press(world, input, "ArrowDown");
  assert.equal(active(world), 0);
  press(world, input, "ArrowUp");
  assert.equal(active(world), 101);
  assert.ok(press(world, input, "Enter"));
  assert.deepEqual([world.acted(), list.hidden, input.value, input.hasAttribute("aria-activedescendant")], [[`unit:${data.units[101][0]}`], true, data.units[101][1], false]);
  assert.ok(!press(world, input, "Enter"));
});

test("each unit in the picker stands with its rank and score", async () => {
  const world = await opened();
  world.find("#unit").click();
  const peers = data.numbers.peers;
  options(world).forEach((li, i) => {
    const rank = 1 + peers.filter((score) => score > peers[i]).length;
    assert.deepEqual([...li.children].map((node) => node.textContent), [data.units[i][1], `${rank} · ${(peers[i] / 100).toFixed(2)}`]);
  });
  assert.equal(active(world), 50);
  assert.deepEqual([world.find("#unit").placeholder, world.find("label[for=unit]").textContent, world.find("#units").getAttribute("aria-label")],
    [data.words.search, data.words.unit, data.words.unit]);
});

test("a unit without a score is said to have no rank", async () => {
  const peers = data.numbers.peers.map((score, i) => (i === 3 ? null : score));
  const world = await opened({}, { ...data, numbers: { ...data.numbers, peers } });
  world.find("#unit").click();
  assert.equal(options(world)[3].lastChild.textContent, data.words.no_rank);
});

test("the picker lists units in which a word begins as typed first, finds codes, and says when it finds none", async () => {
  const world = await opened();
  const search = (text) => { world.find("#unit").value = text; world.fire(world.find("#unit"), "input"); return options(world).map((li) => li.firstChild.textContent); };
  const found = search("ea");
  const begins = found.map((name) => / [eE]a/.test(` ${name}`));
  assert.ok(found.length > 3 && begins.lastIndexOf(true) < Math.max(begins.indexOf(false), begins.length));
  assert.equal(active(world), 0);
  assert.deepEqual(search(data.units[7][0]), [data.units[7][1]]);
  assert.deepEqual(search("zzz"), []);
  assert.equal(world.find("#units .none").textContent, data.words.none_found);
  assert.ok(!world.find("#unit").hasAttribute("aria-activedescendant"));
  press(world, world.find("#unit"), "Enter");
  assert.deepEqual([world.find("#units").hidden, world.find("#unit").value, world.acted()], [true, data.units[50][1], []]);
});

test("Escape, leaving and choosing the same unit change nothing", async () => {
  const world = await opened();
  const [input, list] = [world.find("#unit"), world.find("#units")];
  for (const leave of [() => press(world, input, "Escape"), () => world.fire(input, "blur"), () => options(world)[50].click()]) {
    input.value = "";
    world.fire(input, "input");
    assert.ok(!list.hidden);
    leave();
    assert.deepEqual([list.hidden, input.value, world.acted(), input.getAttribute("aria-expanded")], [true, data.units[50][1], [], "false"]);
  }
  input.click();
  assert.ok(!world.fire(options(world)[3], "mousedown"), "a press on the list takes the focus from nobody");
  options(world)[3].click();
  assert.deepEqual(world.acted(), [`unit:${data.units[3][0]}`]);
});

test("of more units than are listed at once those around the chosen one are shown, and how many more there are", async () => {
  const units = Array.from({ length: 400 }, (_, i) => [`C${i}`, `Unit ${i}`]);
  const numbers = { ...data.numbers, units: [200], peers: units.map((_, i) => 5000 + i) };
  const world = await panel();
  const given = { ...data, units, numbers };
  for (const [at, first, place] of [[200, 50, 150], [10, 0, 10], [390, 100, 290]]) {
    world.update({ ...given, numbers: { ...numbers, units: [at] } }, at);
    world.find("#unit").click();
    assert.deepEqual([options(world).length, options(world)[0].firstChild.textContent, active(world)], [300, `Unit ${first}`, place]);
    assert.equal(spaced(world.find("#units .none").textContent), data.words.type_more.replace("{n}", "100").replace(/\{n:[^|}]*\|([^}]*)\}/, "$1"));
    press(world, world.find("#unit"), "Escape");
  }
});

// What is supposed

const listed = (world) => [...world.document.querySelectorAll(".supposed li")].map((li) => li.dataset.supposed);

test("each change has its own way back, which is handed on and keeps the focus within the list", async () => {
  const world = await opened({ on_time: "0.9", digitized: "0.5", complained: "0" });
  assert.deepEqual(listed(world), ["on_time", "digitized", "complained"]);
  const button = (key) => world.find(`[data-supposed="${key}"] button`);
  button("digitized").focus();
  button("digitized").click();
  world.pass();
  assert.deepEqual(world.changed(), [{ on_time: "0.9", complained: "0", revision: 1 }]);
  assert.deepEqual(listed(world), ["on_time", "complained"]);
  assert.ok(world.find(".supposed").contains(world.document.activeElement));
  button("on_time").click();
  button("complained").click();
  world.pass();
  assert.ok(world.find(".supposed").hidden);
});

test("a lever that holds a change is never folded away, however it came by it", async () => {
  const world = await opened();
  const details = world.find(".component details");
  const key = details.querySelector(".lever").dataset.lever;
  assert.ok(!details.open);
  world.update(data, 50, { [key]: "0.123" });
  assert.ok(details.open);
  details.open = false;
  world.fire(details, "toggle");
  assert.ok(details.open);
});

test("a component in the row leads to its first lever", async () => {
  const world = await opened();
  for (const part of world.document.querySelectorAll(".parts button")) {
    part.click();
    const section = world.document.activeElement.closest(".component");
    assert.equal(section.getAttribute("aria-label"), part.firstElementChild.textContent);
  }
});

test("who has chosen no unit is invited to", async () => {
  const world = await opened({}, { ...data, invite: true });
  assert.equal(world.find("label[for=unit]").textContent, data.words.unit_invite);
});
