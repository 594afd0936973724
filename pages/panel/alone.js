// The panel as a page of its own: one file, one league, no server. It keeps the unit, the scenario, the targets and their history.

const UNDO = 200; // steps

const pristine = /** @type {HTMLElement} */ (document.documentElement.cloneNode(true)); // the file as it came, to be saved with another scenario

async function panelData() {
  const node = /** @type {HTMLScriptElement} */ (document.getElementById("given"));
  const { columns, given } = JSON.parse(node.type === "application/json" ? node.textContent : await unpacked(node.textContent));
  const data = filledUp(given, columns);
  data.numbers.units = data.units.map((unit, i) => i); // every one, in the table's order
  return data;
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

function standAlone(data) {
  const meanwhile = window.frameElement?.id === "meanwhile"; // the first screen of the whole app, which keeps its own address
  const find = (selector) => document.querySelector(selector);
  const { words } = data;
  for (const part of [".unit-side", ".sides", ".ledger"]) find(part).hidden = false; // without a script they would be empty
  let now = { unit: data.unit, scenario: {}, targets: {} };
  let numbers = retargeted(data.numbers, {}); // everyone's score is worked out here, too: the file carries none
  let revision = 0;
  let painted = null;
  let later = 0;
  const [past, future] = [[], []];
  const paintEffect = paintedInSight(find(".effect"), createEffect(find(".effect")).paint);
  const [said, leftOut, switched] = [find(".said"), find(".left-out"), find(".switched")];
  const ledger = find(".ledger");

  const picker = createPicker(find(".unit-side"), { act });
  const panel = createPanel(find(".levers-side"), { changed: (scenario) => go({ ...now, scenario }, false), act, painted(figures) {
    painted = figures;
    paintEffect(figures);
  } });
  find(".presets").after(leftOut); // where a preset was pressed, one sees what it left out
  ledger.open = !meanwhile && matchMedia("(min-width: 901px)").matches;

  function paintTable() {
    if (!ledger.open) return;
    paintLedger(ledger.lastElementChild, { ...painted, scenario: valuesOf(now.scenario), words, names: data.names, lines: data.lines });
  }

  // Another state, which undo takes back; the panel is told unless it is the one who says so.
  function go(next, tell = true, step = past) {
    if (JSON.stringify(next) !== JSON.stringify(now)) {
      if (step) step.push(now);
      if (step === past) { future.length = 0; past.splice(0, past.length - UNDO); }
      if (JSON.stringify(next.targets) !== JSON.stringify(now.targets)) numbers = retargeted(data.numbers, next.targets);
      now = next;
    }
    if (tell) revision += 1;
    say(leftOut, "");
    find(".copied").replaceChildren();
    clearTimeout(later);
    if (tell) show();
    else later = setTimeout(show, 50); // the panel has painted already: what follows from it must not hold up its frame
  }

  function show() {
    picker.update({ ...data, numbers, at: now.unit });
    panel.update({ ...data, numbers, at: now.unit, told: { revision, scenario: now.scenario }, history: { undo: past.length > 0, redo: future.length > 0 } });
    unitNotes();
    paintTable();
    const link = writtenLink(data, now);
    try {
      if (link !== location.hash.slice(1)) history.replaceState(null, "", `#${link}`);
    } catch { /* a preview without an address of its own: the buttons still hand the scenario over */ }
    if (parent !== window && self.origin !== "null") parent.postMessage({ index766: link }, self.origin); // to the whole app
  }

  function act(text) {
    const [kind, ...rest] = text.split(":");
    if (kind === "undo" && past.length) go(past.pop(), true, future);
    else if (kind === "redo" && future.length) { past.push(now); go(future.pop(), true, null); }
    else if (kind === "reset") go({ ...now, scenario: {} });
    else if (kind === "unit") go({ ...now, unit: data.units.findIndex(([code]) => code === rest.join(":")), scenario: {} });
    else if (kind === "preset") lay(rest[0]);
    else if (kind === "target") switchTarget(rest[0], Number(rest[1]));
  }

  function lay(key) {
    const unit = opened(numbers, now.unit);
    const { scenario, skipped } = laid(unit, valuesOf(now.scenario), unit.presets.find((preset) => preset.key === key));
    go({ ...now, scenario: textsOf(scenario) });
    const why = new Map();
    for (const [left, reason] of Object.entries(skipped)) {
      const short = shortReason(reason, words);
      why.set(short, [...(why.get(short) || []), data.names[left]]);
    }
    if (why.size) say(leftOut, filled(words.skipped, { names: [...why].map(([short, names]) => `${names.join(", ")} (${short})`).join("; ") }));
  }

  function switchTarget(key, rate) {
    const { [key]: _, ...others } = now.targets;
    const filed = data.numbers.criteria.find((criterion) => criterion.key === key).filed;
    go({ ...now, targets: rate === filed ? others : { ...others, [key]: rate } });
  }

  function unitNotes() {
    const { held } = opened(numbers, now.unit);
    tellTargets();
    const notes = [held ? filled(words.held, { value: readable(words).signed(held) }) : "", data.claims[data.units[now.unit][0]] || ""];
    find(".unit-notes").replaceChildren(...notes.filter(Boolean).map((text) => element("p", {}, text)));
  }

  // That targets are not the rules' own, and what was truly published.
  function tellTargets() {
    const read = readable(words);
    const others = numbers.criteria.filter(({ target, filed }) => target !== filed);
    switched.hidden = !others.length;
    if (!others.length) return;
    const { score } = baseline(opened(retargeted(data.numbers, {}), now.unit));
    const targets = others.map(({ key, target, filed }) => filled(words.other_target, { name: data.names[key], rate: read.percent(target), filed: read.percent(filed) }));
    const truly = Number(cellOf(data.numbers, now.unit, data.league.partly)); // whether its score was published, where others are made up
    write(switched.firstElementChild, filled(words.switched_here[truly], { targets: targets.join("; "), unit: data.units[now.unit][1], score: read.points(score) }));
  }

  // A box with something in it that is not taken yet: there, the keys of undo are the box's own.
  function beingTyped(box) {
    return box.type === "text" && box.value !== (box.id === "unit" ? data.units[now.unit][1] : box.dataset.shown);
  }

  function say(where, text) {
    write(where, text);
    where.hidden = !text;
  }

  // The state of the address, or else the one that the file was made with.
  function follow() {
    const text = location.hash.slice(1) || document.documentElement.dataset.start;
    const link = readLink(data, text);
    const { unused = [], ...found } = link || {};
    if (link) go(found, true, past.length || revision ? past : null);
    else show();
    const shortened = unused.map((one) => (one.length > 40 ? `${one.slice(0, 40)}…` : one));
    if (!link) say(said, words.other_league);
    else say(said, unused.length ? filled(words.unused, { names: shortened.join(", ") }) : "");
  }

  find(".copy").addEventListener("click", async () => {
    const text = meanwhile ? parent.location.href : `${location.href.split("#")[0]}#${writtenLink(data, now)}`;
    const done = await Promise.resolve().then(() => navigator.clipboard.writeText(text)).then(() => true, () => false);
    if (done) write(find(".copied"), location.protocol === "file:" ? words.copied_here : words.copied);
    else find(".copied").replaceChildren(`${words.not_copied} `, element("code", {}, text));
  });
  find(".save").addEventListener("click", () => {
    const start = writtenLink(data, now);
    const told = pristine.querySelector("noscript"); // its sentence is of the state that the file was made with
    if (start !== pristine.dataset.start) told.textContent = told.textContent.replace(/<p>.*<\/p>/s, "");
    pristine.dataset.start = start;
    const file = new Blob([`<!doctype html>\n${pristine.outerHTML}`], { type: "text/html" });
    const link = element("a", { href: URL.createObjectURL(file), download: `${data.league.key}_${data.units[now.unit][0]}.html` });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  switched.querySelector("button").addEventListener("click", () => {
    go({ ...now, targets: {} });
    find("#unit").focus(); // the button is gone
  });
  addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || !["z", "y"].includes(event.key.toLowerCase()) || beingTyped(event.target)) return;
    event.preventDefault();
    act(event.key.toLowerCase() === "y" || event.shiftKey ? "redo" : "undo");
  });
  find(".print").addEventListener("click", () => print());
  ledger.addEventListener("toggle", paintTable);
  addEventListener("beforeprint", () => { // all that is folded away is on paper
    const folded = /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll("details:not([open])")]);
    folded.forEach((details) => { details.open = true; });
    paintTable();
    addEventListener("afterprint", () => folded.forEach((details) => { details.open = false; }), { once: true });
  });
  addEventListener("hashchange", follow);
  addEventListener("pagehide", () => { // whoever takes over, takes over what is still under the finger
    panel.handOn();
    clearTimeout(later);
    show();
  });
  follow();
  if (parent !== window && self.origin === "null" && said.hidden) say(said, words.preview);
}

panelData().then(standAlone, () => {
  const said = /** @type {HTMLElement} */ (document.querySelector(".said"));
  said.textContent = document.querySelector("noscript").textContent;
  said.hidden = false;
});
