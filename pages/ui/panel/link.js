// The link of the one file: unit, scenario and targets as the app's own link writes them. What can't be used is named and left out.

const ELSEWHERE = /^(lang|league|chart|view|other|train|lesson|step|seed|own\..*|plan\..*)$/; // what only the whole app can use

// The state that a link's text states: { unit, scenario {key: text}, targets {criterion: rate}, unused [text] }, or null if it is of another league.
function readLink(given, text) {
  const rest = new Map(new URLSearchParams(text));
  if ((rest.get("league") || given.league.key) !== given.league.key) return null;
  const unused = [];
  const take = (wanted) => [...rest].filter(([key]) => wanted(key)).map((entry) => { rest.delete(entry[0]); return entry; });
  take((key) => ELSEWHERE.test(key));
  const unit = unitOf(given, take((key) => key === "unit"), unused);
  const targets = targetsOf(given.numbers, take((key) => key.startsWith("target.")), unused);
  const numbers = opened(retargeted(given.numbers, targets), unit);
  let scenario = {};
  if (unused.some((text) => text.startsWith("unit="))) { // what was supposed of another unit says nothing about this one
    unused.push(...[...rest].map(([key, value]) => `${key}=${value}`));
    rest.clear();
  }
  for (const [key, value] of [...rest].sort(([, a], [, b]) => b.includes("/") - a.includes("/"))) { // counts first: rates may need them
    const wider = { ...scenario, [key]: stated(value, numbers.components.some((c) => c.key === key)) };
    if (possible(numbers, wider)) scenario = wider;
    else unused.push(`${key}=${value}`);
  }
  return { unit, targets, scenario: textsOf(scenario), unused };
}

function writtenLink(given, { unit, scenario, targets }) {
  const switched = Object.entries(targets).map(([key, rate]) => [`target.${key}`, String(rate)]);
  return new URLSearchParams({ ...given.link, unit: given.units[unit][0], ...scenario, ...Object.fromEntries(switched) }).toString();
}

function textsOf(scenario) {
  return Object.fromEntries(Object.entries(scenario).map(([key, value]) => [key, valueText(value)]));
}

function valuesOf(texts) {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, valueFrom(text)]));
}

function unitOf(given, stated, unused) {
  const [[, text] = [null, ""]] = stated;
  const named = given.units.map(([code, name], i) => [i, code, foldedName(name)]).filter(([, code, name]) => code === text || name === foldedName(text));
  if (text && named.length !== 1 && !named.some(([, code]) => code === text)) unused.push(`unit=${text}`);
  const [found] = named.find(([, code]) => code === text) || (named.length === 1 ? named[0] : [given.unit]);
  return found;
}

function targetsOf(numbers, stated, unused) {
  const targets = {};
  for (const [name, text] of stated) {
    const criterion = numbers.criteria.find((c) => `target.${c.key}` === name);
    const rate = plainNumber(text);
    if (criterion && criterion.choices.includes(rate)) { if (rate !== criterion.filed) targets[criterion.key] = rate; } else unused.push(`${name}=${text}`);
  }
  return targets;
}

// A value as a link states it: counts, points of a component, or a rate as a fraction or with its sign.
function stated(text, ofComponent) {
  const counts = /^(\d{1,12})\/(\d{1,12})$/.exec(text);
  if (counts) return { done: Number(counts[1]), due: Number(counts[2]) };
  if (/^\d(\.\d+)?e-\d{1,3}$/.test(text)) return Number(text);
  return !ofComponent && text.endsWith("%") ? plainNumber(text.slice(0, -1)) / 100 : plainNumber(text);
}

// Whether every change of a scenario is one that the unit can make.
function possible(numbers, scenario) {
  const { due } = resolved(numbers, scenario);
  return Object.entries(scenario).every(([key, value]) => {
    const component = numbers.components.find((c) => c.key === key);
    if (component) return component.direct && value >= 0 && value <= component.max / 100;
    const i = numbers.levers.findIndex((lever) => lever.key === key);
    if (i < 0 || numbers.levers[i].fixed) return false;
    if (value.due === undefined) return value >= 0 && value <= 1 && due[i] !== 0;
    return value.done <= value.due && due[i] === value.due;
  });
}
