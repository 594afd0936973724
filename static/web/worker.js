// The worker in which Python runs. The runtime starts to load at once, stlite's own worker (begun by it at its leisure)
// takes it over; so neither waits for the other.
const ROOT = new URL(".", self.location.href);

const runtime = import(new URL("runtime.mjs", ROOT).href).then((module) => module.start(ROOT, self.postMessage.bind(self)));
runtime.catch(() => {}); // said by stlite, who waits for it too
self.index766 = { runtime };

self.onmessage = (event) => {
  if (event.data !== "begin") return;
  importScripts(new URL("stlite-worker.js", ROOT).href);
};
