import type { Rule } from "./rule.ts";

/** Hashes of passwords: who has one can try words against it. */
export const hashRules: readonly Rule[] = [
  {
    id: "password-hash",
    reason: "bcrypt, crypt, argon2, scrypt, PBKDF2, SCRAM and apr1 hashes, as in htpasswd, shadow and databases",
    literals: [
      "$2a$",
      "$2b$",
      "$2y$",
      "$1$",
      "$5$",
      "$6$",
      "$y$",
      "$apr1$",
      "$argon2",
      "$scrypt$",
      "$pbkdf2",
      "pbkdf2_sha",
      "scram-sha-",
      "{ssha}",
      "{sha}",
      "$7$",
      "as '*",
      "$s$d",
      "$p$b",
      "md5",
    ],
    window: 300,
    pattern:
      /(?:(?<![\w./-])md5[0-9a-f]{32}(?![\w.-])|as '(?<native>\*[0-9A-F]{40})|\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}|\$(?:1|5|6|7|y|apr1)\$[^\s$:"']{1,40}\$[^\s$:"']{8,100}(?:\$[^\s:"']{20,100})?|\$argon2(?:id|i|d)\$[A-Za-z0-9$=,+/.-]{20,250}|\$scrypt\$[A-Za-z0-9$=,+/.-]{20,250}|\$pbkdf2[A-Za-z0-9$=,+/.-]{20,250}|pbkdf2_sha\d{1,3}\$\d{1,9}\$[A-Za-z0-9+/=]{4,60}\$[A-Za-z0-9+/=]{20,100}|SCRAM-SHA-256\$\d{1,9}:[A-Za-z0-9+/=]{10,60}\$[A-Za-z0-9+/=:]{40,200}|\{S?SHA\d{0,3}\}[A-Za-z0-9+/=]{20,120}|\$[SP]\$[BD][A-Za-z0-9./]{30,52})/diy,
    examples: {
      hidden: [
        "admin:«$2y$¦10$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234»",
        "root:«$6$¦saltsalt$abcdefghijklmnopqrstuvwxyz0123456789»:19000:0:",
        'ROLE app PASSWORD "«md5eb3a67f10f1b1741¦a8c1cbfefb479cf9»"',
        "u:«$apr1$¦abcdefgh$0123456789abcdefghijkl»",
      ],
      kept: ["md5:0123456789abcdef0123456789abcdef", "$1$ for $5$", "costs $2a$"],
    },
  },
];
