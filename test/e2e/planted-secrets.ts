import { randomBytes } from "node:crypto";

/** A secret for each place that a cluster and a run keep them in; unmistakable, and made anew each time. */
export const places = [
  "Secret",
  "env",
  "args",
  "ConfigMap",
  "annotation",
  "custom resource",
  "pod log",
  "event",
  "plugin result",
  "nested archive",
  "file name",
  "plugin env",
  "plugin log",
  "crash",
  "progress",
  "image pull secret",
  "webhook",
  "probe header",
  "ingress annotation",
  "previous log",
  "termination message",
  "mounted script",
] as const;
export type SecretPlace = (typeof places)[number];

/** Names each place's secret, and finds in any output whose secrets stand there: raw, as base64 or hex. */
export type PlantedSecrets = { readonly of: (place: SecretPlace) => string; readonly findIn: (output: Buffer) => readonly SecretPlace[] };

export function plantSecrets(): PlantedSecrets {
  const values = new Map<SecretPlace, string>(places.map((place) => [place, `Zq${randomBytes(15).toString("base64").replaceAll(/[+/=]/g, "7")}`]));
  const forms = new Map([...values].map(([place, value]) => [place, formsOf(value)]));
  return {
    of: (place) => values.get(place) ?? "",
    findIn: (output) => {
      const text = output.toString("latin1");
      return [...forms].filter(([, all]) => all.some((form) => text.includes(form))).map(([place]) => place);
    },
  };
}

/** Base64 has three forms of what stands somewhere in a text; the ends depend on what is beside it. */
function formsOf(value: string): readonly string[] {
  const encoded = [0, 1, 2].map((lead) =>
    Buffer.from(`${"x".repeat(lead)}${value}`)
      .toString("base64")
      .slice(lead === 0 ? 0 : 4, -4),
  );
  return [value, Buffer.from(value).toString("hex"), ...encoded];
}
