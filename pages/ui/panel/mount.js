// The one place where the panel meets Streamlit.

export default function mount({ parentElement, data, setStateValue, setTriggerValue }) {
  const root = parentElement.querySelector(".panel");
  if (!root.panel) {
    root.panel = (data.numbers ? createPanel : createPicker)(root, {
      changed: (scenario, revision) => setStateValue("scenario", { scenario, revision, unit: root.unit, moment: Date.now() }),
      act: (text) => setTriggerValue("act", text),
    });
  }
  root.unit = data.unit;
  root.panel.update(data);
  return () => { root.panel.destroy(); root.panel = null; };
}
