import { podPaths, ports } from "../../core/contract/names.ts";
import type { JsonObject } from "../../core/contract/json.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { conformanceModes, defaultMode } from "./modes.ts";
import { registryCredentials, sshKey } from "./secrets.ts";

/** What is to be said to the suite, checked already; where nothing is said, Sonobuoy's defaults. */
export type ConformanceOptions = {
  readonly tests?: ConformanceTests | undefined;
  /** Instead of the upstream image of the server's version. */
  readonly image?: string | undefined;
  /** A registry that has all images of the tests. */
  readonly repository?: string | undefined;
  /** The content of a file that says for each registry of the tests' images which other one to use. */
  readonly repositoryList?: string | undefined;
  /** Which of the Secrets of secrets.ts there are. */
  readonly secrets?: { readonly registryCredentials?: boolean; readonly sshKey?: boolean };
  readonly sshUser?: string | undefined;
};

/** `focus` and `skip` are regular expressions of Go over the tests' names. */
export type ConformanceTests = { readonly focus: string; readonly skip: string; readonly parallel: boolean };

/** The upstream conformance suite as Sonobuoy's e2e plugin runs it (v0.57.5, pkg/client/gen.go), under the name that was typed. */
export function buildConformance(name: string, options: ConformanceOptions = {}): PluginDefinition {
  const { tests: { focus, skip, parallel } = conformanceModes[defaultMode], secrets = {}, repositoryList } = options;
  const used = [...(secrets.registryCredentials === true ? [registryCredentials] : []), ...(secrets.sshKey === true ? [sshKey] : [])];
  return {
    dialect: "sonobuoy",
    name,
    driver: "Job",
    description: "Kubernetes' own conformance suite, in the server's version.",
    resultFormat: "junit",
    resultFiles: [],
    skipCleanup: false,
    order: 0,
    container: {
      name,
      image: options.image ?? "registry.k8s.io/conformance:$SONOBUOY_K8S_VERSION",
      imagePullPolicy: "IfNotPresent",
      command: ["/run_e2e.sh"],
      env: [
        { name: "E2E_FOCUS", value: focus },
        { name: "E2E_SKIP", value: skip },
        { name: "E2E_PARALLEL", value: String(parallel) },
        { name: "E2E_USE_GO_RUNNER", value: "true" },
        { name: "E2E_EXTRA_ARGS", value: buildArguments(options) },
        ...buildVariables(options),
      ],
      ...(used.length > 0 && { volumeMounts: used.map(({ volume, folder }) => ({ name: volume, mountPath: folder, readOnly: true })) }),
    },
    // SSH refuses a key that others than its owner may read.
    extraVolumes: used.map(({ volume, secret, key, file }) => ({
      name: volume,
      secret: { secretName: secret, defaultMode: 0o400, items: [{ key, path: file }] },
    })),
    configMap: repositoryList === undefined ? {} : { [repositoryListFile]: repositoryList },
  };
}

const repositoryListFile = "repositories.yaml";

const buildArguments = ({ secrets }: ConformanceOptions): string =>
  [
    `--progress-report-url=http://localhost:${ports.progress}/progress`,
    ...(secrets?.registryCredentials === true ? [`--e2e-docker-config-file=${registryCredentials.folder}/${registryCredentials.file}`] : []),
  ].join(" ");

/** What the tests themselves read, under Sonobuoy's names; each provider has its own for the key. */
function buildVariables({ repository, repositoryList, secrets, sshUser }: ConformanceOptions): readonly JsonObject[] {
  const key = `${sshKey.folder}/${sshKey.file}`;
  const variables: readonly (readonly [string, string | undefined])[] = [
    ["KUBE_TEST_REPO", repository],
    ["KUBE_TEST_REPO_LIST", repositoryList === undefined ? undefined : `${podPaths.config}/${repositoryListFile}`],
    ...["LOCAL_SSH_KEY", "AWS_SSH_KEY", "KUBE_SSH_KEY"].map((name) => [name, secrets?.sshKey === true ? key : undefined] as const),
    ["KUBE_SSH_USER", sshUser],
  ];
  return variables.flatMap(([name, value]) => (value === undefined ? [] : [{ name, value }]));
}
