import assert from "node:assert/strict";
import { test } from "node:test";
import { gunzipSync, gzipSync } from "node:zlib";
import { leakedSecrets } from "../../redaction-corpus/leaked-secrets.ts";
import { makeTarGz } from "../archive/tar.ts";
import { redact, testRedactor } from "./redact.ts";

const pem = "-----BEGIN EC ¦PRIVATE KEY-----\nMHcCAQEEIIrYSSNQFaA2Hwf1duRSxKtLYX5CB04fSeQ6tF1aY6vN\n-----END EC ¦PRIVATE KEY-----\n".replaceAll("¦", "");
const jwt = "ey¦JhbGciOiJSUzI1NiJ9.eyJzdWIiOiJzeXN0ZW0ifQ.c2lnbmF0dXJlLWhlcmUtMTIz".replaceAll("¦", "");
const object = (value: unknown): string => JSON.stringify(value);

/** What others were told of by their users (reference/redaction.md, 4.3): where, what lay in a bundle, and the secrets in it. */
const leaks: readonly { readonly where: string; readonly name: string; readonly content: string | Buffer; readonly secrets: readonly string[] }[] = [
  {
    where: "troubleshoot #2117: a custom resource as YAML beside its JSON",
    name: "cr.yaml",
    content: "kind: Db\nspec:\n  adminPassword: cr-leak-1\n",
    secrets: ["cr-leak-1"],
  },
  {
    where: "troubleshoot #2105: the spec of a pod that the tool itself ran",
    name: "definition.json",
    content: object({ spec: { containers: [{ env: [{ name: "RUN_TOKEN", value: "run-leak-22" }] }] } }),
    secrets: ["run-leak-22"],
  },
  {
    where: "troubleshoot #2101: what a preflight on the host printed",
    name: "preflight.txt",
    content: "checking postgres://u:host-leak-3@db/x … ok\n",
    secrets: ["host-leak-3"],
  },
  {
    where: "troubleshoot #1713: TLS private keys, and a JWT in a header",
    name: "app.log",
    content: `${pem}Authorization: Bearer ${jwt}\n`,
    secrets: ["MHcCAQEEIIrYSSNQ", jwt],
  },
  {
    where: "troubleshoot #793: a plain line with a password",
    name: "app.conf",
    content: "password plain-leak-4\npassword: plain-leak-5\npassword=plain-leak-6\n",
    secrets: ["plain-leak-4", "plain-leak-5", "plain-leak-6"],
  },
  {
    where: "sbctl: session key, encryption key and password of PostgreSQL in a sample",
    name: "config.json",
    content: object({ sessionKey: "sess-leak-7", encryptionKey: "enc-leak-8", pg: { postgresPassword: "pg-leak-9" } }),
    secrets: ["sess-leak-7", "enc-leak-8", "pg-leak-9"],
  },
  {
    where: "carto-selfhosted #854 and troubleshoot #927: environment variables by other names",
    name: "pod.json",
    content: object({
      env: [
        { name: "LAUNCHDARKLY_SDK_KEY_SECRET", value: "ld-leak-10" },
        { name: "GOOGLE_MAPS_API_KEY", value: "gm-leak-11" },
      ],
    }),
    secrets: ["ld-leak-10", "gm-leak-11"],
  },
  {
    where: "sonobuoy #1539: a plugin's environment in definition, ConfigMap and pod",
    name: "cm.json",
    content: object({
      kind: "ConfigMap",
      apiVersion: "v1",
      data: { "plugin.yaml": "spec:\n  env:\n    - name: REPORT_PASSWORD\n      value: plugin-leak-12\n" },
    }),
    secrets: ["plugin-leak-12"],
  },
  {
    where: "sonobuoy #2056: MachineConfig and ControllerConfig with the pull secret",
    name: "machineconfigs.json",
    content: object({
      kind: "MachineConfigList",
      items: [
        {
          kind: "MachineConfig",
          spec: {
            config: {
              storage: {
                files: [{ contents: { source: `data:;base64,${Buffer.from('{"auths":{"q.example.test":{"auth":"cHVsbDpsZWFrLTEz"}}}').toString("base64")}` } }],
              },
            },
          },
        },
        {
          kind: "ControllerConfig",
          spec: { internalRegistryPullSecret: Buffer.from('{"auths":{"r.example.test":{"password":"pull-leak-14"}}}').toString("base64") },
        },
      ],
    }),
    secrets: ["cHVsbDpsZWFrLTEz", "pull-leak-14"],
  },
  {
    where: "must-gather #278 and #530: secrets in gathered logs and annotations",
    name: "pods.yaml",
    content: 'metadata:\n  annotations:\n    note: \'{"db_password": "mg-leak-15"}\'\n',
    secrets: ["mg-leak-15"],
  },
  {
    where: "must-gather-clean #88: logs that were rotated into .gz",
    name: "app.log.1.gz",
    content: gzipSync("password=gz-leak-16\n"),
    secrets: ["gz-leak-16"],
  },
  {
    where: "must-gather-clean #88: archives in archives",
    name: "all.tgz",
    content: gzipSync(await makeTarGz([{ name: "x.env", content: "API_KEY=nested-leak-17\n" }])),
    secrets: ["nested-leak-17"],
  },
  {
    where: "scylla-operator #3037 and #3042: credentials in the custom resources of operators",
    name: "scylla.json",
    content: object({
      kind: "ScyllaCluster",
      spec: { backups: [{ location: ["s3:b"], accessKey: "scylla-leak-18" }], agent: { auth_token: "scylla-leak-19" } },
    }),
    secrets: ["scylla-leak-18", "scylla-leak-19"],
  },
];

for (const { where, name, content, secrets } of leaks)
  test(where, async () => {
    const { bytes } = await redact(name, content);
    assert.deepEqual(leakedSecrets(secrets, readable(bytes)), []);
  });

test("must-gather-clean #51 and troubleshoot #734: addresses are found, and still tell what belongs together", async () => {
  const { text } = await redact("a.log", "10.9.8.7 to 10.9.8.7, then 10.9.8.6", testRedactor("standard"));
  const [one, same, other] = text.match(/\d+\.\d+\.\d+\.\d+/g) ?? [];
  assert.ok(!text.includes("10.9.8") && one === same && one !== other);
});

test("kubescape: a token can't be guessed by trying names without the key", async () => {
  const tokens = await Promise.all([
    redact("a.json", '{"nodeName":"worker-1"}', testRedactor("standard")),
    redact("a.json", '{"nodeName":"worker-2"}', testRedactor("standard")),
  ]);
  assert.notEqual(tokens[0]?.text, tokens[1]?.text);
  assert.ok(tokens.every(({ text }) => !text.includes("worker")));
});

/** Archives unpacked, so that what is in them can be searched. */
const readable = (bytes: Buffer): string => (bytes[0] === 0x1f && bytes[1] === 0x8b ? readable(gunzipSync(bytes)) : bytes.toString());
