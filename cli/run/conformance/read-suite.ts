import { KnownError } from "../../../core/contract/known-error.ts";
import type { ConformanceOptions, ConformanceTests } from "../../../plugins/conformance/definition.ts";
import { conformanceModes, defaultMode } from "../../../plugins/conformance/modes.ts";
import { readTextFile } from "../../read-text-file.ts";
import type { Problems } from "../problems.ts";
import { buildRerunTests } from "./build-rerun-tests.ts";
import { checkRepositoryList } from "./check-repository-list.ts";
import { checkSshKey } from "./check-ssh-key.ts";
import type { SuiteRequest } from "./suite-request.ts";

/** What the suite is to be told, and the private key that goes into a Secret beside it. */
export type Suite = { readonly options: ConformanceOptions; readonly sshKey: string | undefined };

/** Reads the files that a request names; `attemptLater` hears of each that can't be used. */
export async function readSuite(request: SuiteRequest, cwd: string, attemptLater: Problems["attemptLater"]): Promise<Suite> {
  const [tests, repositoryList, sshKey] = await Promise.all([
    attemptLater(() => readTests(request, cwd)),
    attemptLater(() => readChecked({ flag: "--e2e-repo-config", path: request.repositoryList, cwd, hint: ofRepositories }, checkRepositoryList)),
    attemptLater(() => readChecked({ flag: "--ssh-key", path: request.sshKey, cwd, hint: ofKey }, checkSshKey)),
  ]);
  const { image, repository, sshUser, registryCredentials } = request;
  const secrets = { registryCredentials: registryCredentials !== undefined, sshKey: sshKey !== undefined };
  return { options: { tests, image, repository, repositoryList, secrets, sshUser }, sshKey };
}

async function readTests({ tests, parallel }: SuiteRequest, cwd: string): Promise<ConformanceTests> {
  if (tests === undefined) return conformanceModes[defaultMode];
  if (!("rerunFailed" in tests)) return { ...tests, parallel: parallel ?? tests.parallel };
  const { readFailedTests } = await import("./read-failed-tests.ts");
  return buildRerunTests(tests.rerunFailed, await readFailedTests(tests.rerunFailed, cwd), parallel);
}

const ofRepositories = "A line for each registry that has a mirror, e.g. `promoterE2eRegistry: mirror.example.test/e2e`.";
const ofKey = "Name the private key's file, e.g. ~/.ssh/id_ed25519, not the one that ends in .pub.";

type NamedFile = { readonly flag: string; readonly path: string | undefined; readonly cwd: string; readonly hint: string };

async function readChecked({ flag, path, cwd, hint }: NamedFile, check: (text: string, where: string) => readonly string[]): Promise<string | undefined> {
  if (path === undefined) return undefined;
  const where = `${flag} ${path}`;
  const text = await readTextFile({ path, cwd, where, mostBytes: 128 * 1024, hint });
  const problems = check(text, where);
  if (problems.length > 0) throw new KnownError("invalid-file", problems.map((problem) => `${problem}.`).join("\n"), { hint });
  return text;
}
