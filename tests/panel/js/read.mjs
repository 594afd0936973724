// What a panel shows, read from its document, in the form in which Python (panel_shown.py) works it out.

const text = (node) => node.textContent;
const all = (root, selector) => [...root.querySelectorAll(selector)];
const part = (node, name) => Number(node.style.getPropertyValue(name));

export function shown(root) {
  return {
    bar: bar(root),
    tag: root.querySelector(".figure.score .tag")?.textContent ?? null,
    presets: presets(root),
    opening: text(root.querySelector(".opening")),
    idle: text(root.querySelector(".idle")),
    supposed: supposed(root),
    row: all(root, ".parts button").map(inRow),
    legend: text(root.querySelector(".levers > .note")),
    parts: all(root, ".component").map(component),
    levers: Object.fromEntries(all(root, ".lever").map((row) => [row.dataset.lever, lever(row)])),
    strip: strip(root.querySelector(".strip")),
    live: text(root.querySelector("[aria-live]")),
  };
}

export function bar(root) {
  return Object.fromEntries(["score", "rank", "band"].map((kind) => [kind, figure(root.querySelector(`.figure.${kind}`))]));
}

export function presets(root) {
  return all(root, ".presets button").map((one) => [one.dataset.preset, text(one)]);
}

export function supposed(root) {
  const [list, find] = [root.querySelector(".supposed"), (one, kind) => one.querySelector(`.${kind}`)];
  return list.hidden ? [] : all(list, "li").map((one) => [one.dataset.supposed, ...["name", "from-to", "brings"].map((kind) => text(find(one, kind))),
    find(one, "brings").classList.contains("down"), find(one, "icon").title]);
}

function inRow(node) {
  const [change, meter] = [".change", ".meter"].map((kind) => node.querySelector(kind));
  return { key: node.dataset.part, name: text(node.firstElementChild), points: text(node.querySelector("b")), change: text(change),
    down: change.classList.contains("down"), meter: [part(meter, "--from"), part(meter, "--to")] };
}

function figure(node) {
  const more = node.querySelector(".more");
  return [text(node.querySelector("strong")), text(more), text(node.querySelector(".aside")), more.classList.contains("down")];
}

function component(node) {
  const [folded, change] = [node.querySelector("details"), node.querySelector(".change")];
  return {
    name: node.getAttribute("aria-label"), head: text(node.querySelector("h2 > span")), points: text(node.querySelector("h2 .worth")),
    change: text(change), down: change.classList.contains("down"),
    open: all(node, ".rows > .lever").map((row) => row.dataset.lever), folded: folded ? all(folded, ".lever").map((row) => row.dataset.lever) : [],
    more: folded ? text(folded.querySelector("summary")) : null, notes: all(node, ".rows > .note").map(text),
  };
}

export function lever(row) {
  const find = (selector) => row.querySelector(selector);
  const [slider, entry, reset, mark, reach] = ["input[type=range]", ".entry", "button.icon", ".mark", ".reach"].map(find);
  return {
    label: text(find("label")), spoken_label: slider.getAttribute("aria-label"), entry_label: entry.getAttribute("aria-label"),
    reset_label: reset.title, steps: Number(slider.max), at: part(slider, "--at"), thumb: Number(slider.value), disabled: slider.disabled,
    entry: entry.value, spoken: slider.getAttribute("aria-valuetext"), count: text(find(".count")), gain: text(find(".gain")),
    worth: text(find(".worth")), why: text(find(".why")), moved: row.classList.contains("moved"), resets: !reset.disabled,
    mark: mark.title, mark_at: part(mark, "--at"), reach: reach.hidden ? null : [part(reach, "--from"), part(reach, "--to")],
    reach_title: slider.title || null, targets: all(row, ".targets button").map((one) => [text(one), one.getAttribute("aria-pressed")]),
  };
}

function strip(node) {
  const line = (kind) => {
    const found = node.querySelector(`line.${kind}`);
    return found.getAttribute("visibility") === "hidden" ? null : Number.parseFloat(found.getAttribute("x1"));
  };
  const span = node.querySelector(".span");
  return {
    role: node.getAttribute("role"), label: node.getAttribute("aria-label"), legend: text(node.querySelector(".legend")),
    dots: all(node, "circle").map((dot) => [Number.parseFloat(dot.getAttribute("cx")), Number(dot.getAttribute("cy")), Number(dot.getAttribute("r"))]),
    ticks: all(node, ".ticks text:not(.legend)").map((tick) => [text(tick), Number.parseFloat(tick.getAttribute("x"))]),
    tickLines: all(node, ".ticks line").slice(1).map((tick) => Number.parseFloat(tick.getAttribute("x1"))),
    before: line("before"), after: line("after"), span: ["x", "width"].map((name) => Number.parseFloat(span.getAttribute(name))),
  };
}

export function effect(root) {
  const [title, rows] = root.querySelectorAll("p.note:first-child, .fall");
  const steps = all(rows, ".step").map((step) => {
    const bar = step.querySelector(".lane i");
    const place = (percent) => (percent / 100 - 0.03) / 0.94;
    const [left, right] = [bar.style.left, bar.style.right].map((css) => Number(/([\d.]+)%\)?$/.exec(css)[1])); // jsdom works the sum out
    return [text(step.querySelector("span")), text(step.querySelector("b")), bar.className, place(left), place(100 - right)];
  });
  return { fall: title.hidden ? { label: rows.getAttribute("aria-label"), steps } : { title: text(title), steps: rows.hidden ? [] : steps },
    passed: all(root, ".passed p").map(text) };
}

export function table(root) {
  return all(root, "tbody tr").map((row) => [...row.children].map(text));
}
