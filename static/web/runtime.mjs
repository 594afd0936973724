// Pyodide with all that the first page needs in its place: fetched at once and in parallel, checked, unpacked.
// stlite takes this for Pyodide's own module, so nothing of stlite is changed.

const mark = (name) => performance.mark(`index766.${name}`);

async function bytes(part, root) {
  const options = part.sha256 ? { integrity: `sha256-${base64(part.sha256)}` } : {};
  const answer = await fetch(new URL(part.url, root), options);
  if (!answer.ok) throw new Error(`${part.url}: ${answer.status}`);
  return answer.arrayBuffer();
}

function base64(hex) {
  return btoa(String.fromCharCode(...hex.match(/../g).map((pair) => parseInt(pair, 16))));
}

export async function start(root, tell) {
  mark("begin");
  const parts = await (await fetch(new URL("parts.json", root))).json();
  const index = new URL(parts.pyodide, root).href;
  const step = (name) => (mark(name), tell({ type: "index766", step: name }));
  let arrived = 0;
  const coming = parts.start.map(async (part) => {
    const buffer = await bytes(part, root);
    arrived += part.bytes ?? 0;
    return [part, buffer];
  });
  coming.forEach((one) => one.catch(() => {}));
  step("fetch");
  const { loadPyodide } = await import(index + "pyodide.mjs");
  const pyodide = await loadPyodide({ indexURL: index, stdout: console.log, stderr: console.error });
  step("unpack");
  const site = pyodide.runPython("import sysconfig; sysconfig.get_path('purelib')");
  for (const one of coming) {
    const [part, buffer] = await one;
    pyodide.unpackArchive(buffer, part.format, { extractDir: part.app ? "/home/pyodide" : site });
  }
  pyodide.pyimport("bundle_start").ready(pyodide.toPy(parts.later), root.href);
  mark("unpacked");
  step("start");
  // Everything is in place: what stlite asks to be loaded is there already.
  pyodide.loadPackage = async () => [];
  return pyodide;
}

export const loadPyodide = () => self.index766.runtime;
