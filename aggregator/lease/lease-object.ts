import { isJsonObject } from "../../core/contract/json.ts";
import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";

/** What a Lease says: who holds it (nobody: undefined), how many seconds without being renewed, and something that changes whenever it is. */
export type LeaseView = {
  readonly holder: string | undefined;
  readonly seconds: number;
  readonly renewed: string;
  readonly annotations: Readonly<Record<string, string>>;
};

/** Seconds that our lease holds without being renewed. */
const leaseSeconds = 15;

/** A Lease's raw JSON as a LeaseView. */
export function parseLease({ metadata, spec }: KubernetesObject): LeaseView {
  const { holderIdentity, leaseDurationSeconds, renewTime } = isJsonObject(spec) ? spec : {};
  const holder = typeof holderIdentity === "string" && holderIdentity !== "" ? holderIdentity : undefined;
  const seconds = typeof leaseDurationSeconds === "number" ? leaseDurationSeconds : leaseSeconds;
  return { holder, seconds, renewed: `${holder ?? ""} ${String(renewTime)}`, annotations: metadata.annotations ?? {} };
}

/** The Lease as it is to be from `now` on: held by `holder`, or by nobody, with these annotations beside those it has. */
export function buildLease(
  lease: KubernetesObject,
  { holder, now, annotations }: { readonly holder: string | undefined; readonly now: Date; readonly annotations: Readonly<Record<string, string>> },
): KubernetesObject {
  const { holderIdentity: before, ...spec } = isJsonObject(lease["spec"]) ? lease["spec"] : {};
  const isTaken = holder !== undefined && holder !== before;
  const transitions = typeof spec["leaseTransitions"] === "number" ? spec["leaseTransitions"] : -1;
  const time = toMicroTime(now);
  return {
    ...lease,
    metadata: { ...lease.metadata, annotations: { ...lease.metadata.annotations, ...annotations } },
    spec: {
      ...spec,
      leaseDurationSeconds: leaseSeconds,
      renewTime: time,
      ...(holder !== undefined && { holderIdentity: holder }),
      ...(isTaken && { acquireTime: time, leaseTransitions: transitions + 1 }),
    },
  };
}

/** Kubernetes' MicroTime: six digits of a second. */
const toMicroTime = (date: Date): string => date.toISOString().replace("Z", "000Z");
