import { KnownError } from "../../core/contract/known-error.ts";
import { runDefaults, type RunSpec } from "../../core/contract/run-spec.ts";
import type { Overrides } from "../plugins/override.ts";
import type { ConformanceOptions } from "../../plugins/conformance/definition.ts";
import { parseDuration } from "./duration.ts";
import { parseSize } from "./size.ts";

/** What a person wants of a run, validated. */
export type RunOptions = Pick<
  RunSpec,
  "namespace" | "image" | "imagePullPolicy" | "nodeSelector" | "permissions" | "priorityClass" | "runTimeoutSeconds" | "maxResultBytes"
> & {
  readonly plugins: readonly string[];
  readonly overrides: Overrides;
  readonly conformance: ConformanceOptions | undefined;
};

/** Flags of `asdic run` as commander gives them. */
export type RunFlags = {
  readonly plugin?: readonly string[] | undefined;
  readonly pluginEnv?: readonly string[] | undefined;
  readonly pluginImage?: readonly string[] | undefined;
  readonly namespace: string;
  readonly image?: string | undefined;
  readonly imagePullPolicy: RunSpec["imagePullPolicy"];
  readonly nodeSelector?: readonly string[] | undefined;
  readonly permissions: RunSpec["permissions"];
  readonly priorityClass?: string | undefined;
  readonly timeout?: string | undefined;
  readonly maxResultSize?: string | undefined;
  readonly mode?: string | undefined;
  readonly e2eFocus?: string | undefined;
  readonly e2eSkip?: string | undefined;
  readonly e2eParallel?: string | true | undefined;
};

/** The flags as options, with defaults (design D13); KnownError "wrong-usage" for what can't be. */
export function parseRunOptions(flags: RunFlags, facts: { readonly toolVersion: string; readonly environment: NodeJS.ProcessEnv }): RunOptions {
  const plugins = flags.plugin ?? defaultPlugins;
  const conformance = parseConformance(flags);
  const suite = plugins.find((name) => suiteNames.includes(name));
  if (conformance !== undefined && suite === undefined)
    throw new KnownError("wrong-usage", "--mode and --e2e-… choose tests of the conformance suite, and this run hasn't got it.", {
      hint: "Add `-p conformance --permissions admin`.",
    });
  if (suite !== undefined && flags.permissions !== "admin")
    throw new KnownError("wrong-usage", `The plugin ${suite} needs admin rights in the whole cluster, which must be given by --permissions admin.`, {
      hint: `If that is what you want: asdic run -p ${suite} --permissions admin`,
    });
  return {
    plugins,
    conformance,
    overrides: { variables: flags.pluginEnv ?? [], images: flags.pluginImage ?? [] },
    namespace: parseNamespace(flags.namespace),
    image: flags.image ?? (facts.environment["ASDIC_IMAGE"] || `ghcr.io/asdic/asdic:v${facts.toolVersion}`),
    imagePullPolicy: flags.imagePullPolicy,
    nodeSelector: parseNodeSelector(flags.nodeSelector ?? []),
    permissions: flags.permissions,
    ...(flags.priorityClass !== undefined && { priorityClass: parsePriorityClass(flags.priorityClass) }),
    runTimeoutSeconds: flags.timeout === undefined ? runDefaults.runTimeoutSeconds : Math.ceil(parseDuration("--timeout", flags.timeout)),
    maxResultBytes: flags.maxResultSize === undefined ? runDefaults.maxResultBytes : parseSize("--max-result-size", flags.maxResultSize),
  };
}

const defaultPlugins = ["node-facts", "smoke"];
const suiteNames = ["conformance", "e2e"];

function parseConformance({ mode, e2eFocus, e2eSkip, e2eParallel }: RunFlags): ConformanceOptions | undefined {
  if (mode === undefined && e2eFocus === undefined && e2eSkip === undefined && e2eParallel === undefined) return undefined;
  const parallel = e2eParallel === undefined ? undefined : e2eParallel === true || e2eParallel === "true";
  return { mode, focus: e2eFocus, skip: e2eSkip, parallel };
}

/** A namespace's name (RFC 1123 label). */
function parseNamespace(name: string): string {
  if (/^[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?$/.test(name)) return name;
  throw new KnownError("wrong-usage", `--namespace ${name}: is no name for a namespace.`, {
    hint: "Use up to 63 lower-case letters, digits and '-', with a letter or digit at both ends.",
  });
}

/** The name of a PriorityClass (RFC 1123 subdomain). */
function parsePriorityClass(name: string): string {
  if (name.length <= 253 && /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]*[a-z0-9])?)*$/.test(name)) return name;
  throw new KnownError("wrong-usage", `--priority-class ${name}: is no name of a PriorityClass.`, {
    hint: "`kubectl get priorityclasses` lists those that there are.",
  });
}

/** Repeated, or several with commas, as kubectl's selectors. */
function parseNodeSelector(texts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    texts
      .flatMap((text) => text.split(","))
      .map((text) => {
        const [, key, value] = /^((?:[a-z0-9][-a-z0-9.]*\/)?[A-Za-z0-9](?:[-\w.]*[A-Za-z0-9])?)=((?:[A-Za-z0-9](?:[-\w.]*[A-Za-z0-9])?)?)$/.exec(text) ?? [];
        if (key === undefined || value === undefined)
          throw new KnownError("wrong-usage", `--node-selector ${text}: is not of the form LABEL=VALUE.`, {
            hint: "For example: --node-selector kubernetes.io/arch=amd64",
          });
        return [key, value];
      }),
  );
}
