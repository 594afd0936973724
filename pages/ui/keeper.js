// The reader's own tables in the store of their browser's tab: gone with the tab, there again after a reload,
// and after the server was started again.

const PLACE = "index766.tables";
let handed = false;

export default function mount({ data, setTriggerValue }) {
  try {
    if (data.tables) sessionStorage.setItem(PLACE, JSON.stringify(data.tables));
    const kept = sessionStorage.getItem(PLACE);
    if (data.fresh && kept && !handed) setTriggerValue("tables", kept);
    handed = data.fresh; // a server that was started again asks anew, of a tab that has been open all the while
  } catch (error) {
    console.warn("own tables are not kept over a reload:", error.name); // a store that is full or forbidden
  }
}
