import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { Attempt } from "../problems.ts";
import { optionGroup } from "./option-group.ts";

/** Flags about values that only a Secret of the cluster is to hold. */
export type SecretFlags = { readonly secret?: readonly string[] | undefined };

export const secretOptions = optionGroup("Secrets", [
  new Option(
    "--secret <plugin.name=source...>",
    "a secret that a plugin's file names, from a file, from env:VARIABLE, or from the standard input for -; never the value itself, which other users and the shell's history would see",
  ),
]);

/** Whose secret it is, and where its value comes from. */
export type SecretRequest = {
  readonly plugin: string;
  readonly name: string;
  readonly source: { readonly file: string } | { readonly variable: string } | "standard input";
};

/** Each `PLUGIN.NAME=SOURCE`; the name of a plugin may hold dots, that of a secret doesn't. */
export function parseSecrets({ secret = [] }: SecretFlags, attempt: Attempt): readonly SecretRequest[] {
  const requests = secret.flatMap((text) => attempt(() => parseSecret(text)) ?? []);
  attempt(() => checkTogether(requests));
  return requests;
}

function parseSecret(text: string): SecretRequest {
  const [, plugin, name = "", source] = /^([^=]+)\.([^.=]+)=(.+)$/s.exec(text) ?? [];
  // What stands behind the equals sign, or instead of it all, may be the value after all, so it is never printed.
  if (plugin === undefined || source === undefined)
    throw new KnownError("wrong-usage", `--secret ${text.includes("=") ? text.split("=", 1)[0] : ""}…: is not of the form PLUGIN.NAME=SOURCE.`, {
      hint: "For example: --secret my-plugin.licence=licence.key, or --secret my-plugin.licence=env:LICENCE",
    });
  if (source === "-") return { plugin, name, source: "standard input" };
  if (!source.startsWith("env:")) return { plugin, name, source: { file: source } };
  return { plugin, name, source: { variable: source.slice("env:".length) } };
}

function checkTogether(requests: readonly SecretRequest[]): void {
  const names = requests.map(({ plugin, name }) => `${plugin}.${name}`);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) throw new KnownError("wrong-usage", `--secret ${twice}=…: is given twice.`, { hint: "Leave one of the two out." });
  if (requests.filter(({ source }) => source === "standard input").length > 1)
    throw new KnownError("wrong-usage", "--secret …=-: the standard input can be read for one secret only.", {
      hint: "Take the others from files or variables.",
    });
}
