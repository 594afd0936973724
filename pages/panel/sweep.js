// Score and rank along one lever's rate or one component's points: two curves, and where the unit stands on them.

const SWEPT = 100; // steps from one end to the other
const NO_SWEEP = ["assumed", "inherited", "not_reported", "none_due"];

// What can be swept, as keys: levers that can be moved, then components that are moved directly.
function sweepable({ numbers, now }) {
  const levers = numbers.levers.filter((_, i) => !NO_SWEEP.includes(hindrance(numbers, now, i)));
  return [...levers, ...numbers.components.filter((c) => c.direct)].map(({ key }) => key);
}

// The one that is looked at: the one chosen, or else the last that is supposed, or the first.
function sweptKey(keys, chosen, scenario) {
  if (keys.includes(chosen)) return chosen;
  return Object.keys(scenario).reverse().find((key) => keys.includes(key)) || keys[0];
}

// Along a lever or component: { high, curve [[x, score, rank]], ends { published, scenario } }; x in per cent or points, scores
// in hundredths.
function alongOf({ numbers, now, before, after, was, is }, key) {
  const k = numbers.components.findIndex((c) => c.key === key);
  const i = numbers.levers.findIndex((lever) => lever.key === key);
  const high = k >= 0 ? numbers.components[k].max / 100 : numbers.levers[i].lower ? 0.1 : 1;
  const scale = k >= 0 ? 1 : 100;
  const curve = Array.from({ length: SWEPT + 1 }, (_, step) => {
    const value = step === SWEPT ? high : step * (high / SWEPT);
    const moved = k >= 0 ? { ...now, direct: replaced(now.direct, k, hundredths(numbers, value)) } : { ...now, levers: replaced(now.levers, i, value) };
    const { score } = standing(numbers, moved);
    return [value * scale, score, placed(numbers, score).place];
  });
  const [from, to] = k >= 0 ? [before.components[k] / 100, after.components[k] / 100] : [numbers.levers[i].rate, now.levers[i]];
  return { high: high * scale, curve, ends: { published: [from * scale, before.score, was.place], scenario: [to * scale, after.score, is.place] } };
}

function replaced(list, at, value) {
  return list.map((one, i) => (i === at ? value : one));
}

// Round numbers from low to high, at most so many steps apart, that hold both ends between them.
function roundTicks(low, high, most, least = 0) {
  const rough = Math.max((high - low) / most, least, 1e-9);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((times) => times * power).find((one) => one >= rough * 0.999);
  const [from, to] = [Math.floor(low / step + 1e-9), Math.ceil(high / step - 1e-9)];
  return Array.from({ length: to - from + 1 }, (_, n) => (from + n) * step);
}

// Both curves, with a picker of what they run along.
function createSweep(root, host) {
  const pick = /** @type {HTMLSelectElement} */ (element("select", { id: "swept", onchange: () => { chosen = pick.value; host.act(`chart:${chosen}`); draw(); } }));
  const label = element("label", { for: "swept" });
  const [legend, none] = [element("p", { class: "note" }), element("p", { class: "note" })];
  const charts = ["score", "rank"].map(curveOver);
  root.replaceChildren(legend, label, pick, ...charts.map((one) => one.root), none);
  let given = null;
  let figures = null;
  let chosen = "";

  function draw() {
    if (!given || !figures) return;
    const keys = sweepable(figures);
    for (const node of [label, pick, legend, ...charts.map((one) => one.root)]) show(node, keys.length > 0);
    write(none, keys.length ? "" : given.words.no_sweep);
    write(label, given.words.sweep_pick);
    write(legend, given.words.sweep_legend);
    const key = sweptKey(keys, chosen, figures.scenario);
    const names = keys.map((one) => figures.called[one]);
    if (pick.dataset.names !== names.join("|")) pick.replaceChildren(...keys.map((one, n) => element("option", { value: one }, names[n])));
    pick.dataset.names = names.join("|");
    if (!keys.length) return;
    pick.value = key;
    const ofRate = figures.numbers.levers.some((lever) => lever.key === key);
    const along = alongOf(figures, key);
    charts.forEach((one) => one.draw(along, { axis: ofRate ? given.words.rate_axis : given.words.points_axis, words: given.words, read: figures.read }));
  }

  return {
    update(data) {
      given = data;
      chosen = data.chart;
      draw();
    },
    // The figures of this frame.
    paint(painted) {
      figures = painted;
      draw();
    },
  };
}

