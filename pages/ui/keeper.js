// What the reader's own browser keeps: their tables in the store of its tab, gone with the tab; their scenarios, plans
// and letterhead in the store that stays. Both are there again after a reload and after the server was started again.

const PLACES = { tables: ["sessionStorage", "index766.tables"], kept: ["localStorage", "index766.kept"] };
const NOTHING = JSON.stringify({ entries: [], head: {} });
const handed = { tables: false, kept: false };
let tell = (_text) => {};

// Another tab of the same browser has kept something, or forgotten all: what stays is the newest of either.
addEventListener("storage", (event) => {
  if (event.key === PLACES.kept[1]) tell(event.newValue ?? NOTHING);
});

export default function mount({ data, setTriggerValue }) {
  tell = (text) => setTriggerValue("kept", text);
  if (data.forget) forget();
  for (const [name, [store, place]] of Object.entries(PLACES)) {
    try {
      if (data[name]) window[store].setItem(place, typeof data[name] === "string" ? data[name] : JSON.stringify(data[name]));
      const kept = window[store].getItem(place);
      if (data.fresh[name] && kept && !handed[name]) setTriggerValue(name, kept);
      handed[name] = data.fresh[name]; // a server that was started again asks anew, of a tab that has been open all the while
    } catch (error) {
      console.warn(`${name} are not kept over a reload:`, error.name); // a store that is full or forbidden
      if (name === "kept" && !data.refused) setTriggerValue("refused", true);
    }
  }
}

/** Takes away all of ours that this browser holds. */
function forget() {
  for (const store of ["sessionStorage", "localStorage"]) {
    try {
      for (const place of Object.keys(window[store])) if (place.startsWith("index766.")) window[store].removeItem(place);
    } catch (error) {
      console.warn("nothing can be kept here:", error.name);
    }
  }
}
