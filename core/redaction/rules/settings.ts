import { isHarmless } from "../names/is-harmless.ts";
import { isToken } from "../names/is-token.ts";
import { locateInLine } from "../text/locate-in-line.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Files of settings in which the place in a line says what is a password. */
export const settingRules: readonly Rule[] = [
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
    accept: ({ text, literalAt }) => !/arn:aws\S{0,60}$/.test(text.slice(Math.max(0, literalAt - 70), literalAt)),
    examples: { hidden: ["db.example.test:5432:app:bob:«hunter2»"], kept: ["listening on 0.0.0.0:5432: ok"] },
  },
  {
    id: "server-password",
    reason: "settings of Redis, HAProxy, routers and others that have a password behind a word and a blank",
    literals: [
      "requirepass",
      "masterauth",
      "auth-pass",
      "stats auth",
      " on >",
      "insecure-password",
      "rootpw --",
      "auth_pass",
      "neighbor ",
      "bindpw",
      "passwd/",
      "community ",
      ": psk ",
      ": xauth ",
      "createuser ",
    ],
    window: 300,
    pattern:
      /(?:requirepass|masterauth|auth-pass [\w.-]{1,60}|stats auth [\w.-]{1,60}:| on >|insecure-password|rootpw --(?:plaintext|iscrypted)|auth_pass|neighbor [\w.:]{2,45} password(?: \d)?|(?<=(?:^|\n)[ \t]{0,8})bindpw|passwd\/[\w-]{4,40} password|(?<=(?:^|\n)r[ow])community|: (?:psk|xauth)|(?<=(?:^|\n))createuser [\w.-]{1,60} (?:MD5|SHA[\d-]{0,8}))[ \t]{0,4}(?:(?<=[:> \t])"?)(?<secret>[^\s":=]{1,200})/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: [
        "requirepass «hunter2»",
        "stats auth admin:«hunter2»",
        "sentinel auth-pass main «hunter2»",
        "user default on >«hunter2» ~* +@all",
        "user admin insecure-password «hunter2»",
        "rootpw --plaintext «hunter2»",
        "neighbor 10.0.0.1 password «hunter2»",
        "bindpw «hunter2»",
        "d-i passwd/root-password password «hunter2»",
        '10.0.0.1 : PSK "«hunter2»"',
        "rocommunity «hunter2»",
      ],
      kept: ["requirepass ", "neighbor 10.0.0.1 remote-as 65000"],
    },
  },
  {
    id: "placed-login",
    reason: "files of Postfix, PgBouncer, Kafka, SNMP and Kubernetes in which a password has its place in the line",
    literals: ["]:587", "]:465", "]:25", '" "', '" aes "', '" des "', "user_", ',"system:', ',\\"system:'],
    window: 600,
    locate: locateInLine,
    examples: {
      hidden: ["[smtp.example.test]:587    mailer:«hunter2»", '"app" "«hunter2»"', '«t0kenAuthF1leAbCd»,admin,uid1,"system:masters"'],
      kept: ['"-" "curl/8"', "user_id=1", "user_agent=curl"],
    },
  },
  {
    id: "header-directive",
    reason: "proxies and agents that are told which header to send",
    literals: ["set_header ", "add_header ", "header authorization", "header set "],
    window: 500,
    pattern:
      /(?:proxy_set_header|set_header|add_header|header(?: set)?) ["']?(?:authorization|x-[\w-]{0,40}(?:key|token|secret|auth)|[\w-]{0,30}api-?key)["']?[ \t]{1,4}["']?(?:(?:Bearer|Basic|Token) )?(?<secret>[^\s"';$%{]{4,400})/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["proxy_set_header X-Api-Key «abc-0a1b2c3d»;", "Header Authorization Bearer «abc0a1b2c»"],
      kept: ["proxy_set_header Authorization $http_authorization;"],
    },
  },
  {
    id: "quoted-password",
    reason: "a password in quotes behind the word alone, as BIRD, Ruby and Groovy have it",
    literals: ['password "', 'secret "'],
    window: 220,
    pattern: /(?:password|secret) "(?<secret>(?=[^"\n]{0,99}\d)[^"\s]{4,100})"/diy,
    // A Secret's name stands so in many an error.
    accept: (found) => !isHarmless(secretOf(found)) && (/^p/i.test(found.text.charAt(found.literalAt)) || isToken(secretOf(found))),
    examples: { hidden: ['password "«bgp_1X»";'], kept: ['secret "app-tls2" not found', 'password "must"'] },
  },
  {
    id: "chpasswd",
    reason: "lines of user:password as chpasswd takes them",
    literals: ["chpasswd", "echo "],
    window: 2400,
    pattern:
      /(?:echo (?:-n )?["']?[\w.-]{1,40}:(?<secret>[^\s"'|]{1,100})["']?\s{0,3}\|\s{0,3}(?:sudo )?chpasswd|chpasswd:\s{0,20}list:\s{0,3}\|?-?\s{0,20}(?:- )?(?<listed>[\w.-]{1,40}:[^\s:]{1,100}(?:\s{1,20}(?:- )?[\w.-]{1,40}:[^\s:]{1,100}(?=\s|$)){0,15}))/dy,
    examples: { hidden: ["echo root:«hunter2» | chpasswd", "chpasswd:\n  list: |\n    «root:hunter2\n    bob:hunter3»\n"], kept: ["echo a:b | tee"] },
  },
];
