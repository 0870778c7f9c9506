import { listNames } from "./kubeconfig.ts";
import { readKubeconfigFiles } from "./kubeconfig-files.ts";

/** The names in a section of the kubeconfigs that kubectl would read; none where they can't be read. */
export async function readEntryNames(
  options: { readonly kubeconfig?: string | undefined; readonly environment: NodeJS.ProcessEnv },
  section: "contexts" | "clusters" | "users",
): Promise<readonly string[]> {
  try {
    const { loadYaml } = await import("@kubernetes/client-node/dist/yaml.js");
    return listNames((await readKubeconfigFiles(options, loadYaml)).files, section);
  } catch {
    return [];
  }
}
