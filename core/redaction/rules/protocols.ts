import { isHarmless } from "../names/is-harmless.ts";
import { isToken } from "../names/is-token.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Logins as they go over the wire, in what programs record of it. */
export const protocolRules: readonly Rule[] = [
  {
    id: "mail-login",
    reason: "a name and a password in base64, as SMTP, IMAP and POP3 take them",
    literals: ["auth plain ", "auth login ", "auth xoauth2 ", "authenticate plain "],
    window: 460,
    pattern: /(?:auth|authenticate) (?:plain|login|xoauth2) (?<secret>[A-Za-z0-9+/]{8,400}={0,2})(?![\w-])/diy,
    accept: (found) => Buffer.from(secretOf(found), "base64").every((byte) => byte < 127 && (byte >= 32 || byte < 2)),
    examples: { hidden: ["AUTH PLAIN «AGJvYgBodW50¦ZXIy»"], kept: ["250-AUTH PLAIN LOGIN CRAM-MD5", "auth plain OAUTHBEARER"] },
  },
  {
    id: "mail-answer",
    reason: "the answer to a mail server that asks for the password",
    literals: ["334 ugfzc3dvcmq6"],
    window: 400,
    pattern: /334 UGFzc3dvcmQ6[^\n]{0,40}\n(?:[^\n]{0,60}[ :>])?(?<secret>[A-Za-z0-9+/]{4,200}={0,2})(?=\s|$)/dy,
    examples: { hidden: ["S: 334 UGFzc3dvcmQ6\nC: «aHVudGVyMg==»"], kept: ["334 UGFzc3dvcmQ6\n"] },
  },
  {
    id: "imap-login",
    reason: "a tag, the word LOGIN, a user and a password",
    literals: [" login "],
    window: 300,
    pattern: /(?<=(?:^|[\n "'])[A-Za-z]{0,3}\d{1,6}) LOGIN ["']?[\w.@+-]{1,80}["']? ["']?(?<secret>[^\s"']{4,200})/dy,
    accept: (found) => isToken(secretOf(found)),
    examples: { hidden: ["a1 LOGIN mailer «Wint3r_262»"], kept: ["1 LOGIN attempt failed", "a1 LOGIN bob 10.0.0.1"] },
  },
  {
    id: "redis-command",
    reason: "what MONITOR and the slow log of Redis show",
    literals: ['"auth" "', '"requirepass" "', '"masterauth" "'],
    window: 330,
    pattern: /"(?:auth"(?: "[^"\n]{1,100}"(?= "))?|requirepass"|masterauth") "(?<secret>[^"\n]{1,200})"/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ['"AUTH" "default" "«hunter2»"', '"CONFIG" "SET" "requirepass" "«hunter2»"'], kept: ['"CONFIG" "GET" "requirepass"'] },
  },
  {
    id: "saml-response",
    reason: "whom an identity provider lets in",
    literals: ["samlresponse"],
    window: 12_100,
    pattern: /SAMLResponse(?:\\{0,3}["'])?\s?[:=]\s?(?:\\{0,3}["'])?(?<secret>[A-Za-z0-9+/%_=-]{24,12000})/diy,
    examples: { hidden: ["SAMLResponse=«PHNhbWxwOlJlc3Bv¦bnNlT1R5ZuXzlYTQ»"], kept: ["SAMLResponse=", "no SAMLResponse: status"] },
  },
  {
    id: "tls-secret",
    reason: "opens a recorded connection: the lines of SSLKEYLOGFILE",
    literals: ["client_random ", "traffic_secret", "exporter_secret "],
    window: 230,
    pattern: /(?:client_random|traffic_secret(?:_\d{1,3})?|exporter_secret) [0-9a-f]{64} (?<secret>[0-9a-f]{64,128})(?![0-9a-f])/diy,
    examples: {
      hidden: [`CLIENT_RANDOM ${"0123456789abcdef".repeat(4)} «${"fedcba9876543210".repeat(6)}»`],
      kept: [`CLIENT_RANDOM ${"0123456789abcdef".repeat(4)}`, "traffic_secret is derived"],
    },
  },
  {
    id: "windows-hashes",
    reason: "hashes of a Windows account as tools dump them",
    literals: [":::"],
    window: 70,
    locate: (text, at) => (/:[0-9a-f]{32}:[0-9a-f]{32}$/i.test(text.slice(Math.max(0, at - 66), at)) ? { start: at - 65, end: at } : undefined),
    examples: { hidden: ["Administrator:500:«aad3b435b51404eeaad3b435b51404ee:5c9286484312138e¦a9bce74b678172e8»:::"], kept: ["daemon:*:19000:0:99999:7:::"] },
  },
];
