import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { objectNames } from "../../../core/contract/names.ts";
import type { Check, CheckInput, Problem } from "../check.ts";
import { pluginPodSpec } from "../plugin-pods.ts";

/** Whether the accounts and Secrets that the run's pods name, but that the run doesn't make, are in its namespace. */
export const references: Check = {
  code: "references",
  run: async (input) => {
    const wanted = [...wantedAccounts(input), ...wantedSecrets(input), ...wantedPluginSecrets(input)];
    const problems = await Promise.all(wanted.map((reference) => findMissing(reference, input)));
    const seen = wanted.length === 0 ? "The run makes all accounts and Secrets that its pods name." : `There are ${wanted.map(nameReference).join(", ")}.`;
    return { seen, problems: problems.flat() };
  },
};

type Reference = Pick<Problem, "severity" | "fix"> & { readonly kind: "ServiceAccount" | "Secret"; readonly name: string; readonly missing: string };

/** Pods of an account that isn't there are refused. Our own plugins' are always made. */
function wantedAccounts({ plan: { spec, definitions }, objects }: CheckInput): readonly Reference[] {
  const usual = spec.serviceAccount ?? objectNames.sonobuoyAccount;
  const users = Map.groupBy(
    definitions.filter(({ dialect }) => dialect === "sonobuoy"),
    (definition) => {
      const named = pluginPodSpec(definition, spec)["serviceAccountName"];
      return typeof named !== "string" || named === "" ? "default" : named === objectNames.sonobuoyAccount ? usual : named;
    },
  );
  return [...users]
    .filter(([name]) => name !== "default" && !isMade(objects.parts, "ServiceAccount", name))
    .map(([name, of]) => ({
      kind: "ServiceAccount",
      name,
      // What a plugin's own file names costs that plugin alone.
      severity: name === usual ? "error" : "warning",
      missing: `the pods of ${of.map((definition) => definition.name).join(", ")} would be refused`,
      fix:
        name === usual
          ? `\`kubectl create serviceaccount ${name} -n ${spec.namespace}\` makes it; or leave --existing-service-account out, so that the run does.`
          : `\`kubectl create serviceaccount ${name} -n ${spec.namespace}\` makes it; or change the plugin's podSpec.`,
    }));
}

/** Without one its registry is asked without credentials. */
const wantedSecrets = ({ plan: { spec }, objects }: CheckInput): readonly Reference[] =>
  (spec.imagePullSecrets ?? [])
    .filter((name) => !isMade(objects.parts, "Secret", name))
    .map((name) => ({
      kind: "Secret",
      name,
      severity: "error",
      missing: "images would be pulled without its credentials",
      fix: `\`--image-pull-secret ${name}=FILE\` makes it from Docker's config.json.`,
    }));

/** A manifest may have been printed without them. */
const wantedPluginSecrets = ({ plan: { definitions }, objects }: CheckInput): readonly Reference[] =>
  definitions
    .filter(({ name, secrets }) => secrets !== undefined && !isMade(objects.parts, "Secret", objectNames.pluginSecret(name)))
    .map(({ name, secrets = [] }) => ({
      kind: "Secret",
      name: objectNames.pluginSecret(name),
      severity: "error",
      missing: `plugin ${name} would wait in vain for its secrets ${[...new Set(secrets.map((secret) => secret.name))].join(", ")}`,
      fix: "The comment at the top of the manifest has the command that makes it; `asdic gen --with-secrets` puts it into the manifest.",
    }));

const isMade = (parts: readonly KubernetesObject[], kind: string, name: string): boolean =>
  parts.some((part) => part.kind === kind && part.metadata.name === name);

async function findMissing(reference: Reference, { cluster, plan, signal, ...input }: CheckInput): Promise<readonly Problem[]> {
  const { kind, name, severity, missing, fix } = reference;
  const { namespace } = plan.spec;
  if (input.namespace !== undefined && (await cluster.find({ apiVersion: "v1", kind, namespace, name }, signal)) !== undefined) return [];
  return [{ severity, sentence: `There is no ${nameReference(reference)} in namespace ${namespace}: ${missing}.`, fix }];
}

const nameReference = ({ kind, name }: Reference): string => `${kind} ${name}`;
