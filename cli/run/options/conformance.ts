import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import { checkGoPattern, patternHint } from "../../../plugins/conformance/go-pattern.ts";
import { conformanceModes, defaultMode, isConformanceMode, modeNames } from "../../../plugins/conformance/modes.ts";
import type { SuiteRequest, TestsRequest } from "../conformance/suite-request.ts";
import type { Attempt } from "../problems.ts";
import { kubernetesVersionOption, type KubernetesVersionFlags } from "./kubernetes-version.ts";
import { choiceOption, optionGroup, otherName } from "./option-group.ts";
import type { PluginFlags } from "./plugins.ts";
import { parseChoice } from "./values.ts";

/** Flags about the conformance suite. */
export type ConformanceFlags = {
  readonly mode?: string | undefined;
  readonly e2eFocus?: string | undefined;
  readonly e2eSkip?: string | undefined;
  /** True where the flag stands alone. */
  readonly e2eParallel?: string | true | undefined;
  readonly rerunFailed?: string | undefined;
  readonly kubeConformanceImage?: string | undefined;
  readonly e2eRepo?: string | undefined;
  readonly e2eRepoConfig?: string | undefined;
  readonly e2eDockerConfigFile?: string | undefined;
  readonly sshKey?: string | undefined;
  readonly sshUser?: string | undefined;
};

const suiteOptions: readonly Option[] = [
  choiceOption("-m, --mode <mode>", "which tests to run; `asdic modes` explains them", modeNames),
  new Option("--e2e-focus <pattern>", "tests whose names match this regular expression of Go"),
  new Option("--e2e-skip <pattern>", "but not those whose names match this one"),
  choiceOption("--e2e-parallel [parallel]", "whether tests run at the same time", ["true", "false"]),
  new Option("--rerun-failed <tarball>", "the tests that failed in an earlier run, asdic's or Sonobuoy's; an unpacked tarball will do"),
  new Option("--kube-conformance-image <image>", "the suite's image (default: upstream's, of --kubernetes-version)"),
  new Option("--e2e-repo <registry>", "a registry that has all images of the tests"),
  new Option("--e2e-repo-config <file>", "YAML that says which registry to use instead of which, as the suite's KUBE_TEST_REPO_LIST"),
  new Option("--e2e-docker-config-file <file>", "Docker's config.json with credentials, for the suite's own image and for those of its tests"),
  new Option("--ssh-key <file>", "a private key with which the tests can log in to nodes"),
  new Option("--ssh-user <name>", "as whom"),
];

export const conformanceOptions = optionGroup("Conformance suite", [
  ...suiteOptions,
  kubernetesVersionOption,
  otherName("--kube-conformance-image-version <version>", "kubernetesVersion"),
]);

/** What is wanted of the suite, or undefined where nothing is said of it. */
export function parseConformance(flags: ConformanceFlags & PluginFlags, attempt: Attempt): SuiteRequest | undefined {
  const { kubeConformanceImage: image, e2eRepo: repository, e2eRepoConfig: repositoryList, e2eDockerConfigFile: registryCredentials, sshKey, sshUser } = flags;
  const given = suiteOptions.filter((option) => flags[option.attributeName() as keyof ConformanceFlags] !== undefined).map(({ long }) => long);
  if (given.length === 0) return undefined;
  attempt(() => checkSuiteRuns(flags, given.join(", ")));
  const parallel = attempt(() => parseParallel(flags.e2eParallel));
  const tests = attempt(() => parseTests(flags, attempt));
  for (const [flag, value] of [["--kube-conformance-image", image] as const, ["--e2e-repo", repository] as const]) attempt(() => checkImageName(flag, value));
  attempt(() => checkUser(sshUser));
  if (repository !== undefined && repositoryList !== undefined)
    attempt(() => refuse("--e2e-repo and --e2e-repo-config: both say where the tests' images are.", oneOfTwo));
  const overridden = flags.pluginImage?.find((text) => suiteNames.includes(text.split(":", 1)[0] ?? ""));
  if (image !== undefined && overridden !== undefined)
    attempt(() => refuse(`--kube-conformance-image and --plugin-image ${overridden}: both name the suite's image.`, oneOfTwo));
  return { tests, parallel, image, repository, repositoryList, registryCredentials, sshKey, sshUser };
}

