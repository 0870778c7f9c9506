import { isHarmless } from "../names/is-harmless.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Passwords on command lines, in statements of SQL, and in files whose place in a line says what is a password. */
export const commandRules: readonly Rule[] = [
  {
    id: "command-password",
    reason: "programs that take a password behind a short flag",
    literals: [
      "mysql",
      "mariadb",
      "sshpass",
      "docker login",
      "helm registry login",
      "redis-cli",
      "curl ",
      "wget ",
      "ldapsearch",
      "mongo",
      "podman login",
      "oc login",
      "smbclient",
    ],
    window: 700,
    pattern:
      /(?:(?:mysql|mariadb)(?:dump|admin)?(?:-\w{1,12})? [^\n|;&]{0,300}?(?<= )-p(?<a>[^\s"'-][^\s"']{2,100})|(?:sshpass|docker login|podman login|oc login|helm registry login|mongo\w{0,8}) [^\n|;&]{0,300}?(?<= )-p[ =]?["']?(?<b>[^\s"'-][^\s"']{0,100})|redis-cli [^\n|;&]{0,300}?(?<= )-a ["']?(?<c>[^\s"']{1,100})|curl [^\n|;]{0,400}?(?<= )(?:-u|--user|--proxy-user)[ =]["']?[^\s:"']{1,100}:(?<d>[^\s"']{1,200})|ldapsearch [^\n|;&]{0,300}?(?<= )-w ["']?(?<e>[^\s"']{1,100}))/diy,
    accept: (found) => !isHarmless(secretOf(found)) && !/^\d{1,5}(?::\d+)?$/.test(secretOf(found)),
    examples: {
      hidden: [
        "mysqldump -u root -p«hunter2» db",
        "sshpass -p «hunter2» ssh x",
        "redis-cli -h r -a «hunter2» ping",
        "curl -s -u admin:«hunter2» https://x",
        "docker login -u a -p «hunter2» r.example.test",
      ],
      kept: ["mysql -h db -P 3306", "curl -u $¦{AUTH} https://x", "mongo:4.4 -p 27017"],
    },
  },
  {
    id: "sql-password",
    reason: "statements that make a user or set a password",
    literals: ["identified by", "identified with", "password '", "password('", "password \\'", "passwd '"],
    window: 300,
    pattern: /(?:identified (?:with [\w']{1,40} )?by|passw(?:or)?d)\s{0,3}\(?(?:password)?\s{0,2}\\{0,2}'(?<secret>[^'\\\n]{1,200})/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["CREATE USER a IDENTIFIED BY '«hunter2»'", "ALTER ROLE a WITH PASSWORD '«hunter2»'"], kept: ["GRANT a TO b"] },
  },
  {
    id: "netrc",
    reason: "machine, login and password of a .netrc",
    literals: ["machine ", "login "],
    window: 700,
    pattern: /(?:machine\s{1,4}\S{1,200}\s{1,8})?login\s{1,4}\S{1,200}\s{1,8}password\s{1,4}(?<secret>\S{1,250})/dy,
    examples: { hidden: ["machine git.example.test login bob password «hunter2»", "machine h\n  login bob\n  password «hunter2»\n"], kept: ["login failed"] },
  },
  {
    id: "pgpass",
    reason: "host:port:database:user:password of a .pgpass",
    literals: [":5432:", ":5433:", ":6432:", ":*:"],
    window: 400,
    pattern: /:(?:\d{4,5}|\*):[^:\s]{1,80}:[^:\s]{1,80}:(?<secret>[^\s:]{1,200})(?=\s|$)/dy,
    examples: { hidden: ["db.example.test:5432:app:bob:«hunter2»"], kept: ["listening on 0.0.0.0:5432: ok"] },
  },
  {
    id: "server-password",
    reason: "settings of Redis, HAProxy and others that have a password behind a word and a blank",
    literals: ["requirepass", "masterauth", "auth-pass", "stats auth", " on >"],
    window: 300,
    pattern: /(?:requirepass|masterauth|auth-pass [\w.-]{1,60}|stats auth [\w.-]{1,60}:| on >)[ \t]{0,4}(?:(?<=[:> \t])"?)(?<secret>[^\s":=]{1,200})/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["requirepass «hunter2»", "stats auth admin:«hunter2»", "sentinel auth-pass main «hunter2»", "user default on >«hunter2» ~* +@all"],
      kept: ["requirepass "],
    },
  },
  {
    id: "chpasswd",
    reason: "user:password as chpasswd takes it",
    literals: ["chpasswd", "echo "],
    window: 300,
    pattern:
      /(?:echo (?:-n )?["']?[\w.-]{1,40}:(?<secret>[^\s"'|]{1,100})["']?\s{0,3}\|\s{0,3}(?:sudo )?chpasswd|chpasswd:\s{0,20}list:\s{0,3}\|?\s{0,20}[\w.-]{1,40}:(?<listed>\S{1,100}))/dy,
    examples: { hidden: ["echo root:«hunter2» | chpasswd", "chpasswd:\n  list: |\n    root:«hunter2»"], kept: ["echo a:b | tee"] },
  },
];
