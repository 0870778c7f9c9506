import { randomInt } from "node:crypto";
import { isIPv4 } from "node:net";
import type { JsonObject } from "../../../../core/contract/json.ts";
import { isJsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import { field, list } from "../../../../core/kubernetes/field.ts";
import { invalid } from "../../status-error.ts";
import { type StrategyRequest } from "./strategy.ts";
import { objectAt } from "../../../objects/object-fields.ts";
import { invalidValue } from "../../causes.ts";

type Request = StrategyRequest & { readonly old?: KubernetesObject };

const network = 10 * 2 ** 24 + 96 * 2 ** 16;
const size = 2 ** 20;
/** The first ones are left to those who name their address. */
const reserved = 256;
const firstPort = 30_000;
const lastPort = 32_767;

/** The address that a Service asks for, or a free one if `asked` is empty. Throws StatusError 422 if it can't be had. */
export function allocateAddress({ type, object, store }: Request, asked: string): string {
  const used = new Set(others({ type, object, store }).flatMap((other) => list(objectAt(other["spec"])["clusterIPs"])));
  const refuse = (why: string): Error =>
    invalid(type, object.metadata.name, invalidValue("spec.clusterIPs", [asked], `failed to allocate IP ${asked}: ${why}`));
  if (asked !== "") {
    const offset = isIPv4(asked) ? parseAddress(asked) - network : -1;
    if (offset < 0 || offset >= size) throw refuse("the provided network does not match the current range");
    if (used.has(asked)) throw refuse("provided IP is already allocated");
    return asked;
  }
  for (;;) {
    const address = renderAddress(network + randomInt(reserved + 1, size - 1));
    if (!used.has(address)) return address;
  }
}

/** The ports with a node port each: what they ask for, or a free one. Throws StatusError 422 if one can't be had. */
export function allocatePorts({ type, object, store, old }: Request): readonly JsonObject[] {
  const portsOf = (one: KubernetesObject | undefined): readonly JsonObject[] => list(field(one, "spec", "ports")).filter(isJsonObject);
  const taken = new Map(others({ type, object, store }).flatMap((other) => portsOf(other).map((port) => [slot(port), true] as const)));
  const own = new Set(portsOf(old).map(slot));
  return portsOf(object).map((port, index) => {
    const asked = port["nodePort"];
    const refuse = (why: string): Error => invalid(type, object.metadata.name, invalidValue(`spec.ports[${index}].nodePort`, asked, why));
    if (typeof asked === "number" && asked !== 0) {
      if (own.has(slot(port))) return port;
      if (asked < firstPort || asked > lastPort) throw refuse(`provided port is not in the valid range. The range of valid ports is ${firstPort}-${lastPort}`);
      if (taken.has(slot(port))) throw refuse("provided port is already allocated");
      taken.set(slot(port), true);
      return port;
    }
    const free = findFreePort((nodePort) => !taken.has(slot({ ...port, nodePort })));
    const allocated = { ...port, nodePort: free };
    taken.set(slot(allocated), true);
    return allocated;
  });
}

const others = ({ type, object, store }: StrategyRequest): readonly KubernetesObject[] =>
  store.list(type).filter(({ metadata }) => metadata.name !== object.metadata.name || metadata.namespace !== object.metadata.namespace);

/** TCP and UDP may share a number. */
const slot = ({ protocol, nodePort }: JsonObject): string => `${String(protocol ?? "TCP")} ${String(nodePort)}`;

function findFreePort(isFree: (port: number) => boolean): number {
  const start = randomInt(firstPort, lastPort + 1);
  for (let port = start; port <= lastPort; port++) if (isFree(port)) return port;
  for (let port = firstPort; port < start; port++) if (isFree(port)) return port;
  return start;
}

const parseAddress = (address: string): number => address.split(".").reduce((number, part) => number * 256 + Number(part), 0);

const renderAddress = (number: number): string => [24, 16, 8, 0].map((shift) => (number >>> shift) & 255).join(".");
