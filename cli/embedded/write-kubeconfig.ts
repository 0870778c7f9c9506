import { readFile, rename, writeFile } from "node:fs/promises";
import { parse } from "yaml";
import { KnownError } from "../../core/contract/known-error.ts";
import { cannotWrite } from "../cannot-write.ts";
import { field } from "../../core/kubernetes/field.ts";

/** Refuses to let a kubeconfig take the place of anything but one for an embedded cluster that was: KnownError "wrong-usage", or "invalid-file" where it can't be read. */
export async function checkKubeconfigFile(path: string): Promise<void> {
  const there = await readFile(path, "utf8").catch((error: unknown) => {
    if (field(error, "code") === "ENOENT") return undefined;
    throw cannotWrite(path, error, another);
  });
  if (there === undefined || isOfEmbedded(there)) return;
  throw new KnownError("wrong-usage", `${path}: is there already and is no kubeconfig of an embedded cluster, so it was not replaced.`, {
    hint: another,
  });
}

/** For its owner's eyes only, in place of what was there. */
export async function writeKubeconfig(path: string, kubeconfig: string): Promise<void> {
  try {
    await writeFile(`${path}.partial`, kubeconfig, { mode: 0o600, flag: "w" });
    await rename(`${path}.partial`, path);
  } catch (error) {
    throw cannotWrite(path, error, another);
  }
}

const another = "Name another file by -o.";

function isOfEmbedded(text: string): boolean {
  try {
    const content: unknown = parse(text);
    const clusters = field(content, "clusters");
    return Array.isArray(clusters) && clusters.length === 1 && field(clusters[0], "name") === "embedded";
  } catch {
    return false;
  }
}
