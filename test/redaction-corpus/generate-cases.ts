import { gzipSync } from "node:zlib";
import { seededRandom } from "../core/archive/journal-text.ts";
import type { CorpusCase } from "./read-corpus.ts";

type Dice = {
  readonly pick: <T>(list: readonly [T, ...T[]]) => T;
  readonly word: (alphabet: string, length: number) => string;
  readonly below: (most: number) => number;
};

/** Made-up cases, the same for the same seed: a secret of some kind, under some name, in some place, encoded in some way, among lines of noise. */
export function generateCases(seed: number, count: number): readonly CorpusCase[] {
  const dice = rollWith(seededRandom(seed));
  return Array.from({ length: count }, (_, at) => {
    const place = dice.pick(places);
    const { secret, shown } = dice.pick(place.tokensOnly === true ? [tokenOf] : [namedOf, namedOf, tokenOf])(dice);
    const name = dice.pick(names);
    const content = dice.pick(encodings)(place.render({ name, secret: shown, dice }), place.name);
    return { family: "generated", id: `${seed}-${at}`, name: place.name, content, secrets: [secret], isIdentity: false };
  });
}

function rollWith(random: () => number): Dice {
  const below = (most: number): number => Math.floor(random() * most);
  return {
    below,
    pick: (list) => list[below(list.length)] ?? list[0],
    word: (alphabet, length) => Array.from({ length }, () => alphabet[below(alphabet.length)]).join(""),
  };
}

const lower = "abcdefghijklmnopqrstuvwxyz";
const digits = "0123456789";
const all = `${lower}${lower.toUpperCase()}${digits}`;

type Secret = { readonly secret: string; readonly shown: string };
const plain = (broken: string): Secret => {
  const secret = broken.replaceAll("¦", "");
  return { secret, shown: secret };
};

/** What people and programs make up as passwords and tokens; the digit keeps it from being a word. */
const namedOf = (dice: Dice): Secret =>
  plain(
    dice.pick([
      () => `${dice.word(lower, 6)}${dice.word(digits, 3)}`,
      () => dice.word(all, 12 + dice.below(30)) + dice.word(digits, 1),
      () => `${dice.word(all, 5)}!${dice.word(all, 4)}${dice.word(digits, 1)}`,
      () => dice.word("0123456789abcdef", 32),
      () => `${dice.word(lower, 4)}-${dice.word(digits, 4)}-${dice.word(lower, 4)}`,
      () => `${dice.word(all, 9)}%${dice.word(digits, 2)}`,
    ])(),
  );

/** Tokens that say themselves what they are, broken here so that no scanner takes this file for a leak. */
const tokenOf = (dice: Dice): Secret =>
  plain(
    dice.pick([
      () => `gh${dice.pick(["p", "o", "s"])}_${dice.word(all, 36)}`,
      () => `gl¦pat-${dice.word(all, 20)}`,
      () => `AK¦IA${dice.word("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`,
      () => `xox¦b-${dice.word(digits, 12)}-${dice.word(digits, 12)}-${dice.word(all, 24)}`,
      () => `sk_¦live_${dice.word(all, 24)}`,
      () => `AI¦za${dice.word(all, 35)}`,
      () => `npm¦_${dice.word(all, 36)}`,
      () => `hv¦s.${dice.word(all, 24)}`,
      () => `ey¦J${dice.word(all, 20)}.ey¦J${dice.word(all, 30)}.${dice.word(all, 43)}`,
      () => `SG¦.${dice.word(all, 22)}.${dice.word(all, 43)}`,
    ])(),
  );

const names = [
  "DB_PASSWORD",
  "password",
  "rootPassword",
  "api_key",
  "apiKey",
  "CLIENT_SECRET",
  "spring.datasource.password",
  "auth-token",
  "accessToken",
  "SMTP_PASS",
  "encryption-key",
  "AWS_SECRET_ACCESS_KEY",
  "signingKey",
  "session_secret",
  "redis.passwd",
  "bearerToken",
] as const;

type Slot = { readonly name: string; readonly secret: string; readonly dice: Dice };
type PlaceTemplate = { readonly name: string; readonly render: (slot: Slot) => string; readonly tokensOnly?: true };

const quote = (value: string): string => JSON.stringify(value);
const noise = (dice: Dice): string => dice.pick(["replicas: 2", "image: registry.example.test/app:1.2", "port: 8080", "# see the docs", "log_level: info"]);
const chatter = (dice: Dice): string =>
  dice.pick(["listening on port 8080", "reconciled deployment default/web in 12ms", "GET /healthz 200", "cache miss for key user:42", "token bucket refilled"]);
