// The one file as a person walks through it: after every step, what Python's engine and words say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { file } from "./desk.mjs";
import { corpus } from "./load.mjs";
import { bar, effect, presets, table } from "./read.mjs";

const stepped = ({ find, fire, row, slider, type, document }) => ({
  look() {},
  enter: type,
  slide(key, step) {
    slider(key).value = step;
    fire(slider(key), "input");
    fire(slider(key), "change");
  },
  release(key) { row(key).querySelector("button.icon").click(); },
  preset(key) { find(`[data-preset="${key}"]`).click(); },
  target(key, choice) { row(key).querySelector(`[data-target="${choice}"]`).click(); },
  visit(code, name) {
    find("#unit").value = name;
    fire(find("#unit"), "input");
    [...document.querySelectorAll("#units li")].find((li) => li.firstChild.textContent === name).click();
  },
  undo() { find("[data-act=undo]").click(); },
  redo() { find("[data-act=redo]").click(); },
  reset() { find("[data-act=reset]").click(); },
});

for (const { league, html, steps } of corpus("walks")) {
  test(`every step through the file of ${league} leads where the engine says`, async () => {
    const opened = await file(html);
    const { find } = opened;
    const said = (selector) => (find(selector).hidden ? "" : find(selector).firstElementChild || find(selector)).textContent ?? "";
    steps.forEach(({ step, shown: wanted }, n) => {
      const where = `step ${n}, ${JSON.stringify(step)}`;
      const [kind, ...rest] = step;
      stepped(opened)[kind](...rest);
      opened.pass(1000);
      assert.deepEqual(bar(find(".levers-side")), wanted.bar, where);
      assert.deepEqual(presets(find(".levers-side")), wanted.presets, where);
      assert.deepEqual(opened.link(), wanted.link, where);
      assert.deepEqual(["undo", "redo", "reset"].map((act) => find(`[data-act=${act}]`).disabled), wanted.tools, where);
      assert.equal(said(".left-out"), wanted.left_out, where);
      assert.equal(said(".switched"), wanted.switched, where);
      assert.deepEqual([...find(".unit-notes").children].map((node) => node.textContent), wanted.notes, where);
      assert.deepEqual(table(find(".ledger")), wanted.ledger, where);
      assert.deepEqual(effect(find(".effect-side")).passed, wanted.passed, where);
    });
  });
}
