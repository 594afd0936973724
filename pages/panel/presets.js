// Presets laid over what is supposed already, as model/score/presets.py does; nothing is made worse but by one that says so.

// The scenario with a preset laid over it, and { lever or component: why it was left out }.
function laid(numbers, scenario, preset) {
  if (preset.oneMoreDue) return oneMoreDue(numbers, scenario, preset.oneMoreDue);
  let now = scenario;
  const skipped = {};
  for (const [key, goal] of Object.entries(preset.goals)) {
    const k = numbers.components.findIndex((c) => c.key === key);
    if (k >= 0) {
      const at = resolved(numbers, now);
      const { criteria, components } = standing(numbers, at);
      const [moved, from] = [summed(numbers, criteria)[k] - numbers.components[k].sums, anchor(numbers.components[k], at.direct[k])];
      const { least, most } = numbers.components[k];
      const wanted = Number.isNaN(most) ? NaN : clamped(evenly(100 * goal) - moved, least, most);
      if (!(Number.isNaN(wanted) || components[k] >= evenly(100 * goal) || wanted <= from)) now = { ...now, [key]: wanted / 100 };
      continue;
    }
    const i = numbers.levers.findIndex((lever) => lever.key === key);
    const { levers, due } = resolved(numbers, now);
    const { lower, fixed } = numbers.levers[i];
    const why = fixed || (due[i] === 0 ? "none_due" : null);
    const better = lower ? levers[i] > goal : levers[i] < goal;
    if (why === "none_due" && !preset.stated && !better) continue; // nothing due already earns in full
    if (why) skipped[key] = why;
    else if (better) now = { ...now, [key]: inKind(now[key], goal, lower) };
  }
  if (preset.toTarget) numbers.components.filter((c) => c.direct).forEach((c) => { skipped[c.key] = "not_reported"; });
  return { scenario: now, skipped };
}

// A rate, or counts at least as good, of as many as are now supposed to be due.
function inKind(now, rate, lower) {
  if (!now || now.due === undefined) return rate;
  return { done: lower ? Math.floor(rate * now.due + 1e-9) : Math.ceil(rate * now.due - 1e-9), due: now.due };
}

function oneMoreDue(numbers, scenario, group) {
  const { levers, due } = resolved(numbers, scenario);
  const members = numbers.levers.map((lever, i) => i).filter((i) => numbers.levers[i].group === group);
  const known = members.map((i) => due[i]).filter((count) => !Number.isNaN(count));
  if (known.length && members.some((i) => numbers.levers[i].shared)) {
    members.forEach((i) => { due[i] = Math.max(...known); }); // a table may count the shared denominator twice, and differ
  }
  let now = scenario;
  const skipped = {};
  for (const i of members) {
    const { key, fixed } = numbers.levers[i];
    const why = fixed || (Number.isNaN(due[i]) ? "not_reported" : null);
    if (why) skipped[key] = why;
    else now = { ...now, [key]: { done: due[i] === 0 ? 0 : evenly(levers[i] * due[i]), due: due[i] + 1 } };
  }
  return { scenario: now, skipped };
}

// Rounded to the nearest whole number, halves to the even one, as Python does.
function evenly(value) {
  const low = Math.floor(value);
  if (value - low !== 0.5) return Math.round(value);
  return low % 2 ? low + 1 : low;
}
