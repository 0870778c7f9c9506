import type { Rule } from "../rules/rule.ts";
import type { Identities } from "./identities.ts";

/** Machines of domains that no public server of names has, as a rule. */
export const internalHostRule = ({ tokenOf }: Identities): Rule => ({
  id: "internal-host",
  reason: "a machine of a domain that only its owner's network knows",
  literals: [".internal", ".corp", ".lan", ".intra", ".private", ".home.arpa", ".localdomain"],
  window: longest,
  locate: (text, at) => {
    const end = domain.exec(text.slice(at, at + 80))?.[0].length;
    const lead = /(?<![\w.@-])(?:[A-Za-z0-9][\w-]{0,62}\.){0,6}[A-Za-z0-9][\w-]{0,62}$/.exec(text.slice(Math.max(0, at - longest), at))?.[0].length;
    return end === undefined || lead === undefined ? undefined : { start: at - lead, end: at + end };
  },
  replacement: (found) => tokenOf("host", found.toLowerCase()),
  examples: { hidden: [], kept: [] },
});

const longest = 250;
/** Perhaps with the domain's own end, as in db.corp.example.com. */
const domain =
  /^\.(?:internal|corp|lan|intranet|intra|private|home\.arpa|localdomain)(?:\.(?!(?:go|js|ts|py|java|log|json|ya?ml)\b)[A-Za-z][\w-]{0,30}){0,3}(?![\w-]|\.\w)/;
