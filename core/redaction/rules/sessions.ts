import { isHarmless } from "../names/is-harmless.ts";
import { isToken } from "../names/is-token.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** What people type into shells of databases and into tools, as terminals and histories keep it. */
export const sessionRules: readonly Rule[] = [
  {
    id: "shell-login",
    reason: "a login in the shell of Redis or MongoDB",
    literals: ["> auth ", "db.auth("],
    window: 320,
    pattern:
      /(?:> auth (?:[\w.-]{1,60} (?=\S))?["']?(?<redis>[^\s"']{4,200})["']?(?=\s{0,4}(?:\n|$))|db\.auth\(\s?["'][^"'\n]{1,100}["'],\s?["'](?<mongo>[^"'\n]{1,200}))/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["127.0.0.1:6379> AUTH default «hunter2x»", 'db.auth("root", "«hunter2x»")'],
      kept: ["=> auth is disabled on this", "db.auth(user, pw)"],
    },
  },
  {
    id: "sent-auth",
    reason: "a login to Redis as a line of its own",
    literals: ["auth "],
    window: 320,
    pattern:
      /(?<=(?:^|\n)[ \t]{0,8})AUTH (?!(?:CRAM|DIGEST|SCRAM|X?OAUTH|NTLM)\b)(?:[\w.-]{1,60} )?["']?(?<secret>[^\s"']{4,200})["']?(?=[ \t]{0,4}(?:\r?\n|$))/dy,
    accept: (found) => isToken(secretOf(found)) && !/^[A-Z0-9-]{1,20}$/.test(secretOf(found)),
    examples: {
      hidden: ["SELECT 1\nAUTH default «hunter2x»\nPING"],
      kept: ["AUTH is required", "AUTH LOGIN\nAUTH PLAIN", "AUTH CRAM-MD5", "GET a\nAUTH failed"],
    },
  },
  {
    id: "sql-login",
    reason: "statements of SQL that take a password otherwise than PostgreSQL's",
    literals: ["set password for ", 'identified by "'],
    window: 320,
    pattern: /(?:set password for \S{1,100} ?= ?(?:password\()?["'](?<set>[^"'\n]{1,200})["']|identified by "(?<made>[^"\n]{1,200})")/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["SET PASSWORD FOR root@localhost='«hunter2x»'", 'CREATE USER a IDENTIFIED BY "«hunter2x»"'], kept: ["set password for bob = ?"] },
  },
  {
    id: "typed-password",
    reason: "tools that take a password or token as an argument of its own",
    literals: [
      "etcdctl user add ",
      "ldappasswd ",
      "ssh-keygen ",
      "encrypt_string ",
      "config set --secret ",
      "twine upload ",
      "--auth ",
      "operator unseal ",
      "reset-admin-password ",
      "net use ",
      "schtasks ",
    ],
    window: 420,
    pattern:
      /(?:etcdctl user add [\w.-]{1,60}:(?<a>[^\s"']{1,200})|ldappasswd [^\n|;&]{0,200}?(?<= )-s ["']?(?<b>[^\s"']{2,200})|ssh-keygen [^\n|;&]{0,200}?(?<= )-N ["'](?<c>[^"'\n]{1,200})|encrypt_string (?:-\S{1,30} ){0,4}["'](?<d>[^"'\n]{1,200})|config set --secret [\w.:-]{1,80} ["']?(?<e>[^\s"']{1,300})|twine upload [^\n|;&]{0,200}?(?<= )-p ["']?(?<f>[^\s"']{2,300})|--auth [\w.@-]{1,60}:(?<g>[^\s"']{2,200})|operator unseal (?<h>[A-Za-z0-9+/]{40,80}={0,2})|reset-admin-password (?:-\S{1,30} ){0,3}["']?(?<i>[^\s"'-][^\s"']{1,100})|net use [^\n]{1,100}? (?<j>[^\s"'*/\\]{2,100}) \/user:|schtasks [^\n]{1,200}? \/rp ["']?(?<k>[^\s"'*]{2,100}))/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: [
        "etcdctl user add root:«hunter2x»",
        "ldappasswd -x -s «hunter2x» uid=a",
        "ssh-keygen -t rsa -N '«hunter2x»' -f k",
        "ansible-vault encrypt_string '«hunter2x»'",
        "pulumi config set --secret NAME «hunter2x»",
        "vault operator unseal «4jYbl2CBIv6SpkKj6Hos9iD32k5RfGkLzlosrrq/JgOm»",
      ],
      kept: ["ssh-keygen -t ed25519 -N '' -f k", "vault operator unseal", "--auth basic", "net use Z: \\\\nas\\s /persistent:no"],
    },
  },
  {
    id: "swarm-key",
    reason: "unlocks or joins a swarm of Docker",
    literals: ["swmkey-1-", "swmtkn-1-"],
    window: 160,
    pattern: /SWM(?:KEY|TKN)-1-[A-Za-z0-9+/-]{20,120}/dy,
    examples: { hidden: ["unlock: «SWMKEY-1-7c37Cc8654o6¦p38HnroywCi19pllOnGt»"], kept: ["SWMKEY-1-"] },
  },
  {
    id: "slashed-login",
    reason: "user/password, as Neo4j takes it",
    literals: ["neo4j_auth"],
    window: 240,
    pattern: /NEO4J_AUTH["']?(?:\s?[:=]|,"value":|\s{1,20}value:)\s?["']?\w{1,40}\/(?<secret>[^\s"',}]{2,150})/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["NEO4J_AUTH=neo4j/«hunter2x»"], kept: ["NEO4J_AUTH=none"] },
  },
  {
    id: "paired-key",
    reason: "an access key and its secret as two arguments, as CoreDNS has them",
    literals: ["aws_access_key "],
    window: 130,
    pattern: /aws_access_key \S{1,40} (?<secret>[A-Za-z0-9+/]{40})(?![A-Za-z0-9+/])/dy,
    examples: { hidden: ["aws_access_key x «wJalrXUtnFEMIK7MDENG¦bPxRfiCYEXAMPLEKEY12»"], kept: ["aws_access_key is read"] },
  },
  {
    id: "sentence-login",
    reason: "a name and a password in a sentence, or a password with words of its own",
    literals: ["login with: ", "credentials ", "password (", "created token ", "password contains ", "secret id ", "password is ", "with password "],
    window: 320,
    pattern:
      /(?:login with: \S{1,60} \/ (?<a>\S{4,100})|credentials [\w.@-]{1,60}:(?<b>[^\s:]{4,100})(?= (?:accepted|rejected|valid))|password \((?:again|repeat|confirm)[a-z ]{0,20}\): (?<c>\S{4,100})|created token ["']?[^"'\n:]{1,60}["']?: (?<d>[A-Za-z0-9_-]{20,200})|password contains (?<e>\S{4,100})|secret id {1,20}= (?<f>[0-9a-f]{8}-[0-9a-f-]{27})|(?:password is|with password) (?<g>[a-z]{3,12}(?:-[a-z]{3,12}){1,5}-\d{1,4})(?![\w.-]))/diy,
    accept: (found) => isToken(secretOf(found)) || /^(?:secret id|created|password is|with)/i.test(found.text.slice(found.literalAt, found.start)),
    examples: {
      hidden: [
        "Login with: admin / «hunter2x»",
        "Password (again): «hunter2x»",
        "The initial password is «violet-canyon-amber-86»",
        "Secret ID    = «6f7e5fa0-9ca1-4d4b-8a60-e94b07654704»",
      ],
      kept: ["credentials a:b rejected", "the password is well-known", "Password (again):"],
    },
  },
];
