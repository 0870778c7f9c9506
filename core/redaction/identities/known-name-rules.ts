import type { Rule } from "../rules/rule.ts";
import type { Identities } from "./identities.ts";
import { isCommonName } from "./is-common-name.ts";

/**
 * Names of nodes, and with high privacy of namespaces (namespace/NAME), as rules, one for each of both however many there are; found as whole words. Left out
 * are names that are too short or say nothing about this cluster.
 */
export function knownNameRules(identities: Identities, known: readonly string[]): readonly Rule[] {
  const isNamespace = (name: string): boolean => name.startsWith(namespacePrefix);
  const nodes = known.filter((name) => !isNamespace(name) && name !== "localhost" && name !== "global");
  const namespaces = known.filter(isNamespace).map((name) => name.slice(namespacePrefix.length));
  return [
    ...buildRule(identities, "host", nodes),
    ...(identities.privacy === "high"
      ? buildRule(
          identities,
          "namespace",
          namespaces.filter((name) => !isCommonName(name) && !ofPaths.test(name)),
        )
      : []),
  ];
}

const namespacePrefix = "namespace/";

/** As first folders have them, here or on a machine. */
const ofPaths =
  /^(?:apis?|before|bin|boot|cluster|dev|errors|etc|home|hosts|lib|logs|meta|mnt|ns|opt|plugins|podlogs|proc|resources|results|root|run|server|srv|sys|tmp|usr|var)$/;

function buildRule({ tokenOf }: Identities, kind: "host" | "namespace", all: readonly string[]): readonly Rule[] {
  const names = new Set(all.map((name) => name.toLowerCase()).filter((name) => /^[a-z0-9][a-z0-9.-]{2,252}$/.test(name)));
  if (names.size === 0) return [];
  const stands = kind === "host" ? isNode : isNamespaceName;
  return [
    {
      id: kind,
      reason: `a ${kind === "host" ? "node" : "namespace"} of the cluster has this name`,
      // Names of machines begin alike, so that few literals announce thousands of them.
      literals: [...new Set([...names].map((name) => name.slice(0, announced)))],
      window: longestName + 1,
      locate: (text, at) => {
        word.lastIndex = at;
        const whole = word.exec(text)?.[0] ?? "";
        for (let size = whole.length; size > 2; size = whole.lastIndexOf(".", size - 1)) {
          const name = whole.slice(0, size).toLowerCase();
          const end = at + size;
          if (names.has(name) && stands(name, text.slice(Math.max(0, at - longestLead), at), text.slice(end, end + longestTrail))) return { start: at, end };
        }
        return undefined;
      },
      replacement: (name) => tokenOf(kind, name.toLowerCase()),
      examples: { hidden: [], kept: [] },
    },
  ];
}

const announced = 6;
const longestName = 253;
const word = /[A-Za-z0-9.-]{1,253}/y;
const longestLead = 40;
const longestTrail = 8;

/** Whether a name is one between what stands in front of it and behind it in a text. */
type Stands = (name: string, lead: string, trail: string) => boolean;

/** A static pod's name ends with its node's, and in an address %3D stands in front of one. Roles of nodes stay. A node whose name could be any word is only known behind those that every control plane has. */
const isNode: Stands = (name, lead, trail) =>
  !/^[A-Za-z0-9-]/.test(trail) &&
  !lead.endsWith("kubernetes.io/") &&
  (escaped.test(lead) || controlPlane.test(lead) || !(isPlain(name) ? /[A-Za-z0-9-]$/ : /[A-Za-z0-9]$/).test(lead));

/** Names of API groups may begin as a namespace is called, and stay: objects must be valid. */
const isNamespaceName: Stands = (name, lead, trail) =>
  !/[\w-]$/.test(lead) &&
  !/^(?:[\w-]|\.(?!svc\b|pod\b)[a-z])/.test(trail) &&
  (!isPlain(name) || /^(?:\/(?!v\d)[a-z0-9]|\.svc\b|\.pod\b)/.test(trail) || lead.endsWith(" -n "));

const escaped = /%[0-9A-F]{2}$/i;

const isPlain = (name: string): boolean => /^[a-z]+$/.test(name);

const controlPlane = /(?<![A-Za-z0-9-])(?:kube-(?:apiserver|controller-manager|scheduler|proxy|vip)|etcd|cloud-controller-manager|haproxy|keepalived)-$/;
