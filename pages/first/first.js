// Until Streamlit's own page stands there: something to read, and of a league that anybody may open, its simulator, of use
// at once. What was supposed in it goes on in the app.

const ALONE = 150; // ms that the frame has line and processor to itself
const PATIENCE = 1500; // ms after which Streamlit is loaded though the frame says nothing yet
const LATE = 30000; // ms after which something must be wrong with the app
const HAND_OVER = 50; // ms that the frame's last word takes at most
const FOLLOWED = 3000; // ms after which the app is shown though it has not followed

const given = JSON.parse(document.getElementById("first-given").textContent);
const box = document.getElementById("first");
const said = box.querySelector("[role=status]");
const then = /** @type {HTMLTemplateElement} */ (document.getElementById("first-then"));
const asked = new URLSearchParams(location.search);
recall();
const words = given.words[document.documentElement.lang];
for (const [part, text] of Object.entries({ h1: words.title, ".lead p": words.lead, "[role=status]": words.opening })) box.querySelector(part).textContent = text;
const frame = shown();
const hand = frame && handIn(frame);
let [first, latest] = [null, null]; // links of the frame: as it opened, as it is now
let changed = false; // whether it ever was another
let reads = true; // the app has yet to read the page's link
let begun = false;
let painted = () => {};

addEventListener("message", heard);
if (frame) setTimeout(fetched, ALONE);
const patience = setTimeout(load, frame ? PATIENCE : 0);
const late = setTimeout(() => { said.textContent = frame ? words.late_frame : words.late; }, LATE);
/** @type {any} */ (window).index766_first = {
  headed() { // a page has its head
    reads = false;
    if (!frame) over();
  },
  painted() { // the panel shows its figures
    painted();
    if (frame) stand();
  },
};

/** What this browser remembers taken into the link, where that leaves it open: the app reads it as it begins. */
function recall() {
  if (!asked.get("lang") && given.words[recalled("language")]) asked.set("lang", recalled("language"));
  const [league, unit] = (recalled("unit") || "").split("/");
  if (unit && given.leagues.includes(league) && [...asked.keys()].every((key) => key === "lang")) {
    asked.set("league", league);
    asked.set("unit", unit);
  }
  if (String(asked) !== String(new URLSearchParams(location.search))) history.replaceState(history.state, "", `?${asked}`);
  if (given.words[asked.get("lang")]) document.documentElement.lang = asked.get("lang");
}

/** The frame, where the page is the simulator's and the frame would show the figures that the app will. */
function shown() {
  const league = asked.get("league") || given.leagues[0];
  const other = [...asked.keys()].some((word) => among(word, given.figures));
  if (!location.pathname.endsWith("/") || !given.leagues.includes(league) || asked.get("unit") === "own" || other) return null;
  const found = document.createElement("iframe");
  found.id = "meanwhile";
  found.dataset.waiting = ""; // until it says that it shows something
  found.title = words.frame;
  found.src = `first/${encodeURIComponent(league)}.${document.documentElement.lang}.html#${asked}`;
  box.append(found);
  return found;
}

/** Streamlit's own files fetched; not over a slow line, where they would hold up what can be used at once. */
function fetched() {
  const { saveData, effectiveType } = /** @type {any} */ (navigator).connection || {};
  if (saveData || (effectiveType && effectiveType !== "4g")) return;
  for (const { href } of /** @type {NodeListOf<HTMLLinkElement>} */ (then.content.querySelectorAll("link[rel=modulepreload]"))) {
    const link = document.createElement("link");
    Object.assign(link, { rel: "preload", as: "script", crossOrigin: "anonymous", href });
    document.head.append(link);
  }
}

/** Streamlit begun, once what can be used at once is there. */
function load() {
  clearTimeout(patience);
  document.getElementById("root").inert = true; // as long as it lies below
  document.head.append(then.content);
}

function heard({ source, origin, data }) {
  if (!frame || source !== frame.contentWindow || origin !== location.origin || typeof data?.index766 !== "string") return;
  first ??= data.index766;
  latest = data.index766;
  changed ||= latest !== first;
  if (changed && reads) history.replaceState(history.state, "", carried(location.search, latest, given.beyond));
  if (frame.dataset.waiting === undefined) return;
  const style = new (/** @type {any} */ (frame.contentWindow)).CSSStyleSheet(); // its policy forbids it any other
  style.replaceSync(given.style);
  frame.contentDocument.adoptedStyleSheets = [style];
  delete frame.dataset.waiting;
  load();
  said.textContent = words.meanwhile;
}

/** The app in the frame's place, with what was supposed in it. */
async function stand() {
  if (begun) return;
  begun = true;
  clearTimeout(late);
  if (frame.dataset.waiting !== undefined || !inUse()) return over();
  await handRests(hand);
  frame.contentWindow.dispatchEvent(new Event("pagehide")); // as if it were closed, it says what is still under the finger
  frame.inert = true;
  await soon(HAND_OVER);
  const link = carried(location.search, latest, given.beyond);
  if (changed && !alike(link, location.search)) {
    const follows = new Promise((resolve) => { painted = () => resolve(null); });
    /** @type {any} */ (window).index766.follow(link.slice(1));
    await Promise.race([follows, soon(FOLLOWED)]);
  }
  over();
}

function inUse() {
  return changed || hand() || (document.activeElement === frame && frame.contentDocument.activeElement !== frame.contentDocument.body);
}

function alike(one, other) {
  const sorted = (link) => String([...new URLSearchParams(link)].sort());
  return sorted(one) === sorted(other);
}

function soon(milliseconds) {
  return new Promise((resolve) => { setTimeout(resolve, milliseconds, null); });
}

function over() {
  clearTimeout(late);
  removeEventListener("message", heard);
  const [lever, down] = frame && frame.dataset.waiting === undefined ? [focused(), frame.contentWindow.scrollY] : ["", 0];
  box.remove();
  document.getElementById("root").inert = false;
  const main = document.querySelector('[data-testid="stMain"]');
  if (main && down) main.scrollTop = down;
  if (lever) /** @type {any} */ (window).index766.lead(lever);
  if (changed) /** @type {any} */ (window).index766.began(carried(location.search, first, given.beyond).slice(1));
  delete (/** @type {any} */ (window)).index766_first;
}

/** The lever of the frame that has the focus. */
function focused() {
  const within = document.activeElement === frame && frame.contentDocument.activeElement;
  const row = /** @type {HTMLElement} */ (within && within.closest("[data-lever]"));
  return row ? row.dataset.lever : "";
}
