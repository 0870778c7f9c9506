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
      /(?:authorization|x-auth-(?:token|key)|x-auth|x-vault-token|x-api-key|x-access-token|x-amz-security-token|private-token|x-gitlab-token|x-token|x-csrf-token|x-honeycomb-team|(?<![\w-])api-key)(?:(?:\\{0,3}["'])?\s{0,2}(?:[:=]{1,2}>?\s{0,2}|,\s{0,2}(?=\\{0,3}["']))|[ \t]{1,4}(?=\\{0,3}["']))(?:\[|&\[\]string\{)?(?:\\{0,3}["'])?(?:(?:Bearer|Basic|Negotiate|NTLM|Digest|Token|ApiKey|AWS4-HMAC-SHA256|Splunk|GenieKey|SSWS|Api-Token|Bot)[ +:]{1,2})?(?<secret>[^\s"'\\,\]{};<>()&$][^\s"'\\\]}<>]{3,4000}(?: [A-Za-z]{2,16}=[^\r\n"'\\]{1,500}){0,2})/diy,
    accept: (found) => {
      const secret = secretOf(found);
      return (
        !isHarmless(secret) &&
        // The next label of a metric, {name="Authorization",stage="BETA"}.
        !(/^\w{1,60}=$/.test(secret) && /["']/.test(found.text.charAt(found.end))) &&
        // Of Digest the name of the user stands first, and the answer has a rule of its own.
        !/^username=/i.test(secret) &&
        !/^(?:[a-z]+[,;.]?|Node,RBAC|[a-z0-9.-]+\/v\d\w*|[A-Z][a-z]+(?:[A-Z][a-z]+)*|[A-Z]{2,8}|(?:X-)?[A-Z][A-Za-z]+(?:-[A-Z][A-Za-z]+)+,?)$/.test(secret)
      );
    },
    examples: {
      hidden: [
        "Authorization: Bearer «abcdef¦123456.ghi»",
        "> authorization: Basic «dXNlcjpw¦YXNz»",
        "> authorization: basic «ZGVwbG95Ok1hcmJs¦ZUhhcmJvcjA2IzE=»",
        `-H 'X-Api-Key: «k3y¦-abc123»'`,
        `"Authorization":["Bearer «t0k¦en-xyz»"]`,
        "Authorization: SSWS «00QCjAl4MlV¦-WPXM_ReD1C0»",
        "Authorization: AWS4-HMAC-SHA256 «Credential=x/20260101/r/s3/aws4_request, SignedHeaders=host;x-amz-date, Signature=fe5f80f77d5fa3be»",
      ],
      kept: [
        "{ apiKeyHeader: 'X-Api-Key', port: 1 }",
        '{name="Authorization",stage="BETA"}',
        'authorization: Digest username="bob", realm="r"',
        "authorization-mode=Node,RBAC",
        "Authorization: Bearer ${TOKEN}",
        "rbac.authorization.k8s.io/v1",
        "authorization: required",
      ],
    },
  },
  {
    id: "bearer",
    reason: "a bearer token without its header's name",
    literals: ["bearer "],
    window: 4100,
    pattern: /(?<![A-Za-z])Bearer (?<secret>[A-Za-z0-9_.~+/-][A-Za-z0-9_.~+/:-]{7,4000}={0,2})/diy,
    accept: (found) => /\d/.test(secretOf(found)) && !isHarmless(secretOf(found)),
    examples: {
      hidden: ["sent Bearer «abc¦def123456789»", "bearer «token-kfq84¦:margrkge5krpzdusmxkggidwaez0»"],
      kept: ["bearer authentication", "Bearer <token>"],
    },
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
    id: "scheme-token",
    reason: "Okta's tokens and those of Kerberos and NTLM, without their header's name",
    literals: ["ssws ", "apikey ", "negotiate yi", "negotiate oy", "negotiate tlrmtv", "ntlm tlrmtv"],
    window: 4100,
    pattern:
      /(?<![A-Za-z])(?:SSWS (?=[\w-]{0,60}\d)(?<okta>[\w-]{20,200})|[Aa]pi[Kk]ey (?=[\w+/-]{0,60}\d)(?<elastic>[\w+/-]{40,200}={0,2})(?![\w/.-])|(?:Negotiate|NTLM) (?<ticket>(?:YI|oY|TlRMTV)[A-Za-z0-9+/]{16,4000}={0,2}))/dy,
    examples: {
      hidden: [
        "elastic ApiKey «VnVhQ2ZHY0JDZGJrUW0t¦ZTVhT3g6dWkybHAyYXhUTm1zeWFrdzl0» in",
        "sent SSWS «00QCjAl4MlV¦-WPXM_ReD1C0ZjEFAK1»",
        "WWW-Authenticate: Negotiate «oYG1MIGyoAMK¦AQChCwYJKoZIgvcSAQICooGdBIGa»",
      ],
      kept: ["SSWS scheme-of-okta-is-not-known", "Negotiate yields to NTLM"],
    },
  },
  {
    id: "request-signature",
    reason: "what a request to AWS is signed with; with the request it lets in",
    literals: ["signature="],
    window: 140,
    pattern: /(?<=AWS4-[^\n]{0,600})Signature=(?<secret>[0-9a-f]{64})(?![0-9a-f])/dy,
    examples: {
      hidden: ["AWS4-HMAC-SHA256 Credential=x, SignedHeaders=host, Signature=«fe5f80f77d5fa3beca038a248ff027d0¦445342fe2855ddc963176630326f1024»"],
      kept: ["Signature=0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"],
    },
  },
  {
    id: "digest-response",
    reason: "who has it can try words against it",
    literals: ["response="],
    window: 150,
    pattern: /response=(?:\\{0,7}")?(?<secret>[0-9a-f]{32,128})(?![\w-])/dy,
    examples: {
      hidden: [
        "Digest username=bob, response=«5e78775ce24be2d4¦818beeb33ef13c33»",
        'Digest username="", nonce="3526", response="«5e78775ce24be2d4818beeb33ef13c33»"',
      ],
      kept: ['response="ok"'],
    },
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
