import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import { labels } from "../../core/contract/names.ts";
import { buildOwnContainer } from "../own-container.ts";
import { limits, smokePorts } from "./limits.ts";
import type { ProbePlan } from "./probe-plan.ts";
import type { SmokeSettings } from "./settings.ts";

/** Names of what this plugin makes in the run's namespace. */
export const smokeNames = ({ suffix }: SmokeSettings): SmokeNames => ({
  server: `asdic-smoke-server-${suffix}`,
  client: `asdic-smoke-client-${suffix}`,
  service: `asdic-smoke-${suffix}`,
});
export type SmokeNames = { readonly server: string; readonly client: string; readonly service: string };

/** Selects the pods that this plugin makes and nothing else. */
export const smokeSelector = (settings: SmokeSettings): string => `${labels.run}=${settings.runId},${ownerLabel}=${settings.suffix}`;

/** The pod that answers: prints its token, and serves it over HTTP. */
export const buildServerPod = (settings: SmokeSettings, node: string): KubernetesObject =>
  buildPod({ settings, node, role: "server", name: smokeNames(settings).server, programArguments: ["smoke-server", String(smokePorts.server)] });

/** The pod that asks: resolves names, reaches the Service, leaves its report as termination message and ends. */
export const buildClientPod = (settings: SmokeSettings, node: string, plan: ProbePlan): KubernetesObject =>
  buildPod({ settings, node, role: "client", name: smokeNames(settings).client, programArguments: ["smoke-client", JSON.stringify(plan)] });

/** A Service of the default type and address family before the server pod. */
export const buildService = (settings: SmokeSettings): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Service",
  metadata: buildMetadata(settings, smokeNames(settings).service, "service"),
  spec: {
    selector: buildLabels(settings, "server"),
    ports: [{ name: "http", port: smokePorts.service, targetPort: smokePorts.server, protocol: "TCP" }],
  },
});

/** What the server answers and prints: known to nobody else. */
export const smokeToken = (settings: SmokeSettings): string => `asdic-smoke-${settings.runId}-${settings.pod.uid}`;

type PodPlan = {
  readonly settings: SmokeSettings;
  readonly node: string;
  readonly role: "server" | "client";
  readonly name: string;
  readonly programArguments: readonly [string, ...string[]];
};

const buildPod = ({ settings, node, role, name, programArguments }: PodPlan): KubernetesObject => ({
  apiVersion: "v1",
  kind: "Pod",
  metadata: buildMetadata(settings, name, role),
  spec: {
    restartPolicy: "Never",
    terminationGracePeriodSeconds: 1,
    // What nobody ends is over all the same, so that a lost plugin leaves no running pod.
    activeDeadlineSeconds: limits.start + limits.probe + limits.logs + limits.exec + 60,
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    nodeSelector: { "kubernetes.io/os": "linux" },
    affinity: {
      nodeAffinity: {
        requiredDuringSchedulingIgnoredDuringExecution: {
          nodeSelectorTerms: [{ matchFields: [{ key: "metadata.name", operator: "In", values: [node] }] }],
        },
      },
    },
    securityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
    containers: [buildOwnContainer({ name: role, image: settings.image, programArguments, env: [{ name: "ASDIC_SMOKE_TOKEN", value: smokeToken(settings) }] })],
  },
});

const buildMetadata = (settings: SmokeSettings, name: string, role: string): KubernetesObject["metadata"] => ({
  name,
  namespace: settings.namespace,
  labels: buildLabels(settings, role),
  ownerReferences: [{ apiVersion: "v1", kind: "Pod", name: settings.pod.name, uid: settings.pod.uid }],
});

/** Without the plugin's own label, by which the aggregator knows the pods whose results it expects. */
const buildLabels = (settings: SmokeSettings, role: string): Record<string, string> => ({
  [labels.run]: settings.runId,
  [labels.role]: `smoke-${role}`,
  [ownerLabel]: settings.suffix,
});

const ownerLabel = "asdic.dev/smoke";
