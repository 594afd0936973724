// The panel's files as a page has them: plain scripts, one after another, in a world of their own.

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { createContext, runInContext } from "node:vm";

const PANEL = process.env.PANEL ? pathToFileURL(`${process.env.PANEL}/`) : new URL("../../../pages/panel/", import.meta.url); // or a copy with a fault in it

// What the named files define: a function that evaluates an expression among them.
export function load(names, world = {}) {
  return loadInto(createContext({ URLSearchParams, ...world }), names);
}

function loadInto(context, names) {
  const file = (name) => runInContext(readFileSync(new URL(name, PANEL), "utf8").replace(/^export default /m, ""), context, { filename: name });
  names.forEach(file);
  return Object.assign((expression) => runInContext(expression, context), { file });
}

// A page with a document of its own, in which time passes only when it is told to.
export async function page(html, names, url = "https://panel.test/") {
  const { JSDOM } = await import("jsdom");
  const dom = new JSDOM(html, { url, runScripts: "outside-only" });
  const { window } = dom;
  const waiting = new Map();
  let [last, moment] = [0, 0];
  const later = (run, wait, ...given) => { waiting.set((last += 1), { run: () => run(...given), at: moment + (wait || 0) }); return last; };
  Object.assign(window, {
    setTimeout: later, clearTimeout: (id) => waiting.delete(id),
    requestAnimationFrame: (run) => later(run, 0), cancelAnimationFrame: (id) => waiting.delete(id),
    matchMedia: () => ({ matches: true }), print() {},
    Response, Blob, DecompressionStream, TextDecoder,
  });
  window.Element.prototype.scrollIntoView = () => {};
  for (const node of window.document.querySelectorAll("noscript")) node.textContent = node.innerHTML; // as where scripts run
  const pass = (milliseconds = 0) => {
    moment += milliseconds;
    for (let due; (due = [...waiting].filter(([, { at }]) => at <= moment).sort(([a, x], [b, y]) => x.at - y.at || a - b)[0]);) {
      waiting.delete(due[0]);
      due[1].run();
    }
  };
  const run = loadInto(dom.getInternalVMContext(), names);
  return { window, document: window.document, run, pass };
}

const scripts = (name) => new RegExp(`^${name} = \\(([^)]*)\\)`, "m").exec(readFileSync(new URL("panel_data.py", PANEL), "utf8").replace(/#.*$/gm, ""))[1].match(/\w+\.js/g);

// The panel's scripts in their order, without a host; and what follows it in the app.
export const SCRIPTS = scripts("SCRIPTS");
export const FOLLOWING = scripts("FOLLOWING");

// A corpus that Python wrote for this run.
export function corpus(name) {
  return JSON.parse(readFileSync(`${process.env.CORPUS}/${name}.json`, "utf8"));
}
