// What the simulator in a frame and the app that takes its place have to do with each other.

/** The page's link with what was supposed in the frame; what the frame can't show stays as it stood. */
function carried(link, ofFrame, beyond) {
  const next = new URLSearchParams(ofFrame);
  const kept = (key) => beyond.some((one) => (one.endsWith(".") ? key.startsWith(one) : key === one));
  for (const [key, value] of new URLSearchParams(link)) if (kept(key) && !next.has(key)) next.append(key, value);
  return `?${next}`;
}

/** Whether the app has drawn what it was asked for. */
function atRest(root) {
  const app = root.querySelector('[data-testid="stApp"]');
  return app?.dataset.testConnectionState === "CONNECTED" && app.dataset.testScriptState === "notRunning"
    && app.querySelector('[data-testid="stVerticalBlock"]') !== null;
}
