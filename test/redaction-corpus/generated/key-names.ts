import type { Random } from "../../faults/random/random.ts";

/** Draws the name of a secret, in the way of writing that `style` names; undefined where there is no such style. */
export function drawKeyName(random: Random, style: string): string | undefined {
  const write = styles[style];
  if (write === undefined) return undefined;
  const owner = random.below(3) === 0 ? [] : [random.pick(owners)];
  return write([...owner, ...random.pick(nouns).split(" ")]);
}

const owners = ["db", "billing", "orders", "redis", "smtp", "admin", "payments", "ldap", "app", "github", "internal", "kafka", "backup", "sso"];

const nouns = [
  "password",
  "passwd",
  "pass",
  "pwd",
  "passphrase",
  "secret",
  "token",
  "api key",
  "api token",
  "api secret",
  "access token",
  "access key secret",
  "auth token",
  "bearer token",
  "client secret",
  "consumer secret",
  "credentials",
  "encryption key",
  "hmac key",
  "jwt secret",
  "master key",
  "private token",
  "refresh token",
  "secret access key",
  "secret key",
  "secret key base",
  "session secret",
  "cookie secret",
  "shared secret",
  "signing key",
  "signing secret",
  "webhook secret",
  "keystore password",
  "root password",
  "user password",
  "service token",
  "deploy token",
  "personal access token",
  "account key",
  "storage key",
  "sas token",
  "bind password",
  "auth key",
  "oauth token",
  "license key",
  "rootpw",
  "ssh password",
  "sudo pass",
  "registry password",
  "symmetric key",
];

const title = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const styles: Readonly<Record<string, (words: readonly string[]) => string>> = {
  KEY: (words) => words.join("_").toUpperCase(),
  key: (words) => words.join("_"),
  "key-kebab": (words) => words.join("-"),
  "key.dot": (words) => words.join("."),
  keyCamel: ([head = "", ...rest]) => head + rest.map(title).join(""),
  KeyPascal: (words) => words.map(title).join(""),
};
