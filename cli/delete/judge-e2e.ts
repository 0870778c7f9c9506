import { field, list, text } from "../../core/kubernetes/field.ts";
import type { KubernetesObject, ObjectMeta } from "../../core/contract/kubernetes-object.ts";

/** Whether a suite left it: `yes`, or `perhaps`, which a person must judge; `why` in a few words. */
export type Verdict = { readonly is: "yes" | "perhaps"; readonly why: string };

/** Undefined for what has nothing of a suite's. */
export type E2eVerdicts = {
  namespace(metadata: ObjectMeta): Verdict | undefined;
  definition(metadata: ObjectMeta): Verdict | undefined;
  webhook(object: KubernetesObject): Verdict | undefined;
  apiService(object: KubernetesObject): Verdict | undefined;
  volume(object: KubernetesObject): Verdict | undefined;
};

/** How objects are judged in a cluster with these namespaces. Source: kubernetes/test/e2e (framework, apimachinery, storage), v1.25 to v1.36. */
export function judgeE2e(namespaces: readonly ObjectMeta[]): E2eVerdicts {
  const there = new Set(namespaces.map(({ name }) => name));
  const ofSuite = new Set(namespaces.filter(hasBothLabels).map(({ name }) => name));
  return {
    namespace(metadata) {
      if (hasBothLabels(metadata)) return yes("a namespace of an e2e suite, by its labels");
      return namespaceLabels.some((label) => label in (metadata.labels ?? {})) ? perhaps("it has one of the two labels of e2e namespaces") : undefined;
    },
    definition({ name, labels = {} }) {
      const [, plural = "", group = ""] = /^([^.]+)\.(.+)$/s.exec(name) ?? [];
      if (!group.endsWith(".example.com")) return undefined;
      const isSuites =
        plural.startsWith("e2e-test-") || "e2e-list-test-uuid" in labels || (group === "mygroup.example.com" && /^foo[a-z0-9]{5}as$/.test(plural));
      return isSuites ? yes("a definition of an e2e suite, by its name") : perhaps("its group is an example's, which others use too");
    },
    webhook(object) {
      if (listTestLabel in (object.metadata.labels ?? {})) return yes("a webhook of an e2e suite, by its label");
      const services = list(object["webhooks"]).map((webhook) => field(webhook, "clientConfig", "service"));
      return judgeServices(services, { there, ofSuite, suitesName: "e2e-test-webhook" });
    },
    apiService({ metadata, ...object }) {
      const service = field(object["spec"], "service");
      if (service === undefined) return undefined;
      return judgeServices([service], {
        there,
        ofSuite,
        suitesName: /\.wardle\.(?:example\.com|k8s\.io)$/.test(metadata.name) ? text(field(service, "name")) : "",
      });
    },
    volume(object) {
      const namespace = text(field(object["spec"], "claimRef", "namespace"));
      if ("e2e-pv-pool" in (object.metadata.labels ?? {})) return yes("a volume of an e2e suite, by its label");
      if (ofSuite.has(namespace)) return yes(`its claim is in the e2e namespace ${namespace}`);
      return namespace !== "" && !there.has(namespace) ? perhaps(`the namespace ${namespace} of its claim is gone`) : undefined;
    },
  };
}

const namespaceLabels = ["e2e-framework", "e2e-run"];
const listTestLabel = "e2e-list-test-webhooks";
const hasBothLabels = ({ labels = {} }: ObjectMeta): boolean => namespaceLabels.every((label) => label in labels);

type Place = { readonly there: ReadonlySet<string>; readonly ofSuite: ReadonlySet<string>; readonly suitesName: string };

/** Of what calls Services: the suite's if all of them are in its namespaces, or bear its name in a namespace that is gone. */
function judgeServices(services: readonly unknown[], { there, ofSuite, suitesName }: Place): Verdict | undefined {
  const places = services.map((service) => ({ name: text(field(service, "name")), namespace: text(field(service, "namespace")) }));
  const isSuites = ({ name, namespace }: (typeof places)[number]): boolean => ofSuite.has(namespace) || (name === suitesName && !there.has(namespace));
  if (places.length > 0 && places.every((place) => place.namespace !== "" && isSuites(place)))
    return yes(`what it calls is the e2e suite's, in namespace ${places[0]?.namespace ?? ""}`);
  const lost = places.find(({ namespace }) => namespace !== "" && (ofSuite.has(namespace) || !there.has(namespace)));
  return (
    lost && perhaps(`it calls the Service ${lost.name} in namespace ${lost.namespace}, which is ${ofSuite.has(lost.namespace) ? "an e2e suite's" : "gone"}`)
  );
}

const yes = (why: string): Verdict => ({ is: "yes", why });
const perhaps = (why: string): Verdict => ({ is: "perhaps", why });
