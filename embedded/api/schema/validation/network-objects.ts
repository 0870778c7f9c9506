import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { findDnsLabelProblems } from "../../../../core/kubernetes/names.ts";
import type { Causes, Check } from "./causes.ts";
import { duplicate, forbidden, invalidValue, invalidValues, none, notSupported, oneOf, required, when } from "./causes.ts";
import { validateIngress } from "./ingresses.ts";
import { validateLabelSelector } from "./labels.ts";
import { validateService, validateServiceUpdate } from "./services.ts";
import { cidr, ipAddress, portNumber, portNumberOrName } from "./value-rules.ts";

/** Source: k8s.io/kubernetes, pkg/apis/core, networking and discovery. */
export const networkChecks: Readonly<Record<string, Check>> = {
  "/Service": { create: (object) => validateService(field(object, "spec")), update: validateServiceUpdate },
  "/Endpoints": { create: (object) => list(field(object, "subsets")).flatMap((subset, index) => validateSubset(`subsets[${index}]`, subset)) },
  "discovery.k8s.io/EndpointSlice": { create: validateSlice },
  "networking.k8s.io/NetworkPolicy": { create: (object) => validatePolicy(field(object, "spec")) },
  "networking.k8s.io/Ingress": { create: (object) => validateIngress(field(object, "spec")) },
};

const protocols = ["SCTP", "TCP", "UDP"];

function validateSubset(path: string, subset: unknown): Causes {
  const [addresses, others, ports] = ["addresses", "notReadyAddresses", "ports"].map((name) => list(field(subset, name)));
  const isEmpty = addresses?.length === 0 && others?.length === 0;
  return [
    ...when(isEmpty, () => required(path, "must specify `addresses` or `notReadyAddresses`")),
    ...(addresses ?? []).flatMap((address, index) => {
      const at = `${path}.addresses[${index}].ip`;
      const ip = text(field(address, "ip"));
      const wrong = ipAddress(at, ip);
      return [...wrong, ...when(wrong.length > 0, () => invalidValue(at, ip, "must be a valid IP address")), ...validateSpecialAddress(at, ip)];
    }),
    ...(ports ?? []).flatMap((port, index) => {
      const at = `${path}.ports[${index}]`;
      const name = text(field(port, "name"));
      return [
        ...(name !== "" ? invalidValues(`${at}.name`, name, findDnsLabelProblems(name)) : when((ports ?? []).length > 1, () => required(`${at}.name`))),
        ...portNumber(`${at}.port`, field(port, "port") ?? 0),
        ...oneOf(`${at}.protocol`, field(port, "protocol"), protocols),
      ];
    }),
  ];
}

/** An address that no other machine can reach. */
function validateSpecialAddress(path: string, ip: string): Causes {
  if (/^(127\.|::1$)/.test(ip)) return invalidValue(path, ip, "may not be in the loopback range (127.0.0.0/8, ::1/128)");
  if (ip === "0.0.0.0" || ip === "::") return invalidValue(path, ip, "may not be unspecified (0.0.0.0 or ::)");
  if (ip.startsWith("169.254.")) return invalidValue(path, ip, "may not be in the link-local range (169.254.0.0/16, fe80::/10)");
  return none;
}

function validateSlice(slice: unknown): Causes {
  const [type, names] = [text(field(slice, "addressType")), new Set<string>()];
  const types = ["FQDN", "IPv4", "IPv6"];
  return [
    ...(type === "" ? required("addressType") : oneOf("addressType", type, types)),
    ...list(field(slice, "ports")).flatMap((port, index) => {
      const name = text(field(port, "name"));
      const isTaken = names.has(name);
      names.add(name);
      return [
        ...when(isTaken, () => duplicate(`ports[${index}].name`, name)),
        ...when(name !== "", () => invalidValues(`ports[${index}].name`, name, findDnsLabelProblems(name))),
        ...oneOf(`ports[${index}].protocol`, field(port, "protocol"), protocols),
      ];
    }),
    ...list(field(slice, "endpoints")).flatMap((endpoint, index) =>
      validateEndpoint(`endpoints[${index}].addresses`, list(field(endpoint, "addresses")), type),
    ),
  ];
}

