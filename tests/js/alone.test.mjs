// The one file as a person walks through it: after every step, what Python's engine and words say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { SCRIPTS, corpus, page } from "./load.mjs";
import { shown, effect, table } from "./read.mjs";

export async function opened(html, { hash = "", narrow = false, before = () => {} } = {}) {
  const world = await page(html, [], `https://panel.test/file.html${hash}`);
  const { window, document } = world;
  if (narrow) window.matchMedia = () => ({ matches: false });
  before(world);
  for (const name of [...SCRIPTS, "link.js", "ledger.js", "alone.js"]) world.run.file(name);
  await ready(() => document.querySelector(".figure.score strong"));
  world.pass(1000);
  const find = (selector) => document.querySelector(selector);
  const fire = (node, type, init = {}) => node.dispatchEvent(new window[init.key ? "KeyboardEvent" : "Event"](type, { bubbles: true, cancelable: true, ...init }));
  const row = (key) => find(`[data-lever="${key}"]`);
  const steps = {
    look() {},
    enter(key, text) { row(key).querySelector(".entry").value = text; fire(row(key).querySelector(".entry"), "change"); },
    slide(key, step) {
      const slider = row(key).querySelector("input[type=range]");
      slider.value = step;
      fire(slider, "input");
      fire(slider, "change");
    },
    release(key) { row(key).querySelector("button.icon").click(); },
    preset(key) { find(`[data-preset="${key}"]`).click(); },
    target(key, choice) { row(key).querySelector(`[data-target="${choice}"]`).click(); },
    visit(code, name) {
      find("#unit").value = name;
      fire(find("#unit"), "input");
      [...document.querySelectorAll("#units li")].find((li) => li.firstChild.textContent === name).click();
    },
    undo() { find("[data-act=undo]").click(); }, redo() { find("[data-act=redo]").click(); }, reset() { find("[data-act=reset]").click(); },
  };
  return { ...world, find, fire, row, step: ([kind, ...rest]) => { steps[kind](...rest); world.pass(1000); }, link: () => window.location.hash.slice(1) };
}

export async function ready(done) {
  for (let tries = 0; !done(); tries += 1) {
    assert.ok(tries < 1000, "the file never opened");
    await new Promise((go) => { setImmediate(go); });
  }
}

const said = (node) => (node.hidden ? "" : node.textContent);

for (const { league, html, steps } of corpus("walks")) {
  test(`every step through the file of ${league} leads where the engine says`, async () => {
    const file = await opened(html);
    steps.forEach(({ step, shown: wanted }, n) => {
      const where = `step ${n}, ${JSON.stringify(step)}`;
      file.step(step);
      const { bar, presets } = shown(file.find(".levers-side"));
      assert.deepEqual({ bar, presets }, { bar: wanted.bar, presets: wanted.presets }, where);
      assert.deepEqual(Object.fromEntries(new URLSearchParams(file.link())), wanted.link, where);
      assert.deepEqual(["undo", "redo", "reset"].map((act) => file.find(`[data-act=${act}]`).disabled), wanted.tools, where);
      assert.equal(said(file.find(".left-out")), wanted.left_out, where);
      assert.equal(said(file.find(".switched")).replace(/ [^ ]*$/, "") && file.find(".switched span").textContent, wanted.switched, where);
      assert.deepEqual([...file.find(".unit-notes").children].map((node) => node.textContent), wanted.notes, where);
      assert.deepEqual(table(file.find(".ledger")), wanted.ledger, where);
      assert.deepEqual(effect(file.find(".effect-side")).passed, wanted.passed, where);
    });
  });
}
