// Everything that a panel shows is what Python's engine and words say, on random scenarios of every league.

import assert from "node:assert/strict";
import { test } from "node:test";
import { panel as blank } from "./desk.mjs";
import { corpus } from "./load.mjs";
import { effect, shown } from "./read.mjs";

const HALF_BIN = 100 / 120 / 2 + 0.01; // of the strip, in per cent of its width

// Deep equality, but for the last bits of numbers.
function alike(found, wanted, where, within = 1e-6) {
  if (typeof wanted === "number" && typeof found === "number") return assert.ok(Math.abs(found - wanted) <= within, `${where}: ${found} instead of ${wanted}`);
  if (wanted === null || typeof wanted !== "object") return assert.strictEqual(found, wanted, where);
  assert.ok(found && typeof found === "object", `${where}: ${found}`);
  assert.deepEqual(Object.keys(found), Object.keys(wanted), where);
  for (const key of Object.keys(wanted)) alike(found[key], wanted[key], `${where}.${key}`, within);
}

const leagues = corpus("panels");

for (const { league, edition, data, cases } of leagues) {
  test(`the panel of ${league} under ${edition} shows what the engine says`, async () => {
    const panel = await blank();
    for (const { unit, scenario, shown: wanted } of cases) {
      const where = `unit ${unit} ${JSON.stringify(scenario)}`;
      panel.update(data, unit, scenario);
      panel.pass(1000);
      const seen = shown(panel.root);
      const seenAlone = (key, value) => (key.startsWith("spoken") ? undefined : value);
      assert.doesNotMatch(JSON.stringify(seen, seenAlone), /\d (?:%|\p{L})/u, `${where}: a number parts from its unit`);
      for (const side of ["bar", "tag", "presets", "opening", "idle", "supposed", "row", "legend", "live"]) alike(seen[side], wanted[side], `${where} ${side}`);
      seen.parts.forEach((part) => assert.equal(part.head, part.name, where));
      alike(seen.parts.map(({ head, ...part }) => part), wanted.parts, `${where} parts`);
      for (const [key, { thumb, resets, ...row }] of Object.entries(seen.levers)) {
        alike(row, { ...wanted.levers[key] }, `${where} ${key}`);
        assert.ok(Math.abs(thumb - row.at * row.steps) <= 0.5, `${where} ${key}: thumb at ${thumb}`);
        assert.equal(resets, row.moved, `${where} ${key}`);
      }
      assert.deepEqual(Object.keys(seen.levers).sort(), Object.keys(wanted.levers).sort(), where);
      const { fall, passed } = effect(panel.find("#effect"));
      alike(fall, wanted.fall, `${where} waterfall`, 2e-4);
      assert.deepEqual(passed, wanted.passed, where);
      strip(seen.strip, wanted.strip, data.words, where);
    }
  });
}

function strip(seen, wanted, words, where) {
  assert.equal(seen.label, wanted.label, where);
  assert.equal(seen.legend, words.legend, where);
  alike(seen.ticks, wanted.ticks, `${where} ticks`, 0.011);
  alike(seen.tickLines, wanted.ticks.map(([, at]) => at), `${where} ticks`, 0.011);
  assert.equal(seen.role, "img", where);
  for (const end of ["before", "after"]) alike(seen[end], wanted[end], `${where} strip, ${end}`, 0.011);
  const [low, high] = [wanted.before, wanted.after].sort((a, b) => a - b);
  if (wanted.before === null || wanted.after === null) assert.equal(seen.span[1], 0, where);
  else alike(seen.span, [low, high - low], `${where} span`, 0.011);
  const dots = seen.dots.sort(([a], [b]) => a - b);
  assert.equal(dots.length, wanted.dots.length, where);
  dots.forEach(([x], i) => assert.ok(Math.abs(x - wanted.dots[i]) <= HALF_BIN, `${where}: a dot at ${x} instead of ${wanted.dots[i]}`));
  assert.equal(new Set(dots.map(([x, y]) => `${x} ${y}`)).size, dots.length, `${where}: two dots in one place`);
  const lowest = Math.max(...dots.map(([, y]) => y));
  for (const [x, y, r] of dots) {
    assert.ok(y <= lowest && y >= 0 && r >= 0.8 && r <= 2.3, where);
    const under = dots.filter(([other, level]) => other === x && level > y).map(([, level]) => level);
    assert.ok(y === lowest || under.includes(lowest), `${where}: a dot hangs in the air`);
  }
}
