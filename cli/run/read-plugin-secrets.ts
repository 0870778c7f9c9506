import { createReadStream } from "node:fs";
import { resolve } from "node:path";
import { isUtf8 } from "node:buffer";
import { KnownError } from "../../core/contract/known-error.ts";
import type { PluginDefinition } from "../../core/contract/plugin-definition.ts";
import { findSecretProblems } from "../../core/contract/plugin-secrets.ts";
import type { CommandContext } from "../command-context.ts";
import { readFailure } from "../read-failure.ts";
import type { SecretRequest } from "./options/secrets.ts";

/** The values of a plugin's secrets, by their names. */
export type PluginSecretValues = { readonly plugin: string; readonly values: ReadonlyMap<string, Buffer> };

type Source = Pick<CommandContext, "cwd" | "environment" | "openInput">;

/** A Secret holds 1 MiB at most, its keys included. */
const mostBytes = 1024 ** 2 - 16 * 1024;

type Wanted = {
  readonly secrets: readonly SecretRequest[];
  readonly definitions: readonly PluginDefinition[];
  /** What is not given has an empty value then. */
  readonly mayLackSecrets: boolean;
};

/** The secrets that the plugins' files name, as they are given; one KnownError "wrong-usage" with all that are missing, unknown or can't be read. No value is ever in a message. */
export async function readPluginSecrets({ secrets: requests, definitions, mayLackSecrets }: Wanted, source: Source): Promise<readonly PluginSecretValues[]> {
  const problems = requests.flatMap((request) => findStranger(request, definitions));
  const found: PluginSecretValues[] = [];
  for (const definition of definitions) {
    const { name: plugin, secrets = [] } = definition;
    const values = new Map<string, Buffer>();
    for (const name of new Set(secrets.map((secret) => secret.name))) {
      const request = requests.find((each) => each.plugin === plugin && each.name === name);
      const value = request === undefined ? (mayLackSecrets ? nothing : missing(plugin, name)) : await readValue(request, source);
      const isVariable = secrets.some((secret) => secret.name === name && "env" in secret);
      const problem = typeof value === "string" ? value : request && findMisfit(value, isVariable);
      if (problem !== undefined) problems.push(`--secret ${plugin}.${name}${request === undefined ? "" : "=…"}: ${problem}`);
      else if (typeof value !== "string") values.set(name, value);
    }
    const bytes = [...values.values()].reduce((sum, value) => sum + value.length, 0);
    if (bytes > mostBytes) problems.push(`--secret ${plugin}.…: the plugin's secrets have ${bytes} bytes together, and one Secret holds ${mostBytes}`);
    problems.push(...findTaken(definition));
    if (values.size > 0) found.push({ plugin, values });
  }
  if (problems.length > 0)
    throw new KnownError("wrong-usage", `${problems.join(".\n")}.`, {
      hint: "A secret's value comes from a file (--secret PLUGIN.NAME=FILE), a variable (=env:VARIABLE) or the standard input (=-).",
    });
  return found;
}

const nothing = Buffer.alloc(0);

function findStranger({ plugin, name }: SecretRequest, definitions: readonly PluginDefinition[]): readonly string[] {
  const definition = definitions.find((each) => each.name === plugin);
  const names = [...new Set(definition?.secrets?.map((secret) => secret.name))];
  if (names.includes(name)) return [];
  if (definition === undefined)
    return [`--secret ${plugin}.${name}=…: there is no plugin ${plugin} in this run; its plugins are ${definitions.map((each) => each.name).join(", ")}`];
  if (names.length > 0) return [`--secret ${plugin}.${name}=…: plugin ${plugin} names no such secret; its secrets are ${names.join(", ")}`];
  const why = definition.dialect === "asdic/v1" ? "has no `secrets`" : "is of Sonobuoy's format; only files with `apiVersion: asdic/v1` can have `secrets`";
  return [`--secret ${plugin}.${name}=…: the file of plugin ${plugin} ${why}`];
}

const missing = (plugin: string, name: string): string => `is missing: add --secret ${plugin}.${name}=FILE`;

/** What a file can't say, flags can: they set variables. */
const findTaken = ({ name: plugin, secrets = [], container }: PluginDefinition): readonly string[] =>
  findSecretProblems(secrets, container).flatMap(({ path: [, index], message }) => {
    const secret = secrets[Number(index)];
    if (secret === undefined) return [];
    if ("env" in secret) return [`--plugin-env ${plugin}.${secret.env}=…: is a secret of the plugin; set it with --secret ${plugin}.${secret.name}=FILE`];
    return [`--plugin-env ${plugin}.RESULTS_DIR=…: the plugin's secret ${secret.file} ${message}`];
  });

/** The value, or why there is none. */
async function readValue({ source }: SecretRequest, { cwd, environment, openInput }: Source): Promise<Buffer | string> {
  if (typeof source === "object" && "variable" in source) {
    const value = environment[source.variable];
    return value === undefined ? "the variable that it names is not set" : Buffer.from(value);
  }
  const stream = source === "standard input" ? openInput?.() : createReadStream(resolve(cwd, source.file));
  if (stream === undefined) return "there is no standard input";
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of stream) {
      chunks.push(Buffer.from(chunk));
      bytes += chunk.length;
      if (bytes > mostBytes) return `has more than the ${mostBytes} bytes that a Secret holds`;
    }
  } catch (error) {
    const why = readFailure(error);
    if (why === undefined) throw error;
    return `${why}; a value itself is never given on the command line`;
  }
  return Buffer.concat(chunks);
}

function findMisfit(value: Buffer, isVariable: boolean): string | undefined {
  if (value.length === 0) return "is empty";
  if (isVariable && (!isUtf8(value) || value.includes(0))) return "is no text, and the plugin wants it in a variable; its file can ask for it with `file:`";
  return undefined;
}
