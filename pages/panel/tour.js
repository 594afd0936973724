// Whoever comes for the first time is shown around in three steps. They stand where the page's hint stood, so they cover
// and move nothing, take no focus, and are left by a button or Escape; what a step speaks of is outlined.

const STEPS = ["unit", "rate", "read"];

// state: { at (the step shown, none below 0), offered, called }, the same for every head that this tab draws.
function tour(state, { lead, onward }) {
  const said = element("p", { role: "status" });
  const act = (kind, run) => element("button", { type: "button", class: kind, onclick: run });
  const next = act("next", () => (state.at + 1 < STEPS.length ? to(state.at + 1) : leave()));
  const plan = act("plan", () => { leave(); onward(); });
  const skip = act("skip", () => leave());
  const root = element("section", { class: "tour", hidden: true }, said, next, plan, skip);
  let words = null;

  function draw() {
    const shown = state.at >= 0 && words !== null;
    document.documentElement.dataset.tour = shown ? STEPS[state.at] : "";
    show(root, shown);
    if (!shown) return;
    const last = state.at + 1 === STEPS.length;
    root.setAttribute("aria-label", words.name);
    said.replaceChildren(element("b", {}, filled(words.step, { at: state.at + 1, of: STEPS.length })), ` ${words[STEPS[state.at]]}`);
    for (const [node, key] of [[next, last ? "done" : "next"], [plan, "plan"], [skip, "skip"]]) write(node, words[key]);
    show(plan, last);
    show(skip, !last);
  }

  function to(step) {
    state.at = step;
    draw();
  }

  function leave() {
    const inside = root.contains(/** @type {ShadowRoot} */ (root.getRootNode()).activeElement);
    memorized("tour", "left");
    to(-1);
    if (inside) lead();
  }

  return {
    root,
    get open() { return !root.hidden; },
    leave,
    // Shown where `given.words` are there; begun once for a first visit, and each time that it is called.
    update(given) {
      words = given.words;
      if (given.first && !state.offered && !knowsUs()) state.at = 0;
      state.offered ||= given.first;
      const called = words !== null && given.calls > state.called;
      if (called) Object.assign(state, { at: 0, called: given.calls });
      draw();
      if (called) next.focus();
    },
  };
}
