// The road in JavaScript, to the last digit what Python finds on every sample.

import assert from "node:assert/strict";
import { test } from "node:test";

import { corpus, load } from "./load.mjs";

const evaluate = load(["road.js"]);
const [halfUp, opened, resolved, standing, placed, hindrance] =
  ["halfUp", "opened", "resolved", "standing", "placed", "hindrance"].map(evaluate);
const bare = (value) => (Number.isNaN(value) ? null : value);

test("half a hundredth is judged by the exact value of the double", () => {
  for (const [value, hundredths] of corpus("rounding")) {
    assert.equal(halfUp(value), hundredths, String(value));
    assert.equal(Number(value.toFixed(2).replace(".", "")), hundredths, String(value));
  }
});

test("criteria, components, score, place and hindrances are the engine's", () => {
  let checked = 0;
  for (const { numbers, cases } of corpus("road")) {
    const own = opened(numbers);
    for (const [scenario, expected] of cases) {
      const now = resolved(own, scenario);
      const { criteria, components, score } = standing(own, now);
      const found = {
        criteria: [...criteria].map(bare),
        components: [...components].map(bare),
        score: bare(score),
        rank: bare(placed(own, score).place),
        levers: [...now.levers].map(bare),
        why: own.levers.map((lever, i) => hindrance(own, now, i)),
      };
      for (const key of Object.keys(found)) {
        assert.equal(JSON.stringify(found[key]), JSON.stringify(expected[key]), `${key} of ${JSON.stringify(scenario)}`);
      }
      checked += 1;
    }
  }
  assert.ok(checked > 1000);
});
