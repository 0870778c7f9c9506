import type { LintRule, RuleFinding } from "../lint-rule.ts";
import { planSecurityLevel } from "../../../run/pod-security-level.ts";

/** The Pod Security level that the namespace must have for the plugin's pods, and what asks for it. */
export const podSecurityLevel: LintRule = {
  code: "pod-security-level",
  severity: "note",
  find: ({ definition }) =>
    (definition === undefined ? [] : planSecurityLevel([definition]).demands).map(({ level, reasons }): RuleFinding => ({
      path: definition?.podSpec === undefined ? ["spec"] : ["podSpec"],
      message: `needs a namespace of Pod Security level ${level}: ${reasons.join("; ")}`,
      remedy: remedies[level],
    })),
};

const remedies = {
  restricted: "",
  baseline: "For restricted, forbid privilege escalation, drop all capabilities, and run as a user other than root with the seccomp profile RuntimeDefault.",
  privileged: "Leave out what the plugin doesn't need of the host.",
};
