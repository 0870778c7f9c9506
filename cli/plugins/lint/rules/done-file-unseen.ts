import { listOf } from "../../containers-of.ts";
import type { LintRule } from "../lint-rule.ts";

/** A shell script that never ends and in which no done file is seen: then only a program that it calls can finish the plugin. */
export const doneFileUnseen: LintRule = {
  code: "done-file-unseen",
  severity: "note",
  find: ({ definition }) => {
    if (definition === undefined) return [];
    const { command, args } = definition.container;
    const script = [...listOf(command), ...listOf(args)].filter((word) => typeof word === "string").join("\n");
    if (!neverEnds.test(script) || writesDone.test(script)) return [];
    return [
      {
        path: ["spec", command === undefined ? "args" : "command"],
        message: "never ends, and whether it writes the done file can't be seen here; without it the plugin's time runs out",
        remedy: "Write the path of the result to $SONOBUOY_RESULTS_DIR/done, or let it end with exit code 0.",
      },
    ];
  },
};

const neverEnds = /\bsleep\s+(?:inf|infinity)\b|\btail\s+-[a-zA-Z]*[fF][a-zA-Z]*\s+\/dev\/null\b|\bwhile\s+(?:true|:|\[\s*1\s*\])\s*[;\n]/;
const writesDone = /\/done\b|>\s*["']?done\b/;
