// The live panel: result bar, what is supposed, components, presets and levers. The host is told of changes; nothing here
// knows Streamlit.
//
// data: { numbers (model/score/browser.py), at (the unit's row in the league; the first of the numbers if none), names, words, notes,
//         units [[code, name]], reach {lever: {low, up or left, of}} by a date, told: { revision, scenario {key: text} },
//         history: { undo, redo }, league: { key, partly } }; reach's and partly are columns like those of the numbers
// host: { changed(scenario texts, revision), act(text), painted(figures), if it wants them every frame }

const PAUSE = 350; // milliseconds without a move, after which a scenario still under the finger is handed on
const TELLING = 2; // levers of a component that stand open, the most telling ones
const ASKED = ["on_time", "paid_online"]; // levers that leaders ask for: their components first, and they first in these

function valueText(value) {
  return value.due === undefined ? numberText(value) : `${value.done}/${value.due}`;
}

function valueFrom(text) {
  const [done, due] = text.split("/").map(Number);
  return due === undefined ? done : { done, due };
}

function createPanel(root, host) {
  const state = { data: null, numbers: null, read: null, words: null, scenario: {}, revision: null, held: false, handed: "{}", rows: [] };
  let frame = 0;
  let timer = 0;
  let spoken = 0;

  const picture = strip();
  const figure = (kind) => ({ label: element("span", { class: "label" }), value: element("strong"), more: element("span", { class: "more" }),
    aside: element("span", { class: "aside" }), kind });
  const figures = { score: figure("score"), rank: figure("rank"), band: figure("band") };
  const tools = Object.fromEntries([["undo", "↶"], ["redo", "↷"], ["reset", "⟲"]].map(([act, sign]) =>
    [act, element("button", { type: "button", class: "icon", "data-act": act, onclick: () => { handOn(); host.act(act); } }, sign)]));
  const bar = element("div", { class: "bar" },
    element("div", { class: "figures" },
      ...Object.values(figures).map((f) => element("div", { class: `figure ${f.kind}` }, f.label, f.value, f.more, f.aside)),
      element("div", { class: "tools" }, ...Object.values(tools))),
    picture.root);
  const supposed = supposedList((key) => { set(key, undefined); handOn(); });
  const parts = element("nav", { class: "parts" });
  const presets = element("div", { class: "presets", role: "group" });
  const [opening, idle] = ["opening", "idle"].map((kind) => element("p", { class: `note ${kind}` }));
  const levers = element("div", { class: "levers", role: "group" });
  const live = element("p", { class: "unseen", "aria-live": "polite" });
  root.replaceChildren(bar, supposed.root, opening, presets, parts, live, levers, idle);

  // A change under the finger: repaint on the next frame, hand on when released or after a pause.
  function set(key, value) {
    if (value === undefined) delete state.scenario[key];
    else state.scenario[key] = value;
    shareDenominator(key, value);
    state.held = true;
    if (!frame) frame = requestAnimationFrame(paint);
  }

  // Levers of one denominator are always counted of the same number due.
  function shareDenominator(key, value) {
    const lever = state.numbers.levers.find((one) => one.key === key);
    if (!lever || !lever.shared || !value || value.due === undefined) return;
    for (const other of state.numbers.levers.filter((one) => one !== lever && one.group === lever.group)) {
      const counts = state.scenario[other.key];
      if (counts && counts.due !== undefined) state.scenario[other.key] = { done: Math.min(counts.done, value.due), due: value.due };
    }
  }

  function pause() {
    clearTimeout(timer);
    timer = setTimeout(handOn, PAUSE, true);
  }

  function handOn(stillHeld = false) {
    clearTimeout(timer);
    state.held = stillHeld === true;
    const texts = Object.fromEntries(Object.entries(state.scenario).map(([key, value]) => [key, valueText(value)]));
    const handed = JSON.stringify(texts);
    if (handed === state.handed || !state.data) return;
    state.handed = handed;
    host.changed(texts, state.revision);
  }

  function update(data) {
    const fresh = !state.data || state.data.numbers !== data.numbers || state.data.at !== data.at || state.data.words !== data.words;
    const { numbers, words } = { numbers: fresh ? opened(data.numbers, data.at) : state.numbers, words: data.words };
    const otherUnit = !state.data || state.numbers.unit !== numbers.unit || state.data.league.key !== data.league.key;
    Object.assign(state, { data, numbers, words, read: readable(words) });
    if (data.told.revision !== state.revision) {
      state.revision = data.told.revision;
      if (!state.held || otherUnit) {
        state.scenario = Object.fromEntries(Object.entries(data.told.scenario).map(([key, text]) => [key, valueFrom(text)]));
        state.handed = JSON.stringify(data.told.scenario);
      }
    }
    if (fresh) rebuildInPlace();
    const focused = ["undo", "redo"].find((act) => tools[act].getRootNode().activeElement === tools[act]);
    for (const act of ["undo", "redo"]) tools[act].disabled = !data.history[act];
    if (focused && tools[focused].disabled) tools[focused === "undo" ? "redo" : "undo"].focus();
    paint();
  }

  // Everything anew, but what was open stays open and what had the focus keeps it.
  function rebuildInPlace() {
    const focus = levers.getRootNode().activeElement;
    const open = [...levers.querySelectorAll("details[open]")].map((node) => node.dataset.component);
    const path = focus && levers.contains(focus) && focus.closest("[data-lever]")
      && `[data-lever="${focus.closest("[data-lever]").dataset.lever}"] ${focus.dataset.target ? `[data-target="${focus.dataset.target}"]` : "input"}`;
    rebuild();
    levers.querySelectorAll("details").forEach((node) => { node.open = open.includes(node.dataset.component); });
    if (path && levers.querySelector(path)) levers.querySelector(path).focus();
  }

  function rebuild() {
    const { data, numbers, words, read } = state;
    root.lang = data.words.language;
    picture.update(numbers, data.units[numbers.unit][1], words, read);
    rebuildPresets();
    for (const act of Object.keys(tools)) {
      tools[act].setAttribute("aria-label", words[act]);
      tools[act].title = words[act];
    }
    for (const kind of Object.keys(figures)) write(figures[kind].label, words[kind]);
    if (words.tag) figures.score.label.append(" ", element("b", { class: "tag" }, words.tag[Number(cellOf(data.numbers, numbers.unit, data.league.partly))]));
    levers.setAttribute("aria-label", words.levers);
    state.rows = [];
    state.heads = [];
    const published = resolved(numbers, {});
    state.potential = numbers.levers.map((lever, i) => Math.round(1e9 * potential(numbers, published, i)) / 1e9);
    const order = numbers.components.map((c, k) => ({ k, rates: Math.max(0, ...own(k).map((i) => state.potential[i])), points: c.most - c.published || 0 }))
      .sort((a, b) => asked(a.k) - asked(b.k) || b.rates - a.rates || b.points - a.points).map(({ k }) => k);
    const firstDirect = order.find((k) => numbers.components[k].direct);
    const sections = order.map((k) => componentPart(k, k === firstDirect));
    parts.setAttribute("aria-label", words.parts);
    parts.replaceChildren(...numbers.components.map((c, k) => partLink(k, sections[order.indexOf(k)])));
    const reached = numbers.levers.some((lever) => !lever.fixed && reachOf(lever.key));
    levers.replaceChildren(...sections, element("p", { class: "note" }, reached ? filled(words.reach_legend, { by: data.by }) : ""));
  }

  // Presets that do something here as buttons; of the others it is said why not.
  function rebuildPresets() {
    const { data, numbers, words } = state;
    const found = numbers.presets.map((preset) => ({ ...preset, name: data.names[`preset.${preset.key}`], ...laid(numbers, {}, preset) }));
    const useful = found.filter(({ scenario }) => Object.keys(scenario).length > 0);
    presets.setAttribute("aria-label", words.presets);
    presets.replaceChildren(...useful.map(({ key, name }) =>
      element("button", { type: "button", class: "chip", "data-preset": key, onclick: () => { handOn(); host.act(`preset:${key}`); } }, name)));
    show(presets, useful.length > 0);
    const why = ({ skipped }) => [...new Set(Object.values(skipped))].map((reason) => shortReason(reason, words)).join(", ") || words.preset_done;
    const idleOnes = found.filter((preset) => !useful.includes(preset)).map((preset) => filled(words.preset_idle, { name: preset.name, why: why(preset) }));
    write(opening, pointsAlone());
    write(idle, !opening.textContent && idleOnes.length ? filled(words.presets_idle, { list: idleOnes.join("; ") }) : "");
  }

  // What can be done with a table of points alone, or nothing where rates are reported.
  function pointsAlone() {
    const { numbers, words, data } = state;
    const free = numbers.levers.filter((lever) => !lever.fixed);
    if (free.some((lever) => lever.source !== "implied") || !numbers.components.some((c) => c.direct)) return "";
    const rates = free.length ? filled(words.alone_rates, { names: free.map(({ key }) => data.names[key]).join(", ") }) : "";
    const own = words.alone_own && filled(words.alone_own, { where: words.known_where });
    return [words.alone_points, rates, own].filter(Boolean).join(" ");
  }

  // Where a component stands in the order of what is asked for most; all others after these.
  function asked(k) {
    const at = ASKED.findIndex((key) => own(k).some((i) => state.numbers.levers[i].key === key));
    return at < 0 ? ASKED.length : at;
  }

  // A component's points in the row of all six, which leads to its levers.
  function partLink(k, section) {
    const head = { k, brief: true, points: element("b"), change: element("span", { class: "change" }), meter: element("i", { class: "meter" }) };
    state.heads.push(head);
    return element("button", { type: "button", "data-part": state.numbers.components[k].key, onclick: () => lead(section) },
      element("span", {}, state.data.names[state.numbers.components[k].key]), head.points, head.change, head.meter);
  }

  function lead(section) {
    const first = section.querySelector("input:not(:disabled)") || section;
    section.scrollIntoView({ block: "center" });
    first.focus({ preventScroll: true });
  }

  // Levers listed under a component: those that enter it first.
  function own(k) {
    return state.numbers.levers.map((lever, i) => i).filter((i) => state.numbers.levers[i].components[0] === k);
  }

  function componentPart(k, explained) {
    const { numbers, words, data, read } = state;
    const component = numbers.components[k];
    const points = element("span", { class: "worth" });
    const change = element("span", { class: "change" });
    state.heads.push({ k, points, change });
    const body = element("div", { class: "rows" });
    const note = (text) => body.append(element("p", { class: "note" }, text));
    if (component.inherited && component.direct === false && !own(k).some((i) => !numbers.levers[i].fixed)) note(data.notes[component.key] || words.component_inherited);
    if (!Number.isNaN(component.most)) {
      body.append(directRow(k));
      if (explained) note(words.component_direct);
      if (!component.direct && !Number.isNaN(component.published)) note(restText(component));
      if (data.notes[component.key]) note(data.notes[component.key]);
      const wanted = own(k).filter((i) => numbers.levers[i].fixed === "not_reported" && numbers.presets.some((preset) => preset.stated && numbers.levers[i].key in preset.goals));
      if (component.direct && wanted.length && words.known_ask) note(filled(words.known_ask, { names: wanted.map((i) => data.names[numbers.levers[i].key]).join(", "), where: words.known_where }));
    }
    for (const [names, why] of data.absent[component.key] || []) note(filled(words.absent, { names, why }));
    const first = (i) => Number(ASKED.includes(numbers.levers[i].key));
    const movable = own(k).filter((i) => !numbers.levers[i].fixed).sort((a, b) => first(b) - first(a) || state.potential[b] - state.potential[a]);
    const telling = Math.max(TELLING, movable.filter((i) => numbers.levers[i].shared).length);
    body.append(...movable.slice(0, telling).map(rateRow));
    if (movable.length > telling) {
      body.append(element("details", { "data-component": component.key, ontoggle: unfold }, element("summary", {}, filled(words.more, { n: movable.length - telling })),
        ...movable.slice(telling).map(rateRow)));
    }
    for (const [why, sentence] of [["not_reported", words.unknown], ["assumed", words.assumed]]) {
      const still = own(k).filter((i) => numbers.levers[i].fixed === why).map((i) => data.names[numbers.levers[i].key]);
      if (still.length && (movable.length || Number.isNaN(component.published))) note(filled(sentence, { names: still.join(", ") }));
    }
    const gap = component.published - component.sums;
    if (gap && movable.length && !own(k).some((i) => numbers.levers[i].fixed)) note(filled(words.remainder, { value: read.signed(gap) }));
    return element("section", { class: "component", tabindex: -1, "aria-label": data.names[component.key] },
      element("h2", {}, element("span", {}, data.names[component.key]), change, points), body);
  }

  // What of a component's points no known rate explains: none, some or next to all of it lost.
  function restText({ published, sums, least, most }) {
    const { words, read } = state;
    const [rest, open] = [published - sums, most - Math.max(sums, least)];
    const text = rest >= open - 10 ? words.rest_all : rest <= 10 ? words.rest_none : words.rest_some;
    return filled(text, { rest: read.points(rest), open: read.short(open / 100) });
  }

  // Where a rate comes from that the table does not report, or nothing.
  function sourceText({ source, low, high, bound, rate }, moved) {
    const { words, read } = state;
    const text = { implied: bound ? words.source_bound : words.source_implied, own: words.source_own, earlier: words.source_earlier }[source];
    const told = text && filled(text, { low: read.percent(low), high: read.percent(high) });
    return told && moved ? filled(words.source_moved, { value: read.percent(rate), source: told }) : told || "";
  }

  // How far a lever reaches by the date, from worst to best, or null.
  function reachOf(key) {
    const { data, numbers } = state;
    const [low, up, left, of] = ["low", "up", "left", "of"].map((end) => cellOf(data.numbers, numbers.unit, data.reach[key][end]));
    return Number.isNaN(low) ? null : [low / of, (up === undefined ? of - left : low + up) / of];
  }

  const at = () => resolved(state.numbers, state.scenario);

  // A lever that holds a change is never folded away.
  function unfold() {
    levers.querySelectorAll("details:not([open])").forEach((/** @type {HTMLDetailsElement} */ node) => { node.open = Boolean(node.querySelector(".moved")); });
  }

  function rateRow(i) {
    const { numbers, words, data, read } = state;
    const { key, rate, due, lower, empty, group } = numbers.levers[i];
    const name = data.names[key];
    const row = leverRow(key, name, {
      value: () => state.scenario[key], set: (value) => set(key, value), pause, release: () => handOn(),
      entered: (text) => entered(text, at().levers[i], at().due[i], lower),
      complaint: (code, text) => filled(words[code] || words.entry_wrong, { text, noun: words.groups[group] }),
    });
    const scale = scaleOf(numbers, i);
    const reach = reachOf(key);
    row.prepare(scale, { label: name, entry: filled(words.entry, { name }), reset: filled(words.reset_lever, { name }),
      published: `${words.published_mark}: ${read.percent(rate)}`, publishedAt: empty ? -1 : clamped(scale.at(rate) / scale.steps, 0, 1),
      reach, reachTitle: reach && filled(words.reach, { by: data.by, low: read.percent(reach[0]), high: read.percent(reach[1]) }) });
    const noun = words.groups[group];
    const driven = numbers.criteria.map((c, j) => j).filter((j) => numbers.criteria[j].rate.some(([lever]) => lever === i) || numbers.criteria[j].scale === i);
    const choices = driven.find((j) => numbers.criteria[j].choices.length && numbers.criteria[j].key === key);
    if (choices !== undefined) row.root.append(targetPicker(choices));
    state.rows.push({ row, key, figures: (now, standingNow) => {
      const limit = numbers.levers[i].atMost;
      const value = limit === null ? now.levers[i] : Math.min(now.levers[i], now.levers[limit] + numbers.levers[i].slack);
      const moved = key in state.scenario;
      const thingsDue = now.due[i];
      const why = hindrance(numbers, now, i);
      const one = thingsDue > 0 && thingsDue <= FEW ? 1 / thingsDue : 0.01;
      const brings = why ? 0 : gain(numbers, now, i, lower ? Math.max(0, value - one) : Math.min(1, value + one));
      const shownCount = thingsDue > 0 ? countText(key, value, rate, thingsDue, due, noun) : "";
      const worth = driven.filter((j) => numbers.criteria[j].key === key || lower || driven.length === 1)
        .map((j) => filled(words.criterion_points, { points: read.points(standingNow.criteria[j]), max: read.short(numbers.criteria[j].max) }));
      const shown = thingsDue === 0 ? "–" : read.percent(value);
      return {
        value, moved, shown, disabled: thingsDue === 0 && empty,
        spoken: thingsDue === 0 ? words.hindrance.none_due_short : `${shown} ${shownCount}`,
        gain: why ? "" : filled(one === 0.01 ? (lower ? words.per_point_lower : words.per_point) : words.per_one, { gain: read.gain(brings), noun }),
        count: shownCount + (moved && thingsDue > 0 && !empty ? ` · ${filled(words.published, { value: read.percent(rate) })}` : ""),
        worth: [...worth, sourceText(numbers.levers[i], moved)].filter(Boolean).join(" · "),
        why: [why ? hindranceText(why, i, standingNow, driven, noun) : "", value < 0 ? words.negative : ""].filter(Boolean).join(" "),
      };
    } });
    return row.root;
  }

  function countText(key, value, rate, thingsDue, due, noun) {
    const { numbers, words, read } = state;
    const supposed = state.scenario[key]; // which may be 0
    const exact = supposed === undefined || supposed.due !== undefined;
    const { lower } = numbers.levers.find((lever) => lever.key === key);
    const least = lower ? Math.floor(value * thingsDue + 1e-9) : Math.ceil(value * thingsDue - 1e-9); // whole things that reach the rate
    const done = exact ? Math.round(value * thingsDue) : least;
    const text = filled(exact ? words.exact_count : words.about_count, { done: read.count(done), due: read.count(thingsDue), noun });
    const more = done - Math.round(rate * due);
    return supposed !== undefined && thingsDue === due && more ? `${text} (${more > 0 ? "+" : "−"}${read.count(Math.abs(more))})` : text;
  }

  function hindranceText(why, i, standingNow, driven, noun) {
    const { numbers, words, data, read } = state;
    const lever = numbers.levers[i];
    const target = Math.max(...driven.map((j) => numbers.criteria[j].target));
    return filled(words.hindrance[why === "at_target" && lever.lower ? "at_target_lower" : why], { rate: read.percent(target), noun, limit: lever.atMost === null ? "" : data.names[numbers.levers[lever.atMost].key],
      points: driven.map((j) => read.points(standingNow.criteria[j])).join(" + ") });
  }

  function targetPicker(j) {
    const { numbers, words, data, read } = state;
    const { key, target, choices } = numbers.criteria[j];
    const name = data.names[key];
    return element("div", { class: "targets", role: "group", "aria-label": filled(words.target_pick, { name }) },
      element("span", {}, words.target_unsettled),
      ...choices.map((choice) => element("button", { type: "button", class: "chip", "aria-pressed": String(choice === target), "data-target": choice,
        onclick: () => { handOn(); host.act(`target:${key}:${choice}`); } }, read.percent(choice))));
  }

  function directRow(k) {
    const { numbers, words, data, read } = state;
    const { key, max, published, least, most } = numbers.components[k];
    const name = data.names[key];
    const row = leverRow(key, name, {
      value: () => state.scenario[key], set: (value) => set(key, value), pause, release: () => handOn(),
      entered: (text) => {
        const value = plainPoints(text, most / 100);
        if (!(value >= least / 100)) throw new Error("entry_wrong_points");
        return value;
      },
      complaint: (code, text) => filled(words.entry_wrong_points, { text, min: read.short(least / 100), max: read.short(most / 100) }),
    });
    const scale = { steps: most - least, small: 10, large: 100, at: (hundred) => hundred - least, value: (step) => Math.round(step + least) / 100 };
    row.prepare(scale, { label: words.direct_label, spoken: `${name}: ${words.points}`, entry: filled(words.entry_points, { name }), reset: filled(words.reset_lever, { name }),
      published: `${words.published_mark}: ${read.points(published)}`, publishedAt: Number.isNaN(published) ? -1 : clamped((published - least) / (most - least), 0, 1) });
    state.rows.push({ row, key, figures: (now, standingNow) => {
      const value = anchor(numbers.components[k], now.direct[k]);
      const shown = Number.isNaN(value) ? "–" : read.points(value);
      const moved = key in state.scenario;
      return { value: Number.isNaN(value) ? 0 : value, moved, shown, disabled: false,
        spoken: `${shown} ${words.points}`, gain: "", count: moved ? filled(words.published, { value: read.points(published) }) : "",
        worth: filled(words.criterion_points, { points: shown, max: read.short(max / 100) }), why: !(value >= most) ? "" : most < max ? words.rest_full : words.hindrance.component_full };
    } });
    return row.root;
  }

  function paint() {
    frame = 0;
    const { numbers, rows, heads, words, read } = state;
    const now = at();
    const base = resolved(numbers, {});
    const [before, after] = [standing(numbers, base), standing(numbers, now)];
    const [was, is] = [placed(numbers, before.score), placed(numbers, after.score)];
    for (const { row, figures: figure } of rows) row.paint(figure(now, after));
    unfold();
    supposed.paint({ numbers, scenario: state.scenario, now, after, words, read, names: state.data.names });
    for (const { k, brief, points, change, meter } of heads) {
      const [from, to, max] = [before.components[k], after.components[k], numbers.components[k].max];
      const worth = { points: read.points(to), max: read.short(max / 100) };
      write(points, Number.isNaN(to) ? "–" : filled(brief ? "{points}/{max}" : words.criterion_points, worth));
      write(change, to === from || Number.isNaN(to - from) ? "" : read.signed(to - from));
      change.classList.toggle("down", to < from);
      if (!meter) continue;
      meter.style.setProperty("--from", (from || 0) / max);
      meter.style.setProperty("--to", (to || 0) / max);
    }
    paintBar(before, after, was, is);
    picture.move(before.score, after.score);
    if (host.painted) host.painted({ numbers, scenario: state.scenario, now, supposed: Object.keys(state.scenario).length > 0, before, after, was, is, words, read, units: state.data.units, called: state.data.names, names: numbers.components.map((c) => state.data.names[c.key]) });
    const resetting = tools.reset.getRootNode().activeElement === tools.reset;
    tools.reset.disabled = Object.keys(state.scenario).length === 0;
    if (resetting && tools.reset.disabled) tools.undo.focus();
    clearTimeout(spoken);
    spoken = setTimeout(() => write(live, Number.isNaN(after.score) ? words.no_score
      : filled(words.live, { score: read.points(after.score), rank: read.count(is.place), n: read.count(is.of) })), 700);
  }

  function paintBar(before, after, was, is) {
    const { numbers, words, read, data } = state;
    const { score, rank, band } = figures;
    const change = after.score - before.score;
    const name = (i) => data.units[i][1];
    write(score.value, read.points(after.score));
    write(score.more, Number.isNaN(change) || !change ? "" : `${change > 0 ? "▲ " : "▼ "}${read.signed(change)}`);
    score.more.classList.toggle("down", change < 0);
    write(score.aside, Number.isNaN(after.score) ? words.no_score : change ? filled(words.was, { value: read.points(before.score) }) : "");
    write(rank.value, Number.isNaN(is.place) ? "–" : `${read.count(is.place)}${filled(words.of, { n: read.count(is.of) })}`);
    const climbed = was.place - is.place;
    write(rank.more, !climbed ? "" : climbed > 0 ? `▲ ${filled(words.up, { n: read.count(climbed) })}` : `▼ ${filled(words.down, { n: read.count(-climbed) })}`);
    rank.more.classList.toggle("down", climbed < 0);
    const tied = is.tied.length && filled(is.tied.length > 1 ? words.tied_more : words.tied, { names: name(is.tied[0]), n: read.count(is.tied.length - 1) });
    write(rank.aside, Number.isNaN(is.place) ? words.no_rank : tied || (is.next.length
      ? filled(words.next_above, { name: name(is.next[0]), gap: read.points(is.above - after.score) }) : words.first));
    const { band: found, above } = banded(numbers, after.score);
    write(band.value, found ? data.names[`band.${found.key}`] : "–");
    write(band.more, "");
    write(band.aside, !found ? "" : above ? filled(words.to_next_band, { gap: read.points(above.from - after.score), band: data.names[`band.${above.key}`] }) : words.top_band);
  }

  return { update, handOn, destroy() { handOn(); clearTimeout(spoken); cancelAnimationFrame(frame); } };
}
