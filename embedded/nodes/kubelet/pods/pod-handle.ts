import type { PodSandbox } from "../../container.ts";
import type { KubeletContext } from "../kubelet-context.ts";
import type { ContainerRecord, PodRecord } from "./pod-record.ts";
import type { Pod } from "./pod.ts";

/** One pod on this node, as all who work on it share it. */
export type PodHandle = {
  readonly context: KubeletContext;
  readonly record: PodRecord;
  /** As the API server told it last. */
  readonly pod: () => Pod;
  /** What its containers share; undefined before it is made and after it is gone. */
  sandbox: PodSandbox | undefined;
  /** Where its volumes lie on this machine; set up before any container. */
  volumes: ReadonlyMap<string, string>;
  /** Aborts when the node loses its power or the kubelet ends: then nothing is written any more. */
  readonly signal: AbortSignal;
  /** Something happened: the worker looks at the pod again. */
  readonly wake: () => void;
  /** Whether it is to end, so that nothing new is begun. */
  readonly isEnding: () => boolean;
  readonly tell: (event: PodEvent) => void;
};

/** An event about the pod, or about one of its containers. */
export type PodEvent = {
  readonly type: "Normal" | "Warning";
  readonly reason: string;
  readonly message: string;
  readonly container?: ContainerRecord;
};
