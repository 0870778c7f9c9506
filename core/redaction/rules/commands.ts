import { isHarmless } from "../names/is-harmless.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Passwords on command lines and in statements of SQL. */
export const commandRules: readonly Rule[] = [
  {
    id: "command-password",
    reason: "programs that take a password behind a short flag",
    literals: ["mysql", "mariadb", "sshpass", " login ", "redis-cli", "curl ", "wget ", "ldapsearch", "mongo", "smbclient"],
    window: 700,
    pattern:
      /(?:(?:mysql|mariadb)(?:dump|admin)?(?:-\w{1,12})? [^\n|;&]{0,300}?(?<= )-p["']?(?<a>[^\s"'-][^\s"']{2,100})|(?:sshpass| login|mongo\w{0,8}) [^\n|;&]{0,300}?(?<= )-p[ =]?["']?(?<b>[^\s"'-][^\s"']{0,100})|redis-cli [^\n|;&]{0,300}?(?<= )-a ["']?(?<c>[^\s"']{1,100})|curl [^\n|;]{0,400}?(?<= )(?:-u|--user|--proxy-user)[ =]["']?[^\s:"']{1,100}:(?<d>[^\s"']{1,200})|ldapsearch [^\n|;&]{0,300}?(?<= )-w ["']?(?<e>[^\s"']{1,100}))/diy,
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
];
