// The one place where the panel and its parts meet Streamlit. Data come as [constant JSON, what changes].

let last = {}; // what a panel handed on, for when Streamlit draws it anew
let frame = null; // the figures last painted, for an effect that comes later
const effects = new Set();
const parsed = new Map();

function constant(json) {
  if (!parsed.has(json)) {
    if (json !== "{}") parsed.clear();
    parsed.set(json, JSON.parse(json));
  }
  return parsed.get(json);
}

const makers = {
  panel: createPanel,
  picker: createPicker,
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
  if (all.words) document.documentElement.lang = all.words.language;
  const same = changing.told && last.unit === changing.unit && last.revision === changing.told.revision;
  root.panel.update(same ? { ...all, told: { ...changing.told, scenario: last.scenario } } : all);
  return () => { root.panel.destroy(); root.panel = null; };
}
