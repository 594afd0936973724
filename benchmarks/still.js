// A page watched from inside until nothing in it moves, its components' roots included.
() => {
  const now = { clicked: 0, last: performance.now(), ran: 0, busy: 0 };
  const seen = new WeakSet();
  window.still = now;

  const app = () => document.querySelector("[data-testid=stApp]");
  const running = () => app()?.dataset.testScriptState !== "notRunning";
  const moved = (records) => {
    now.last = performance.now();
    if (records.some(({ target }) => target === app()) && !running()) now.ran = now.last;
    for (const { addedNodes } of records) for (const node of addedNodes) if (node.nodeType === 1) into(node);
  };
  const observer = new MutationObserver(moved);
  function watched(root) {
    if (seen.has(root)) return;
    seen.add(root);
    observer.observe(root, { subtree: true, childList: true, characterData: true, attributes: true });
  }
  function into(node) {
    for (const one of [node, ...node.querySelectorAll("*")]) if (one.shadowRoot) { watched(one.shadowRoot); into(one.shadowRoot); }
  }
  watched(document);
  into(document);
  new PerformanceObserver((list) => { for (const task of list.getEntries()) { now.busy += task.duration; now.last = Math.max(now.last, task.startTime + task.duration); } }).observe({ type: "longtask" });
  addEventListener("click", (event) => { now.clicked ||= event.timeStamp; }, true);

  now.begin = () => Object.assign(now, { clicked: 0, busy: 0, last: performance.now() });
  now.quiet = (milliseconds) => { into(document); return !running() && performance.now() - now.last > milliseconds; };
  const count = (root) => [...root.querySelectorAll("*")].reduce((sum, node) => sum + 1 + (node.shadowRoot ? count(node.shadowRoot) : 0), 0);
  now.found = () => ({ script: now.ran - now.clicked, still: now.last - now.clicked, "long tasks": now.busy, nodes: count(document) });
}
