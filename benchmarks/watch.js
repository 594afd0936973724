// A page watched from inside: when a key went down, and when the figures that it calls for were painted.
// Figures stand in the slider's own root (the document, or the panel's shadow root), charts in the document.
([slider, selectors]) => {
  const root = slider.getRootNode();
  const text = (selector) => root.querySelector(selector)?.textContent.trim() ?? "";
  const app = document.querySelector("[data-testid=stApp]");
  const charts = "[data-testid=stVegaLiteChart]";
  // Labels of the waterfall: Vega's in the document, the live page's in the root of a part of its own.
  const labels = () => [...document.querySelectorAll(`${charts} text`),
    ...[...document.querySelectorAll(".st-key-effect *")].flatMap((node) => [...(node.shadowRoot?.querySelectorAll(".fall b") ?? [])])];
  const swept = [...document.querySelectorAll(".st-key-sweep *")].find((node) => node.shadowRoot)?.shadowRoot; // the live page's curves
  const place = () => root.querySelector(selectors.strip)?.getAttribute("x1");
  const now = { wanted: null, pressed: 0, released: 0, seen: {}, score: text(selectors.score), changes: 0, frames: [], stirred: 0,
    state: app?.dataset.testScriptState, starts: [], ends: [] };
  window.watch = now;

  // Calls back when the frame that shows the present document is painted: a new ResizeObserver reports within that
  // frame, after layout, be it this frame or the next; a message sent from there arrives when the frame is done.
  function painted(tell) {
    const observer = new ResizeObserver(() => {
      observer.disconnect();
      const channel = new MessageChannel();
      channel.port1.onmessage = () => tell(performance.now());
      channel.port2.postMessage(null);
    });
    observer.observe(document.documentElement);
  }

  function once(what) {
    if (what in now.seen) return;
    now.seen[what] = null;
    const { seen } = now;
    painted((time) => { seen[what] = time - now.pressed; });
  }

  function look(records) {
    now.stirred = performance.now();
    const score = text(selectors.score);
    if (score !== now.score) { now.score = score; now.changes += 1; }
    const state = app?.dataset.testScriptState;
    if (state !== now.state) {
      now.state = state;
      if (state === "running") now.starts.push(now.stirred);
      if (state === "notRunning") now.ends.push(now.stirred);
    }
    const { wanted, seen } = now;
    if (!wanted || !now.pressed) return;
    const moved = !selectors.strip || place() !== now.place;
    if (moved && score === wanted.score && text(selectors.rank).startsWith(`${wanted.rank}/`)) once("figures");
    if (labels().some((label) => label.textContent.split(/\s/).includes(wanted.score))) once("chart");
    if (records.some(({ target }) => (target.nodeType === 1 && target.closest(charts)) || target.getRootNode() === swept)) painted((time) => { seen.charts = time - now.pressed; });
  }

  const observer = new MutationObserver(look);
  for (const node of new Set([root, document, swept ?? document])) observer.observe(node, { subtree: true, childList: true, characterData: true, attributes: true });
  window.addEventListener("keydown", (event) => { now.pressed ||= event.timeStamp; }, true);
  for (const kind of ["keyup", "pointerup"]) window.addEventListener(kind, (event) => { now.released = event.timeStamp; }, true);

  now.expect = (wanted) => { Object.assign(now, { wanted, place: place(), pressed: 0, released: 0, seen: {}, changes: 0, starts: [], ends: [] }); };
  now.count = (counting) => {
    now.counting = counting;
    if (!counting) return;
    now.frames = [];
    const step = (time) => { now.frames.push(time); if (now.counting) requestAnimationFrame(step); };
    requestAnimationFrame(step);
  };
  now.quiet = (milliseconds) => now.state !== "running" && performance.now() - Math.max(now.stirred, now.released) > milliseconds;
}
