import type { Rule } from "../rules/rule.ts";
import type { Identities } from "./identities.ts";

/** A node's name as a rule, found as a whole word; none for a name that is too short or says nothing about this cluster. */
export function knownNameRule({ tokenOf }: Identities, name: string): readonly Rule[] {
  const literal = name.toLowerCase();
  if (!/^[a-z0-9][a-z0-9.-]{2,252}$/.test(literal) || literal === "localhost" || literal === "global") return [];
  return [
    {
      id: "host",
      reason: "a node of the cluster has this name",
      literals: [literal],
      window: literal.length + 1,
      locate: (text, at) => (isPartOfName(text[at - 1]) || isPartOfName(text[at + literal.length]) ? undefined : { start: at, end: at + literal.length }),
      replacement: () => tokenOf("host", name),
      examples: { hidden: [], kept: [] },
    },
  ];
}

const isPartOfName = (character: string | undefined): boolean => character !== undefined && /[A-Za-z0-9-]/.test(character);
