// Pyodide with all that the first page needs in its place: fetched at once and in parallel, checked, unpacked.
// stlite takes this for Pyodide's own module, so nothing of stlite is changed.

const HOME = "/home/pyodide";

export async function start(root, tell) {
  const parts = await (await fetched({ url: "parts.json" }, root, tell)).json();
  const index = new URL(parts.pyodide, root).href;
  const coming = all(parts.start, root, tell);
  const restore = watchFetch(tell);
  const { loadPyodide } = await import(`${index}pyodide.mjs`).catch((error) => missing(`${index}pyodide.mjs`, tell, error));
  const pyodide = await loadPyodide({ indexURL: index, stdout: console.log, stderr: console.error });
  restore();
  tell({ type: "index766", step: "unpack" });
  const site = pyodide.runPython("import sysconfig; sysconfig.get_path('purelib')");
  for (const [part, buffer] of await coming) pyodide.unpackArchive(buffer, part.format, { extractDir: part.app ? HOME : site });
  tell({ type: "index766", step: "start" });
  pyodide.pyimport("bundle_start").ready(pyodide.toPy(parts.later), root.href);
  pyodide.loadPackage = async () => []; // what stlite asks for is here already
  tell({ type: "index766", step: "ready" });
  return pyodide;
}

// The module's one name that stlite looks for; it asks for what worker.js has begun.
export const loadPyodide = () => self.index766.runtime;

function all(parts, root, tell) {
  const total = parts.reduce((sum, { bytes = 0 }) => sum + bytes, 0);
  let done = 0;
  const coming = Promise.all(parts.map(async (part) => {
    const buffer = await (await fetched(part, root, tell)).arrayBuffer();
    done += part.bytes ?? 0;
    if (total) tell({ type: "index766", step: "fetch", done, total });
    return [part, buffer];
  }));
  coming.catch(() => {}); // said where it is awaited
  return coming;
}

async function fetched(part, root, tell) {
  const url = new URL(part.url, root);
  const options = part.sha256 ? { integrity: `sha256-${base64(part.sha256)}` } : {};
  const answer = await fetch(url, options).catch((error) => missing(url, tell, error));
  return answer.ok ? answer : missing(url, tell, answer.status);
}

// Pyodide waits for ever for a runtime that does not come; what is missing is said here.
function watchFetch(tell) {
  const ordinary = self.fetch;
  self.fetch = async (what, options) => {
    const answer = await ordinary(what, options).catch((error) => missing(what, tell, error));
    return answer.ok ? answer : missing(what, tell, answer.status);
  };
  return () => { self.fetch = ordinary; };
}

function missing(url, tell, why) {
  tell({ type: "index766", failed: `${url}: ${why}`, why: "network" });
  throw new Error(`${url}: ${why}`);
}

function base64(hex) {
  return btoa(String.fromCharCode(...hex.match(/../g).map((pair) => parseInt(pair, 16))));
}
