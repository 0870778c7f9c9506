import { isHarmless } from "../names/is-harmless.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** What HTTP carries to prove who asks: header lines, in any quoting, and tokens that name their scheme. */
export const headerRules: readonly Rule[] = [
  {
    id: "jwt",
    reason: "a signed token lets in whoever shows it; service account tokens are such",
    literals: ["eyj"],
    window: 8200,
    pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.(?:[A-Za-z0-9_-]{4,4000})?\.[A-Za-z0-9_.-]{0,4000}/dy,
    examples: {
      hidden: ["got «eyJ¦hbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U» here"],
      kept: ["eyJust a word.", "eyJhbGciOiJub25lIn0"],
    },
  },
  {
    id: "authorization-header",
    reason: "Basic is a password in base64, Bearer and others are let in as they are",
    literals: [
      "authorization",
      "x-auth",
      "x-vault-token",
      "x-api-key",
      "x-access-token",
      "x-amz-security-token",
      "private-token",
      "x-gitlab-token",
      "x-token",
      "x-csrf-token",
      "x-honeycomb-team",
      "api-key",
    ],
    window: 4300,
    pattern:
      /(?:authorization|x-auth-(?:token|key)|x-auth|x-vault-token|x-api-key|x-access-token|x-amz-security-token|private-token|x-gitlab-token|x-token|x-csrf-token|x-honeycomb-team|(?<![\w-])api-key)(?:(?:\\{0,3}["'])?\s{0,2}[:=,]{1,2}>?\s{0,2}|[ \t]{1,4}(?=\\{0,3}["']))(?:\[|&\[\]string\{)?(?:\\{0,3}["'])?(?:(?:Bearer|Basic|Negotiate|NTLM|Digest|Token|ApiKey|AWS4-HMAC-SHA256|Splunk|GenieKey|SSWS|Api-Token|Bot)[ +:]{1,2})?(?<secret>[^\s"'\\,\]{};<>()&$][^\s"'\\\]}<>]{3,4000}(?: [A-Za-z]{2,12}=[^\r\n"'\\]{1,500}){0,2})/diy,
    accept: (found) => {
      const secret = secretOf(found);
      return (
        !isHarmless(secret) &&
        !/^(?:[a-z]+[,;.]?|Node,RBAC|[a-z0-9.-]+\/v\d\w*|[A-Z][a-z]+(?:[A-Z][a-z]+)*|[A-Z]{2,8}|(?:X-)?[A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)+,?)$/.test(secret)
      );
    },
    examples: {
      hidden: [
        "Authorization: Bearer «abcdef¦123456.ghi»",
        "> authorization: Basic «dXNlcjpw¦YXNz»",
        `-H 'X-Api-Key: «k3y¦-abc123»'`,
        `"Authorization":["Bearer «t0k¦en-xyz»"]`,
      ],
      kept: ["authorization-mode=Node,RBAC", "Authorization: Bearer ${TOKEN}", "rbac.authorization.k8s.io/v1", "authorization: required"],
    },
  },
  {
    id: "bearer",
    reason: "a bearer token without its header's name",
    literals: ["bearer "],
    window: 4100,
    pattern: /(?<![A-Za-z])Bearer (?<secret>[A-Za-z0-9_.~+/-]{8,4000}={0,2})/diy,
    accept: (found) => /\d/.test(secretOf(found)) && !isHarmless(secretOf(found)),
    examples: { hidden: ["sent Bearer «abc¦def123456789»"], kept: ["bearer authentication", "Bearer <token>"] },
  },
  {
    id: "basic",
    reason: "a name and a password in base64 without their header's name",
    literals: ["basic "],
    window: 300,
    pattern: /(?<![A-Za-z])Basic (?<secret>[A-Za-z0-9+/]{8,256}={0,2})(?![A-Za-z0-9])/dy,
    accept: (found) => /^[ -~]+:[ -~]*$/.test(Buffer.from(secretOf(found), "base64").toString("latin1")),
    examples: { hidden: ["using Basic «dXNlcjpwYXNz¦d29yZA==»"], kept: ["Basic configuration of"] },
  },
  {
    id: "digest-response",
    reason: "who has it can try words against it",
    literals: ['response="', 'response=\\"'],
    window: 150,
    pattern: /response=\\{0,7}"(?<secret>[0-9a-f]{32,128})(?=\\{0,7}")/dy,
    examples: { hidden: ['Digest username="", nonce="3526", response="«5e78775ce24be2d4818beeb33ef13c33»"'], kept: ['response="ok"'] },
  },
  {
    id: "cookie-header",
    reason: "a cookie is somebody's session",
    literals: ["cookie"],
    window: 4200,
    pattern: /(?<![\w-])(?:Set-)?cookie(?:\\{0,3}["'])?\s{0,2}:\s{0,2}(?:\[)?(?:\\{0,3}["'])?(?<secret>[A-Za-z0-9_.%-]{1,80}=[^\r\n"'\\]{4,4000})/diy,
    accept: (found) => !/^(?:httponly|secure|path|domain|max-?age|samesite|expires)=/i.test(secretOf(found)),
    examples: { hidden: ["Cookie: «session=abc¦def123; theme=dark»"], kept: ["cookie: disabled", "cookies are off"] },
  },
  {
    id: "set-cookie-header",
    reason: "the answer that begins somebody's session",
    literals: ["set-cookie"],
    window: 4200,
    pattern: /Set-Cookie(?:\\{0,3}["'])?\s{0,2}:\s{0,2}(?:\[)?(?:\\{0,3}["'])?(?<secret>[A-Za-z0-9_.%-]{1,80}=[^\r\n"'\\;]{4,4000})/diy,
    examples: { hidden: ["Set-Cookie: «sid=s%3Aabc¦defghi»; Path=/; HttpOnly"], kept: ["set-cookie: none"] },
  },
];
