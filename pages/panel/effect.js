// What a scenario changes: where the score moves, what is known only by its bounds, who is overtaken, who is next.

const NAMED = 8; // units listed by name; the rest are counted

function createEffect(root) {
  const [fall, lists] = [element("div"), element("div", { class: "passed" })];
  const change = waterfall(fall);
  root.replaceChildren(fall, lists);
  let shown = "";

  function list(text, units, { words, read, units: names }) {
    if (!units.length) return [];
    const more = units.length > NAMED ? ` ${filled(words.and_more, { n: read.count(units.length - NAMED) })}` : "";
    return [element("p", {}, element("b", {}, text), `: ${units.slice(0, NAMED).map((i) => names[i][1]).join(", ")}${more}`)];
  }

  return {
    // The figures of this frame.
    paint(figures) {
      change.paint(figures);
      const { numbers, now, before, after, is, words, read, names } = figures;
      const { overtaken, overtakenBy } = passed(numbers, before.score, after.score);
      const unknown = unknownChanges(numbers, now).map(([k, low, high]) =>
        filled(words.scaled_unknown, { name: names[k], low: read.points(low), high: read.points(high) }));
      const key = [numbers.unit, unknown, overtaken, overtakenBy, is.next, is.above - after.score].join("|");
      if (key === shown) return;
      shown = key;
      lists.replaceChildren(
        ...unknown.map((text) => element("p", {}, text)),
        ...list(filled(words.overtaken, { n: read.count(overtaken.length) }), overtaken, figures),
        ...list(filled(words.overtaken_by, { n: read.count(overtakenBy.length) }), overtakenBy, figures),
        ...list(filled(words.next_above_list, { gap: read.points(is.above - after.score) }), is.next, figures));
    },
  };
}
