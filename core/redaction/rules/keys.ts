import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";
import { hidden } from "../names/is-harmless.ts";

/** A private key is at most this long, with what a log puts in front of its lines. */
const longestKey = 14_000;

/** Private keys as files hold them; a certificate or a public key is none. */
export const keyRules: readonly Rule[] = [
  {
    id: "private-key",
    reason: "PEM, OpenSSH and PGP private keys: over lines, in one line with \\n, or cut off, then to the last line that may be of it",
    literals: ["-----begin "],
    window: longestKey + 200,
    pattern: new RegExp(
      `-----BEGIN (?:(?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?|OpenVPN Static key V1)-----(?<secret>(?:[^-]|-(?!----)){1,${longestKey}}?(?=-----END)|(?:[A-Za-z0-9+/=\\s]|\\\\[nr]){1,${longestKey}})`,
      "dy",
    ),
    accept: (found) =>
      !secretOf(found)
        .replace(/^[\s\\nr]{0,8}/, "")
        .startsWith(hidden),
    examples: {
      hidden: [
        "-----BEGIN RSA ¦PRIVATE KEY-----«\nMIIEpAIBAAKCAQEA\nabc=\n»-----END RSA ¦PRIVATE KEY-----",
        '"-----BEGIN ¦PRIVATE KEY-----«\\nMIIEvQ\\n»-----END ¦PRIVATE KEY-----"',
      ],
      kept: ["-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----", "-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----"],
    },
  },
  {
    id: "putty-key",
    reason: "the private half of a PuTTY key file",
    literals: ["private-lines:", "private-mac:", "private-hash:"],
    window: 8000,
    pattern: /Private-(?:Lines: \d{1,4}(?<secret>(?:\r?\n[A-Za-z0-9+/=]{1,76}(?=\r?\n|$)){1,100})|(?:MAC|Hash): ?(?<mac>[0-9a-f]{40,64}))/diy,
    examples: {
      hidden: ["Private-Lines: 1«\nAAAAgQC7dGVzdA¦==»\nPrivate-MAC: «0123456789abcdef0123456789abcdef01234567»"],
      kept: ["Public-Lines: 1\nAAAAB3Nz"],
    },
  },
  {
    id: "jwk-private",
    reason: "the private numbers of a key in JSON",
    literals: ['"kty"'],
    window: 6000,
    pattern: /"kty"\s{0,3}:\s{0,3}"(?:RSA|EC|OKP|oct)"[^{}]{0,1500}?"(?:d|k)"\s{0,3}:\s{0,3}"(?<secret>[A-Za-z0-9_-]{16,2000})"/dy,
    examples: {
      hidden: ['{"kty":"EC","crv":"P-256","x":"abc","d":"«870MB6gfuTJ4HtUnUvYMyJpr¦5eUZNP4Bk43bVdj3eAE»"}'],
      kept: ['{"kty":"RSA","e":"AQAB","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4"}'],
    },
  },
  {
    id: "minisign-key",
    reason: "signs releases as minisign and signify do",
    literals: ["secret key"],
    window: 400,
    pattern: /secret key\r?\n(?<secret>RW[A-Za-z0-9+/]{60,300}={0,2})/dy,
    examples: {
      hidden: [`untrusted comment: minisign encrypted secret key\n«RWRTY0¦${"abcdefghij".repeat(7)}»`],
      kept: ["untrusted comment: minisign public key\nRWQ"],
    },
  },
  {
    id: "ssh2-key",
    reason: "private keys in the form of ssh.com",
    literals: ["---- begin ssh2 encrypted private key"],
    window: 8000,
    pattern: /---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----(?<secret>(?:[^-]|-(?!--- END)){1,7000})/diy,
    examples: {
      hidden: ['---- BEGIN SSH2 ENCRYPTED ¦PRIVATE KEY ----«\nComment: "rsa-key"\nP2/56wAA\n»---- END'],
      kept: ["---- BEGIN SSH2 PUBLIC KEY ----\nAAAA"],
    },
  },
];
