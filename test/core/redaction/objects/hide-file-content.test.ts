import assert from "node:assert/strict";
import { test } from "node:test";
import { redact } from "../redact.ts";

const key = "0123456789abcdef0123456789abcdef";
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const yaml = (path: string, content: string): string => `write_files:\n  - path: ${path}\n    content: ${content}\n`;

/** A file of a machine, and the same without its secret; equal where there is none. */
const files: readonly (readonly [what: string, name: string, file: unknown, clean: unknown])[] = [
  ["Ignition", "a.json", ignition("/etc/rails/master.key", `data:,${key}`), ignition("/etc/rails/master.key", "data:,REDACTED")],
  [
    "Ignition, base64",
    "a.json",
    ignition("/run/db_password", `data:;base64,${base64("h8Xk2pQz")}`),
    ignition("/run/db_password", `data:;base64,${base64("REDACTED")}`),
  ],
  ["Ignition, escaped", "a.json", ignition("/run/token", "data:,ab%2Bc123%0A"), ignition("/run/token", "data:,REDACTED")],
  ["Butane", "a.json", { path: "/run/token", contents: { inline: "abc123def456" } }, { path: "/run/token", contents: { inline: "REDACTED" } }],
  ["cloud-init", "a.yaml", yaml("/app/master.key", key), yaml("/app/master.key", "REDACTED")],
  [
    "Cluster API",
    "a.json",
    { path: "/run/token", encoding: "base64", content: base64("abc123d") },
    { path: "/run/token", encoding: "base64", content: base64("REDACTED") },
  ],
  ["a name", "a.json", ignition("/etc/hostname", "data:,web-1"), ignition("/etc/hostname", "data:,web-1")],
  ["what tells how long tokens live", "a.yaml", yaml("/etc/token_ttl", "3600s1"), yaml("/etc/token_ttl", "3600s1")],
  [
    "a path alone",
    "a.json",
    { path: "/run/token", contents: { source: "https://example.test/token" } },
    { path: "/run/token", contents: { source: "https://example.test/token" } },
  ],
];

function ignition(path: string, source: string): unknown {
  return { ignition: { version: "3.2.0" }, storage: { files: [{ path, mode: 384, contents: { source } }] } };
}

const render = (file: unknown): string => (typeof file === "string" ? file : JSON.stringify(file));

for (const [what, name, file, clean] of files)
  test(`a file of a machine's configuration, ${what}: its content is hidden if its path says that it is a secret`, async () => {
    const { text } = await redact(name, render(file));
    assert.equal(text, render(clean));
    assert.equal((await redact(name, text)).text, text, "a second time changes nothing");
  });
