import { isHarmless, isProse } from "../names/is-harmless.ts";
import { locateFoundValue } from "../text/locate-found-value.ts";
import type { Found, Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Sentences in which a program tells a secret. */
export const toldRules: readonly Rule[] = [
  {
    id: "told-behind-colon",
    reason: "a sentence about a password or token that ends with a colon and the secret itself",
    literals: ["password", "passphrase", "token ", "secret "],
    window: 420,
    pattern:
      /(?:password|passphrase|token|secret) (?:for (?:user )?["']?[\w.@-]{1,60}["']?|tried|used|to proceed|(?:is|was|has been) (?:re)?set to|generated)\s?:\s{1,8}["'`]?(?<secret>[^\s"'`]{6,200})/diy,
    accept: isSaid,
    examples: {
      hidden: [
        "password for elastic: «G4rd3n_212X9N»",
        "Default admin password is set to: «dolphin-winter-72»",
        "use the following password to proceed:\n\n«bc720fde48ea»",
      ],
      kept: ["password for bob: expired", "no token for node-1: timeout=30s", "password tried: 3 times"],
    },
  },
  {
    id: "elastic-password",
    reason: "what elasticsearch-setup-passwords prints",
    literals: ["password "],
    window: 150,
    pattern: /(?<=(?:^|\n|\\n)[^\n]{0,40})PASSWORD [a-z_]{2,30} = (?<secret>[^\s"']{6,100})/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["PASSWORD elastic = «2pauwum6BLYr»"], kept: ["PASSWORD elastic = ****"] },
  },
  {
    id: "found-value",
    reason: "Spring tells which properties it has found, and their values",
    literals: ["with value '", 'with value "', "with value ["],
    window: 400,
    locate: locateFoundValue,
    examples: {
      hidden: ["Found key 'db.password' in PropertySource 'env' with value '«C3d4r_9»'"],
      kept: ["Found key 'db.host' in PropertySource 'env' with value 'db1'"],
    },
  },
  {
    id: "dotted-value",
    reason: "HikariCP writes dots between a setting and its value",
    literals: ["password....", "secret....", "token...."],
    window: 240,
    pattern: /(?:password|secret|token)\.{4,60}(?<secret>[^\s.<*"'][^\s"'<>]{3,100})(?=\s|$)/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["DEBUG HikariConfig - password.........................«XOrHUwpLGh40»"],
      kept: ["password.........................<masked>", "token.....none"],
    },
  },
  {
    id: "recovery-codes",
    reason: "each lets somebody in once",
    literals: ["recovery codes", "backup codes", "recovery_codes", "backup_codes"],
    window: 400,
    pattern:
      /(?:recovery|backup)[_ ]codes?\\{0,3}["']?\s?[:=]\s{0,3}\[?(?<secret>(?:\\{0,3}["']?[A-Za-z0-9]{4,8}-[A-Za-z0-9]{4,8}\\{0,3}["']?[, ]{1,3}){0,15}\\{0,3}["']?[A-Za-z0-9]{4,8}-[A-Za-z0-9]{4,8})(?![\w-])/diy,
    accept: (found) => /\d/.test(secretOf(found)),
    examples: { hidden: ["recovery codes: «g3omf-atm8k egoic-ynrd1»"], kept: ["recovery codes: were-sent by mail", "backup codes are off"] },
  },
  {
    id: "seed-phrase",
    reason: "twelve to twenty-four words that stand for a key",
    literals: ["mnemonic", "seed phrase", "recovery phrase", "seed words"],
    window: 260,
    pattern:
      /(?:mnemonic|(?:seed|recovery) (?:phrase|words))\\{0,3}["']?(?: is)?\s?[:=]?\s{0,3}\\{0,3}["']?(?<secret>(?:[a-z]{3,8} ){11,23}[a-z]{3,8})(?![a-z ])/diy,
    accept: (found) => secretOf(found).split(" ").length % 3 === 0,
    examples: {
      hidden: ["mnemonic: «absent cricket umbrella engine cereal wagon raccoon gospel hollow dragon lumber pistol»"],
      kept: ["mnemonic names are easy", "the seed phrase has twelve words that nobody else must ever see or hear about"],
    },
  },
];

/** Whether what stands behind the colon is a secret, and no word of the sentence, number or time. */
function isSaid(found: Found): boolean {
  const secret = secretOf(found);
  return /\d/.test(secret) && /[A-Za-z]/.test(secret) && !isHarmless(secret) && !isProse(secret) && !/=|^\d+\w{0,2}[.,;]?$|^https?:/.test(secret);
}
