import { isHarmless } from "../names/is-harmless.ts";
import { isToken } from "../names/is-token.ts";
import type { Rule } from "./rule.ts";
import { secretOf } from "./rule.ts";

/** Passwords of network devices, and of the files of a host that says who may dial in. */
export const deviceRules: readonly Rule[] = [
  {
    id: "device-password",
    reason: "lines of switches and routers, and of routing programs that are configured alike",
    literals: ["snmp-server community ", "radius-server ", "tacacs-server ", "enable password ", "enable secret "],
    window: 300,
    pattern:
      /(?:snmp-server community|(?:radius|tacacs)-server [^\n]{0,60}?(?<= )key(?: \d)?|(?<=(?:^|\n)[ \t]{0,4})enable (?:password|secret)(?: \d)?) (?<secret>[^\s"']{2,100})/diy,
    accept: (found) => !isHarmless(secretOf(found)) && !/^(?:public|private|is|was)$/.test(secretOf(found)),
    examples: {
      hidden: ["snmp-server community «Nickel6026» RW", "radius-server key «Isl4nd_8»", "enable secret 5 «hunter2»"],
      kept: ["snmp-server community public RO", "radius-server host 10.0.0.1", "to enable password rotation set"],
    },
  },
  {
    id: "snmp-community",
    reason: "what reads a device over SNMP, as its tools take it",
    literals: ["snmpwalk ", "snmpget ", "snmpset ", "snmpbulkwalk ", "snmptrap ", "snmpbulkget "],
    window: 420,
    pattern: /snmp[a-z]{3,8} [^\n|;&]{0,300}?(?<= )-c ?["']?(?<secret>[^\s"']{2,100})/dy,
    accept: (found) => !isHarmless(secretOf(found)) && !/^(?:public|private)$/.test(secretOf(found)),
    examples: { hidden: ["snmpwalk -v2c -c «F6XNEZyL» 10.1.1.1 system"], kept: ["snmpwalk -v2c -c public 10.1.1.1", "snmpget -v3 host"] },
  },
  {
    id: "snmp-privacy",
    reason: "the second password of a user of SNMP",
    literals: [" aes ", " des ", " aes-", " aes1", " aes2"],
    window: 330,
    pattern: /(?<=createuser [^\n]{3,200}) (?:aes|des)[\d-]{0,5} ["']?(?<secret>[^\s"']{2,100})/diy,
    examples: { hidden: ["createUser ops SHA «hunter22» AES «hunter33»"], kept: ["uses AES encryption"] },
  },
  {
    id: "ipsec-secret",
    reason: "ipsec.secrets: what opens a key, or a user's password",
    literals: [": rsa ", ": ecdsa ", ": pkcs8 ", ": pkcs12 ", ": p12 ", ": eap ", ": ntlm "],
    window: 340,
    pattern: /: (?:(?:RSA|ECDSA|PKCS8|PKCS12|P12) \S{1,120}|EAP|NTLM) "(?<secret>[^"\n]{1,200})"/dy,
    accept: (found) => !isHarmless(secretOf(found)),
    examples: { hidden: [': RSA key.pem "«hunter2»"', 'bob : EAP "«hunter2»"'], kept: [": RSA key.pem", "type: EAP mode"] },
  },
  {
    id: "chap-secret",
    reason: "user, server, password and addresses of chap-secrets and pap-secrets",
    literals: [" * "],
    window: 200,
    pattern:
      /(?<=(?:^|\n)["']?[A-Za-z][\w.@-]{0,60}["']?)[ \t]\*[ \t]{1,20}["']?(?<secret>[^\s"'*]{4,100})["']?[ \t]{1,20}(?:\*|\d[\d./]{6,20})[ \t]{0,8}(?=\r?\n|$)/dy,
    accept: (found) => isToken(secretOf(found)),
    examples: { hidden: ["bob * «KYEhchn1gb19» *"], kept: ["a * b2x", "root * * *", "x * y1z4q and more *"] },
  },
];
