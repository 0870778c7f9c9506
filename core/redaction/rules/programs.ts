import { isHarmless } from "../names/is-harmless.ts";
import { isToken } from "../names/is-token.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** More programs that take a password in a way of their own, on command lines in scripts, logs and lists of processes. */
export const programRules: readonly Rule[] = [
  {
    id: "tool-password",
    reason: "tools of networks, databases and clouds with a short flag for a password",
    literals: ["ipmitool ", "sqlcmd ", "mosquitto_", "cqlsh ", "snmp", "az login ", "lftp ", "smbclient ", "etcdctl ", "http -a ", "https -a ", "xfreerdp "],
    window: 700,
    pattern:
      /(?:(?:ipmitool|sqlcmd|mosquitto_(?:pub|sub)) [^\n|;&]{0,300}?(?<= )-P ["']?(?<a>[^\s"']{1,100})|(?:az login|cqlsh) [^\n|;&]{0,300}?(?<= )-p ["']?(?<b>[^\s"']{1,100})|snmp[a-z]{3,8} [^\n|;&]{0,300}?(?<= )-[AX] ["']?(?<c>[^\s"']{1,100}(?: -X [^\s"']{1,100})?)|(?:lftp|smbclient) [^\n|;&]{0,300}?(?<= )-[uU] ["']?[^\s"',%]{1,60}[,%](?<d>[^\s"']{1,100})|etcdctl [^\n|;&]{0,300}?--user[ =]["']?[^\s:"']{1,60}:(?<e>[^\s"']{1,100})|https? -a ["']?[^\s:"']{1,60}:(?<f>[^\s"']{1,100})|xfreerdp [^\n|;&]{0,300}?\/p:(?<g>[^\s"']{1,100}))/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["ipmitool -H h -U root -P «hunter2» power status", "etcdctl --user root:«hunter2» get /", "smbclient //h/s -U bob%«hunter2»"],
      kept: ["ipmitool -H h power status", "snmpwalk -v2c -c public h", "az login --identity"],
    },
  },
  {
    id: "openssl-password",
    reason: "OpenSSL takes a password as pass:… or behind -k",
    literals: ["pass:", "openssl enc "],
    window: 400,
    pattern: /(?:(?<=-pass(?:in|out)? ["']?)pass:(?<word>[^\s"']{1,100})|openssl enc [^\n|;&]{0,300}?(?<= )-[kK] ["']?(?<key>[^\s"']{1,100}))/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["openssl pkcs12 -passout pass:«hunter2» -out a"], kept: ["bypass: on", "openssl enc -d -in a"] },
  },
  {
    id: "placed-password",
    reason: "commands in which a password has a place of its own behind others",
    literals: ["mc alias set ", "mc config host add ", "add_user ", "change_password ", "htpasswd -", "sqlplus "],
    window: 400,
    pattern:
      /(?:mc (?:alias set|config host add) \S{1,60} \S{1,200} (?<a>[^\s"']{1,100} ["']?[^\s"']{1,100})|(?:add_user|change_password) [\w.@-]{1,60} ["']?(?<b>[^\s"']{1,100})|htpasswd (?:-\w{1,5} ){0,3}-\w{0,5}b\w{0,5} (?:-\w{1,5} ){0,3}\S{1,200} [\w.@-]{1,60} ["']?(?<c>[^\s"']{1,100})|sqlplus (?:-\w{1,3} ){0,3}["']?[\w.-]{1,60}\/(?<d>[^\s@"']{1,100})@)/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["mc alias set m http://minio:9000 «admin hunter22»", "rabbitmqctl add_user bob «hunter2»"],
      kept: ["mc alias list", "add_user failed"],
    },
  },
  {
    id: "echoed-password",
    reason: "what a script hands to a program that reads a password from its input",
    literals: ["echo ", "printf "],
    window: 400,
    pattern: /(?:echo|printf)(?: -n| '%s')? ["']?(?<secret>[^\s"'$]{4,200})["']? \| [^\n|]{0,120}?(?:--password-stdin|--stdin|cryptsetup|sudo -S)/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["echo -n '«hunter2»' | docker login -u a --password-stdin r"], kept: ['echo "$PW" | docker login --password-stdin'] },
  },
  {
    id: "exec-password",
    reason: "a command in the address of a request, as audit logs have it",
    literals: ["command=-p"],
    window: 120,
    pattern: /command=-p(?<secret>[^&\s"'\\]{3,100})/dy,
    examples: { hidden: ["/exec?command=mysql&command=-p«hunter2»&container=db"], kept: ["/exec?command=-p&x=1"] },
  },
  {
    id: "connect-arguments",
    reason: "PHP's traces show what a database was opened with",
    literals: ["__construct(", "mysqli_connect(", "new mysqli("],
    window: 500,
    pattern: /(?:__construct|mysqli_connect|new mysqli)\((?:\\{0,3}'[^'\n]{0,200}', ?){2}\\{0,3}'(?<secret>[^'\\\n]{1,100})/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["PDO->__construct('mysql:host=db', 'app', '«hunter2»')"], kept: ["Foo->__construct('a', 'b')"] },
  },
  {
    id: "secure-string",
    reason: "PowerShell's way to make a secret of a word",
    literals: ["convertto-securestring"],
    window: 300,
    pattern: /ConvertTo-SecureString (?:-String )?["'](?<secret>[^"'$\s][^"'\n]{0,200})["']/diy,
    examples: { hidden: ['ConvertTo-SecureString "«hunter2»" -AsPlainText -Force'], kept: ["ConvertTo-SecureString $plain -AsPlainText"] },
  },
  {
    id: "hcl-variable",
    reason: "the default of a variable of Terraform whose name speaks of a secret",
    literals: ['variable "'],
    window: 700,
    pattern:
      /variable "[\w-]{0,60}(?:pass(?:w(?:or)?d)?|pwd|secret|token|api_?key|private_?key)[\w-]{0,10}"\s{0,9}\{[^{}]{0,400}?\bdefault\s{0,20}=\s{0,9}"(?<secret>[^"\n]{1,200})"/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ['variable "db_password" {\n  default = "«hunter2»"\n}'],
      kept: ['variable "db_password" { type = string }', 'variable "db_host" {\n  default = "x1"\n}'],
    },
  },
  {
    id: "told-password",
    reason: "programs that tell which password or token they have made up",
    literals: ["password", "passphrase", "new value:", "token ", "key ", "secret ", "secret:", "loaded "],
    window: 220,
    pattern:
      /(?:password is generated for [^\s:]{1,80}: (?<generated>\S{6,100})|new value: (?<reset>[A-Za-z0-9_*+=-]{12,60})|new password(?: is|:)? ["'](?<quoted>[^"'\n]{4,100})["']|(?:password|passphrase|token|key|secret)(?: for (?:user )?["']?[\w.@-]{1,60}["']?)? (?:is|was|(?:is |was )?(?:re)?set to|changed to)(?: now)?:? ["'`]?(?<said>[^\s"'`]{6,2000})|(?<=with |using )(?:password|passphrase|token|key|secret):? ["'`]?(?<used>[^\s"'`]{6,2000})|(?<=new )(?:secret|token|key|password): (?<made>[^\s"'`]{6,2000})|loaded [A-Z][A-Z0-9_]{3,60} \((?<loaded>[^\s()]{6,2000})\)|password to proceed to installation:\s{1,8}(?<first>[0-9a-f]{32}))/diy,
    accept: (found) =>
      (isToken(secretOf(found)) && !/public[ _-]?$/i.test(found.text.slice(Math.max(0, found.literalAt - 7), found.literalAt))) ||
      (!isHarmless(secretOf(found)) && /^new password[^"']{0,5}["'][^"']*\d/i.test(found.text.slice(found.literalAt, found.end))),
    examples: {
      hidden: ["The admin password is «hunter2Xy»", "A temporary password is generated for root@localhost: «gT5+kq:aXp2.»", "your token is «abc123def456»"],
      kept: [
        "the token is invalid",
        'Setting PublicKey is "B+or5PqLDxKFjYjedD05vTDZRf2"',
        "password for user alice was changed",
        "The password is stored in Vault",
        "key is default/web-6d4cf56db6",
      ],
    },
  },
];
