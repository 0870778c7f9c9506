import type { ResourceType } from "../../resource-type.ts";
import { qualifiedName } from "../../resource-type.ts";
import { job } from "./job.ts";
import { namespace } from "./namespace.ts";
import { pod } from "./pod.ts";
import { configMap, secret } from "./secret.ts";
import { service } from "./service.ts";
import type { Strategy } from "./strategy.ts";

const strategies: { readonly [name: string]: Strategy } = {
  configmaps: configMap,
  "jobs.batch": job,
  namespaces: namespace,
  pods: pod,
  secrets: secret,
  services: service,
};

/** What the server does for a kind beyond what it does for all. */
export const strategyOf = (type: ResourceType): Strategy => strategies[qualifiedName(type)] ?? {};
