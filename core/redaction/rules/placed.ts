import { isHarmless } from "../names/is-harmless.ts";
import { isToken } from "../names/is-token.ts";
import { locateUpdated } from "../text/locate-changed.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Passwords that are handed over by place: in lists of arguments, here-strings, archives, and calls in source code. */
export const placedRules: readonly Rule[] = [
  {
    id: "listed-login",
    reason: "user:password behind -u as two items of a list",
    literals: ['"-u', "- -u"],
    window: 400,
    pattern: /(?:"-u\\{0,7}", ?\\{0,7}"|- -u\s{1,40}- ["']?)[\w.@-]{1,60}:(?<secret>[^\s"'\\$]{3,200})/dy,
    accept: (found) => !isHarmless(secretOf(found)) && !/^\d{1,6}$/.test(secretOf(found)),
    examples: { hidden: ['["curl","-u","robot:«hunter2»","https://x"]', "- -u\n- robot:«hunter2»\n"], kept: ['["-u","1000:1000"]'] },
  },
  {
    id: "listed-password",
    reason: "-pPASSWORD of MySQL's programs as an item of a list",
    literals: ['"-p', "- -p"],
    window: 400,
    pattern: /(?<=(?:mysql|mariadb)\w{0,8}["'\s\\][^[\]{}]{0,300})(?:"|- )-p(?<secret>[^\s"'\\]{3,200})/dy,
    accept: (found) => !isHarmless(secretOf(found)) && !/^\d{1,5}$/.test(secretOf(found)),
    examples: { hidden: ['["mysqladmin","-uroot","-p«hunter2»"]'], kept: ['["mysql","-p"]', '["app","-pidfile"]'] },
  },
  {
    id: "listed-short-password",
    reason: "-pPASSWORD of any other program as an item of a list, if it is no word, port or path",
    literals: ['"-p', "- -p"],
    window: 120,
    pattern: /(?:"|- )-p(?<secret>(?=[^\s"'\\]{0,60}[a-z])(?=[^\s"'\\]{0,60}[A-Z])(?=[^\s"'\\]{0,60}\d)[^\s"'\\/:=,]{8,60})(?=["'\\\s]|$)/dy,
    examples: { hidden: ["- -p«Pepper-Pepper81!1gp»\n"], kept: ['["-p8080"]', "- -profile2", '["-pidFile=/run/a1"]'] },
  },
  {
    id: "here-string",
    reason: "a password that a shell gives to a program's input",
    literals: ["<<<"],
    window: 300,
    pattern: /(?<=(?:sudo -S|chpasswd|passwd|password-stdin|cryptsetup|kinit)[^\n|;]{0,80})<<< ?\\{0,3}["']?(?:[\w.-]{1,40}:)?(?<secret>[^\s"'\\$]{3,200})/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["chpasswd <<< 'root:«hunter2»'", 'sudo -S <<< "«hunter2»" id'], kept: ['grep x <<< "abc"'] },
  },
  {
    id: "archive-password",
    reason: "archives that are packed or opened with a password, and Windows' logins",
    literals: ["7z ", "7za ", "zip ", "net use ", "net user "],
    window: 400,
    pattern:
      /(?:7za? [^\n|;&]{0,200}?(?<= )-p(?<a>[^\s"'\\]{2,100})|zip [^\n|;&]{0,200}?(?<= )-P ?["']?(?<b>[^\s"'\\]{2,100})|net use [^\n|;&]{0,200}?\/user:\S{1,80} (?<c>[^\s"'\\*]{2,100})|net user [\w.-]{1,60} (?<d>[^\s"'\\*]{2,100}) \/add)/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["7z x -p«hunter2» a.7z", "unzip -P «hunter2» a.zip"],
      kept: ["7z l a.7z", "gzip -9 a", "net user bob"],
    },
  },
  {
    id: "literal-of-secret",
    reason: "kubectl is told what a Secret is to hold, whatever the key's name",
    literals: ["--from-literal"],
    window: 400,
    pattern: /(?<=create secret [^\n]{0,400})--from-literal[= ]["']?[\w.-]{1,100}=(?<secret>[^\s"'\\]{1,400})/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["kubectl create secret generic x --from-literal=any=«hunter2»"], kept: ["kubectl create configmap x --from-literal=any=thing1"] },
  },
  {
    id: "string-data",
    reason: "what a Secret is patched with",
    literals: ['"stringdata"'],
    window: 3000,
    pattern: /"stringData": ?\{"(?<secret>[^{}]{1,2500})"\}/diy,
    examples: { hidden: [`kubectl patch secret a -p '{"stringData":{"«any":"hunter2»"}}'`], kept: ['"stringData":{}'] },
  },
  {
    id: "call-password",
    reason: "source code that logs in with a name and a password",
    literals: ["basicauth(", "getconnection("],
    window: 500,
    pattern: /(?:basicauth\(|getconnection\(\\{0,3}"[^"\n]{1,300}", ?)\\{0,3}"[^"\n]{0,100}", ?\\{0,3}"(?<secret>[^"\\\n]{1,200})/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ['req.SetBasicAuth("bob", "«hunter2»")'], kept: ["req.SetBasicAuth(user, password)"] },
  },
  {
    id: "updated-value",
    reason: "a setting that a statement of SQL changes, whose name stands behind it",
    literals: [" where "],
    window: 300,
    locate: locateUpdated,
    examples: { hidden: ["UPDATE c SET v = '«tcJijTR5FndEI70»' WHERE k = 'db.password'"], kept: ["UPDATE c SET v = 'abc1' WHERE k = 'db.host'"] },
  },
  {
    id: "external-account-key",
    reason: "binds an account of ACME to one of its provider",
    literals: ["keyid"],
    window: 400,
    pattern:
      /keyID\\{0,7}["']?:\s{0,3}\\{0,7}["']?[\w.-]{1,80}\\{0,7}["']?,?\s{0,40}\\{0,7}["']?key\\{0,7}["']?:\s{0,3}\\{0,7}["']?(?<secret>[\w+/=-]{16,200})/diy,
    accept: (found) => isToken(secretOf(found)),
    examples: { hidden: ["keyID: kid-1\n  key: «EdmxcA5PVjQyseYFLKGXGH1»"], kept: ["keyID: abc\n  name: x"] },
  },
];
