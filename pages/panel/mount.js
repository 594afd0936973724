// The one place where the panel and its parts meet Streamlit. Data come as [constant JSON, what changes].
//
// The panel and the scenario come apart: the server hears of a change by the small part named "scenario" and draws that
// alone, while the panel, with all that its levers and their league are made of, stays as it is.

const CALM = 60; // milliseconds after the last frame, when what may follow a little later is painted
let last = {}; // what a panel handed on, for when Streamlit draws it anew
let panel = null; // { part, unit, data } of the panel on the page
let scenario = null; // what the server holds to be supposed: { unit, told, history }
let send = { changed: (_scenario, _revision) => {}, act: (_text) => {} }; // how the server hears of it
let frame = null; // the figures last painted and whose they are, for a part that comes later
let later = 0;
const [effects, calm] = [new Set(), new Set()]; // what is painted in every frame, and what follows when they rest
const parsed = new Map();

function constant(part, json) {
  if (parsed.get(part)?.json !== json) parsed.set(part, { json, data: JSON.parse(json) });
  return parsed.get(part).data;
}

// The unit chosen kept in this browser, and asked back by a session that began without a link.
function remember({ place, ask }, tell) {
  if (place) memorized("unit", place);
  else if (ask && recalled("unit")) tell(recalled("unit"));
}

const makers = {
  panel: (root) => createPanel(root, { changed: (texts, revision) => send.changed(texts, revision), act: (text) => send.act(text), painted }),
  picker: (root, host) => createPicker(root, host),
  effect: (root) => follower(root, createEffect(root), effects),
  sentence: (root) => follower(root, createSentence(root), calm),
  sweep: (root) => follower(root, createSweep(root, { act: (text) => send.act(text) }), calm),
  scenario: () => ({ update() {}, destroy() {} }),
};

// A part that paints what the panel has painted.
function follower(root, part, among) {
  const one = { paint: paintedInSight(root, part.paint) };
  among.add(one);
  return { update(data) {
    if (part.update) part.update(data);
    if (frame && frame.unit === data.unit) part.paint(frame.figures);
  }, destroy() { among.delete(one); } };
}

function painted(figures) {
  frame = { unit: panel.unit, figures };
  effects.forEach((part) => part.paint(figures));
  /** @type {any} */ (window).index766_first?.painted();
  clearTimeout(later);
  if (calm.size) later = setTimeout(() => calm.forEach((part) => part.paint(frame.figures)), CALM);
}

// The panel with what is supposed, once both are there and are of one unit.
function draw() {
  if (!panel || !scenario || panel.unit !== scenario.unit) return;
  const { told, history } = scenario;
  const same = last.unit === scenario.unit && last.revision === told.revision;
  panel.part.update({ ...panel.data, history, told: same ? { ...told, scenario: last.scenario } : told });
}

// Parts that came before the panel's script are mounted now, later ones as they come (part.js); a picker alone mounts none.
if (typeof createPanel === "function") {
  const parts = /** @type {any} */ (window).index766_parts ||= { waiting: new Set() };
  parts.mount = mount;
  for (const begin of parts.waiting) begin();
  parts.waiting.clear();
}

export default function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".panel");
  const [json, changing] = data;
  root.mounted ||= makers[changing.part](root, { act: (text) => setTriggerValue("act", text) });
  const all = { ...constant(changing.part, json), ...changing };
  if (changing.remembered) remember(changing.remembered, (place) => setTriggerValue("act", `remembered:${place}`));
  if (all.words?.language) document.documentElement.lang = all.words.language;
  if (changing.part === "scenario") {
    scenario = changing;
    send = {
      changed: (texts, revision) => {
        last = { scenario: texts, revision, unit: panel.unit };
        setStateValue("scenario", { ...last, moment: Date.now() });
      },
      act: (text) => setTriggerValue("act", text),
    };
  }
  if (changing.part === "panel") panel = { part: root.mounted, unit: changing.unit, data: all };
  if (["panel", "scenario"].includes(changing.part)) draw();
  else root.mounted.update(all);
  return () => {
    root.mounted.destroy();
    root.mounted = null;
    if (changing.part === "panel") panel = null;
  };
}
