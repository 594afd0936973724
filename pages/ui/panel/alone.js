// The panel as a page of its own: one file, one league, no server. It keeps the unit, the scenario, the targets and their history.

const UNDO = 200; // steps

async function givenData() {
  const node = document.getElementById("given");
  const { columns, given } = JSON.parse(node.type === "application/json" ? node.textContent : await unpacked(node.textContent));
  return filledUp(given, columns);
}

function unpacked(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
}

// The data with their columns put back from the pool, where those that are alike stand once.
function filledUp(data, columns) {
  if (Array.isArray(data)) return typeof data[0] === "object" ? data.map((one) => filledUp(one, columns)) : data;
  if (data === null || typeof data !== "object") return data;
  if (data.column !== undefined) return columns[data.column];
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, filledUp(value, columns)]));
}

function standAlone(given) {
  const find = (selector) => document.querySelector(selector);
  const { words } = given;
  let now = { unit: given.unit, scenario: {}, targets: {} };
  let numbers = given.numbers;
  let revision = 0;
  let painted = null;
  const [past, future] = [[], []];
  const effect = createEffect(find(".effect"));
  const said = find(".said");
  const ledger = find(".ledger");

  const panel = createPanel(find(".levers-side"), { changed: (scenario) => go({ ...now, scenario }, false), act, painted(figures) {
    painted = figures;
    effect.paint(figures);
  } });
  ledger.open = matchMedia("(min-width: 901px)").matches;

  function paintTable() {
    if (!ledger.open) return;
    const levers = resolved(painted.numbers, valuesOf(now.scenario)).levers;
    paintLedger(ledger.lastElementChild, { ...painted, levers, words, names: given.names, lines: given.lines });
  }

  // Another state, which undo takes back; the panel is told unless it is the one who says so.
  function go(next, tell = true, step = past) {
    if (JSON.stringify(next) !== JSON.stringify(now)) {
      if (step) step.push(now);
      if (step === past) { future.length = 0; past.splice(0, past.length - UNDO); }
      if (JSON.stringify(next.targets) !== JSON.stringify(now.targets)) numbers = retargeted(given.numbers, next.targets);
      now = next;
    }
    if (tell) revision += 1;
    say("");
    show();
  }

  function show() {
    panel.update({ ...given, numbers, at: now.unit, told: { revision, scenario: now.scenario }, history: { undo: past.length > 0, redo: future.length > 0 } });
    unitNotes();
    paintTable();
    const link = writtenLink(given, now);
    if (link !== location.hash.slice(1)) history.replaceState(null, "", `#${link}`);
    if (parent !== window) parent.postMessage({ index766: link }, location.origin === "null" ? "*" : location.origin);
  }

  function act(text) {
    const [kind, ...rest] = text.split(":");
    if (kind === "undo" && past.length) go(past.pop(), true, future);
    else if (kind === "redo" && future.length) { past.push(now); go(future.pop(), true, null); }
    else if (kind === "reset") go({ ...now, scenario: {} });
    else if (kind === "unit") go({ ...now, unit: given.units.findIndex(([code]) => code === rest.join(":")), scenario: {} });
    else if (kind === "preset") lay(rest[0]);
    else if (kind === "target") switchTarget(rest[0], Number(rest[1]));
  }

  function lay(key) {
    const unit = opened(numbers, now.unit);
    const { scenario, skipped } = laid(unit, valuesOf(now.scenario), unit.presets.find((preset) => preset.key === key));
    go({ ...now, scenario: textsOf(scenario) });
    const why = new Map();
    for (const [left, reason] of Object.entries(skipped)) {
      const short = words.hindrance[reason === "none_due" ? "none_due_short" : reason].replace(/\.$/, "").toLowerCase();
      why.set(short, [...(why.get(short) || []), given.names[left]]);
    }
    if (why.size) say(filled(words.skipped, { names: [...why].map(([short, names]) => `${names.join(", ")} (${short})`).join("; ") }));
  }

  function switchTarget(key, rate) {
    const { [key]: _, ...others } = now.targets;
    const filed = given.numbers.criteria.find((criterion) => criterion.key === key).filed;
    go({ ...now, targets: rate === filed ? others : { ...others, [key]: rate } });
  }

  function unitNotes() {
    const { held } = opened(numbers, now.unit);
    const notes = [held ? filled(words.held, { value: readable(words).signed(held) }) : "", given.claims[given.units[now.unit][0]] || ""];
    find(".unit-notes").replaceChildren(...notes.filter(Boolean).map((text) => element("p", {}, text)));
  }

  function say(text) {
    write(said, text);
    said.hidden = !text;
  }

  // The state of the address, or else the one that the file was made with.
  function follow() {
    const text = location.hash.slice(1) || new URLSearchParams(given.start).toString();
    const { unused = [], ...found } = readLink(given, text) || {};
    if (found.scenario) go(found, true, past.length || revision ? past : null);
    else show();
    if (!found.scenario) say(words.other_league);
    else if (unused.length) say(filled(words.unused, { names: unused.join(", ") }));
  }

  find(".copy").addEventListener("click", async () => {
    const text = location.href;
    const done = await navigator.clipboard.writeText(text).then(() => true, () => false);
    write(find(".copied"), done ? words.copied : text);
  });
  find(".print").addEventListener("click", () => print());
  ledger.addEventListener("toggle", paintTable);
  addEventListener("beforeprint", () => { // all that is folded away is on paper
    const folded = [...document.querySelectorAll("details:not([open])")];
    folded.forEach((details) => { details.open = true; });
    paintTable();
    addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }), { once: true });
  });
  addEventListener("hashchange", follow);
  addEventListener("pagehide", () => panel.handOn());
  follow();
}

givenData().then(standAlone, () => {
  const said = document.querySelector(".said");
  said.textContent = document.querySelector("noscript").textContent;
  said.hidden = false;
});
