import { KnownError } from "../../../core/contract/known-error.ts";

/** KnownError "wrong-usage" for a version of Kubernetes whose suite doesn't know --e2e-docker-config-file. A version that can't be read may be new enough. */
export function checkCredentialsVersion(version: string): void {
  const [, major, minor] = /^v(\d+)\.(\d+)/.exec(version)?.map(Number) ?? [];
  if (major === undefined || minor === undefined || major > 1 || minor >= 27) return;
  throw new KnownError("wrong-usage", `--e2e-docker-config-file: the conformance suite takes credentials since Kubernetes 1.27, and this is ${version}.`, {
    hint: "Leave it out, and let the tests pull from a registry that asks for none: --e2e-repo.",
  });
}
