// Numbers, names and links, read as Python reads them: corpora that both are held to (tests/corpora.py).

import assert from "node:assert/strict";
import { test } from "node:test";

import { corpus, load } from "./load.mjs";

const panel = load(["numbers.js", "dom.js", "road.js", "lever.js", "link.js", "panel.js"]);
const plain = (value) => JSON.parse(JSON.stringify(value)); // of this world, not of the panel's
const numbers = corpus("numbers");
const names = corpus("names");
const READ = {
  number: panel("plainNumber"),
  count: panel("plainCount"),
  counts: (text) => { const found = panel("plainCounts")(text); return found && [found.done, found.due]; },
  percent: panel("plainPercent"),
  points: (text) => panel("plainPoints")(text, numbers.limit),
};

for (const where of ["known", "drawn"]) {
  for (const [kind, texts] of Object.entries(numbers[where])) {
    test(`a text is the same ${kind} in both languages (${where}, ${texts.length} texts)`, () => {
      assert.ok(texts.length);
      const found = texts.map(([text]) => [text, READ[kind](text)]);
      assert.deepEqual(plain(found), texts); // NaN becomes null
      assert.ok(found.every(([, value]) => !Object.is(value, -0)));
    });
  }
  for (const [kind, texts] of Object.entries(names[where])) {
    test(`a name's ${kind} form is the same in both languages (${where}, ${texts.length} names)`, () => {
      assert.ok(texts.length);
      assert.deepEqual(texts.map(([name]) => [name, panel(`${kind}Name`)(name)]), texts);
    });
  }
}

test("what is typed beside a slider is what it means, or refused by name", () => {
  const found = numbers.entries.map(([text, rate, due, lower]) => {
    try {
      const value = panel("entered")(text, rate, due < 0 ? NaN : due, lower);
      return [text, value.due === undefined ? value : [value.done, value.due]];
    } catch (problem) {
      return [text, problem.message];
    }
  });
  assert.deepEqual(found, numbers.entries.map(([text, , , , meant]) => [text, meant]));
});

test("a search means the same units in both languages", () => {
  assert.deepEqual(names.searched.map(([text, code, name]) => [text, code, name, panel("isMeant")(text, code, name)]), names.searched);
});

test("every number is written without loss and without an exponent", () => {
  for (const value of [0, 0.1, 1, 0.98, 5e-5, 5e-7, 1.25e-10, 1 / 3, 0.30000000000000004, 1e-300, 18]) {
    const text = panel("numberText")(value);
    assert.match(text, /^\d+(\.\d+)?$/);
    assert.equal(panel("plainNumber")(text), value);
  }
});

test("a link opens on the same state in both languages, and is written back to it", () => {
  const [leagues, links] = [corpus("leagues"), corpus("links")];
  assert.ok(links.length >= 300);
  for (const { league, link, ...meant } of links) {
    const given = leagues[league];
    const read = panel("readLink")(given, link);
    const { unit, scenario, targets, unused } = plain(read);
    const refused = unused.map((one) => one.split("=")[0]).sort();
    assert.deepEqual({ unit: given.units[unit][0], scenario, targets, refused }, meant, `${league} ${link}`);
    const again = plain(panel("readLink")(given, panel("writtenLink")(given, read)));
    assert.deepEqual(again, { unit, scenario, targets, unused: [] }, `${league} ${link} written back`);
  }
});
