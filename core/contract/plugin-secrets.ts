import * as z from "zod";
import type { JsonObject } from "./json.ts";
import { isJsonObject } from "./json.ts";
import { podPaths } from "./names.ts";
import type { DocumentProblem } from "./plugin-definition.ts";

/** A value that a run is given apart from the plugin's file, and where the plugin's container finds it: in a variable, or in a file with this path. */
export type PluginSecret = { readonly name: string } & ({ readonly env: string } | { readonly file: string });

const place = "one of `env` and `file` is needed, to say where the container finds it";

/** `secrets` of an asdic/v1 file. A name may stand there twice, so that its value is found in two places. */
export const pluginSecretsSchema = z.array(
  z
    .strictObject({
      name: z.string("a name is needed").regex(/^[a-zA-Z0-9][-_a-zA-Z0-9]{0,62}$/, "must be letters, digits, '-' and '_', at most 63 of them"),
      env: z
        .string()
        .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, "must be a variable's name: letters, digits and '_'")
        .optional(),
      file: z
        .string()
        .regex(/^(?:\/(?!\.{1,2}(?:\/|$))[^/:\p{Cc}]+)+$/u, "must be the absolute path of a file, without '..' and ':'")
        .optional(),
    })
    .transform(({ name, env, file }, context): PluginSecret => {
      if (env !== undefined && file === undefined) return { name, env };
      if (file !== undefined && env === undefined) return { name, file };
      context.addIssue({ code: "custom", message: place });
      return z.NEVER;
    }),
  "must be a list of mappings, each with `name` and one of `env` and `file`",
);

/** What of a plugin's secrets doesn't go together, with each other or with its container. */
export function findSecretProblems(secrets: readonly PluginSecret[], container: JsonObject): readonly DocumentProblem[] {
  const variables = (Array.isArray(container["env"]) ? container["env"] : []).filter(isJsonObject);
  const results = variables.filter(({ name }) => name === "RESULTS_DIR" || name === "SONOBUOY_RESULTS_DIR").map(({ value }) => String(value));
  const folders = [podPaths.results, ...results].map((folder) => `${folder.replaceAll(/\/+/g, "/").replace(/\/$/, "")}/`);
  const targets = secrets.map((secret) => ("env" in secret ? secret.env : secret.file));
  return secrets.flatMap((secret, index) => {
    const path = (field: string, message: string): DocumentProblem => ({ path: ["secrets", index, field], message });
    const [field, target] = "env" in secret ? ["env", secret.env] : ["file", secret.file];
    return [
      ...(targets.indexOf(target) < index ? [path(field, `${target} is the place of another secret already`)] : []),
      ...(field === "env" && variables.some(({ name }) => name === target) ? [path(field, `${target} is set in spec.env too`)] : []),
      ...(field === "file" && folders.some((folder) => target.startsWith(folder))
        ? [path(field, "is in the folder of the results, which go into the tarball")]
        : []),
    ];
  });
}
