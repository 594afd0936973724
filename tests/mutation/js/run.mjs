// The panel's tests, the quickest first, up to the first that fails.

import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";

const FOLDER = new URL("../../js/", import.meta.url);
const FIRST = ["figures", "mount", "panel", "controls"];
const order = (name) => (FIRST.indexOf(name.split(".")[0]) + FIRST.length + 1) % (FIRST.length + 1);

for (const name of readdirSync(FOLDER).filter((one) => one.endsWith(".test.mjs")).sort((a, b) => order(a) - order(b))) {
  const { status } = spawnSync(process.execPath, [new URL(name, FOLDER).pathname], { stdio: "inherit" });
  if (status) process.exit(status);
}