/** What a version doesn't do where the image is named. */
export const describeSuiteImage = ({ kubeConformanceImage, kubernetesVersion }: ConformanceFlags & KubernetesVersionFlags): readonly string[] =>
  kubeConformanceImage === undefined || kubernetesVersion === undefined
    ? []
    : [
        `--kubernetes-version ${kubernetesVersion} doesn't change the suite's image, which --kube-conformance-image names; plugins are still told that version.`,
      ];

/** The names that -p knows the suite by. */
export const suiteNames: readonly string[] = ["conformance", "e2e"];

const oneOfTwo = "Leave one of the two out.";

function refuse(sentence: string, hint: string): never {
  throw new KnownError("wrong-usage", sentence, { hint });
}

function checkSuiteRuns({ plugin = [] }: PluginFlags, given: string): void {
  if (!plugin.some((name) => suiteNames.includes(name)))
    refuse(`${given}: about the conformance suite, and this run hasn't got it.`, "Add `-p conformance --permissions admin`.");
}

function parseParallel(parallel: string | true | undefined): boolean | undefined {
  if (parallel === undefined || parallel === true) return parallel;
  if (/^\d+$/.test(parallel))
    refuse(
      `--e2e-parallel ${parallel}: is true or false.`,
      `For as many at a time: --e2e-parallel --plugin-env conformance.E2E_EXTRA_GINKGO_ARGS=--procs=${parallel}`,
    );
  return parseChoice("--e2e-parallel", parallel, ["true", "false"]) === "true";
}

function parseTests({ mode, e2eFocus, e2eSkip, rerunFailed }: ConformanceFlags, attempt: Attempt): TestsRequest | undefined {
  const patterns = [e2eFocus !== undefined && "--e2e-focus", e2eSkip !== undefined && "--e2e-skip"].filter((flag) => flag !== false);
  if (rerunFailed !== undefined && (mode !== undefined || patterns.length > 0))
    refuse(
      `--rerun-failed and ${[...(mode === undefined ? [] : ["--mode"]), ...patterns].join(", ")}: each says itself which tests to run.`,
      "Leave out all but --rerun-failed to run again what failed.",
    );
  if (mode !== undefined && patterns.length > 0)
    refuse(`--mode and ${patterns.join(", ")}: a mode says itself which tests to run.`, "Leave --mode out to choose tests by --e2e-focus and --e2e-skip.");
  if (rerunFailed !== undefined) return { rerunFailed };
  if (mode !== undefined && !isConformanceMode(mode))
    return refuse(`--mode ${mode}: there is no such mode.`, `The modes are ${modeNames.join(", ")}; \`asdic modes\` explains them.`);
  const chosen = conformanceModes[mode ?? defaultMode];
  for (const [flag, pattern] of [["--e2e-focus", e2eFocus] as const, ["--e2e-skip", e2eSkip] as const]) attempt(() => checkPattern(flag, pattern));
  return { focus: e2eFocus ?? chosen.focus, skip: e2eSkip ?? chosen.skip, parallel: chosen.parallel };
}

function checkPattern(flag: string, pattern: string | undefined): void {
  const problem = pattern === undefined ? undefined : checkGoPattern(flag, pattern);
  if (problem !== undefined) refuse(problem, patternHint);
}

function checkImageName(flag: string, name: string | undefined): void {
  if (name !== undefined && !/^\w(?:(?!:\/\/)[-\w.:/@])*$/.test(name))
    refuse(
      `${flag} ${name}: is no name of ${flag === "--e2e-repo" ? "a registry" : "an image"}.`,
      "Give it without https://, e.g. registry.example.test/mirror",
    );
}

/** It ends in a variable of the suite, and from there in the tests' commands. */
function checkUser(user: string | undefined): void {
  if (user !== undefined && !/^[A-Za-z_][-\w.@\\]*$/.test(user)) refuse(`--ssh-user ${user}: is no name of a user.`, "For example: --ssh-user core");
}
