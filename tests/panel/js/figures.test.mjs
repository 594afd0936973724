// The road in JavaScript finds what the engine in Python does: criteria, components, score, rank, ties, band, presets, targets.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { corpus, load } from "./load.mjs";

const run = load(["numbers.js", "dom.js", "road.js", "presets.js"]);
run(readFileSync(new URL("evaluate.js", import.meta.url), "utf8"));
const plain = (value) => JSON.parse(JSON.stringify(value)); // out of the other world, where there is a -0, too
const figures = corpus("figures");

test("every figure equals the engine's, on random scenarios and at each lever's ends, of every league under every edition", () => {
  const evaluated = run("(compiled, scenarios) => evaluated(opened(compiled), scenarios)");
  for (const { where, compiled, scenarios, expected } of figures) {
    const found = plain(evaluated(compiled, scenarios));
    scenarios.forEach((scenario, i) => assert.deepEqual(found[i], plain(expected[i]), `${where} ${JSON.stringify(scenario)}`));
  }
});

test("presets laid over random scenarios are the engine's", () => {
  const laid = run(`(compiled, scenarios) => scenarios.map((scenario) => opened(compiled).presets.map((preset) => {
    const { scenario: after, skipped } = laid(opened(compiled), scenario, preset);
    return [after, skipped];
  }))`);
  for (const { where, compiled, scenarios, expected } of corpus("presets")) {
    const found = plain(laid(compiled, scenarios));
    scenarios.forEach((scenario, i) => assert.deepEqual(found[i], expected[i], `${where} ${JSON.stringify(scenario)}`));
  }
});

test("a switched target moves every unit and the presets' goals as the engine does", () => {
  const moved = run(`(compiled, targets) => {
    const { peers, presets } = retargeted(compiled, targets);
    return { peers, goals: presets.map((preset) => preset.goals) };
  }`);
  const cases = corpus("targets");
  assert.ok(cases.length);
  for (const { compiled, targets, expected } of cases) assert.deepEqual(plain(moved(compiled, targets)), expected, JSON.stringify(targets));
});

test("ranks share the better place among ties, and leave out whoever has no score", () => {
  const ranks = run("ranks");
  assert.deepEqual(plain(ranks([9357, 9338, NaN, 9357, 9000])), [1, 3, null, 1, 4]);
});
