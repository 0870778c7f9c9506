import type { Rule } from "../rules/rule.ts";
import type { Identities } from "./identities.ts";
import { isCommonName } from "./is-common-name.ts";

/** The name of a node, or with high privacy of a namespace (namespace/NAME), as a rule, found as a whole word; none for a name that is too short or says nothing about this cluster. */
export function knownNameRule({ privacy, tokenOf }: Identities, known: string): readonly Rule[] {
  const isNamespace = known.startsWith("namespace/");
  const name = isNamespace ? known.slice("namespace/".length) : known;
  if (isNamespace && (privacy !== "high" || isCommonName(name) || ofPaths.test(name))) return [];
  const literal = name.toLowerCase();
  if (!/^[a-z0-9][a-z0-9.-]{2,252}$/.test(literal) || literal === "localhost" || literal === "global") return [];
  const isPlain = /^[a-z]+$/.test(literal);
  const stands = isNamespace ? (isPlain ? isPlainNamespace : isNamespaceName) : isPlain ? isPlainNode : isNodeName;
  return [
    {
      id: isNamespace ? "namespace" : "host",
      reason: "a node or namespace of the cluster has this name",
      literals: [literal],
      window: literal.length + 1,
      locate: (text, at) => {
        const end = at + literal.length;
        return stands(text.slice(Math.max(0, at - longestLead), at), text.slice(end, end + longestTrail)) ? { start: at, end } : undefined;
      },
      replacement: () => tokenOf(isNamespace ? "namespace" : "host", name),
      examples: { hidden: [], kept: [] },
    },
  ];
}

const longestLead = 40;
const longestTrail = 8;

/** What stands in front of a name and behind it, in a text. */
type Stands = (lead: string, trail: string) => boolean;

const isWord: Stands = (lead, trail) => !/[A-Za-z0-9-]$/.test(lead) && !/^[A-Za-z0-9-]/.test(trail);

/** A static pod's name ends with its node's. A node whose name could be any word is only known behind those that every control plane has. */
const isNodeName: Stands = (lead, trail) => !/[A-Za-z0-9]$/.test(lead) && !/^[A-Za-z0-9-]/.test(trail);
const isPlainNode: Stands = (lead, trail) => isWord(lead, trail) || (controlPlane.test(lead) && !/^[A-Za-z0-9-]/.test(trail));
const controlPlane = /(?<![A-Za-z0-9-])(?:kube-(?:apiserver|controller-manager|scheduler|proxy|vip)|etcd|cloud-controller-manager|haproxy|keepalived)-$/;

/** Names of API groups may begin as a namespace is called, and stay: objects must be valid. */
const isNamespaceName: Stands = (lead, trail) => isWord(lead, trail) && !/_$/.test(lead) && !/^(?:_|\.(?!svc\b|pod\b)[a-z])/.test(trail);
const isPlainNamespace: Stands = (lead, trail) =>
  isNamespaceName(lead, trail) && (/^(?:\/(?!v\d)[a-z0-9]|\.svc\b|\.pod\b)/.test(trail) || lead.endsWith(" -n "));

/** As first folders have them, here or on a machine. */
const ofPaths =
  /^(?:apis?|before|bin|boot|cluster|dev|errors|etc|home|hosts|lib|logs|meta|mnt|ns|opt|plugins|podlogs|proc|resources|results|root|run|server|srv|sys|tmp|usr|var)$/;
