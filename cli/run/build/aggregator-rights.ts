import { objectNames } from "../../../core/contract/names.ts";
import type { Rights } from "./rights.ts";

/** What the aggregator may do (design D9): run plugins in its namespace, read what the snapshot reads; Secrets only the two that it fills. */
export const aggregatorRights: Rights = {
  account: objectNames.aggregator,
  role: "aggregator",
  token: "asked-for",
  namespace: [
    { apiGroups: [""], resources: ["pods"], verbs: ["get", "list", "watch", "create", "delete", "patch"] },
    { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
    // An exec over WebSocket is a GET; newer servers want create for it as well.
    { apiGroups: [""], resources: ["pods/exec"], verbs: ["get", "create"] },
    { apiGroups: ["batch"], resources: ["jobs"], verbs: ["get", "list", "watch", "create", "delete"] },
    { apiGroups: [""], resources: ["configmaps"], verbs: ["get", "list"] },
    { apiGroups: [""], resources: ["events"], verbs: ["list", "watch"] },
    { apiGroups: [""], resources: ["services"], resourceNames: [objectNames.service], verbs: ["get"] },
    { apiGroups: ["coordination.k8s.io"], resources: ["leases"], resourceNames: [objectNames.lease], verbs: ["get", "update"] },
    { apiGroups: [""], resources: ["secrets"], resourceNames: [objectNames.tlsSecret, objectNames.tokenSecret], verbs: ["get", "update", "patch"] },
  ],
  cluster: [
    { apiGroups: [""], resources: ["nodes"], verbs: ["get", "list", "watch"] },
    { apiGroups: [""], resources: ["pods", "events"], verbs: ["list"] },
    // A run whose namespace is being deleted says so as long as it can.
    { apiGroups: [""], resources: ["namespaces"], verbs: ["list", "watch"] },
    { apiGroups: ["authentication.k8s.io"], resources: ["tokenreviews"], verbs: ["create"] },
  ],
};
