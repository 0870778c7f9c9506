import type { ServedResources } from "../run/build/read-rules.ts";

/** What every API server of Kubernetes serves by itself, for manifests that are made without asking one: no custom resources and no extensions. Source: a server of v1.36. */
export const standardApi: ServedResources = {
  core: [
    ..."bindings componentstatuses configmaps endpoints events limitranges namespaces namespaces/status nodes nodes/status".split(" "),
    ..."persistentvolumeclaims persistentvolumeclaims/status persistentvolumes persistentvolumes/status pods pods/log pods/status podtemplates".split(" "),
    ..."replicationcontrollers replicationcontrollers/status resourcequotas resourcequotas/status serviceaccounts services services/status".split(" "),
  ],
  groups: [
    ..."admissionregistration.k8s.io apiextensions.k8s.io apiregistration.k8s.io apps authentication.k8s.io authorization.k8s.io autoscaling batch".split(" "),
    ..."certificates.k8s.io coordination.k8s.io discovery.k8s.io events.k8s.io flowcontrol.apiserver.k8s.io networking.k8s.io node.k8s.io policy".split(" "),
    ..."rbac.authorization.k8s.io resource.k8s.io scheduling.k8s.io storage.k8s.io".split(" "),
  ],
};
