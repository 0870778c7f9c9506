import { field } from "../../../core/kubernetes/field.ts";
import type { Admission } from "../registry/api.ts";
import { notFound, StatusError } from "../status-error.ts";
import { readObject, refuse } from "./request.ts";

/** Nothing comes into a namespace that is not there or is going, and those that Kubernetes lives in stay. */
export const namespaceLifecycle: Admission = (request) => {
  const { operation, type, namespace, name, object, types } = request;
  if (type.group === "" && type.plural === "namespaces") {
    if (operation === "DELETE" && immortal.has(name)) throw refuse(request, "this namespace may not be deleted");
    return object;
  }
  if (namespace === "" || operation === "DELETE") return object;
  const home = readObject(request, ["", "namespaces"], namespace);
  if (!home) throw notFound(types.find("", "v1", "namespaces") ?? type, namespace);
  const isGoing = home.metadata.deletionTimestamp !== undefined || field(home, "status", "phase") === "Terminating";
  if (operation !== "CREATE" || !isGoing) return object;
  const { code, reason, message, details } = refuse(request, `unable to create new content in namespace ${namespace} because it is being terminated`);
  const cause = { reason: "NamespaceTerminating", message: `namespace ${namespace} is being terminated`, field: "metadata.namespace" };
  throw new StatusError({ code, reason, message, details: { ...details, causes: [cause] } });
};

const immortal: ReadonlySet<string> = new Set(["default", "kube-system", "kube-public"]);
