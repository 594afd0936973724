// The one place where the panel meets Streamlit.

let last = {}; // what a panel handed on, for when Streamlit draws it anew

export default function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".panel");
  if (!root.panel) {
    root.panel = (data.numbers ? createPanel : createPicker)(root, {
      changed: (scenario, revision) => {
        last = { scenario, revision, unit: root.unit };
        setStateValue("scenario", { ...last, moment: Date.now() });
      },
      act: (text) => setTriggerValue("act", text),
    });
  }
  document.documentElement.lang = data.words.language;
  root.unit = data.unit;
  const same = data.told && last.unit === data.unit && last.revision === data.told.revision;
  root.panel.update(same ? { ...data, told: { ...data.told, scenario: last.scenario } } : data);
  return () => { root.panel.destroy(); root.panel = null; };
}
