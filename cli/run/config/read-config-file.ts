import { KnownError } from "../../../core/contract/known-error.ts";
import { readMapping } from "../../read-mapping.ts";
import { readTextFile } from "../../read-text-file.ts";
import { parseOwnConfig, type ConfigFile } from "./parse-own-config.ts";
import { isSonobuoyConfig } from "./sonobuoy-fields.ts";
import { translateSonobuoyConfig } from "./translate-sonobuoy-config.ts";

/** Reads a config file, ours or Sonobuoy's; one KnownError "invalid-file" for all that is wrong with it. */
export async function readConfigFile(path: string, cwd: string): Promise<ConfigFile> {
  const text = await readTextFile({ path, cwd, where: `--config ${path}`, mostBytes: 1024 ** 2, hint });
  const mapping = readMapping(text, path);
  const read = "problems" in mapping ? mapping : isSonobuoyConfig(mapping.value) ? translateSonobuoyConfig(mapping) : parseOwnConfig(mapping);
  if (!("problems" in read)) return read;
  throw new KnownError("invalid-file", read.problems.map((problem) => `${problem}.`.replace(/([.?])\.$/, "$1")).join("\n"), {
    hint,
  });
}

const hint = "`asdic gen config` prints a config file with every setting.";
