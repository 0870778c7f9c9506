import type { ConformanceTests } from "../../../plugins/conformance/definition.ts";
import { registryCredentials } from "../../../plugins/conformance/secrets.ts";
import type { PullSecretRequest } from "../options/image.ts";

/** What a person wants of the conformance suite; the files that it names are still to be read. */
export type SuiteRequest = {
  /** Undefined where what was said about them can't be. */
  readonly tests: TestsRequest | undefined;
  /** Undefined: as the tests usually run. */
  readonly parallel: boolean | undefined;
  readonly image: string | undefined;
  readonly repository: string | undefined;
  /** Paths of files, as typed. */
  readonly repositoryList: string | undefined;
  readonly registryCredentials: string | undefined;
  readonly sshKey: string | undefined;
  readonly sshUser: string | undefined;
};

/** Patterns, or the tarball whose failed tests are to run again. */
export type TestsRequest = ConformanceTests | { readonly rerunFailed: string };

/** The suite's credentials pull the run's own images too, as in Sonobuoy. */
export const suitePullSecrets = (suite: SuiteRequest | undefined): readonly PullSecretRequest[] =>
  suite?.registryCredentials === undefined
    ? []
    : [{ name: registryCredentials.secret, file: suite.registryCredentials, typed: `--e2e-docker-config-file ${suite.registryCredentials}` }];
