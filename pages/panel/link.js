// The link of the one file: unit, scenario and targets as the app's own link writes them. What can't be used is named and left out.

// What only the whole app can use; and what messengers append on its way.
const ELSEWHERE = /^(lang|league|chart|view|other|peers|train|lesson|step|seed|own\..*|plan\..*|utm_.*|fbclid|gclid|msclkid|igsh|mibextid|zarsrc|gidzl)$/;

// The state that a link's text states: { unit, scenario {key: text}, targets {criterion: rate}, unused [text] }, or null if it is of another league.
function readLink(data, text) {
  const rest = new Map(new URLSearchParams(text));
  if ((rest.get("league") || data.league.key) !== data.league.key) return null;
  const unused = [];
  const take = (wanted) => [...rest].filter(([key]) => wanted(key)).map((entry) => { rest.delete(entry[0]); return entry; });
  take((key) => ELSEWHERE.test(key));
  const unit = unitOf(data, take((key) => key === "unit"), unused);
  const targets = targetsOf(data.numbers, take((key) => key.startsWith("target.")), unused);
  const numbers = opened({ ...data.numbers, peers: [] }, unit); // what can be moved depends on no target and no peer
  let scenario = {};
  const asStated = new Map(rest);
  if (unused.some((text) => text.startsWith("unit="))) { // what was supposed of another unit says nothing about this one
    unused.push(...[...rest].map(([key, value]) => `${key}=${value}`));
    rest.clear();
  }
  for (const [key, value] of [...rest].sort(([, a], [, b]) => Number(b.includes("/")) - Number(a.includes("/")))) { // counts first: rates may need them
    const wider = { ...scenario, [key]: stated(value, numbers.components.some((c) => c.key === key)) };
    if (possible(numbers, wider)) scenario = wider;
    else unused.push(`${key}=${value}`);
  }
  const inOrder = [...asStated].filter(([key]) => Object.hasOwn(scenario, key)).map(([key]) => [key, scenario[key]]);
  return { unit, targets, scenario: textsOf(Object.fromEntries(inOrder)), unused };
}

function writtenLink(data, { unit, scenario, targets }) {
  const switched = Object.entries(targets).map(([key, rate]) => [`target.${key}`, numberText(rate)]);
  return new URLSearchParams({ ...data.link, unit: data.units[unit][0], ...scenario, ...Object.fromEntries(switched) }).toString();
}

function textsOf(scenario) {
  return Object.fromEntries(Object.entries(scenario).map(([key, value]) => [key, valueText(value)]));
}

function valuesOf(texts) {
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, valueFrom(text)]));
}

function unitOf(data, stated, unused) {
  const [[, text] = [null, ""]] = stated;
  if (!text) return data.unit;
  const [coded, wanted] = [data.units.findIndex(([code]) => code === text), foldedName(text)];
  if (coded >= 0) return coded;
  const named = data.units.map(([, name], i) => [i, name]).filter(([, name]) => wanted === foldedName(name) || wanted === bareName(name));
  if (named.length !== 1) unused.push(`unit=${text}`);
  return named.length === 1 ? named[0][0] : data.unit;
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
  const bare = cleaned(text);
  if (ofComponent) return plainNumber(bare);
  if (bare.includes("/")) return plainCounts(bare) || NaN;
  return bare.endsWith("%") ? plainPercent(bare) : plainNumber(bare);
}

// Whether every change of a scenario is one that the unit can make.
function possible(numbers, scenario) {
  const { due } = resolved(numbers, scenario);
  return Object.entries(scenario).every(([key, value]) => {
    const component = numbers.components.find((c) => c.key === key);
    if (component) return component.least <= hundredths(numbers, value) && hundredths(numbers, value) <= component.most;
    const i = numbers.levers.findIndex((lever) => lever.key === key);
    if (i < 0 || numbers.levers[i].fixed) return false;
    if (value.due === undefined) return value >= 0 && value <= 1 && due[i] !== 0;
    return value.done <= value.due && due[i] === value.due;
  });
}
