// What the simulator in a frame and the app that takes its place have to do with each other.

const TYPING = 1500; // ms after a key in the frame, for which somebody types there
const LOOKS = 50; // ms between two looks at whether a hand is still at work

/** Whether a word of a link is among those named; a name that ends with a dot stands for all that begin with it. */
function among(word, names) {
  return names.some((name) => (name.endsWith(".") ? word.startsWith(name) : word === name));
}

/** The page's link with what was supposed in the frame; what the frame can't show stays as it stood. */
function carried(link, ofFrame, beyond) {
  const next = new URLSearchParams(ofFrame);
  for (const [word, value] of new URLSearchParams(link)) if (among(word, beyond) && !next.has(word)) next.append(word, value);
  return `?${next}`;
}

/** Whether a hand is at work in the frame, asked at any time: the app must not take its place under it. */
function handIn(frame) {
  let held = false; // a finger is down
  let typed = -Infinity; // when a key was last pressed
  frame.addEventListener("load", () => {
    if (!frame.contentDocument) return; // the browser's own page: the frame's did not come
    for (const [kind, down] of [["pointerdown", true], ["pointerup", false], ["pointercancel", false]]) {
      frame.contentWindow.addEventListener(String(kind), () => { held = Boolean(down); }, true);
    }
    frame.contentWindow.addEventListener("keydown", () => { typed = performance.now(); }, true);
  });
  return () => held || performance.now() - typed < TYPING || amidst(frame.contentDocument?.activeElement);
}

/** Whether a list is open, or a box holds what is not taken yet. */
function amidst(at) {
  return at?.getAttribute("aria-expanded") === "true" || (at?.dataset.shown !== undefined && at.value !== at.dataset.shown);
}

/** What comes to pass once no hand is at work. */
async function handRests(hand) {
  while (hand()) await new Promise((resolve) => { setTimeout(resolve, LOOKS); });
}
