// A panel, or the whole file, opened in a document of its own, and hands to move them.

import assert from "node:assert/strict";
import { FOLLOWING, SCRIPTS, page } from "./load.mjs";

function hands({ window, document }) {
  const find = (selector) => document.querySelector(selector);
  const fire = (node, type, init = {}) => node.dispatchEvent(new window[init.key ? "KeyboardEvent" : "Event"](type, { bubbles: true, cancelable: true, ...init }));
  const row = (key) => find(`[data-lever="${key}"]`);
  const slider = (key) => row(key).querySelector("input[type=range]");
  const entry = (key) => row(key).querySelector(".entry");
  const type = (key, text) => { entry(key).value = text; fire(entry(key), "change"); };
  return { find, fire, row, slider, entry, type };
}

// A panel with its effect beside it; what it hands on collects in `changed` and `acted`.
export async function panel() {
  const world = await page('<div class="head"></div><main class="panel"></main><div id="effect"></div>', [...SCRIPTS, ...FOLLOWING]);
  const { window, document } = world;
  Object.assign(window, { changed: [], acted: [] });
  world.run(`globalThis.effect = createEffect(document.getElementById("effect"));
    globalThis.picker = createPicker(document.querySelector(".head"), { act: (text) => acted.push(text) });
    globalThis.panel = createPanel(document.querySelector(".panel"), { changed: (scenario, revision) => changed.push({ ...scenario, revision }),
      act: (text) => acted.push(text), painted: (figures) => { globalThis.figures = figures; effect.paint(figures); } });`);
  let revision = 0;
  const update = (data, at, scenario = {}, history = { undo: false, redo: false }) => {
    revision += 1;
    window.given = { ...data, at, told: { revision, scenario }, history };
    world.run("picker.update(given); panel.update(given)");
    world.pass();
  };
  return { ...world, ...hands(world), root: document.querySelector(".panel"), update,
    changed: () => JSON.parse(JSON.stringify(window.changed)), acted: () => [...window.acted] };
}

// The one file, opened; `before` may change its world first.
export async function file(html, { hash = "", before = () => {} } = {}) {
  const world = await page(html, [], `https://panel.test/file.html${hash}`);
  before(world);
  for (const name of [...SCRIPTS, "link.js", "ledger.js", "alone.js"]) world.run.file(name);
  for (const last = Date.now() + 60_000; !world.document.querySelector(".figure.score strong")?.textContent;) {
    assert.ok(Date.now() < last, "the file never opened");
    await new Promise((go) => { setTimeout(go, 1); });
  }
  world.pass(1000);
  return { ...world, ...hands(world), link: () => Object.fromEntries(new URLSearchParams(world.window.location.hash.slice(1))) };
}
