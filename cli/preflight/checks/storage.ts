import { isJsonObject } from "../../../core/contract/json.ts";
import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { listAll } from "../../list-all.ts";
import { nameSome } from "../../name-some.ts";
import type { Check, Finding, Problem } from "../check.ts";

/** Whether the StorageClass of the aggregator's volume is there; without it the claim waits for ever, and the whole run with it. */
export const storage: Check = {
  code: "storage",
  run: async ({ cluster, objects, signal }) => {
    const claim = objects.parts.find(({ kind }) => kind === "PersistentVolumeClaim");
    if (claim === undefined) return { seen: "The run needs no volume.", problems: [] };
    const classes = await listAll(cluster, { apiVersion: "storage.k8s.io/v1", kind: "StorageClass", signal });
    const wanted = isJsonObject(claim["spec"]) ? claim["spec"]["storageClassName"] : undefined;
    return typeof wanted === "string" ? judgeNamed(classes, wanted) : judgeDefault(classes);
  },
};

function judgeNamed(classes: readonly KubernetesObject[], name: string): Finding {
  const found = classes.find(({ metadata }) => metadata.name === name);
  if (found === undefined) return missing(`There is no StorageClass ${name}, so the aggregator would wait for its volume for ever`, classes);
  return { seen: `There is StorageClass ${name}.`, problems: [] };
}

function judgeDefault(classes: readonly KubernetesObject[]): Finding {
  const found = classes.find(({ metadata }) => metadata.annotations?.["storageclass.kubernetes.io/is-default-class"] === "true");
  if (found === undefined) return missing("The cluster has no default StorageClass, so the aggregator would wait for its volume for ever", classes);
  return { seen: `The default StorageClass is ${found.metadata.name}.`, problems: [] };
}

function missing(sentence: string, classes: readonly KubernetesObject[]): Finding {
  const names = classes.map(({ metadata }) => metadata.name);
  const there = names.length === 0 ? "there is none at all" : `there ${names.length === 1 ? "is" : "are"} ${nameSome(names)}`;
  const problem: Problem = {
    severity: "error",
    sentence: `${sentence}; ${there}.`,
    fix: names.length === 0 ? "Leave --storage-class out; `kubectl get storageclass` shows them." : `Name one that is there: --storage-class ${names[0]}`,
  };
  return { seen: sentence, problems: [problem] };
}
