import type { Json } from "../../../core/contract/json.ts";
import { goName } from "./go-type.ts";

/**
 * Whether Go leaves an optional field out because its value is nothing: an empty list, and those scalars that are no pointers there. The OpenAPI schema does not tell
 * which are pointers, so the ones that people write are named here.
 */
export function isDroppedWhenZero(definition: string, field: string, value: Json): boolean {
  if (Array.isArray(value)) return value.length === 0;
  if (value === "") return !keptStrings.has(`${goName(definition)}.${field}`);
  const name = goName(definition);
  const isPlain = numbers.has(field) || (field === "replicas" && /Status$|^Scale/.test(name)) || (field === "timeoutSeconds" && name === "Probe");
  return (value === false && flags.has(field)) || (value === 0 && isPlain);
}

const keptStrings = new Set([
  "PersistentVolumeClaimSpec.storageClassName",
  "PersistentVolumeClaimSpec.volumeAttributesClassName",
  "IngressSpec.ingressClassName",
  "TypedLocalObjectReference.apiGroup",
  "TypedObjectReference.apiGroup",
  "TypedObjectReference.namespace",
  "PodSpec.runtimeClassName",
  "PodSpec.hostnameOverride",
  "HostPathVolumeSource.type",
  "EndpointPort.name",
  "EndpointPort.appProtocol",
  "Endpoint.hostname",
  "Endpoint.nodeName",
  "Endpoint.zone",
  "ServicePort.appProtocol",
  "ServiceSpec.loadBalancerClass",
  "ServiceSpec.trafficDistribution",
  "GRPCAction.service",
  "LeaseSpec.holderIdentity",
  "LeaseSpec.strategy",
  "LeaseSpec.preferredHolder",
  "CronJobSpec.timeZone",
  "JobSpec.managedBy",
  "JobStatus.failedIndexes",
  "WindowsSecurityContextOptions.runAsUserName",
  "ServiceReference.path",
  "WebhookClientConfig.url",
]);

const flags = new Set(
  (
    "paused stdin stdinOnce tty readOnly hostIPC hostNetwork hostPID publishNotReadyAddresses unschedulable globalDefault insecureSkipTLSVerify authenticated denied " +
    "nullable uniqueItems exclusiveMaximum exclusiveMinimum x-kubernetes-embedded-resource x-kubernetes-int-or-string deprecated preserveUnknownFields"
  ).split(" "),
);

const numbers = new Set(
  (
    "minReadySeconds numberAvailable numberUnavailable updatedNumberScheduled availableReplicas readyReplicas unavailableReplicas updatedReplicas fullyLabeledReplicas " +
    "currentReplicas active failed succeeded hostPort nodePort healthCheckNodePort signal count failureThreshold initialDelaySeconds periodSeconds successThreshold " +
    "observedGeneration generation sizeBytes code retryAfterSeconds number"
  ).split(" "),
);
