// Compiles Python files with the very runtime that will run them: node compile.mjs PYODIDE FOLDER...
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [pyodideFolder, script, ...folders] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${pyodideFolder}/pyodide.mjs`).href);
const pyodide = await loadPyodide({ indexURL: `${pyodideFolder}/` });
pyodide.FS.mkdir("/folders");
folders.forEach((folder, i) => {
  pyodide.FS.mkdir(`/folders/${i}`);
  pyodide.FS.mount(pyodide.FS.filesystems.NODEFS, { root: folder }, `/folders/${i}`);
});
pyodide.runPython(readFileSync(script, "utf8"));
