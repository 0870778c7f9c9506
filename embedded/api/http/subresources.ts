import type { ResourceType } from "../resource-type.ts";

/** What stands below an object's path: of which kind it is (missing: the object's own), and what can be done with it. */
export type Subresource = { readonly kind?: { readonly group: string; readonly version: string; readonly kind: string }; readonly verbs: readonly string[] };

const change = { verbs: ["get", "patch", "update"] } as const;
const connect = { verbs: ["create", "get"] } as const;
const proxy = { verbs: ["create", "delete", "get", "patch", "update"] } as const;

const own = (type: ResourceType, kind: string): Subresource["kind"] & object => ({ group: type.group, version: type.version, kind });

/** One of a type's subresources; undefined if it has none of that name. */
export function findSubresource(type: ResourceType, name: string): Subresource | undefined {
  if (!type.subresources.includes(name)) return undefined;
  switch (name) {
    case "scale":
      return { ...change, kind: { group: "autoscaling", version: "v1", kind: "Scale" } };
    case "eviction":
      return { verbs: ["create"], kind: { group: "policy", version: "v1", kind: "Eviction" } };
    case "binding":
      return { verbs: ["create"], kind: own(type, "Binding") };
    case "token":
      return { verbs: ["create"], kind: { group: "authentication.k8s.io", version: "v1", kind: "TokenRequest" } };
    case "finalize":
      return { verbs: ["update"] };
    case "log":
      return { verbs: ["get"] };
    case "exec":
      return { ...connect, kind: own(type, "PodExecOptions") };
    case "attach":
      return { ...connect, kind: own(type, "PodAttachOptions") };
    case "portforward":
      return { ...connect, kind: own(type, "PodPortForwardOptions") };
    case "proxy":
      return { ...proxy, kind: own(type, `${type.kind}ProxyOptions`) };
    default:
      return change;
  }
}
