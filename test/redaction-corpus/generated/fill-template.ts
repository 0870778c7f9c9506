import type { Random } from "../../faults/random/random.ts";
import { drawFiller } from "./fillers.ts";
import { drawKeyName } from "./key-names.ts";
import { encode } from "./encoders.ts";
import { drawSecret } from "./secret-kinds.ts";

/** A template with its gaps filled: what must not get out of it, and what must stay. */
export type Filled = { readonly text: string; readonly secrets: readonly string[]; readonly mustStay: readonly string[] };

/** Fills the gaps of a template, one text at a time, so that `‹pw#1›` is the same value in all of them; ⟪ and ⟫ stand around what must stay. */
export function createFiller(random: Random): (template: string) => Filled {
  const known = new Map<string, ReturnType<typeof draw>>();
  return (template) => {
    const secrets: string[] = [];
    const marked = template.replaceAll(/‹([^›]+)›/g, (_, gap: string) => {
      const [kind = "", ...encodings] = gap.split("|");
      const value = (kind.includes("#") ? known.get(kind) : undefined) ?? draw(random, kind.replace(/#.*/, ""));
      known.set(kind, value);
      secrets.push(...value.secrets);
      return encodings.reduce(encode, value.text);
    });
    const mustStay = [...marked.matchAll(/⟪([^⟫]*)⟫/g)].map(([, kept = ""]) => kept);
    return { text: marked.replaceAll(/[⟪⟫]/g, ""), secrets, mustStay };
  };
}

/** What is written whole before it is encoded: a part with secrets of its own. */
const parts: Readonly<Record<string, string>> = {
  basicPair: "‹user›:‹pw›",
  dockerJson: '{"auths":{"registry.example.test":{"username":"robot","password":"‹pw|json›","auth":"‹basicPair|b64›"}}}',
  configJson: '{"listen":":8080","database":{"user":"‹user›","password":"‹pw|json›"},"‹keyCamel›":"‹pw|json›"}',
  configYaml: 'server:\n  port: 8080\ndatabase:\n  user: ‹user›\n  password: "‹pw|json›"\n‹key›: "‹pw|json›"\n',
  cloudInit: "#!/bin/bash\nexport ‹KEY›='‹pw|shq›'\ncurl -u robot:‹pw› https://artifacts.example.test/install.sh | bash\n",
  envText: "PORT=80\n‹KEY›=‹pw›\n",
  cmdline: "mysql -u root --password=‹pw› app",
};

function draw(random: Random, kind: string): Pick<Filled, "text" | "secrets"> {
  const part = parts[kind];
  if (part !== undefined) return createFiller(random)(part);
  const secret = drawSecret(random, kind);
  if (secret !== undefined) return secret;
  const text = drawKeyName(random, kind) ?? drawFiller(random, kind);
  if (text === undefined) throw new Error(`a template names ${kind}, which nothing draws`);
  return { text, secrets: [] };
}
