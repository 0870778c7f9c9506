import type { JsonObject } from "../../../../core/contract/json.ts";
import { list, text } from "../../../../core/kubernetes/field.ts";
import type { Fill } from "./change-field.ts";
import { changeEach, fillField, inField, inOrder, preset, presets } from "./change-field.ts";

const tcp: Fill = (value) => changeEach(value, "ports", presets({ protocol: "TCP" }));
const balanced: Fill = (object) => fillField(object, "status", presets({ loadBalancer: {} }));

/** Cluster IPs and node ports are given out by the registry. */
export const networkDefaults: Readonly<Record<string, Fill>> = {
  "/Service": inOrder((object) => fillField(object, "spec", fillService), balanced),
  "/Endpoints": (object) => changeEach(object, "subsets", tcp),
  "discovery.k8s.io/EndpointSlice": inOrder(
    (slice) => changeEach(slice, "ports", presets({ name: "", protocol: "TCP" })),
    (slice) => changeEach(slice, "endpoints", presets({ conditions: {} })),
  ),
  "networking.k8s.io/NetworkPolicy": inField("spec", fillNetworkPolicy),
  "networking.k8s.io/Ingress": balanced,
  "networking.k8s.io/IngressClass": inField("spec", inField("parameters", presets({ scope: "Cluster" }))),
};

function fillService(spec: JsonObject): JsonObject {
  const typed = preset(spec, { sessionAffinity: "None", type: "ClusterIP" });
  const type = text(typed["type"]);
  const isOutside = type === "NodePort" || type === "LoadBalancer" || (type === "ClusterIP" && list(spec["externalIPs"]).length > 0);
  const filled = preset(typed, {
    ...(type === "ExternalName" ? {} : { internalTrafficPolicy: "Cluster" }),
    ...(isOutside ? { externalTrafficPolicy: "Cluster" } : {}),
    ...(type === "LoadBalancer" ? { allocateLoadBalancerNodePorts: true } : {}),
  });
  const ported = changeEach(filled, "ports", (port) => {
    const { targetPort } = port;
    return preset({ ...port, targetPort: targetPort === undefined || targetPort === 0 || targetPort === "" ? port["port"] : targetPort }, { protocol: "TCP" });
  });
  if (ported["sessionAffinity"] !== "ClientIP") return ported;
  return fillField(ported, "sessionAffinityConfig", (config) => fillField(config, "clientIP", presets({ timeoutSeconds: 10800 })));
}

function fillNetworkPolicy(spec: JsonObject): JsonObject {
  const types = list(spec["egress"]).length > 0 ? ["Ingress", "Egress"] : ["Ingress"];
  return ["ingress", "egress"].reduce((changed, direction) => changeEach(changed, direction, tcp), preset(spec, { policyTypes: types }));
}
