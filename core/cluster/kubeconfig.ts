import { dirname, isAbsolute, resolve } from "node:path";
import type { JsonObject } from "../contract/json.ts";
import { isJsonObject } from "../contract/json.ts";
import { KnownError } from "../contract/known-error.ts";
import { text } from "../kubernetes/field.ts";
import type { KubeconfigFile } from "./kubeconfig-files.ts";
import { oneLine, quote } from "./one-line.ts";

/** What one context of a kubeconfig says, as raw entries with paths made absolute. */
export type ChosenContext = {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly clusterName: string;
  readonly cluster: JsonObject & { readonly server: string };
  readonly userName: string;
  /** Empty when the context names no user. */
  readonly user: JsonObject;
};

/** Entries that are asked for by name; `cluster` and `user` take the place of the context's. */
export type ContextChoice = { readonly context?: string | undefined; readonly cluster?: string | undefined; readonly user?: string | undefined };

/** Merges files as kubectl does (the first to name a thing wins) and chooses the context asked for, else the current one. */
export function chooseContext(files: readonly KubeconfigFile[], { context: wanted, cluster: ownCluster, user: ownUser }: ContextChoice = {}): ChosenContext {
  const names = listNames(files, "contexts");
  const where = files.map(({ path }) => path).join(", ");
  const known = names.length === 0 ? "it has none" : `there are: ${names.join(", ")}`;
  const name = wanted ?? files.map(({ content }) => content["current-context"]).find((value): value is string => typeof value === "string" && value !== "");
  if (name === undefined) throw invalid(`${where} says no current-context.`, `Name one with --context; ${known}.`);
  const context = findEntry(files, "contexts", name);
  if (!context)
    throw invalid(`There is no context ${quote(name)} in ${where}; ${known}.`, "Name another one with --context, or look with: kubectl config get-contexts");
  const clusterName = ownCluster ?? text(context.value["cluster"]);
  const cluster = findEntry(files, "clusters", clusterName);
  if (!cluster && ownCluster !== undefined) throw invalid(`There is no cluster ${quote(ownCluster)} in ${where}.`, "Name another one with --cluster.");
  if (!cluster) throw invalid(`Context ${quote(name)} names the cluster ${quote(clusterName)}, which is not in ${where}.`);
  const userName = ownUser ?? text(context.value["user"]);
  const user = findEntry(files, "users", userName);
  if (!user && ownUser !== undefined) throw invalid(`There is no user ${quote(ownUser)} in ${where}.`, "Name another one with --user.");
  if (!user && userName !== "") throw invalid(`Context ${quote(name)} names the user ${quote(userName)}, which is not in ${where}.`);
  return {
    name,
    namespace: text(context.value["namespace"]) || undefined,
    clusterName,
    cluster: { ...withPaths(cluster, ["certificate-authority"]), server: parseServer(cluster, clusterName) },
    userName,
    user: user ? withExecPath(user) : {},
  };
}

type Entry = { readonly value: JsonObject; readonly file: KubeconfigFile };

/** Contexts, clusters and users are lists of {name, context | cluster | user}. */
function findEntry(files: readonly KubeconfigFile[], section: "contexts" | "clusters" | "users", name: string): Entry | undefined {
  for (const file of files)
    for (const entry of readSection(file, section)) {
      if (text(entry["name"]) !== name) continue;
      const value = entry[section.slice(0, -1)] ?? {};
      if (!isJsonObject(value)) throw invalid(`${file.path}: ${section} ${quote(name)} is no mapping.`);
      return { value, file };
    }
  return undefined;
}

/** The names of a section's entries in all files, on one line each. */
export const listNames = (files: readonly KubeconfigFile[], section: "contexts" | "clusters" | "users"): readonly string[] => [
  ...new Set(files.flatMap((file) => readSection(file, section).map((entry) => oneLine(text(entry["name"]), 100)))),
];

function readSection({ path, content }: KubeconfigFile, section: string): readonly JsonObject[] {
  const entries = content[section] ?? [];
  if (!Array.isArray(entries)) throw invalid(`${path}: ${section} is no list.`);
  return entries.filter(isJsonObject);
}

function parseServer({ value, file }: Entry, name: string): string {
  const server = text(value["server"]);
  const { protocol } = URL.canParse(server) ? new URL(server) : { protocol: "" };
  if (protocol === "https:" || protocol === "http:") return server.replace(/\/+$/, "");
  throw invalid(`${file.path}: cluster ${quote(name)} has ${server === "" ? "no server" : `the server ${quote(server)}, which is no http or https address`}.`);
}

/** Files are named from where their kubeconfig is. */
function withPaths({ value, file }: Entry, keys: readonly string[]): JsonObject {
  const paths = keys.flatMap((key) => (text(value[key]) === "" ? [] : [[key, resolve(dirname(file.path), text(value[key]))]]));
  return { ...value, ...Object.fromEntries(paths) };
}

function withExecPath(entry: Entry): JsonObject {
  const user = withPaths(entry, ["client-certificate", "client-key", "tokenFile"]);
  const { exec, "auth-provider": provider } = user;
  const removed = isJsonObject(provider) ? removedProviders[text(provider["name"])] : undefined;
  if (removed !== undefined && isJsonObject(provider) && !isJsonObject(exec))
    throw invalid(
      `${entry.file.path}: a user has the auth-provider ${quote(text(provider["name"]))}, which Kubernetes has removed in 1.26.`,
      `Get a kubeconfig with a credential plugin: ${removed}`,
    );
  if (!isJsonObject(exec)) return user;
  const command = text(exec["command"]);
  const isRelative = /[\\/]/.test(command) && !isAbsolute(command);
  return isRelative ? { ...user, exec: { ...exec, command: resolve(dirname(entry.file.path), command) } } : user;
}

/** Providers that kubectl has no more, and what came in their place. */
const removedProviders: Readonly<Record<string, string>> = {
  gcp: "install gke-gcloud-auth-plugin, then `gcloud container clusters get-credentials NAME`.",
  azure: "`kubelogin convert-kubeconfig` makes one of yours.",
};

const invalid = (sentence: string, hint = "Correct the file, or name another one with --kubeconfig."): KnownError =>
  new KnownError("invalid-kubeconfig", sentence, { hint });
