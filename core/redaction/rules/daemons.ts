import { isHarmless } from "../names/is-harmless.ts";
import { looksRandom } from "../names/looks-random.ts";
import { isToken } from "../names/is-token.ts";
import type { Found, Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Files of servers and terminals in which a word that is no secret's name elsewhere holds a password. */
export const daemonRules: readonly Rule[] = [
  {
    id: "community-setting",
    reason: "opens a device for whoever knows it, as agents of monitoring are told it",
    literals: ["community"],
    window: 500,
    pattern: /(?<=(?:snmp|version["']?\s{0,3}[:=]\s{0,3}["']?[12]c?["']?\s)[^]{0,300})community["']?\s{0,3}[:=]\s{0,3}["']?(?<secret>[^\s"',;#]{4,100})/diy,
    accept: (found) => isSecret(found) && !/^(?:public|private|community)$|:\/\//i.test(secretOf(found)),
    examples: {
      hidden: ['[[inputs.snmp]]\n  agents = ["udp://10.1.1.1:161"]\n  community = "«Fabr1c7344»"', "snmp_auth:\n  version: 2\n  community: «Fabr1c7344»\n"],
      kept: ['[[inputs.snmp]]\n  community = "public"', "slack:\n  community: kubernetes-users"],
    },
  },
  {
    id: "replication-password",
    reason: "with it a directory's server copies all from another one",
    literals: ["credentials="],
    window: 640,
    pattern: /(?<=(?:syncrepl|binddn=|bindmethod=simple)[^]{0,300}\s)credentials=["']?(?<secret>[^\s"']{2,100})/diy,
    accept: isSecret,
    examples: { hidden: ["bindmethod=simple credentials=«hunter» searchbase=x"], kept: ["syncrepl needs credentials=", "fetch(url, credentials=include)"] },
  },
  {
    id: "security-association",
    reason: "keys of IPsec behind the names of their algorithms, as the kernel shows them and Cilium takes them",
    literals: ["rfc4106(", "rfc4309(", "rfc7539esp(", "rfc4543(", "hmac(", "cbc(", "cmac(", "ctr(", "gcm(", "sha1 0x", "sha256 0x", "md5 0x", "aes 0x"],
    window: 260,
    pattern:
      /(?:[a-z]{3,4}\d{0,4}(?:esp)?\([\w(),-]{1,40}\)|(?<=(?:auth|enc) )[a-z]{3}\d{0,3}(?= 0x))\\{0,3}["']? (?:0x)?(?<secret>[0-9a-f]{16,160})(?![0-9a-z])/diy,
    examples: {
      hidden: ["aead rfc4106(gcm(aes)) 0x«cc203b7be7ee29448d628e5199b47f4d0384fc6e» 128", "auth-trunc hmac(sha256) 0x«cc203b7be7ee29448d628e5199b47f4d» 128"],
      kept: ["hmac(sha256) digest", "enc cbc(aes) 0x"],
    },
  },
  {
    id: "peer-login",
    reason: "user:password of Squid's parent",
    literals: ["login="],
    window: 420,
    pattern: /(?<=cache_peer [^\n]{0,200})login=[^\s:"']{1,60}:(?<secret>[^\s"']{2,100})/diy,
    accept: isSecret,
    examples: { hidden: ["cache_peer p parent 3128 0 login=bob:«hunter2»"], kept: ["cache_peer p parent 3128 0 login=PASSTHRU"] },
  },
  {
    id: "loose-setting",
    reason: "settings whose value stands behind a blank, with others in their line, and SonarQube's login, which is a token",
    literals: ["http_passwd ", "http_password ", "sonar.login"],
    window: 240,
    pattern: /(?:http_passw(?:or)?d {1,20}|sonar\.login["']?\s?[:=]\s?["']?)(?<secret>[^\s"',;]{4,200})/diy,
    accept: (found) => isToken(secretOf(found)),
    examples: {
      hidden: ["[OUTPUT] HTTP_User a HTTP_Passwd «hunter2x»", "-Dsonar.login=«1353c9bc1caa95b73dfb5c2b1b9a09d2fbf6db2a»"],
      kept: ["sonar.login=admin", "HTTP_Passwd is needed"],
    },
  },
  {
    id: "cookie-file",
    reason: "cookies as curl and browsers write them into a file",
    literals: ["\ttrue\t", "\tfalse\t", "\\ttrue\\t", "\\tfalse\\t"],
    window: 4700,
    pattern:
      /(?:\t|\\t)(?:true|false)(?:\t|\\t)\/[^\t\n\\]{0,200}(?:\t|\\t)(?:true|false)(?:\t|\\t)\d{1,12}(?:\t|\\t)[^\t\n\\]{1,100}(?:\t|\\t)(?<secret>[^\t\r\n\\"]{4,4000})/diy,
    accept: (found) =>
      looksRandom(secretOf(found)) ||
      (isSecret(found) && /(?:sess|sid|tok|auth|csrf|jwt|remember)[^\t\\]{0,60}\\?t?\t?$/i.test(found.text.slice(found.literalAt, found.start))),
    examples: {
      hidden: [".example.test\tTRUE\t/\tTRUE\t1799999999\tsession\t«af83jdkfj38d»"],
      kept: [".example.test\tTRUE\t/\tFALSE\t0\ttheme\tdark", "a\ttrue\t/x"],
    },
  },
  {
    id: "key-in-lines",
    reason: "a key alone between the three quotes of TOML",
    literals: ['"""', "'''"],
    window: 700,
    pattern: /(?<=key[ \t]{0,4}=[ \t]{0,4})(?:"""|''')\\?\r?\n[ \t]{0,20}(?<secret>[A-Za-z0-9+/_=-]{24,600})\\?\s{0,20}(?:"""|''')/diy,
    accept: (found) => looksRandom(secretOf(found)),
    examples: {
      hidden: ['key = """\n«QjeVjMsZ8fzy7i5kEKzWK5iJ0eMYcsVF»\n"""'],
      kept: ['key = """\nsome words\n"""', 'text = """\nQjeVjMsZ8fzy7i5kEKzWK5iJ0eMYcsVF\n"""'],
    },
  },
  {
    id: "sent-password",
    reason: "what a script of expect types when it is asked for a password",
    literals: ['send "', "send -", 'send \\"', "send {", "sendline(", "send("],
    window: 420,
    pattern:
      /(?<=(?:assword|assphrase|asscode)(?:(?!expect)[^]){0,120})send(?:(?:line)?\(| )(?:-{1,2}\w{0,5} )?(?:\\{0,3}["']|\{)(?<secret>[^"'\\\n$}]{3,100})(?:\\{1,4}[rn])?\\{0,3}["'}]/diy,
    accept: isSecret,
    examples: {
      hidden: ['expect "assword:"\nsend "«hunter2»\\r"', "c.expect('Password: ')\nc.sendline('«hunter2»')"],
      kept: ['expect "assword:"\nsend "$pw\\r"\nexpect "$ "\nsend "ls -la\\r"', 'send "hello\\r"'],
    },
  },
];

function isSecret(found: Found): boolean {
  return !isHarmless(secretOf(found));
}