// One curve over its axes; of ranks the first is on top, and each step holds until the next.
function curveOver(kind) {
  const path = element("path", { "vector-effect": "non-scaling-stroke" });
  const grid = element("path", { class: "grid", "vector-effect": "non-scaling-stroke" });
  const plot = element("svg", { viewBox: "0 0 100 100", preserveAspectRatio: "none", "aria-hidden": "true" }, grid, path);
  const marks = { published: element("i", { class: "published" }), scenario: element("i", { class: "scenario" }) };
  const [rows, columns] = [element("div", { class: "rows-of" }), element("div", { class: "columns-of" })];
  const [title, axis] = [element("span", { class: "axis-y" }), element("span", { class: "axis-x" })];
  const root = element("div", { class: `curve ${kind}`, role: "img" }, title, rows, element("div", { class: "plot" }, plot, ...Object.values(marks)), columns, axis);
  const column = kind === "score" ? 1 : 2;

  return {
    root,
    draw({ high, curve, ends }, { axis: text, words, read }) {
      const known = [...curve, ...Object.values(ends)].map((row) => row[column]).filter((value) => !Number.isNaN(value));
      show(root, known.length > 0);
      if (!known.length) return;
      const ticks = kind === "score" ? roundTicks(Math.min(...known), Math.max(...known), 4, 10) : rankTicks(Math.min(...known), Math.max(...known));
      const [low, top] = [ticks[0], ticks[ticks.length - 1]];
      const up = (value) => 100 * (kind === "score" ? top - value : value - low) / (top - low);
      const across = (x) => clamped(100 * x / high, 0, 100);
      const points = curve.filter((row) => !Number.isNaN(row[column]));
      const drawn = points.map((row, n) => `${n ? (kind === "rank" ? `H${across(row[0]).toFixed(2)}V` : "L") : "M"}${n && kind === "rank" ? "" : `${across(row[0]).toFixed(2)} `}${up(row[column]).toFixed(2)}`);
      path.setAttribute("d", drawn.join(""));
      grid.setAttribute("d", ticks.map((tick) => `M0 ${up(tick).toFixed(2)}H100`).join(""));
      for (const [end, mark] of Object.entries(marks)) {
        const [x, value] = [ends[end][0], ends[end][column]];
        show(mark, !Number.isNaN(x) && !Number.isNaN(value));
        mark.style.left = `${across(x).toFixed(2)}%`;
        mark.style.top = `${up(value).toFixed(2)}%`;
      }
      const told = (value) => (kind === "score" ? read.short(value / 100) : read.count(value));
      rows.replaceChildren(...ticks.map((tick) => placedAt(element("span", {}, told(tick)), "top", up(tick))));
      columns.replaceChildren(...roundTicks(0, high, 5).filter((x) => x <= high + 1e-9).map((x) => placedAt(element("span", {}, read.short(x)), "left", across(x))));
      write(title, words[`${kind}_axis`]);
      write(axis, text);
      root.setAttribute("aria-label", words.sweep_alt);
    },
  };
}

function placedAt(node, side, percent) {
  node.style[side] = `${percent.toFixed(2)}%`;
  return node;
}

// Round ranks from the best on, the first among them where it comes close.
function rankTicks(best, worst) {
  const ticks = roundTicks(best, Math.max(worst, best + 4), 4, 1);
  if (ticks[0] < 1) ticks[0] = 1;
  return ticks;
}
