import type { JsonObject } from "./json.ts";

/** What the worker beside each plugin asks for and may take at most; quotas count it before the first pod is made. */
export const workerResources: JsonObject = { requests: { cpu: "10m", memory: "48Mi" }, limits: { memory: "256Mi" } };
