/** A Secret of the run's namespace that the suite reads, and where: `key` is its name in the Secret, `file` in the folder. */
export type SuiteSecret = {
  readonly volume: string;
  readonly secret: string;
  readonly type: string;
  readonly key: string;
  readonly folder: string;
  readonly file: string;
};

/** Credentials of registries, with which the tests' pods pull their images, and the suite's pod its own. */
export const registryCredentials = {
  volume: "asdic-registry",
  secret: "asdic-registry",
  type: "kubernetes.io/dockerconfigjson",
  key: ".dockerconfigjson",
  folder: "/var/run/secrets/asdic-registry",
  file: "config.json",
} as const satisfies SuiteSecret;

/** The key with which tests reach nodes; the suite looks for it in root's own folder. */
export const sshKey = {
  volume: "asdic-ssh-key",
  secret: "asdic-ssh-key",
  type: "Opaque",
  key: "id_rsa",
  folder: "/root/.ssh",
  file: "id_rsa",
} as const satisfies SuiteSecret;
