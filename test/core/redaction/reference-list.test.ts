import assert from "node:assert/strict";
import { test } from "node:test";
import { leakedSecrets } from "../../redaction-corpus/leaked-secrets.ts";
import { redact } from "./redact.ts";

const json = (value: unknown): string => JSON.stringify(value);
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const file = (name: string, data: { readonly [key: string]: string }): string => json({ apiVersion: "v1", kind: "ConfigMap", metadata: { name }, data });

/** What a good redactor knows by default (reference/redaction.md, 4.4, layers 0 and 1), and what must be gone. */
const items: readonly (readonly [string, string, readonly string[]])[] = [
  [
    "a release of Helm in a Secret",
    json({ apiVersion: "v1", kind: "Secret", type: "helm.sh/release.v1", data: { release: base64("SDRzSUFBQUFBQUFBQWhlbG0x") } }),
    [base64("SDRzSUFBQUFBQUFBQWhlbG0x"), "SDRzSUFBQUFBQUFBQWhlbG0x"],
  ],
  [
    "a release of Helm in a ConfigMap",
    json({ apiVersion: "v1", kind: "ConfigMap", metadata: { labels: { owner: "helm" } }, data: { release: "H4sIhelmrelease" } }),
    ["H4sIhelmrelease"],
  ],
  [
    "a bootstrap token's Secret",
    json({ apiVersion: "v1", kind: "Secret", type: "bootstrap.kubernetes.io/token", data: { "token-secret": base64("0123456789abcdef") } }),
    ["0123456789abcdef"],
  ],
  ["the data of a Secret of whatever key", json({ apiVersion: "v1", kind: "Secret", stringData: { anything: "plain words" } }), ["plain words"]],
  [
    "the Secret that was applied last",
    json({
      kind: "Secret",
      metadata: {
        annotations: {
          "kubectl.kubernetes.io/last-applied-configuration": json({ kind: "Secret", apiVersion: "v1", data: { a: base64("applied-secret-1") } }),
        },
      },
    }),
    ["applied-secret-1"],
  ],
  ["the argument behind a flag", json({ args: ["--encryption-key", "next-arg-1"] }), ["next-arg-1"]],
  [
    "settings in properties, ini and env",
    file("a", { a: "db.password=prop-1\n", b: "[x]\npasswd = ini-1\n", c: "export API_TOKEN='env-1a'\n" }),
    ["prop-1", "ini-1", "env-1a"],
  ],
  ["settings in TOML and XML", file("a", { a: '[x]\ntoken = "toml-1a"\n', b: "<password>xml-1</password>" }), ["toml-1a", "xml-1"]],
  ["a .dockercfg", file("a", { ".dockercfg": json({ "r.example.test": { username: "u", password: "dcfg-1", auth: base64("u:dcfg-1") } }) }), ["dcfg-1"]],
  [
    "a kubeconfig with its program's environment",
    file("a", {
      config:
        "users:\n- name: a\n  user:\n    token: kcfg-tok-1\n    exec:\n      env:\n      - name: AWS_SECRET_ACCESS_KEY\n        value: kcfg-env-1\n    password: kcfg-pw-1\n",
    }),
    ["kcfg-tok-1", "kcfg-env-1", "kcfg-pw-1"],
  ],
  [
    "a service account of Google",
    file("a", {
      "sa.json": json({
        type: "service_account",
        private_key_id: "0a1b2c",
        private_key: "-----BEGIN ¦PRIVATE KEY-----\nMIIEgcp1\n-----END ¦PRIVATE KEY-----\n".replaceAll("¦", ""),
      }),
    }),
    ["MIIEgcp1"],
  ],
  ["a profile of Azure", file("a", { "azure.json": json({ tenantId: "t", aadClientId: "c", aadClientSecret: "az-sec-1" }) }), ["az-sec-1"]],
  [
    "netrc, pgpass, my.cnf and htpasswd",
    file("a", {
      a: "machine h login u password nrc-1\n",
      b: "h:5432:d:u:pgp-1\n",
      c: "[client]\npassword=mcnf-1\n",
      d: "u:$apr1$abcdefgh$0123456789abcdefghijkl\n",
    }),
    ["nrc-1", "pgp-1", "mcnf-1", "0123456789abcdefghijkl"],
  ],
  ["user data of cloud-init", file("a", { userData: base64("#cloud-config\npassword: cinit-1\n") }), ["cinit-1"]],
  [
    "files in an Ignition config",
    json({
      kind: "MachineConfig",
      spec: {
        config: {
          storage: { files: [{ contents: { source: `data:;base64,${base64("password=ign-1\n")}` } }, { contents: { source: "data:,token%3Dign-2ab%0A" } }] },
        },
      },
    }),
    ["ign-1", "ign-2ab"],
  ],
  [
    "the user and query of a webhook's address",
    json({ webhooks: [{ clientConfig: { url: "https://u:whk-pw-1@h.example.test/x?token=whk-2-0a1b2c" } }] }),
    ["whk-pw-1", "whk-2-0a1b2c"],
  ],
  ["a login at an image registry", json({ spec: { imageRegistry: { auth: base64("u:registry-pw-1") } } }), ["registry-pw-1"]],
  [
    "repositories of Argo CD and Flux",
    json({ spec: { source: { repoURL: "https://u:argo-pw-1@g.example.test/a" }, url: "ssh://git:flux-pw-1@g.example.test/a" } }),
    ["argo-pw-1", "flux-pw-1"],
  ],
  [
    "basic authentication of Prometheus in an annotation",
    json({ metadata: { annotations: { "prometheus.io/basic-auth-password": "prom-pw-1" } } }),
    ["prom-pw-1"],
  ],
];

for (const [what, content, secrets] of items)
  test(`${what} is hidden`, async () => {
    assert.deepEqual(leakedSecrets(secrets, content), secrets, "it can be found before");
    const { text, tally } = await redact("object.json", content);
    assert.deepEqual(leakedSecrets(secrets, text), []);
    assert.deepEqual(tally.dropped, []);
  });

test("what a certificate request asks for and its certificate stay: both are public", async () => {
  const request = base64("-----BEGIN CERTIFICATE REQUEST-----\nMIIBhTCCASsCAQAwUzEVMBMGA1UEChMMc3lzdGVtOm5vZGVz\n-----END CERTIFICATE REQUEST-----\n");
  const certificate = base64("-----BEGIN CERTIFICATE-----\nMIIBszCCAVmgAwIBAgIUabcdefghijklmnopqrstuvwxyz0123\n-----END CERTIFICATE-----\n");
  const text = json({ kind: "CertificateSigningRequest", spec: { request }, status: { certificate } });
  assert.equal((await redact("csr.json", text)).text, text);
});
