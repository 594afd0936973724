// The road from levers to score and rank, over the numbers that model/score/browser.py laid out.
// It decides nothing: every maximum, target, anchor and band comes with the numbers. Missing is NaN.

// A unit's value in a column, which holds one for each unit or a single one for all.
function cellOf(compiled, unit, column) {
  return valueAt(compiled.units.indexOf(unit), column);
}

function valueAt(row, column) {
  const value = Array.isArray(column) ? column[row] : column;
  return value === null ? NaN : value;
}

// One unit's numbers of those laid out for many.
function opened(compiled, unit = compiled.units[0]) {
  const row = compiled.units.indexOf(unit);
  const cell = (column) => valueAt(row, column);
  const numbers = {
    ...compiled,
    unit,
    held: cell(compiled.held),
    total: cell(compiled.total),
    components: compiled.components.map((c) => ({ ...c, direct: cell(c.direct), least: cell(c.least), most: cell(c.most), published: cell(c.published), sums: cell(c.sums) })),
    criteria: compiled.criteria.map((c) => ({ ...c, reported: cell(c.reported) })),
    levers: compiled.levers.map((lever) => {
      const [done, due] = [cell(lever.done), cell(lever.due)];
      const rate = Number.isNaN(done) ? cell(lever.rate) : done / due;
      return { ...lever, rate, due, empty: cell(lever.empty), slack: cell(lever.slack), source: cell(lever.source), low: cell(lever.low), high: cell(lever.high), bound: cell(lever.bound), fixed: lever.fixed || (Number.isNaN(rate) ? lever.unknown : null) };
    }),
    peers: compiled.peers.map((score) => (score === null ? NaN : score)),
  };
  const exact = exactSums(numbers, numbers.levers.map((lever) => lever.rate), "filed");
  numbers.components.forEach((c, k) => { c.exact = exact[k]; });
  return numbers;
}

// The numbers under other targets {criterion: rate}: every unit moved from where it was published. Needs all units.
function retargeted(compiled, targets) {
  const criteria = compiled.criteria.map((c) => ({ ...c, target: targets[c.key] || c.filed }));
  const next = { ...compiled, criteria, peers: [] };
  const standings = next.units.map((unit) => baseline(opened(next, unit)));
  const targetOf = Object.fromEntries(criteria.map((c) => [c.key, c.target]));
  const bestOf = Object.fromEntries(next.components.map((c, k) =>
    [c.key, Math.max(...standings.map(({ components }) => components[k]).filter((points) => !Number.isNaN(points))) / 100]));
  const moved = (goals, to) => Object.fromEntries(Object.entries(goals).map(([key, goal]) => [key, to[key] || goal]));
  const presets = next.presets.map((preset) => (preset.stated ? preset : { ...preset, goals: moved(preset.goals, preset.toTarget ? targetOf : bestOf) }));
  return { ...next, presets, peers: standings.map(({ score }) => score) };
}

// Levers, things due and direct points under a scenario {key: rate | {done, due} | points}.
function resolved(numbers, scenario) {
  const due = numbers.levers.map((lever) => (lever.empty ? 0 : lever.due));
  numbers.levers.forEach((lever) => {
    const counts = scenario[lever.key];
    if (!counts || counts.due === undefined) return;
    numbers.levers.forEach((other, j) => {
      if (other === lever || (lever.shared && other.group === lever.group)) due[j] = counts.due;
    });
  });
  const levers = numbers.levers.map((lever, i) => {
    const value = scenario[lever.key];
    if (due[i] === 0 && !Number.isNaN(lever.rate)) return lever.whenEmpty;
    if (value === undefined) return lever.rate;
    return value.due === undefined ? value : value.done / value.due;
  });
  const direct = numbers.components.map((c) => (c.key in scenario ? hundredths(numbers, scenario[c.key]) : NaN));
  return { levers, due, direct };
}

