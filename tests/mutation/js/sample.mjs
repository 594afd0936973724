// Stryker's checker that lets a random sample of the mutants through: SAMPLE of them in a hundred, picked by SEED.

import { createHash } from "node:crypto";
import { PluginKind, declareFactoryPlugin } from "@stryker-mutator/api/plugin";

const { SEED = "766", SAMPLE = "7.3" } = process.env;

// A number in [0, 100) that belongs to a mutant, whatever else is mutated.
function drawn({ fileName, location, mutatorName, replacement }) {
  const { start, end } = location;
  const told = [SEED, fileName.split("/").pop(), start.line, start.column, end.line, end.column, mutatorName, replacement];
  return createHash("sha256").update(told.join("|")).digest().readUInt32BE() / 2 ** 32 * 100;
}

function sample() {
  const judged = (mutant) => (drawn(mutant) < Number(SAMPLE) ? { status: "passed" } : { status: "compileError", reason: "not in the sample" });
  return { init: async () => {}, check: async (mutants) => Object.fromEntries(mutants.map((mutant) => [mutant.id, judged(mutant)])), group: async (mutants) => [mutants.map(({ id }) => id)] };
}

export const strykerPlugins = [declareFactoryPlugin(PluginKind.Checker, "sample", sample)];
