// The worker in which Python runs. The runtime starts to load at once; stlite's own worker, whose page takes its time,
// finds it loading when it gets here. Neither waits for the other.
const HERE = new URL(".", self.location.href);

const runtime = import(new URL("runtime.js", HERE).href).then((module) => module.start(HERE, (message) => self.postMessage(message)));
runtime.catch((error) => self.postMessage({ type: "index766", failed: String(error), why: "start" }));
Object.assign(self, { index766: { runtime } });

self.onmessage = ({ data }) => {
  if (data === "begin") importScripts(new URL("stlite-worker.js", HERE).href);
};