function hundredths(numbers, points) {
  return Math.floor(100 * points + 0.5 + numbers.epsilon);
}

// Whole hundredths of a number of 0 or more, half up on its exact binary value, as toFixed(2) rounds.
function halfUp(value) {
  const [product, scaled] = [100 * value, 134217729 * value];
  const high = scaled - (scaled - value);
  const error = (100 * high - product) + 100 * (value - high);
  const whole = Math.floor(product);
  const beyond = product - whole - 0.5;
  return beyond > 0 || (beyond === 0 && error >= 0) ? whole + 1 : whole;
}

function clamped(value, low, high) {
  return value < low ? low : value > high ? high : value;
}

function criterionRates(numbers, levers) {
  const taken = levers.map((value, i) => (Number.isNaN(value) && numbers.levers[i].whenUnknown !== null ? numbers.levers[i].whenUnknown : value));
  const held = taken.map((value, i) => {
    const { atMost, slack } = numbers.levers[i];
    return atMost !== null && value > taken[atMost] + slack ? taken[atMost] + slack : value;
  });
  return numbers.criteria.map((criterion) => {
    const formed = criterion.rate.length ? criterion.rate.reduce((sum, [lever, share]) => sum + share * held[lever], 0) : NaN;
    const guessed = criterion.rate.some(([lever]) => Number.isNaN(levers[lever])) && !Number.isNaN(criterion.reported);
    return clamped(Number.isNaN(formed) || guessed ? criterion.reported : formed, 0, 1) * factorOf(criterion, held);
  });
}

// What a criterion's rate is multiplied by, 1 for nearly all.
function factorOf({ scale, scaleAssumed }, levers) {
  if (scale === null) return 1;
  return Number.isNaN(levers[scale]) && scaleAssumed ? 1 : clamped(levers[scale], 0, 1);
}

function criterionPoints(criterion, rate, target = criterion.target) {
  return criterion.max * Math.min(1, rate / target);
}

// Points of a criterion in whole hundredths, by its component's rule of rounding.
function earned(numbers, criterion, rate) {
  if (!criterion.percent) return hundredths(numbers, criterionPoints(criterion, rate));
  const percent = halfUp(100 * rate) / 100;
  return halfUp(Math.min((percent * criterion.max) / (100 * criterion.target), criterion.max));
}

// Criteria, components and score, in hundredths.
function standing(numbers, { levers, direct }) {
  const criteria = criterionRates(numbers, levers).map((rate, i) => earned(numbers, numbers.criteria[i], rate));
  const sums = summed(numbers, criteria);
  const components = numbers.components.map((c, k) => clamped(anchor(c, direct[k]) + (sums[k] - c.sums), 0, c.max));
  const known = components.map((points) => (numbers.total && Number.isNaN(points) ? 0 : points)); // a total holds the rest
  return { criteria, components, score: known.reduce((a, b) => a + b, 0) + numbers.held };
}

// The points that levers move: those published, or those put in their place.
function anchor(component, direct) {
  return Number.isNaN(direct) ? component.published : direct;
}

// Where a unit stands with nothing supposed.
function baseline(numbers) {
  return standing(numbers, resolved(numbers, {}));
}

function summed(numbers, criteria) {
  const sums = numbers.components.map(() => 0);
  criteria.forEach((value, i) => { if (!Number.isNaN(value)) sums[numbers.criteria[i].component] += value; });
  return sums;
}

// What criteria add up to in each component before rounding, in hundredths, at the targets in force or as filed.
function exactSums(numbers, levers, target = "target") {
  return summed(numbers, criterionRates(numbers, levers).map((rate, i) => 100 * criterionPoints(numbers.criteria[i], rate, numbers.criteria[i][target])));
}

