// Where the panel meets Streamlit: what it was given, what it hands back, and what survives being drawn anew.

import assert from "node:assert/strict";
import { test } from "node:test";
import { FOLLOWING, SCRIPTS, corpus, page } from "./load.mjs";

const { data } = corpus("desk");

async function opened() {
  const world = await page('<div id="a"><div class="panel"></div></div><div id="b"><div class="panel"></div></div><div id="s"><div class="panel"></div></div>', [...SCRIPTS, ...FOLLOWING, "memory.js", "mount.js"]);
  const told = [];
  const mount = (id, json, changing) => {
    world.window.props = { parentElement: world.document.getElementById(id), data: [json, changing],
      setStateValue: (name, value) => told.push([name, JSON.parse(JSON.stringify(value))]), setTriggerValue: (name, value) => told.push([name, value]) };
    const leave = world.run("mount(props)");
    world.pass();
    return leave;
  };
  const tell = ({ unit = "x", revision = 1, scenario = {} } = {}) => mount("s", "{}", { part: "scenario", unit, told: { revision, scenario }, history: { undo: false, redo: false } });
  const draw = (id, part, { unit = "x", given = data, json = JSON.stringify(given), ...supposed } = {}) => {
    if (part === "panel") tell({ unit, ...supposed });
    return mount(id, json, { part, unit, at: 50 });
  };
  const lever = () => world.document.querySelector("[data-lever=on_time]");
  const slide = (step) => {
    lever().querySelector("input").value = step;
    for (const type of ["input", "change"]) lever().querySelector("input").dispatchEvent(new world.window.Event(type));
    world.pass();
  };
  return { ...world, told, mount, tell, draw, slide, shown: () => lever().querySelector(".entry").value };
}

test("a change is handed to Streamlit with its revision, unit and moment, an act by name", async () => {
  const world = await opened();
  world.draw("a", "panel");
  world.slide(500);
  const [name, { moment, ...value }] = world.told[0];
  assert.deepEqual([name, value], ["scenario", { scenario: { on_time: "0.5" }, revision: 1, unit: "x" }]);
  assert.ok(Math.abs(moment - Date.now()) < 60_000);
  world.document.querySelector("[data-preset=paid_98]").click();
  assert.deepEqual(world.told[1], ["act", "preset:paid_98"]);
  assert.equal(world.document.documentElement.lang, "en");
});

test("a panel that is drawn anew with what it was told before keeps what it handed on since; a later word or another unit's wins", async () => {
  const world = await opened();
  world.draw("a", "panel");
  world.slide(500);
  world.draw("a", "panel");
  assert.equal(world.shown(), "50\u00a0%");
  world.draw("a", "panel")();
  world.draw("a", "panel");
  assert.equal(world.shown(), "50\u00a0%");
  world.draw("a", "panel", { revision: 2, scenario: { on_time: "0.25" } });
  assert.equal(world.shown(), "25\u00a0%");
  world.slide(500);
  world.draw("a", "panel")();
  world.draw("a", "panel", { unit: "y", revision: 2, scenario: { on_time: "0.75" } });
  assert.equal(world.shown(), "75\u00a0%");
});

test("a word of the server moves the panel without its data being given again, but not a panel of another unit", async () => {
  const world = await opened();
  world.draw("a", "panel");
  const node = world.document.querySelector(".component");
  world.tell({ revision: 2, scenario: { on_time: "0.25" } });
  assert.equal(world.shown(), "25\u00a0%");
  world.tell({ unit: "y", revision: 3, scenario: { on_time: "0.5" } });
  assert.equal(world.shown(), "25\u00a0%");
  assert.equal(world.document.querySelector(".component"), node);
});

test("the unit chosen is kept in this browser, and asked back by who came without a link", async () => {
  const world = await opened();
  const told = { revision: 1, scenario: {} };
  const come = (remembered) => world.mount("s", "{}", { part: "scenario", unit: "x", told, history: {}, remembered });
  come({ place: "", ask: true });
  assert.deepEqual(world.told, []);
  come({ place: "dak_lak/H15.141", ask: false });
  come({ place: "", ask: false });
  assert.deepEqual(world.told, []);
  come({ place: "", ask: true });
  assert.deepEqual(world.told, [["act", "remembered:dak_lak/H15.141"]]);
});

