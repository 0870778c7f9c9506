import { isJsonObject } from "../../core/contract/json.ts";
import { KnownError } from "../../core/contract/known-error.ts";
import { readTextFile } from "../read-text-file.ts";
import type { PullSecretRequest } from "./options/image.ts";

/** A pull secret that the run makes: its name, and Docker's config.json as it was read. */
export type PullSecret = { readonly name: string; readonly dockerConfig: string };

/** Reads the files of those that have one; KnownError "invalid-file" for one that can't be read or has no credentials. */
export const readPullSecrets = (requests: readonly PullSecretRequest[], cwd: string): Promise<readonly PullSecret[]> =>
  Promise.all(
    requests.flatMap(({ name, file, typed = `--image-pull-secret ${name}=${file}` }) =>
      file === undefined ? [] : [readPullSecret({ name, file, typed }, cwd)],
    ),
  );

async function readPullSecret({ name, file, typed }: Required<PullSecretRequest>, cwd: string): Promise<PullSecret> {
  const hint = "Name the config.json that `docker login` or `podman login --authfile` writes.";
  const dockerConfig = await readTextFile({ path: file, cwd, where: typed, mostBytes, hint });
  if (hasCredentials(dockerConfig)) return { name, dockerConfig };
  throw new KnownError("invalid-file", `${typed}: has no credentials: an object \`auths\` with an entry for each registry is needed.`, {
    hint: "Where Docker keeps them in a credential store, `podman login --authfile FILE` writes a file that has them.",
  });
}

/** A Secret holds 1 MiB at most, and base64 takes a third more. */
const mostBytes = 512 * 1024;

function hasCredentials(text: string): boolean {
  try {
    const config: unknown = JSON.parse(text);
    const auths = isJsonObject(config) ? config["auths"] : undefined;
    return isJsonObject(auths) && Object.values(auths).some((entry) => isJsonObject(entry) && Object.keys(entry).length > 0);
  } catch {
    return false;
  }
}