const object = (value: unknown): string => JSON.stringify(value, undefined, 2);

const places: readonly [PlaceTemplate, ...PlaceTemplate[]] = [
  {
    name: "pod.json",
    render: ({ name, secret }) =>
      object({
        kind: "Pod",
        apiVersion: "v1",
        spec: {
          containers: [
            {
              env: [
                { name: "A", value: "1" },
                { name, value: secret },
              ],
            },
          ],
        },
      }),
  },
  { name: "pod.json", render: ({ name, secret }) => JSON.stringify({ spec: { containers: [{ env: [{ value: secret, name }] }] } }) },
  { name: "pod.json", render: ({ name, secret }) => object({ spec: { containers: [{ args: ["serve", `--${name}`, secret, "-v"] }] } }) },
  { name: "pod.json", render: ({ name, secret }) => object({ spec: { containers: [{ command: ["sh", "-c", `export ${name}=${secret} && exec app`] }] } }) },
  { name: "deploy.yaml", render: ({ name, secret, dice }) => `${noise(dice)}\nenv:\n  - name: ${name}\n    value: ${quote(secret)}\n` },
  { name: "values.yaml", render: ({ name, secret, dice }) => `${noise(dice)}\nauth:\n  ${name}: '${secret}'\nother: 1\n` },
  {
    name: "cm.json",
    render: ({ name, secret }) => object({ kind: "ConfigMap", apiVersion: "v1", data: { "app.properties": `a.b=c\n${name}=${secret}\nd=e\n` } }),
  },
  {
    name: "cm.json",
    render: ({ name, secret }) => object({ kind: "ConfigMap", apiVersion: "v1", data: { "app.yaml": `server:\n  ${name}: ${quote(secret)}\n  port: 1\n` } }),
  },
  {
    name: "cm.json",
    render: ({ name, secret }) => object({ kind: "ConfigMap", apiVersion: "v1", data: { "app.json": JSON.stringify({ a: 1, [name]: secret }) } }),
  },
  { name: "cm.json", render: ({ name, secret }) => object({ kind: "ConfigMap", apiVersion: "v1", data: { "app.toml": `[x]\n${name} = ${quote(secret)}\n` } }) },
  {
    name: "deploy.json",
    render: ({ name, secret }) =>
      object({ metadata: { annotations: { "kubectl.kubernetes.io/last-applied-configuration": JSON.stringify({ spec: { [name]: secret } }) } } }),
  },
  { name: "cr.json", render: ({ name, secret }) => object({ apiVersion: "x.example.test/v1", kind: "Thing", spec: { deep: [{ er: { [name]: secret } }] } }) },
  {
    name: "app.log",
    render: ({ name, secret, dice }) => `${chatter(dice)}\n2026-01-01T00:00:00Z ERROR cannot log in ${name}=${secret} retry=3\n${chatter(dice)}\n`,
  },
  { name: "app.log", render: ({ name, secret, dice }) => `${chatter(dice)}\n{"level":"info",${quote(name)}:${quote(secret)},"n":1}\n` },
  {
    name: "app.log",
    render: ({ secret, dice }) => `${chatter(dice)}\ndial postgres://app:${encodeURIComponent(secret)}@db.example.test:5432/x failed\n`,
    tokensOnly: true,
  },
  { name: "app.log", render: ({ secret, dice }) => `${chatter(dice)}\n> Authorization: Bearer ${secret}\n`, tokensOnly: true },
  { name: "app.log", render: ({ secret, dice }) => `${chatter(dice)} ${secret} ${chatter(dice)}\n`, tokensOnly: true },
  { name: "prod.env", render: ({ name, secret }) => `A=1\n${name.toUpperCase().replaceAll(/[.-]/g, "_")}='${secret}'\nB=2\n` },
  { name: "web.xml", render: ({ name, secret }) => `<config><${name}>${secret}</${name}><a>1</a></config>\n` },
];

const encodings: readonly [(text: string, name: string) => string, ...((text: string, name: string) => string)[]] = [
  (text) => text,
  (text) => text,
  (text) => text,
  (text, name) => wrap(name, Buffer.from(text).toString("base64")),
  (text, name) => wrap(name, Buffer.from(Buffer.from(text).toString("base64")).toString("base64")),
  (text, name) => wrap(name, gzipSync(text).toString("base64")),
];

/** What was encoded, in a file of the same kind. */
function wrap(name: string, encoded: string): string {
  if (name.endsWith(".json")) return object({ data: { blob: encoded } });
  return name.endsWith(".yaml") ? `blob: ${encoded}\n` : `got payload ${encoded} from peer\n`;
}
