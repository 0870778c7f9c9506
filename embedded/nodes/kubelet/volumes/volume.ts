import type { FieldSelector, ResourceFieldSelector } from "../pods/pod.ts";

/** A pod's volume: its name, and one source. */
export type Volume = {
  readonly name: string;
  readonly emptyDir?: { readonly medium?: string; readonly sizeLimit?: string | number };
  readonly configMap?: { readonly name: string } & KeyedSource;
  readonly secret?: { readonly secretName: string } & KeyedSource;
  readonly projected?: { readonly defaultMode?: number; readonly sources?: readonly ProjectedSource[] };
  readonly downwardAPI?: { readonly defaultMode?: number; readonly items?: readonly DownwardItem[] };
  readonly hostPath?: { readonly path: string; readonly type?: string };
  readonly persistentVolumeClaim?: { readonly claimName: string; readonly readOnly?: boolean };
};

/** Which keys of a ConfigMap or Secret become files; without `items` all, each under its own name. */
export type KeyedSource = {
  readonly items?: readonly { readonly key: string; readonly path: string; readonly mode?: number }[];
  readonly optional?: boolean;
  readonly defaultMode?: number;
};

export type ProjectedSource = {
  readonly serviceAccountToken?: { readonly audience?: string; readonly expirationSeconds?: number; readonly path: string };
  readonly configMap?: { readonly name: string } & KeyedSource;
  readonly secret?: { readonly name: string } & KeyedSource;
  readonly downwardAPI?: { readonly items?: readonly DownwardItem[] };
};

export type DownwardItem = {
  readonly path: string;
  readonly mode?: number;
  readonly fieldRef?: FieldSelector;
  readonly resourceFieldRef?: ResourceFieldSelector;
};

/** One file of a volume that the kubelet writes; `path` is relative and has no "..". */
export type VolumeFile = { readonly path: string; readonly content: Buffer; readonly mode: number };
