import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { test } from "node:test";
import { checkSshKey } from "../../../../cli/run/conformance/check-ssh-key.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const locked = { cipher: "aes-256-cbc", passphrase: "words" } as const;

/** The beginning of a key as ssh-keygen writes it; all that says whether it is locked. */
const openSsh = (cipher: string): string => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(cipher.length);
  const body = Buffer.concat([Buffer.from("openssh-key-v1\0"), length, Buffer.from(cipher), Buffer.alloc(60)]).toString("base64");
  return `-----BEGIN OPENSSH PRIVATE KEY-----\n${body.replaceAll(/.{70}/g, "$&\n")}\n-----END OPENSSH PRIVATE KEY-----\n`;
};

const good: Record<string, string> = {
  "PKCS#1": String(privateKey.export({ type: "pkcs1", format: "pem" })),
  "PKCS#8": String(privateKey.export({ type: "pkcs8", format: "pem" })),
  OpenSSH: openSsh("none"),
};
for (const [form, text] of Object.entries(good)) test(`a private key in the form of ${form} will do`, () => assert.deepEqual(checkSshKey(text, "key"), []));

const bad: readonly (readonly [what: string, text: string, says: RegExp])[] = [
  ["a public key of OpenSSH", "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA me@example.test\n", /^--ssh-key k: is a public key/],
  ["a public key in PEM", String(publicKey.export({ type: "spki", format: "pem" })), /is a public key/],
  ["a key with a passphrase in PKCS#1", String(privateKey.export({ type: "pkcs1", format: "pem", ...locked })), /passphrase/],
  ["a key with a passphrase in PKCS#8", String(privateKey.export({ type: "pkcs8", format: "pem", ...locked })), /passphrase/],
  ["a key with a passphrase of OpenSSH", openSsh("aes256-ctr"), /passphrase/],
  ["something else", "hello\n", /is no private key/],
  ["nothing", "", /is no private key/],
];
for (const [what, text, says] of bad) test(`${what} will not`, () => assert.match(checkSshKey(text, "--ssh-key k").join("\n"), says));
