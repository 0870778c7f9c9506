import type { JsonObject } from "../contract/json.ts";

/** Secrets that were made up for a moment, in a line of a log and in an object, to see whether what guards a way out holds them. */
export type Canaries = { readonly line: string; readonly object: JsonObject; readonly survivors: (output: string) => number };

/** Canaries of four kinds from random bytes: a password, a token, a URL's, and a private key over lines. `survivors` counts those that stand in an output, raw or as base64. */
export function makeCanaries(randomBytes: (size: number) => Uint8Array): Canaries {
  const random = (size: number): string => Buffer.from(randomBytes(size)).toString("base64").replaceAll(/[+/=]/g, "x");
  const [password, token, login, key] = [`Q7${random(18)}`, `ghp_${random(27)}`, `K3${random(15)}`, random(48)] as const;
  const url = `https://canary:${login}@canary.invalid/path`;
  const pem = `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----`;
  return {
    line: `canary password=${password} Authorization: Bearer ${token} ${url}\n${pem}\n`,
    object: {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { name: "canary", annotations: { "canary.invalid/settings": JSON.stringify({ url, password }) } },
      spec: {
        containers: [
          {
            name: "canary",
            env: [
              { name: "DB_PASSWORD", value: password },
              { name: "GREETING", value: token },
            ],
            args: ["--api-key", login, pem],
          },
        ],
      },
    },
    survivors: (output) =>
      [password, token, login, key].filter((value) => [value, Buffer.from(value).toString("base64").slice(0, -4)].some((text) => output.includes(text))).length,
  };
}
