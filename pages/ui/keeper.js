// What the reader's own browser keeps: their tables, and their scenarios, plans and letterhead. They are there again after
// a reload, in another tab, on another day, and after the server was started again.

const PLACES = { tables: "index766.tables", kept: "index766.kept" };
const NOTHING = { tables: "{}", kept: JSON.stringify({ entries: [], head: {} }) };
const handed = { tables: false, kept: false };
let tell = (_name, _text) => {};

// Another tab of the same browser has kept something, or forgotten all: what stays is the newest of either.
addEventListener("storage", (event) => {
  const name = Object.keys(PLACES).find((one) => PLACES[one] === event.key);
  if (name) tell(name, event.newValue ?? NOTHING[name]);
});

export default function mount({ data, setTriggerValue }) {
  tell = setTriggerValue;
  if (data.forget) forget();
  for (const [name, place] of Object.entries(PLACES)) {
    try {
      if (data[name]) localStorage.setItem(place, typeof data[name] === "string" ? data[name] : JSON.stringify(data[name]));
      const kept = localStorage.getItem(place);
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
  try {
    for (const place of Object.keys(localStorage)) if (place.startsWith("index766.")) localStorage.removeItem(place);
  } catch (error) {
    console.warn("nothing can be kept here:", error.name);
  }
}
