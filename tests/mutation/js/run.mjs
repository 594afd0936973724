// The panel's tests, the quickest first, up to the first that fails.

import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = new URL("../../panel/js/", import.meta.url);
const LAST = ["panel", "controls", "walk", "alone", "following"];
const order = (name) => LAST.indexOf(name.split(".")[0]);

function passed(name) {
  const run = spawn(process.execPath, ["--test-reporter=tap", fileURLToPath(new URL(name, FOLDER))], { stdio: ["ignore", "pipe", "inherit"] });
  let told = "";
  run.stdout.on("data", (text) => {
    told += text;
    if (/^\s*not ok/m.test(told)) run.kill("SIGKILL");
  });
  return new Promise((end) => { run.on("close", (code) => { if (code !== 0) process.stdout.write(told); end(code === 0); }); });
}

for (const name of readdirSync(FOLDER).filter((one) => one.endsWith(".test.mjs")).sort((a, b) => order(a) - order(b))) {
  if (!(await passed(name))) process.exit(1);
}
