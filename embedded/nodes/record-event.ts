import type { KubernetesObject } from "../../core/contract/kubernetes-object.ts";
import type { Api } from "../api/registry/api.ts";
import { StatusError } from "../api/status-error.ts";
import type { ObjectKey } from "../api/store/store.ts";
import type { Clock } from "../clock.ts";
import { keyOf, typeOf } from "../objects/object-key.ts";
import { renderTime } from "../objects/render-time.ts";

export type EventToRecord = {
  /** What it happened to: an object from the API, or as much of one (a kubelet's Node has its name as uid). */
  readonly about: KubernetesObject;
  /** The part of it: "spec.containers{worker}". */
  readonly fieldPath?: string;
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  /** "kubelet", "default-scheduler", "job-controller"… */
  readonly component: string;
  /** The node that tells it; kubelets only. */
  readonly host?: string;
};

/**
 * Writes an event, or counts up the one that said the same of the same object before; from the tenth message of one kind on, all of them are one event.
 * Never throws for a refusal: events are lost without harm. Source: k8s.io/client-go, tools/record (event.go, events_cache.go).
 */
export function recordEvent(api: Api, clock: Clock, event: EventToRecord): void {
  try {
    write(api, clock, event);
  } catch (error) {
    // As of a namespace that is being deleted, or a quota on events.
    if (!(error instanceof StatusError)) throw error;
  }
}

function write(api: Api, clock: Clock, event: EventToRecord): void {
  const now = clock.now();
  const time = renderTime(now);
  const { written, similar } = memoryOf(api);
  const { identity, message } = combine(similar, event, now);
  const earlier = written.get(identity);
  if (earlier !== undefined && api.find(earlier) !== undefined) {
    api.modify(earlier, (old) => ({ ...old, message, count: Number(old["count"] ?? 1) + 1, lastTimestamp: time }));
    return;
  }
  const created = api.create(typeOf(api, "v1", "Event"), buildEvent({ ...event, message }, now));
  remember(written, identity, keyOf(api, created));
}

/** By which an event counts as told before, and what it says: its own message, or that it stands for many. */
function combine(similar: Memory["similar"], event: EventToRecord, now: Date): { readonly identity: string; readonly message: string } {
  const { about, fieldPath, type, reason, message, component, host } = event;
  const { name, namespace, uid } = about.metadata;
  const group = JSON.stringify([component, host, about.kind, namespace, name, uid, fieldPath, type, reason]);
  const known = similar.get(group);
  const messages = known !== undefined && now.getTime() - known.last < combinedFor ? known.messages : new Set<string>();
  messages.add(message);
  remember(similar, group, { messages, last: now.getTime() });
  if (messages.size < mostMessages) return { identity: `${group} ${message}`, message };
  return { identity: group, message: `(combined from similar events): ${message}` };
}

function buildEvent({ about, fieldPath, type, reason, message, component, host }: EventToRecord, now: Date): KubernetesObject {
  const { apiVersion, kind, metadata } = about;
  const { name, namespace, resourceVersion, uid } = metadata;
  const time = renderTime(now);
  const involved = { apiVersion, fieldPath, kind, name, namespace, resourceVersion, uid };
  return {
    apiVersion: "v1",
    kind: "Event",
    metadata: { name: `${name}.${uniqueSuffix(now)}`, namespace: namespace ?? "default" },
    involvedObject: Object.fromEntries(Object.entries(involved).filter(([, value]) => value !== undefined)),
    reason,
    message,
    source: { component, ...(host === undefined ? {} : { host }) },
    firstTimestamp: time,
    lastTimestamp: time,
    count: 1,
    type,
    eventTime: null,
    reportingComponent: component,
    reportingInstance: host ?? "",
  };
}

/** As in the real recorder: ten messages within ten minutes, and as many events known as its cache holds. */
const mostMessages = 10;
const combinedFor = 600_000;
const cacheSize = 4096;

type Memory = {
  readonly written: Map<string, ObjectKey>;
  readonly similar: Map<string, { readonly messages: Set<string>; readonly last: number }>;
};

const memories = new WeakMap<Api, Memory>();

function memoryOf(api: Api): Memory {
  const found = memories.get(api) ?? { written: new Map(), similar: new Map() };
  memories.set(api, found);
  return found;
}

/** The oldest entry makes room for a new one. */
function remember<Value>(memory: Map<string, Value>, key: string, value: Value): void {
  memory.delete(key);
  const oldest = memory.keys().next();
  if (memory.size >= cacheSize && oldest.done !== true) memory.delete(oldest.value);
  memory.set(key, value);
}

let counter = 0n;

/** Nanoseconds in hexadecimal as the real recorder's; what a millisecond leaves free keeps several apart. */
const uniqueSuffix = (now: Date): string => (BigInt(now.getTime()) * 1_000_000n + (counter++ % 1_000_000n)).toString(16);
