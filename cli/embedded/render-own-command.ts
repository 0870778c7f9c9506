import { defaultNamespace } from "../commands/cluster-options.ts";
import type { Flags } from "../run/run.ts";

/** What the reader types into a shell for the same run on their own cluster: what they typed, without what is about the embedded one. */
export function renderOwnCommand(flags: Flags, environment: NodeJS.ProcessEnv): string {
  const many = (name: string, values: readonly string[] | undefined): readonly string[] => (values ?? []).flatMap((value) => [name, value]);
  const one = (name: string, value: string | true | undefined, usual?: string): readonly string[] =>
    value === undefined || value === usual ? [] : value === true ? [name] : [name, value];
  const words = [
    // npm tells whom it starts by npx.
    ...(environment["npm_command"] === "exec" ? ["npx"] : []),
    "asdic",
    "run",
    ...many("-p", flags.plugin),
    ...many("--plugin-env", flags.pluginEnv),
    ...many("--plugin-image", flags.pluginImage),
    ...one("--permissions", flags.permissions, "read"),
    ...many("--node-selector", flags.nodeSelector),
    ...one("--priority-class", flags.priorityClass),
    ...one("--image", flags.image),
    ...one("--image-pull-policy", flags.imagePullPolicy, "IfNotPresent"),
    ...one("--mode", flags.mode),
    ...one("--e2e-focus", flags.e2eFocus),
    ...one("--e2e-skip", flags.e2eSkip),
    ...one("--e2e-parallel", flags.e2eParallel),
    ...one("--timeout", flags.timeout),
    ...one("--max-result-size", flags.maxResultSize),
    ...one("-n", flags.namespace, defaultNamespace),
    "--wait",
    ...(flags.retrieve ? [] : ["--no-retrieve"]),
    ...one("-o", flags.output),
  ];
  return words.map(quote).join(" ");
}

/** As a POSIX shell reads it back. */
const quote = (word: string): string => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);