test("the sweep is painted a little after the panel, and hands on what is picked", async () => {
  const world = await opened();
  world.draw("a", "panel");
  const words = Object.fromEntries(["sweep_pick", "sweep_legend", "sweep_alt", "no_sweep", "rate_axis", "points_axis", "score_axis", "rank_axis"].map((key) => [key, key]));
  world.mount("b", JSON.stringify({ words }), { part: "sweep", unit: "x", chart: "" });
  const pick = world.document.querySelector("#b select");
  const curve = () => world.document.querySelector("#b .curve").outerHTML;
  const before = curve();
  world.slide(500);
  assert.equal(curve(), before);
  world.pass(60);
  assert.notEqual(curve(), before);
  pick.value = pick.options[1].value;
  pick.dispatchEvent(new world.window.Event("change"));
  assert.deepEqual(world.told.at(-1), ["act", `chart:${pick.options[1].value}`]);
});

test("a panel that comes before the scenario waits for it", async () => {
  const world = await opened();
  world.draw("a", "panel", { unit: "y" });
  world.told.length = 0;
  const other = await opened();
  other.tell({ unit: "z" });
  other.draw("b", "effect", { json: "{}" });
  assert.equal(other.document.querySelector(".component"), null);
  assert.deepEqual(world.told, []);
});

test("an effect that comes later paints the last figures, then each, and none after it is gone", async () => {
  const world = await opened();
  const effect = () => world.document.querySelector("#b").textContent;
  world.draw("b", "effect", { json: "{}" });
  assert.equal(effect(), "");
  world.draw("a", "panel");
  world.slide(0);
  const first = effect();
  assert.ok(first.includes(data.words.before) || first.length > 20);
  world.slide(500);
  assert.notEqual(effect(), first);
  const leave = world.draw("b", "effect", { json: "{}" });
  const last = effect();
  leave();
  world.slide(900);
  assert.equal(effect(), last);
  world.draw("b", "effect", { json: "{}" });
  assert.notEqual(effect(), last);
});

test("an effect that nobody sees is painted when the hand rests, once, and in every frame from when it comes into sight", async () => {
  const world = await opened();
  const seen = [];
  world.window.IntersectionObserver = class { constructor(tell) { seen.push((isIntersecting) => tell([{ isIntersecting }])); } observe() {} };
  const effect = () => world.document.querySelector("#b").textContent;
  world.draw("a", "panel");
  world.draw("b", "effect", { json: "{}" });
  const first = effect();
  seen[0](false);
  world.slide(900);
  world.pass(30);
  world.slide(100);
  assert.equal(effect(), first);
  world.pass(399);
  assert.equal(effect(), first);
  world.pass(1);
  const rested = effect();
  assert.notEqual(rested, first);
  world.slide(900);
  assert.equal(effect(), rested);
  seen[0](true);
  const risen = effect();
  assert.notEqual(risen, rested);
  world.slide(200);
  assert.notEqual(effect(), risen);
});

test("a part that comes before the panel's script is mounted once that is there, one that comes later at once", async () => {
  const world = await page('<div id="a"><div class="panel"></div></div><div id="b"><div class="panel"></div></div>', ["part.js"]);
  const props = (id) => ({ parentElement: world.document.getElementById(id), data: ["{}", { part: "effect", unit: "x" }] });
  const shown = (id) => world.document.getElementById(id).querySelector(".passed") !== null;
  world.window.props = props("a");
  const leave = world.run("globalThis.part = mount; part(props)");
  [...SCRIPTS, ...FOLLOWING].forEach(world.run.file);
  assert.ok(!shown("a"));
  world.run.file("mount.js");
  assert.ok(shown("a"));
  world.window.props = props("b");
  world.run("part(props)");
  assert.ok(shown("b"));
  const held = world.document.querySelector("#a .panel");
  assert.ok(held.mounted);
  leave();
  assert.equal(held.mounted, null);
});

test("constant data are parsed once, and again when they change", async () => {
  const world = await opened();
  world.draw("a", "panel");
  const node = world.document.querySelector(".component");
  world.draw("a", "panel", { revision: 2 });
  assert.equal(world.document.querySelector(".component"), node, "nothing is built anew for the same data");
  world.draw("a", "panel", { given: { ...data, words: { ...data.words, levers: "Other" } } });
  assert.equal(world.document.querySelector(".levers").getAttribute("aria-label"), "Other");
});

test("a picker alone picks as the panel's does", async () => {
  const world = await opened();
  const leave = world.draw("a", "picker");
  const input = world.document.querySelector("#unit");
  assert.equal(input.value, data.units[50][1]);
  input.click();
  const option = [...world.document.querySelectorAll("#units [role=option]")][3];
  assert.equal(option.firstChild.textContent, data.units[3][1]);
  option.click();
  assert.deepEqual(world.told, [["act", `unit:${data.units[3][0]}`]]);
  leave();
  world.draw("a", "picker");
  assert.equal(world.document.querySelectorAll("#unit").length, 1);
});