// What moving one lever to a rate brings, in points, before any rounding; unknown components are left out.
function gain(numbers, { levers, direct }, lever, rate) {
  const total = (sums) => numbers.components.reduce((sum, c, k) =>
    sum + (Number.isNaN(anchor(c, direct[k])) ? 0 : clamped(anchor(c, direct[k]) + (sums[k] - c.exact), 0, c.max)), 0);
  const moved = levers.slice();
  moved[lever] = rate;
  return (total(exactSums(numbers, moved)) - total(exactSums(numbers, levers))) / 100;
}

// What a lever could bring alone, moved as far as it goes; 0 where that is not known.
function potential(numbers, at, i) {
  const rate = at.levers[i];
  return gain(numbers, at, i, numbers.levers[i].lower ? Math.min(rate, 0) : Math.max(rate, 1)) || 0;
}

// Rank among fixed peers, the tied, and the nearest above, as rows of the league.
function placed(numbers, score) {
  const rank = { place: NaN, of: 0, tied: [], above: NaN, next: [] };
  if (Number.isNaN(score)) return { ...rank, of: numbers.peers.filter((p, i) => i !== numbers.unit && !Number.isNaN(p)).length };
  rank.place = 1;
  rank.of = 1;
  for (let i = 0; i < numbers.peers.length; i += 1) {
    const peer = numbers.peers[i];
    if (i === numbers.unit || Number.isNaN(peer)) continue;
    rank.of += 1;
    if (peer > score) {
      rank.place += 1;
      if (!(peer >= rank.above)) { rank.above = peer; rank.next = [i]; } else if (peer === rank.above) rank.next.push(i);
    } else if (peer === score) rank.tied.push(i);
  }
  return rank;
}

// Units that stood above and now stand below, and the reverse, the best first.
function passed(numbers, before, after) {
  const between = (low, high) => numbers.peers.map((score, i) => i).filter((i) => i !== numbers.unit && numbers.peers[i] > low && numbers.peers[i] < high)
    .sort((i, j) => numbers.peers[j] - numbers.peers[i]);
  return { overtaken: between(before, after), overtakenBy: between(after, before) };
}

// Ranks of scores, ties sharing the better; NaN where the score is missing.
function ranks(scores) {
  const places = new Map();
  scores.filter((score) => !Number.isNaN(score)).sort((a, b) => b - a).forEach((score, i) => { if (!places.has(score)) places.set(score, i + 1); });
  return scores.map((score) => (Number.isNaN(score) ? NaN : places.get(score)));
}

// The band of a score and the one above it.
function banded(numbers, score) {
  const at = numbers.bands.findIndex((band) => score >= band.from);
  const i = at < 0 ? numbers.bands.length - 1 : at;
  return Number.isNaN(score) ? {} : { band: numbers.bands[i], above: numbers.bands[i - 1] };
}

// Why a lever can't raise the score alone, moved as far as it goes, or null.
function hindrance(numbers, at, i) {
  const lever = numbers.levers[i];
  const rate = at.levers[i];
  if (lever.fixed) return lever.fixed;
  if (at.due[i] === 0) return "none_due";
  if (potential(numbers, at, i) > 1e-9) return null;
  const limit = lever.atMost === null ? 1 : at.levers[lever.atMost] + lever.slack;
  if (limit < 1 && rate >= limit) return "limited";
  if (lever.lower ? rate <= 0 : rate >= 1) return "at_end";
  const now = standing(numbers, at);
  const reasons = numbers.criteria.map((criterion, j) => {
    const mine = criterion.rate.some(([k]) => k === i) || criterion.scale === i;
    return mine && !Number.isNaN(now.criteria[j]) ? stuck(numbers, criterion, now, j) : null;
  });
  return ["at_target", "component_full", "at_zero"].find((why) => reasons.includes(why)) || "not_computable";
}

function stuck(numbers, criterion, now, j) {
  const [points, { max }] = [now.components[criterion.component], numbers.components[criterion.component]];
  if (Number.isNaN(points)) return "not_computable";
  if (points >= max) return "component_full";
  return now.criteria[j] >= 100 * criterion.max ? "at_target" : "at_zero";
}
