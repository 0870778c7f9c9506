import { isHarmless } from "../names/is-harmless.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Passwords in addresses of whatever scheme, and in the strings that databases are opened with. */
export const urlRules: readonly Rule[] = [
  {
    id: "url-password",
    reason: "scheme://user:password@host, or scheme://token@host",
    literals: ["://"],
    window: 620,
    pattern:
      /:\/\/(?:(?:[^\s/@:"'<>\\[\]{},]|,(?=[a-z]{1,9}=)){0,200}:(?<secret>[^\s@"'<>\\]{1,300}(?:@[^\s@/:"'<>\\]{1,100}(?=@))?)|(?<token>[A-Za-z0-9_.~%-]{20,300}))@(?=[\w[$%({.-])/dy,
    accept: (found) => !isHarmless(secretOf(found)) && !/^\d{1,5}\/|\/[^@]*\//.test(secretOf(found)),
    examples: {
      hidden: [
        "postgres://app:«s3¦cret»@db:5432/x",
        "amqp://u:«p¦w»@mq",
        "redis://:«hunt¦er2»@cache",
        "git clone https://«0123456789¦abcdefghijkl»@git.example.test/a",
      ],
      kept: ["http://host:8080/path@x", "https://user@example.test/", "http://u:$¦{PW}@h", "ssh://git@example.test:22/a"],
    },
  },
  {
    id: "encoded-url-password",
    reason: "the same, where the whole address is a value of another one's query",
    literals: ["%3a%2f%2f", "%253a%252f%252f"],
    window: 620,
    pattern: /%(?:25)?3A%(?:25)?2F%(?:25)?2F[\w.~+-]{0,100}%(?:25)?3A(?<secret>(?:[^\s%&"'<>\\]|%(?!(?:25)?40)[0-9A-F]{2}){1,300})%(?:25)?40/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["callback=https%3A%2F%2Fadmin%3A«hunt¦er2»%40hooks.example.test", "a=b%253A%252F%252Fbob%253A«hunt¦er2»%2540h"],
      kept: ["next=https%3A%2F%2Fexample.test%2Fa"],
    },
  },
  {
    id: "oracle-login",
    reason: "user/password@ of Oracle's thin driver",
    literals: [":thin:"],
    window: 220,
    pattern: /:thin:[\w.$-]{1,60}\/(?<secret>[^\s@"'/]{1,100})@/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["jdbc:oracle:thin:scott/«tiger1»@//db:1521/x"], kept: ["jdbc:oracle:thin:@//db:1521/x"] },
  },
  {
    id: "query-secret",
    reason: "what a query says: ?api_key=, &access_token=, &X-Amz-Signature=, &code=",
    literals: [
      "?key=",
      "&key=",
      "?code=",
      "&code=",
      "x-amz-signature=",
      "x-goog-signature=",
      "&signature=",
      "?signature=",
      "client_assertion=",
      "x-amz-security-token=",
      "?auth=",
      "&auth=",
    ],
    window: 1600,
    pattern: /[?&]?[a-z_-]{3,22}=(?<secret>[A-Za-z0-9%_.~+/=-]{12,600})/diy,
    accept: (found) => /\d/.test(secretOf(found)),
    examples: { hidden: ["https://maps.example.test/api?key=«abcdef¦123456789xyz»"], kept: ["/find?key=plain-words-only"] },
  },
];
