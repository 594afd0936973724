// What follows a change beside the panel, the sentence and the sweep, is to the last digit what Python's engine and words say.

import assert from "node:assert/strict";
import { test } from "node:test";
import { panel as blank } from "./desk.mjs";
import { corpus } from "./load.mjs";

const plain = (value) => JSON.parse(JSON.stringify(value)); // NaN as null, out of the page's own world
const all = corpus("following");

test("sentence and sweep are the engine's, on random scenarios of every league under every edition", async () => {
  const panel = await blank();
  let checked = 0;
  for (const { where, unit, data, sentence, cases } of all) {
    for (const { scenario, said, keys, curves } of cases) {
      const at = `${where} ${JSON.stringify(scenario)}`;
      panel.update(data, unit, scenario);
      panel.pass(1000);
      panel.window.stated = sentence;
      assert.equal(panel.run("sentenceOf(figures, stated)"), said, at);
      assert.deepEqual(plain(panel.run("sweepable(figures)")), keys, at);
      for (const [key, [x, score, rank]] of Object.entries(curves)) {
        panel.window.swept = key;
        const { curve } = plain(panel.run("alongOf(figures, swept)"));
        assert.deepEqual([0, 1, 2].map((n) => curve.map((row) => row[n])), [x, score, rank], `${at} along ${key}`);
        checked += 1;
      }
    }
  }
  assert.ok(checked > 300);
});

test("what is swept is what was picked, or else what was moved last, or the first", async () => {
  const { run } = await blank();
  assert.equal(run('sweptKey(["a", "b", "c"], "b", { c: 1 })'), "b");
  assert.equal(run('sweptKey(["a", "b", "c"], "x", { c: 1, b: 1, x: 1 })'), "b");
  assert.equal(run('sweptKey(["a", "b", "c"], "", {})'), "a");
});

test("axes are marked at round numbers that hold all that is drawn", async () => {
  const { run } = await blank();
  assert.deepEqual(plain(run("roundTicks(6475, 7082, 4, 10)")), [6400, 6600, 6800, 7000, 7200]);
  assert.deepEqual(plain(run("roundTicks(0, 12, 5)")), [0, 5, 10, 15]);
  assert.deepEqual(plain(run("roundTicks(7000, 7000, 4, 10)")), [7000]);
  assert.deepEqual(plain(run("rankTicks(1, 3)")), [1, 2, 3, 4, 5]);
  assert.deepEqual(plain(run("rankTicks(39, 75)")), [30, 40, 50, 60, 70, 80]);
});

test("the sweep shows both places of the unit and says so, and nothing where there is nothing to move", async () => {
  const panel = await blank();
  const { data, unit } = all[0];
  const root = panel.document.createElement("div");
  panel.document.body.append(root);
  Object.assign(panel.window, { root, words: { sweep_pick: "Pick", sweep_legend: "Legend", sweep_alt: "Alt", no_sweep: "Nothing", rate_axis: "Rate", points_axis: "Points", score_axis: "Score", rank_axis: "Rank" } });
  panel.run("globalThis.sweep = createSweep(root, { act: (text) => acted.push(text) }); sweep.update({ words, chart: '' })");
  panel.update(data, unit);
  panel.pass(1000);
  panel.run("sweep.paint(figures)");
  assert.equal(root.querySelectorAll(".curve[role=img][aria-label=Alt]").length, 2);
  assert.equal(root.querySelectorAll(".curve i:not([hidden])").length, 4);
  assert.equal(root.querySelectorAll(".curve svg[aria-hidden=true]").length, 2); // what a picture says its name says
  const pick = root.querySelector("select");
  assert.equal(root.querySelector("label").textContent, "Pick");
  pick.value = pick.options[1].value;
  panel.fire(pick, "change");
  assert.deepEqual(panel.acted(), [`chart:${pick.options[1].value}`]);
  panel.run("sweep.paint({ ...figures, numbers: { ...figures.numbers, levers: [], components: [] }, now: { levers: [], due: [], direct: [] } })");
  assert.equal(root.querySelectorAll(".curve:not([hidden])").length, 0);
  assert.equal(root.querySelector("p:last-child").textContent, "Nothing");
});
