import type { Rule } from "../rules/rule.ts";
import type { Identities } from "./identities.ts";
import { isCommonName } from "./is-common-name.ts";

/** The name of a node, or with high privacy of a namespace (namespace/NAME), as a rule, found as a whole word; none for a name that is too short or says nothing about this cluster. */
export function knownNameRule({ privacy, tokenOf }: Identities, known: string): readonly Rule[] {
  const isNamespace = known.startsWith("namespace/");
  const name = isNamespace ? known.slice("namespace/".length) : known;
  if (isNamespace && (privacy !== "high" || isCommonName(name))) return [];
  const literal = name.toLowerCase();
  if (!/^[a-z0-9][a-z0-9.-]{2,252}$/.test(literal) || literal === "localhost" || literal === "global") return [];
  return [
    {
      id: isNamespace ? "namespace" : "host",
      reason: "a node or namespace of the cluster has this name",
      literals: [literal],
      window: literal.length + 1,
      locate: (text, at) => (isPartOfName(text[at - 1]) || isPartOfName(text[at + literal.length]) ? undefined : { start: at, end: at + literal.length }),
      replacement: () => tokenOf(isNamespace ? "namespace" : "host", name),
      examples: { hidden: [], kept: [] },
    },
  ];
}

const isPartOfName = (character: string | undefined): boolean => character !== undefined && /[A-Za-z0-9-]/.test(character);
