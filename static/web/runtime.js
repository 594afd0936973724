// Pyodide with all that the first page needs in its place: fetched at once and in parallel, checked, unpacked.

const HOME = "/home/pyodide";

export async function start(root, tell) {
  const parts = await (await fetched({ url: "parts.json" }, root, tell)).json();
  const index = new URL(parts.pyodide, root).href;
  const coming = all(parts.start, root, tell);
  const restore = watch(tell);
  const module = new URL(parts.module, root).href;
  const { loadPyodide } = await import(module).catch((error) => missing(module, tell, error));
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

// Pyodide waits for ever for a runtime that does not come, or that this browser can't run; both are said here.
function watch(tell) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  self.fetch = async (what, options) => {
    const answer = await fetch(what, options).catch((error) => missing(what, tell, error));
    return answer.ok ? typed(answer) : missing(what, tell, answer.status);
  };
  WebAssembly.instantiateStreaming = (source, imports) => instantiateStreaming(source, imports).catch((error) => {
    tell({ type: "index766", failed: String(error), why: "browser" });
    throw error;
  });
  return () => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  };
}

// Many a plain server sends WebAssembly as bytes of no kind, which no browser would run.
function typed(answer) {
  if (!answer.url.endsWith(".wasm") || answer.headers.get("Content-Type") === "application/wasm") return answer;
  return new Response(answer.body, { headers: { "Content-Type": "application/wasm" } });
}

/** @returns {never} */
function missing(url, tell, why) {
  tell({ type: "index766", failed: `${url}: ${why}`, why: "network" });
  throw new Error(`${url}: ${why}`);
}

function base64(hex) {
  return btoa(String.fromCharCode(...hex.match(/../g).map((pair) => parseInt(pair, 16))));
}
