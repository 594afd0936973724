// The change by component as a waterfall: from the score before, over each component that moves, to the score after.

function waterfall(root) {
  const title = element("p", { class: "note" });
  const rows = element("div", { class: "fall", role: "img" });
  root.replaceChildren(title, rows);

  return {
    // The figures of this frame, in hundredths.
    paint({ before, after, names, words, read, supposed }) {
      const moves = before.components.map((from, k) => [names[k], after.components[k] - from]).filter(([, move]) => move);
      show(rows, moves.length > 0);
      show(title, moves.length === 0);
      write(title, supposed ? words.waterfall_still : words.waterfall_none);
      if (!moves.length) return;
      const scored = !Number.isNaN(before.score); // without a score the components still move, from nowhere
      let level = scored ? before.score : 0;
      const steps = scored ? [[words.before, level, level, read.points(level)]] : [];
      for (const [name, move] of moves) {
        steps.push([name, level, level + move, read.signed(move)]);
        level += move;
      }
      if (scored) steps.push([words.after, level, level, read.points(level)]);
      const levels = steps.flatMap(([, from, to]) => [from, to]);
      const low = Math.min(...levels);
      const span = Math.max(50, Math.max(...levels) - low);
      const at = (score) => `${(3 + 94 * (score - low) / span).toFixed(2)}%`;
      rows.setAttribute("aria-label", `${words.waterfall}: ${steps.map(([name, , , figure]) => `${name} ${figure}`).join("; ")}`);
      rows.replaceChildren(...steps.map(([name, from, to, figure]) => {
        const kind = from === to ? "level" : to > from ? "up" : "down";
        const bar = element("i", { class: kind });
        bar.style.left = at(Math.min(from, to));
        bar.style.right = `calc(100% - ${at(Math.max(from, to))})`;
        return element("div", { class: "step" }, element("span", {}, name), element("b", { class: kind }, figure), element("div", { class: "lane" }, bar));
      }));
    },
  };
}
