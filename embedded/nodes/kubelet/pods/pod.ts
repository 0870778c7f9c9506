import type { JsonObject } from "../../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../../core/contract/kubernetes-object.ts";
import type { Volume } from "../volumes/volume.ts";

/** As much of a Pod as a kubelet reads; the API server has filled in its defaults and checked it. */
export type Pod = KubernetesObject & {
  readonly metadata: { readonly namespace: string; readonly uid: string };
  readonly spec: PodSpec;
  readonly status?: PodStatus;
};

export type PodSpec = {
  readonly nodeName?: string;
  readonly hostname?: string;
  readonly subdomain?: string;
  readonly restartPolicy?: "Always" | "OnFailure" | "Never";
  readonly terminationGracePeriodSeconds?: number;
  readonly activeDeadlineSeconds?: number;
  readonly serviceAccountName?: string;
  readonly hostNetwork?: boolean;
  readonly runtimeClassName?: string;
  readonly enableServiceLinks?: boolean;
  readonly priority?: number;
  readonly securityContext?: SecurityContext & { readonly fsGroup?: number };
  readonly volumes?: readonly Volume[];
  readonly initContainers?: readonly Container[];
  readonly containers: readonly Container[];
};

export type PodStatus = JsonObject & { readonly phase?: string; readonly startTime?: string; readonly conditions?: readonly PodCondition[] };

export type PodCondition = {
  readonly type: string;
  readonly status: string;
  readonly reason?: string;
  readonly message?: string;
  readonly lastProbeTime?: string | null;
  readonly lastTransitionTime?: string;
  readonly observedGeneration?: number;
};

export type SecurityContext = { readonly runAsUser?: number; readonly runAsGroup?: number; readonly runAsNonRoot?: boolean };

export type Container = {
  readonly name: string;
  readonly image: string;
  readonly imagePullPolicy?: "Always" | "IfNotPresent" | "Never";
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly workingDir?: string;
  /** Of init containers only: Always makes one a sidecar. */
  readonly restartPolicy?: string;
  readonly env?: readonly EnvVar[];
  readonly envFrom?: readonly EnvFrom[];
  readonly ports?: readonly { readonly name?: string; readonly containerPort: number }[];
  readonly resources?: Resources;
  readonly volumeMounts?: readonly VolumeMount[];
  readonly securityContext?: SecurityContext;
  readonly terminationMessagePath?: string;
  readonly terminationMessagePolicy?: string;
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly lifecycle?: { readonly postStart?: Handler; readonly preStop?: Handler };
};

export type Resources = { readonly requests?: { readonly [name: string]: string | number }; readonly limits?: { readonly [name: string]: string | number } };

export type EnvVar = {
  readonly name: string;
  readonly value?: string;
  readonly valueFrom?: {
    readonly configMapKeyRef?: KeySelector;
    readonly secretKeyRef?: KeySelector;
    readonly fieldRef?: FieldSelector;
    readonly resourceFieldRef?: ResourceFieldSelector;
  };
};

export type EnvFrom = {
  readonly prefix?: string;
  readonly configMapRef?: { readonly name: string; readonly optional?: boolean };
  readonly secretRef?: { readonly name: string; readonly optional?: boolean };
};

export type KeySelector = { readonly name: string; readonly key: string; readonly optional?: boolean };
export type FieldSelector = { readonly fieldPath: string };
export type ResourceFieldSelector = { readonly containerName?: string; readonly resource: string; readonly divisor?: string | number };

export type VolumeMount = {
  readonly name: string;
  readonly mountPath: string;
  readonly subPath?: string;
  readonly subPathExpr?: string;
  readonly readOnly?: boolean;
};

/** What a probe or hook does; exactly one of them. */
export type Handler = {
  readonly exec?: { readonly command: readonly string[] };
  readonly httpGet?: {
    readonly path?: string;
    readonly port: number | string;
    readonly host?: string;
    readonly scheme?: string;
    readonly httpHeaders?: readonly { readonly name: string; readonly value: string }[];
  };
  readonly tcpSocket?: { readonly port: number | string; readonly host?: string };
  readonly sleep?: { readonly seconds: number };
};

export type Probe = Handler & {
  readonly initialDelaySeconds?: number;
  readonly timeoutSeconds?: number;
  readonly periodSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
  readonly terminationGracePeriodSeconds?: number;
};

/** An object of the API as a Pod; the API server has validated it. */
export const parsePod = (object: KubernetesObject): Pod => object as unknown as Pod;

/** How messages name a pod: "name_namespace(uid)". */
export const formatPod = ({ metadata: { name, namespace, uid } }: Pod): string => `${name}_${namespace}(${uid})`;

/** Whether an init container runs beside the pod's containers until they have ended. */
export const isSidecar = ({ restartPolicy }: Container): boolean => restartPolicy === "Always";
