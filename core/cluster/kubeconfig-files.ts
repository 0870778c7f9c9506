import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import type { loadYaml } from "@kubernetes/client-node";
import type { JsonObject } from "../contract/json.ts";
import { isJsonObject } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import { readCode } from "./network-failure.ts";
import { oneLine } from "./one-line.ts";

/** A kubeconfig that is there, parsed. */
export type KubeconfigFile = { readonly path: string; readonly content: JsonObject };

/** Where kubeconfigs were looked for, for a message: `--kubeconfig`, KUBECONFIG or the home folder; and what was there. */
export type KubeconfigFiles = { readonly lookedFor: string; readonly files: readonly KubeconfigFile[] };

type Options = { readonly kubeconfig?: string | undefined; readonly environment: NodeJS.ProcessEnv };

/** Reads kubeconfigs where kubectl does: the one named, which must be there, else the list in KUBECONFIG, else ~/.kube/config, of which those missing are passed over. */
export async function readKubeconfigFiles({ kubeconfig, environment }: Options, parse: typeof loadYaml): Promise<KubeconfigFiles> {
  if (kubeconfig !== undefined) {
    const file = await readKubeconfig(resolve(kubeconfig), parse);
    if (!file)
      throw new KnownError("invalid-kubeconfig", `There is no kubeconfig ${kubeconfig}.`, {
        hint: "Name another file with --kubeconfig, or leave it away to use KUBECONFIG or ~/.kube/config.",
      });
    return { lookedFor: `--kubeconfig ${kubeconfig}`, files: [file] };
  }
  const listed = [...new Set((environment["KUBECONFIG"] ?? "").split(delimiter).filter(Boolean))];
  const home = join(environment["HOME"] || environment["USERPROFILE"] || homedir(), ".kube", "config");
  const paths = listed.length > 0 ? listed : [home];
  const found = await Promise.all(paths.map((path) => readKubeconfig(resolve(path), parse)));
  const lookedFor =
    listed.length > 0 ? `KUBECONFIG names ${listed.join(delimiter)}` : `neither --kubeconfig nor KUBECONFIG is given, and the default is ${home}`;
  return { lookedFor, files: found.filter((file) => file !== undefined) };
}

async function readKubeconfig(path: string, parse: typeof loadYaml): Promise<KubeconfigFile | undefined> {
  const text = await readFile(path, "utf8").catch((error: unknown) => {
    if (readCode(error) === "ENOENT") return undefined;
    throw new KnownError("invalid-kubeconfig", `The kubeconfig ${path} cannot be read (${readCode(error)}).`, { hint: another, cause: error });
  });
  if (text === undefined) return undefined;
  // An empty file is an empty configuration to kubectl, and an error to the YAML reader.
  if (text.split("\n").every((line) => /^\s*(#.*)?$/.test(line))) return { path, content: {} };
  const content = parseYaml(text, path, parse);
  if (!isJsonObject(content)) throw new KnownError("invalid-kubeconfig", `${path} is no kubeconfig: a mapping is needed.`, { hint: another });
  return { path, content };
}

const another = "Name a kubeconfig with --kubeconfig, or in KUBECONFIG.";

function parseYaml(text: string, path: string, parse: typeof loadYaml): unknown {
  try {
    return parse<unknown>(text);
  } catch (error) {
    const { line, reason } = parseMark(error);
    throw new KnownError("invalid-kubeconfig", `${path}${line}: ${reason}.`, {
      hint: "The file is not valid YAML; correct it, or name another one with --kubeconfig.",
    });
  }
}

/** js-yaml's errors carry a mark with lines from 0; their message quotes the file, where secrets may be, so it is left out. */
function parseMark(error: unknown): { readonly line: string; readonly reason: string } {
  const { mark, reason } = error as { readonly mark?: { readonly line?: unknown }; readonly reason?: unknown };
  return {
    line: typeof mark?.line === "number" ? `, line ${mark.line + 1}` : "",
    reason: typeof reason === "string" ? oneLine(reason, 200) : "cannot be parsed",
  };
}
