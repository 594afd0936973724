// A part of the panel that comes apart from it: the panel's own script mounts it, as soon as it is there. So the script
// comes once a page, and what the server draws for a lever released is small.

export default function mount(props) {
  const parts = /** @type {any} */ (window).index766_parts ||= { waiting: new Set() };
  let leave = () => {};
  const begin = () => { leave = parts.mount(props); };
  if (parts.mount) begin();
  else parts.waiting.add(begin);
  return () => { parts.waiting.delete(begin); leave(); };
}
