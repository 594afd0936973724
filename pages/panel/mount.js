// The one place where the panel and its parts meet Streamlit. Data come as [constant JSON, what changes].

let last = {}; // what a panel handed on, for when Streamlit draws it anew
let frame = null; // the figures last painted, for an effect that comes later
const effects = new Set();
const parsed = new Map();
const PLACE = "index766.unit"; // where the browser remembers league and unit

function constant(json) {
  if (!parsed.has(json)) {
    if (json !== "{}") parsed.clear();
    parsed.set(json, JSON.parse(json));
  }
  return parsed.get(json);
}

// The unit chosen kept in this browser, and asked back by a session that began without a link.
function remember({ place, ask }, tell) {
  try {
    if (place) localStorage.setItem(PLACE, place);
    else if (ask && localStorage.getItem(PLACE)) tell(localStorage.getItem(PLACE));
  } catch { /* a store that is forbidden: nothing is remembered */ }
}

const makers = {
  panel: (root, host) => createPanel(root, host),
  picker: (root, host) => createPicker(root, host),
  effect(root) {
    const effect = createEffect(root);
    effects.add(effect);
    return { update() { if (frame) effect.paint(frame); }, destroy() { effects.delete(effect); } };
  },
};

export default function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".panel");
  const [json, changing] = data;
  if (!root.panel) {
    root.panel = makers[changing.part](root, {
      changed: (scenario, revision) => {
        last = { scenario, revision, unit: root.unit };
        setStateValue("scenario", { ...last, moment: Date.now() });
      },
      act: (text) => setTriggerValue("act", text),
      painted: (figures) => { frame = figures; effects.forEach((effect) => effect.paint(frame)); },
    });
  }
  root.unit = changing.unit;
  const all = { ...constant(json), ...changing };
  if (changing.remembered) remember(changing.remembered, (place) => setTriggerValue("act", `remembered:${place}`));
  if (all.words) document.documentElement.lang = all.words.language;
  const same = changing.told && last.unit === changing.unit && last.revision === changing.told.revision;
  root.panel.update(same ? { ...all, told: { ...changing.told, scenario: last.scenario } } : all);
  return () => { root.panel.destroy(); root.panel = null; };
}
