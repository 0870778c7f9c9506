import { isHarmless } from "../names/is-harmless.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Passwords that tools of Windows networks, databases, directories and message brokers take, and calls in source code with a name and a password. */
export const toolRules: readonly Rule[] = [
  {
    id: "joined-login",
    reason: "user%password of Samba's tools and of mounts",
    literals: ["net ads ", "net rpc ", "rpcclient ", "winexe ", "wmic ", "cifs"],
    window: 500,
    pattern:
      /(?:(?:net (?:ads|rpc)|rpcclient|winexe|wmic) [^\n|;&]{0,200}?(?<= )(?:-U ?|--user[= ])["']?[\w.\\@/-]{1,60}%(?<tool>[^\s"',]{2,100})|cifs [^\n|;&]{0,300}?user(?:name)?=[\w.\\@-]{1,60}%(?<mount>[^\s"',]{2,100}))/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: {
      hidden: ["net ads join -U admin%«Garden75»", "mount -t cifs //n/s /m -o user=svc%«badge-94»"],
      kept: ["net ads info", "mount -t cifs //n/s /m -o user=svc"],
    },
  },
  {
    id: "broker-password",
    reason: "tools with a short flag for a password",
    literals: [
      "rabbitmqadmin ",
      "hdbsql ",
      "bcp ",
      "isql ",
      "ldapmodify ",
      "ldapadd ",
      "ldapdelete ",
      "ldappasswd ",
      "ldapwhoami ",
      "addprinc ",
      "kadmin ",
      "ktutil ",
    ],
    window: 420,
    pattern:
      /(?:(?:rabbitmqadmin|hdbsql) [^\n|;&]{0,300}?(?<= )-p ?["']?(?<a>[^\s"'-][^\s"']{1,100})|(?:bcp|isql) [^\n|;&]{0,300}?(?<= )-P ?["']?(?<b>[^\s"']{2,100})|ldap[a-z]{3,7} [^\n|;&]{0,300}?(?<= )-w ?["']?(?<c>[^\s"']{2,100})|(?:addprinc|kadmin|ktutil) [^\n|;&]{0,200}?(?<= )-(?:pw|w) ["']?(?<d>[^\s"']{2,100}))/dy,
    accept: (found) => !isHarmless(secretOf(found)) && !/^\d{1,5}$/.test(secretOf(found)),
    examples: {
      hidden: [
        "rabbitmqadmin -u admin -p «XHZ3Icjh» list",
        "bcp d.t out f -U sa -P «hunter2»",
        "ldapmodify -D cn=a -w '«hunter2»' -f x",
        "kadmin: addprinc -pw «hunter2» host/x",
      ],
      kept: ["rabbitmqadmin list queues", "ldapadd -x -W -f a.ldif", "addprinc -randkey host/x"],
    },
  },
  {
    id: "tuple-login",
    reason: "clients in Python that are given a name and a password",
    literals: ["auth=(", "basic_auth(", "basicauth("],
    window: 320,
    pattern: /(?:auth=|basic_?auth)\(\s?\\{0,3}["'][^"'\n]{0,100}["'],\s?\\{0,3}["'](?<secret>[^"'\\\n]{1,200})/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ["requests.get(u, auth=('svc', '«hunter2»'))", "basic_auth('neo4j', '«hunter2»')"], kept: ["auth=(user, password)"] },
  },
  {
    id: "joining-address",
    reason: "joins a node to a cluster of MicroK8s",
    literals: ["microk8s join "],
    window: 140,
    pattern: /microk8s join [^\s/]{3,60}\/(?<secret>[0-9a-f]{32}(?:\/[0-9a-f]{12})?)/dy,
    examples: { hidden: ["microk8s join 10.0.0.1:25000/«f81d01230221dd8e¦6792708a4797bac5/0dfe5a674733»"], kept: ["microk8s join 10.0.0.1:25000/token"] },
  },
  {
    id: "consul-tokens",
    reason: "what an agent of Consul may do, without names that tell",
    literals: ["tokens {", "tokens = {"],
    window: 620,
    pattern: /tokens (?:= )?\{(?<secret>[^{}]{0,600})\}/dy,
    accept: (found) => /= "[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}"/.test(secretOf(found)),
    examples: { hidden: ['tokens {« agent = "6f7e5fa0-9ca1-4d4b-¦8a60-e94b07654704" »}'], kept: ['tokens { description = "none" }'] },
  },
  {
    id: "clear-text",
    reason: "a password in a credential reference of WildFly",
    literals: ['clear-text="'],
    window: 220,
    pattern: /clear-text="(?<secret>[^"\n]{1,200})"/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ['<credential-reference clear-text="«SaddleAnchor98»"/>'], kept: ['clear-text="${VAULT::db::password::1}"'] },
  },
  {
    id: "php-value",
    reason: "a value behind its name as PHP serializes it",
    literals: ['password";s:', 'passwd";s:', 'secret";s:', 'token";s:', 'key";s:'],
    window: 240,
    pattern: /(?:passw(?:or)?d|secret|token|(?<=api_?)key)";s:\d{1,4}:"(?<secret>[^"\n]{1,200})"/diy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: ['s:8:"password";s:12:"«x5qVls3pC3mg»";'], kept: ['s:8:"password";s:0:"";'] },
  },
];
