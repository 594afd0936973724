// Mutants of the panel's JavaScript as Stryker finds them, a sample of them judged: each is laid alone into a copy of the
// panel, and the tests run there until one fails. (Stryker's own runner lays all of them into every file at once, which
// makes the panel some ten times slower.) Run by ./mutants.

import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createInstrumenter } from "@stryker-mutator/instrumenter";
import { createInjector } from "typed-inject";

const { SEED = "766", SAMPLE = "200", LEAST = "80" } = process.env;
const [PANEL, TESTS] = ["../../../pages/panel/", "../../panel/js/"].map((path) => fileURLToPath(new URL(path, import.meta.url)));
const LONGEST = 60_000; // milliseconds of one file of tests: a mutant may run for ever
const LAST = ["walk", "alone", "following"]; // the slow ones
const FILES = readdirSync(TESTS).filter((name) => name.endsWith(".test.mjs"));

// The files of tests in the order in which they are likely to notice a mutant soon: that of its own name, that of all
// that the panel shows, the quick ones.
function inTurn({ fileName }) {
  const turn = (name) => (name === fileName.replace(".js", ".test.mjs") ? -2 : name === "panel.test.mjs" ? -1 : LAST.indexOf(name.split(".")[0]) + 1);
  return [...FILES].sort((a, b) => turn(a) - turn(b));
}

// All that Stryker would change: { fileName, location, mutatorName, replacement }.
async function found() {
  const silent = Object.fromEntries(["trace", "debug", "info", "warn", "error", "fatal"].map((level) => [level, () => {}]));
  const log = { ...silent, isDebugEnabled: () => false };
  const instrumenter = createInjector().provideValue("logger", log).provideValue("options", {}).injectFunction(createInstrumenter);
  const files = readdirSync(PANEL).filter((name) => name.endsWith(".js"))
    .map((name) => ({ name, mutate: true, content: readFileSync(join(PANEL, name), "utf8") }));
  return (await instrumenter.instrument(files, { plugins: null, ignorers: [], excludedMutations: [] })).mutants;
}

// A number that belongs to a mutant, whatever else is mutated.
function drawn({ fileName, location: { start, end }, mutatorName, replacement }) {
  const told = [SEED, fileName, start.line, start.column, end.line, end.column, mutatorName, replacement];
  return createHash("sha256").update(told.join("|")).digest("hex");
}

// A text with one stretch of it written anew, and what stood there.
function changed(text, { location: { start, end }, replacement }) {
  const lines = text.split("\n");
  const at = ({ line, column }) => lines.slice(0, line).reduce((sum, one) => sum + one.length + 1, 0) + column;
  return [text.slice(0, at(start)) + replacement + text.slice(at(end)), text.slice(at(start), at(end))];
}

// Whether a file of tests passes on a copy of the panel.
function passes(name, panel) {
  const run = spawn(process.execPath, ["--test-reporter=tap", join(TESTS, name)], { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, PANEL: panel }, timeout: LONGEST, killSignal: "SIGKILL" });
  let told = "";
  run.stdout.on("data", (text) => {
    told += text;
    if (/^\s*not ok/m.test(told)) run.kill("SIGKILL");
  });
  return new Promise((end) => { run.on("close", (code) => end(code === 0)); });
}

// The file of tests that notices a mutant, or nothing.
async function noticed(mutant, panel) {
  const path = join(panel, mutant.fileName);
  const text = readFileSync(path, "utf8");
  writeFileSync(path, changed(text, mutant)[0]);
  try {
    for (const name of inTurn(mutant)) if (!(await passes(name, panel))) return name;
    return "";
  } finally {
    writeFileSync(path, text);
  }
}

const all = await found();
const sample = all.map((mutant) => [drawn(mutant), mutant]).sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, Number(SAMPLE)).map(([, mutant]) => mutant);
const folder = mkdtempSync(join(tmpdir(), "mutants-"));
const survivors = [];
let next = 0;

async function judge(panel) {
  cpSync(PANEL, panel, { recursive: true });
  while (next < sample.length) {
    const mutant = sample[next];
    next += 1;
    if (await noticed(mutant, panel)) continue;
    survivors.push(mutant);
    const [, stood] = changed(readFileSync(join(panel, mutant.fileName), "utf8"), mutant);
    console.log(`${mutant.fileName}:${mutant.location.start.line + 1} ${mutant.mutatorName}\n  - ${stood}\n  + ${mutant.replacement}`);
  }
}

for (const name of FILES) {
  if (!(await passes(name, PANEL))) throw new Error(`${name} fails without any mutant`);
}
await Promise.all(Array.from({ length: availableParallelism() }, (_, n) => judge(join(folder, String(n)))));
rmSync(folder, { recursive: true });
const share = 100 * (1 - survivors.length / sample.length);
console.log(`${sample.length} of ${all.length} mutants, seed ${SEED}: ${survivors.length} survived, ${share.toFixed(1)} % noticed`);
process.exit(share < Number(LEAST) ? 1 : 0);
