// The one place where a field or a table of ours meets Streamlit. Data come as [which of them, JSON].

const controls = { fields: (root, host) => createFields(root, host), table: (root, host) => createTable(root, host) };

export default function mount({ parentElement, data: [part, json], setTriggerValue }) {
  const root = parentElement.querySelector(".panel");
  const handOn = (name) => (...given) => setTriggerValue(name, given);
  root.control ||= controls[part](root, { typed: handOn("typed"), sent: handOn("sent"), edited: handOn("edited") });
  if (root.json !== json) root.control.update(JSON.parse(json));
  root.json = json;
  return () => { root.control.destroy(); root.control = null; root.json = ""; };
}
