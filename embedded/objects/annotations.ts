/** What a world file says beside Kubernetes' own fields; see world.yaml. */
export const worldAnnotations = {
  /** "declared": the object is only shown; scheduler, controllers and kubelets leave it as it is. */
  state: "embedded.asdic.dev/state",
  /** YAML: part of the status of a pod, or of the pods made from a template. */
  podStatus: "embedded.asdic.dev/pod-status",
  /** "CN=shop.example.com, ends in 6d": the certificate to make for a Secret. */
  certificate: "embedded.asdic.dev/certificate",
  /** The log of a container of a pod that is only shown. */
  logsOf: (container: string) => `embedded.asdic.dev/logs.${container}`,
} as const;
