// The road from levers to score and rank, over the numbers that model/compiled.py laid out.
// It decides nothing: every maximum, target, anchor and band comes with the numbers. Missing is NaN.

function opened(compiled) {
  const number = (value) => (value === null ? NaN : value);
  return {
    ...compiled,
    held: number(compiled.held),
    components: compiled.components.map((c) => ({ ...c, published: number(c.published), sums: number(c.sums) })),
    criteria: compiled.criteria.map((c) => ({ ...c, reported: number(c.reported) })),
    levers: compiled.levers.map((l) => ({ ...l, rate: number(l.rate), due: number(l.due), slack: number(l.slack) })),
    peers: compiled.peers.map(number),
  };
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

function clamped(value, low, high) {
  return value < low ? low : value > high ? high : value;
}

function criterionRates(numbers, levers) {
  const held = levers.map((value, i) => {
    const { atMost, slack } = numbers.levers[i];
    return atMost !== null && value > levers[atMost] + slack ? levers[atMost] + slack : value;
  });
  return numbers.criteria.map((criterion) => {
    const formed = criterion.rate.reduce((sum, [lever, share]) => sum + share * held[lever], 0);
    return clamped(Number.isNaN(formed) ? criterion.reported : formed, 0, 1);
  });
}

function criterionPoints(criterion, rate) {
  return criterion.max * Math.min(1, rate / criterion.target);
}

// Criteria, components and score, in hundredths.
function standing(numbers, { levers, direct }) {
  const criteria = criterionRates(numbers, levers).map((rate, i) =>
    hundredths(numbers, criterionPoints(numbers.criteria[i], rate)));
  const sums = summed(numbers, criteria);
  const components = numbers.components.map((c, k) =>
    Number.isNaN(direct[k]) ? clamped(c.published + (sums[k] - c.sums), 0, c.max) : direct[k]);
  return { criteria, components, score: components.reduce((a, b) => a + b, 0) + numbers.held };
}

function summed(numbers, criteria) {
  const sums = numbers.components.map(() => 0);
  criteria.forEach((value, i) => { if (!Number.isNaN(value)) sums[numbers.criteria[i].component] += value; });
  return sums;
}

// What moving one lever to a rate brings, in points, before any rounding; unknown components are left out.
function gain(numbers, { levers }, lever, rate) {
  const exact = (rates) => summed(numbers, criterionRates(numbers, rates).map((r, i) => 100 * criterionPoints(numbers.criteria[i], r)));
  const total = (sums) => numbers.components.reduce((sum, c, k) =>
    sum + (Number.isNaN(c.published) ? 0 : clamped(c.published + (sums[k] - c.exact), 0, c.max)), 0);
  const moved = levers.slice();
  moved[lever] = rate;
  return (total(exact(moved)) - total(exact(levers))) / 100;
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
  if (gain(numbers, at, i, lever.lower ? Math.min(rate, 0) : Math.max(rate, 1)) > 1e-9) return null;
  const limit = lever.atMost === null ? 1 : at.levers[lever.atMost] + lever.slack;
  if (limit < 1 && rate >= limit) return "limited";
  if (lever.lower ? rate <= 0 : rate >= 1) return "at_end";
  const now = standing(numbers, { levers: at.levers, direct: at.direct.map(() => NaN) });
  const reasons = numbers.criteria.map((criterion, j) => {
    const mine = criterion.rate.some(([k]) => k === i) && criterion.rate.every(([k]) => !Number.isNaN(at.levers[k]));
    return mine ? stuck(numbers, criterion, now, j) : null;
  });
  return ["at_target", "component_full", "at_zero"].find((why) => reasons.includes(why)) || "not_computable";
}

function stuck(numbers, criterion, now, j) {
  const [points, { max }] = [now.components[criterion.component], numbers.components[criterion.component]];
  if (Number.isNaN(points)) return "not_computable";
  if (points >= max) return "component_full";
  return now.criteria[j] >= 100 * criterion.max ? "at_target" : "at_zero";
}
