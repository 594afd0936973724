// The strip: a dot for every unit at its score, and our own before and after.

const STRIP = { height: 50, floor: 34, dot: 2.3, bins: 120 };

function strip() {
  const dots = element("g", { class: "dots" });
  const ticks = element("g", { class: "ticks" });
  const span = element("rect", { class: "span", y: 0, height: STRIP.floor + 2 });
  const before = element("line", { class: "before", y1: 2, y2: STRIP.floor + 3 });
  const after = element("line", { class: "after", y1: 0, y2: STRIP.floor + 3 });
  const root = element("svg", { class: "strip", role: "img", height: STRIP.height, width: "100%" }, span, ticks, dots, before, after);
  let low = 0;
  let high = 1;
  const at = (score) => 1.5 + 97 * clamped((score - low) / (high - low), 0, 1);
  const percent = (value) => `${value.toFixed(2)}%`;

  return {
    root,
    update(numbers, unitName, words, read) {
      const peers = numbers.peers.filter((score, i) => i !== numbers.unit && !Number.isNaN(score));
      const own = numbers.peers[numbers.unit];
      const all = Number.isNaN(own) ? peers : [...peers, own];
      low = Math.min(...all) - 200; // without a score there is no scale, and nothing stands anywhere
      high = Math.min(10000, Math.max(...all) + Math.max(300, 0.3 * (Math.max(...all) - low)));
      root.setAttribute("aria-label", filled(words.strip, { unit: unitName, n: read.count(all.length) }));
      const heights = new Map();
      const stacked = peers.map((score) => {
        const bin = Math.round(at(score) / 100 * STRIP.bins);
        heights.set(bin, (heights.get(bin) || 0) + 1);
        return [bin, heights.get(bin)];
      });
      const rise = Math.min(2 * STRIP.dot, (STRIP.floor - 6) / Math.max(1, ...heights.values()));
      dots.replaceChildren(...stacked.map(([bin, level]) => element("circle", { cx: percent(bin / STRIP.bins * 100),
        cy: (STRIP.floor - STRIP.dot - (level - 1) * rise).toFixed(1), r: Math.min(STRIP.dot, Math.max(0.8, rise)) })));
      const step = high - low > 3000 ? 1000 : 500;
      const marks = [];
      for (let mark = Math.ceil(low / step) * step; all.length && at(mark) < 78; mark += step) {
        marks.push(element("line", { x1: percent(at(mark)), x2: percent(at(mark)), y1: STRIP.floor, y2: STRIP.floor + 4 }),
          element("text", { x: percent(at(mark)), y: STRIP.height - 2, "text-anchor": "middle" }, read.count(mark / 100)));
      }
      ticks.replaceChildren(element("text", { class: "legend", x: "100%", y: STRIP.height - 2, "text-anchor": "end" }, words.legend), element("line", { x1: "0", x2: "100%", y1: STRIP.floor, y2: STRIP.floor }), ...marks);
    },
    move(scoreBefore, scoreAfter) {
      const [from, to] = [at(scoreBefore), at(scoreAfter)];
      for (const [line, x] of [[before, from], [after, to]]) {
        line.setAttribute("visibility", Number.isNaN(x) ? "hidden" : "visible");
        if (!Number.isNaN(x)) { line.setAttribute("x1", percent(x)); line.setAttribute("x2", percent(x)); }
      }
      const width = Math.abs(to - from);
      span.setAttribute("x", percent(Math.min(from, to) || 0));
      span.setAttribute("width", Number.isNaN(width) ? "0" : percent(width));
    },
  };
}
