// The panel's files as a page has them: plain scripts, one after another, in a world of their own.

import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const PANEL = new URL("../../pages/ui/panel/", import.meta.url);

// What the named files define: a function that evaluates an expression among them.
export function load(names, world = {}) {
  const context = createContext({ URLSearchParams, ...world });
  for (const name of new Set(["numbers.js", ...names])) runInContext(readFileSync(new URL(name, PANEL), "utf8"), context, { filename: name });
  return (expression) => runInContext(expression, context);
}

// A corpus that Python wrote for this run.
export function corpus(name) {
  return JSON.parse(readFileSync(`${process.env.CORPUS}/${name}.json`, "utf8"));
}
