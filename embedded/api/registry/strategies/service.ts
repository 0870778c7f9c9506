import type { Json, JsonObject } from "../../../../core/contract/json.ts";
import { field, list, text } from "../../../../core/kubernetes/field.ts";
import { invalid, type StatusError } from "../../status-error.ts";
import { allocateAddress, allocatePorts } from "./service-allocation.ts";
import { type Strategy, type StrategyRequest } from "./strategy.ts";
import { objectAt, objectsAt } from "../../../objects/object-fields.ts";
import { invalidValue } from "../../causes.ts";
import type { Causes } from "../../causes.ts";

/** Services of a cluster that has IPv4 alone: addresses from 10.96.0.0/12, node ports from 30000 on. Source: pkg/registry/core/service/storage. */
export const service: Strategy = {
  prepareUpdate({ object, old }) {
    const spec = objectAt(object["spec"]);
    const oldSpec = objectAt(old["spec"]);
    return { ...object, spec: withoutLeftovers(spec["type"] === "ExternalName" ? spec : inherit(spec, oldSpec), oldSpec) };
  },
  allocate(request) {
    const { object } = request;
    const spec = objectAt(object["spec"]);
    if (spec["type"] === "ExternalName") return object;
    const addressed = withAddress(request, { ...spec, ...planFamilies(request, spec) });
    return { ...object, spec: needsNodePorts(addressed) ? { ...addressed, ports: allocatePorts(request) } : addressed };
  },
};

const needsNodePorts = (spec: JsonObject): boolean =>
  spec["type"] === "NodePort" || (spec["type"] === "LoadBalancer" && spec["allocateLoadBalancerNodePorts"] !== false);

/** What an update leaves out stays as it was handed out. */
function inherit(spec: JsonObject, old: JsonObject): JsonObject {
  const isSet = (value: Json | undefined): boolean => value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  const given = text(spec["clusterIP"]) || text(list(spec["clusterIPs"])[0]);
  const address = given === "" ? { clusterIP: old["clusterIP"], clusterIPs: old["clusterIPs"] } : { clusterIP: given, clusterIPs: [given] };
  const families = ["ipFamilies", "ipFamilyPolicy"].filter((key) => !isSet(spec[key])).map((key) => [key, old[key]]);
  const oldPorts = objectsAt(old["ports"]);
  const ports = objectsAt(spec["ports"]).map((port) => {
    const before = oldPorts.find((one) => one["port"] === port["port"] && one["protocol"] === port["protocol"]);
    return needsNodePorts(spec) && !port["nodePort"] && before?.["nodePort"] ? { ...port, nodePort: before["nodePort"] } : port;
  });
  return { ...spec, ...address, ...Object.fromEntries(families), ...(spec["ports"] === undefined ? {} : { ports }) };
}

/** What only the former type had goes, unless the update sets it anew. */
function withoutLeftovers(spec: JsonObject, old: JsonObject): JsonObject {
  const isExternal = spec["type"] === "ExternalName";
  const gone = [
    ...(isExternal && old["type"] !== "ExternalName" ? ["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy", "internalTrafficPolicy"] : []),
    ...(!needsNodePorts(spec) && needsNodePorts(old) ? ["externalTrafficPolicy", "healthCheckNodePort"] : []),
    ...(old["type"] === "LoadBalancer" && spec["type"] !== "LoadBalancer" ? ["allocateLoadBalancerNodePorts", "loadBalancerClass"] : []),
  ];
  const kept = Object.fromEntries(Object.entries(spec).filter(([key]) => !gone.includes(key)));
  if (needsNodePorts(spec) || !needsNodePorts(old)) return kept;
  const used = objectsAt(old["ports"]).map((port) => port["nodePort"]);
  const ports = objectsAt(spec["ports"]).map(({ nodePort, ...port }) => (nodePort === undefined || used.includes(nodePort) ? port : { ...port, nodePort }));
  return { ...kept, ports };
}

function planFamilies(request: StrategyRequest, spec: JsonObject): JsonObject {
  const isHeadless = spec["clusterIP"] === "None" || list(spec["clusterIPs"])[0] === "None";
  // Without a selector nobody knows of which families the endpoints will be.
  const isOpen = isHeadless && Object.keys(objectAt(spec["selector"])).length === 0;
  const { ipFamilyPolicy: policy, ipFamilies } = spec;
  const families = list(ipFamilies);
  if (isOpen && (policy === undefined || policy === "RequireDualStack")) return { ipFamilies: ["IPv4", "IPv6"], ipFamilyPolicy: "RequireDualStack" };
  if (policy === "RequireDualStack")
    throw refuse(request, invalidValue("spec.ipFamilyPolicy", policy, "this cluster is not configured for dual-stack services"));
  const other = families.findIndex((family) => family !== "IPv4");
  if (other !== -1 && !isOpen) throw refuse(request, invalidValue(`spec.ipFamilies[${other}]`, families[other], "not configured on this cluster"));
  return { ipFamilies: families.length > 0 && isOpen ? (ipFamilies ?? []) : ["IPv4"], ipFamilyPolicy: policy ?? "SingleStack" };
}

function withAddress(request: StrategyRequest & { readonly old?: StrategyRequest["object"] }, spec: JsonObject): JsonObject {
  const given = text(spec["clusterIP"]) || text(list(spec["clusterIPs"])[0]);
  const isKept = given !== "" && given === field(request.old, "spec", "clusterIP");
  const clusterIP = isKept || given === "None" ? given : allocateAddress(request, given);
  return { ...spec, clusterIP, clusterIPs: [clusterIP] };
}

const refuse = ({ type, object }: StrategyRequest, causes: Causes): StatusError => invalid(type, object.metadata.name, causes);
