// What is supposed: each change from its rate to its own, what it brings beside the others, and its way back.

function supposedList(undo) {
  const title = element("h2");
  const list = element("ul");
  const root = element("section", { class: "supposed", hidden: true }, title, list);
  const items = new Map();

  function item(key) {
    const [name, change, brings] = ["name", "from-to", "brings"].map((kind) => element("span", { class: kind }));
    const back = element("button", { type: "button", class: "icon", onclick: () => { undo(key); (list.querySelector("button") || root).focus(); } }, "↺");
    return { root: element("li", { "data-supposed": key }, name, change, brings, back), name, change, brings, back };
  }

  return {
    root,
    // The changes of this frame.
    paint(figures) {
      const { words } = figures;
      const changes = supposals(figures);
      show(root, changes.length > 0);
      write(title, words.supposed);
      root.setAttribute("aria-label", words.supposed);
      const kept = changes.map(({ key }) => key);
      if (kept.join() !== [...items.keys()].join()) {
        for (const key of [...items.keys()]) if (!kept.includes(key)) items.delete(key);
        const inOrder = kept.map((key) => [key, items.get(key) || item(key)]);
        items.clear();
        inOrder.forEach(([key, one]) => items.set(key, one));
        const focused = list.contains(/** @type {ShadowRoot} */ (list.getRootNode()).activeElement);
        if (!focused) list.replaceChildren(...[...items.values()].map((one) => one.root));
        else [...list.children].forEach((node) => { if (!kept.includes(node.dataset.supposed)) node.remove(); });
      }
      for (const { key, plain, name, from, to, brings } of changes) {
        const one = items.get(key);
        write(one.name, name);
        write(one.change, `${from} → ${to}`);
        write(one.brings, brings === 0 ? words.brings_nothing : figures.read.signed(brings));
        one.brings.classList.toggle("down", brings < 0);
        one.back.title = filled(words.reset_lever, { name: plain });
        one.back.setAttribute("aria-label", one.back.title);
      }
    },
  };
}

// Each change as it is read: { key, plain, name, from, to, brings }, the last in hundredths, over what the others bring already.
function supposals({ numbers, scenario, now, after, words, read, names }) {
  return Object.keys(scenario).map((key) => {
    const k = numbers.components.findIndex((c) => c.key === key);
    const i = numbers.levers.findIndex((lever) => lever.key === key);
    const ends = k >= 0 ? pointsMoved(numbers, now, k, words, read) : rateMoved(numbers.levers[i], now.levers[i], scenario[key], words, read);
    const { [key]: left, ...others } = scenario;
    return { key, plain: names[key], name: k >= 0 ? filled(words.supposed_points, { name: names[key] }) : names[key], ...ends, brings: difference(standing(numbers, resolved(numbers, others)), after) };
  });
}

function pointsMoved(numbers, now, k, words, read) {
  const [from, to] = [numbers.components[k].published, now.direct[k]].map(read.points);
  return { from, to };
}

function rateMoved(lever, rate, value, words, read) {
  const counted = value.due !== undefined && (lever.empty || value.due <= FEW || value.due !== lever.due);
  const counts = counted ? ` (${read.count(value.done)}/${read.count(value.due)})` : "";
  return { from: lever.empty ? words.hindrance.none_due_short : read.percent(lever.rate), to: (Number.isNaN(rate) ? "–" : read.percent(rate)) + counts };
}

// By how many hundredths one standing is above another, where a component of either is unknown by those that are known.
function difference(before, after) {
  if (!Number.isNaN(after.score - before.score)) return after.score - before.score;
  return after.components.reduce((sum, points, k) => sum + (points - before.components[k] || 0), 0);
}

// Why something can't be moved, within a sentence.
function shortReason(reason, words) {
  return words.hindrance[reason === "none_due" ? "none_due_short" : reason].replace(/\.$/, "").toLowerCase();
}
