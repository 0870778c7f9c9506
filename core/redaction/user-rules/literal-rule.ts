import type { Rule } from "../rules/rule.ts";
import type { UserLiteral } from "./user-rules.ts";

/** A user's word as a rule: found wherever it stands, in either case of ASCII letters. */
export const literalRule = ({ id, literal }: UserLiteral): Rule => ({
  id,
  reason: "the user's rules name it",
  literals: [literal.toLowerCase()],
  window: literal.length,
  locate: (_text, at) => ({ start: at, end: at + literal.length }),
  examples: { hidden: [], kept: [] },
});
