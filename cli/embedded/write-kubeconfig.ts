import { readFile, rename, writeFile } from "node:fs/promises";
import { parse } from "yaml";
import { KnownError } from "../../core/contract/known-error.ts";
import { field } from "../../core/kubernetes/field.ts";

/** Refuses to let a kubeconfig take the place of anything but one for an embedded cluster that was: KnownError "wrong-usage". */
export async function checkKubeconfigFile(path: string): Promise<void> {
  const there = await readFile(path, "utf8").catch((error: unknown) => {
    if (field(error, "code") === "ENOENT") return undefined;
    throw new KnownError("wrong-usage", `${path}: can't be written (${String(field(error, "code"))}).`, { hint: "Name another file by -o.", cause: error });
  });
  if (there === undefined || isOfEmbedded(there)) return;
  throw new KnownError("wrong-usage", `${path}: is there already and is no kubeconfig of an embedded cluster, so it was not replaced.`, {
    hint: "Name another file by -o.",
  });
}

/** For its owner's eyes only, in place of what was there. */
export async function writeKubeconfig(path: string, kubeconfig: string): Promise<void> {
  try {
    await writeFile(`${path}.partial`, kubeconfig, { mode: 0o600, flag: "w" });
    await rename(`${path}.partial`, path);
  } catch (error) {
    throw new KnownError("wrong-usage", `${path}: can't be written (${String(field(error, "code"))}).`, { hint: "Name another file by -o.", cause: error });
  }
}

function isOfEmbedded(text: string): boolean {
  try {
    const content: unknown = parse(text);
    const clusters = field(content, "clusters");
    return Array.isArray(clusters) && clusters.length === 1 && field(clusters[0], "name") === "embedded";
  } catch {
    return false;
  }
}