function validateEndpoint(path: string, addresses: readonly unknown[], type: string): Causes {
  if (addresses.length === 0) return required(path, "must contain at least 1 address");
  if (type !== "IPv4" && type !== "IPv6") return none;
  return addresses.flatMap((address, index) => {
    const ip = text(address);
    const wrong = ipAddress(`${path}[${index}]`, ip);
    if (wrong.length > 0) return wrong;
    return [
      ...when(ip.includes(":") !== (type === "IPv6"), () => invalidValue(path, ip, `must be an ${type} address`)),
      ...validateSpecialAddress(`${path}[${index}]`, ip),
    ];
  });
}

function validatePolicy(spec: unknown): Causes {
  const types = list(field(spec, "policyTypes"));
  return [
    ...validateLabelSelector("spec.podSelector", field(spec, "podSelector")),
    ...(["ingress", "egress"] as const).flatMap((direction) =>
      list(field(spec, direction)).flatMap((rule, index) => validateRule(`spec.${direction}[${index}]`, rule, direction === "ingress" ? "from" : "to")),
    ),
    ...(types.length > 2
      ? invalidValue("spec.policyTypes", types, "may not specify more than two policyTypes")
      : types.flatMap((type, index) =>
          type === "Ingress" || type === "Egress" ? none : notSupported(`spec.policyTypes[${index}]`, type, ["Egress", "Ingress"]),
        )),
  ];
}

function validateRule(path: string, rule: unknown, peers: "from" | "to"): Causes {
  return [
    ...list(field(rule, "ports")).flatMap((port, index) => {
      const at = `${path}.ports[${index}]`;
      const number = field(port, "port");
      return [
        ...oneOf(`${at}.protocol`, field(port, "protocol"), ["TCP", "UDP", "SCTP"]),
        ...when(number !== undefined, () => portNumberOrName(`${at}.port`, number)),
      ];
    }),
    ...list(field(rule, peers)).flatMap((peer, index) => validatePeer(`${path}.${peers}[${index}]`, peer)),
  ];
}

function validatePeer(path: string, peer: unknown): Causes {
  const [pods, namespaces, block] = [field(peer, "podSelector"), field(peer, "namespaceSelector"), field(peer, "ipBlock")];
  const hasSelector = pods !== undefined || namespaces !== undefined;
  if (!hasSelector && block === undefined) return required(path, "must specify a peer");
  const range = text(field(block, "cidr"));
  const wrong = block === undefined ? none : cidr(`${path}.ipBlock.cidr`, range);
  return [
    ...validateLabelSelector(`${path}.podSelector`, pods),
    ...validateLabelSelector(`${path}.namespaceSelector`, namespaces),
    ...wrong,
    ...when(wrong.length === 0, () =>
      list(field(block, "except")).flatMap((part, index) => validateExcept(`${path}.ipBlock.except[${index}]`, text(part), range)),
    ),
    ...when(hasSelector && block !== undefined, () => forbidden(path, "may not specify both ipBlock and another peer")),
  ];
}

function validateExcept(path: string, part: string, range: string): Causes {
  const wrong = cidr(path, part);
  if (wrong.length > 0) return wrong;
  return isInside(part, range) ? none : invalidValue(path, part, "must be a strict subset of `cidr`");
}

/** IPv4 only; IPv6 ranges are taken as they are. */
function isInside(part: string, range: string): boolean {
  const parse = (block: string): readonly [bigint, number] => {
    const [address = "", bits = "32"] = block.split("/");
    return [address.split(".").reduce((sum, byte) => sum * 256n + BigInt(Number(byte) || 0), 0n), Number(bits)];
  };
  if (part.includes(":") || range.includes(":")) return true;
  const [[inner, innerBits], [outer, outerBits]] = [parse(part), parse(range)];
  const shift = BigInt(32 - outerBits);
  return innerBits > outerBits && inner >> shift === outer >> shift;
}
