import type { JsonObject } from "../../../core/contract/json.ts";
import { text } from "../../../core/kubernetes/field.ts";
import type { Admission } from "../registry/api.ts";
import { judgeLimit, sumContainers } from "./judge-limit.ts";
import { isWriteOf, parseObject, parseObjects, readObjects, refuse, withSpec } from "./request.ts";
import type { AdmissionRequest } from "./request.ts";

/** Gives containers the requests and limits that the namespace's LimitRanges have for those without. */
export const limitDefaults: Admission = (request) => {
  if (!isWriteOf(request, ["", "pods"])) return request.object;
  const defaults = readLimits(request).filter(({ type }) => type === "Container");
  if (defaults.length === 0) return request.object;
  const limits = mergeAll(defaults.map((limit) => ({ ...parseObject(limit["max"]), ...parseObject(limit["default"]) })));
  const requests = mergeAll(defaults.map(defaultRequests));
  const notes: string[] = [];
  const complete =
    (kind: string) =>
    (container: JsonObject): JsonObject => {
      const resources = parseObject(container["resources"]);
      const named = (word: string, given: unknown, wanted: JsonObject): JsonObject => {
        const missing = Object.keys(wanted)
          .filter((key) => !(key in parseObject(given)))
          .toSorted();
        if (missing.length > 0) notes.push(`${missing.join(", ")} ${word} for ${kind} ${text(container["name"])}`);
        return { ...wanted, ...parseObject(given) };
      };
      return {
        ...container,
        resources: { ...resources, requests: named("request", resources["requests"], requests), limits: named("limit", resources["limits"], limits) },
      };
    };
  const spec = parseObject(request.object["spec"]);
  const changed = withSpec(request.object, {
    containers: parseObjects(spec["containers"]).map(complete("container")),
    initContainers: spec["initContainers"] === undefined ? undefined : parseObjects(spec["initContainers"]).map(complete("init container")),
  });
  if (notes.length === 0) return request.object;
  const annotations = { ...changed.metadata.annotations, "kubernetes.io/limit-ranger": `LimitRanger plugin set: ${notes.join("; ")}` };
  return { ...changed, metadata: { ...changed.metadata, annotations } };
};

/** Refuses pods and claims beyond the namespace's LimitRanges. */
export const limitRanges: Admission = (request) => {
  const { object } = request;
  const problems = new Set<string>();
  const judge = (type: string, amounts: { readonly requests: JsonObject; readonly limits: JsonObject }): void => {
    for (const limit of readLimits(request).filter((each) => each["type"] === type)) for (const problem of judgeLimit(limit, amounts)) problems.add(problem);
  };
  if (isWriteOf(request, ["", "pods"])) {
    const spec = parseObject(object["spec"]);
    for (const container of [...parseObjects(spec["containers"]), ...parseObjects(spec["initContainers"])]) {
      const resources = parseObject(container["resources"]);
      judge("Container", { requests: parseObject(resources["requests"]), limits: parseObject(resources["limits"]) });
    }
    judge("Pod", { requests: sumContainers(spec, "requests"), limits: sumContainers(spec, "limits") });
  } else if (isWriteOf(request, ["", "persistentvolumeclaims"], ["CREATE", "UPDATE"])) {
    const requests = parseObject(parseObject(parseObject(object["spec"])["resources"])["requests"]);
    // A claim's limits are not looked at: what it asks for is what it gets.
    judge("PersistentVolumeClaim", { requests, limits: requests });
  }
  if (problems.size > 0) throw refuse(request, problems.size === 1 ? [...problems].join("") : `[${[...problems].join(", ")}]`);
  return object;
};

const mergeAll = (all: readonly JsonObject[]): JsonObject => all.reduce((merged, one) => ({ ...one, ...merged }), {});

/** As the API server completes a LimitRange: what is not said of requests is the limit's default, or else the minimum. */
const defaultRequests = (limit: JsonObject): JsonObject => ({
  ...parseObject(limit["min"]),
  ...parseObject(limit["max"]),
  ...parseObject(limit["default"]),
  ...parseObject(limit["defaultRequest"]),
});

const readLimits = (request: AdmissionRequest): readonly JsonObject[] =>
  readObjects(request, ["", "limitranges"]).flatMap((range) => parseObjects(parseObject(range["spec"])["limits"]));
