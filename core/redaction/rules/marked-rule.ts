import type { Examples, Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Tokens that begin with a mark of their own; each shape is the source of a regular expression that begins with at least three plain characters. */
type Marked = { readonly id: string; readonly reason: string; readonly shapes: readonly string[]; readonly examples: Examples };

/** A rule for tokens with a mark: whole words with a digit in them, found by their first plain characters. */
export function markedRule({ id, reason, shapes, examples }: Marked): Rule {
  return {
    id,
    reason,
    literals: [...new Set(shapes.map(literalOf))],
    window: 700,
    pattern: new RegExp(`(?<![A-Za-z0-9_-])(?:${shapes.join("|")})(?![A-Za-z0-9])`, "dy"),
    accept: (found) => /\d/.test(secretOf(found)),
    examples,
  };
}

/** The plain characters with which a shape begins. */
function literalOf(shape: string): string {
  const source = /^(?:[\w~-]|\\[.$+])+/.exec(shape)?.[0] ?? "";
  const plain = /[?*{]/.test(shape.charAt(source.length)) ? source.slice(0, -1) : source;
  return plain.replaceAll("\\", "").toLowerCase();
}
