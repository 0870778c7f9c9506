import { hidden, isHarmless } from "../names/is-harmless.ts";
import type { Redactor } from "../redactor.ts";
import type { Hit } from "./find-hits.ts";
import { findAddresses } from "../identities/find-addresses.ts";
import { findHosts } from "../identities/find-hosts.ts";
import { findNumbers } from "../identities/find-numbers.ts";

/** What no literal of three characters announces: e-mail addresses and DSNs by their @, bootstrap tokens by their dot, MySQL's hashes by their star, addresses of networks. */
export function findByMark(redactor: Redactor, text: string, bytes: Uint8Array): readonly Hit[] {
  const hits: Hit[] = [];
  for (let at = text.indexOf("@"); at !== -1; at = text.indexOf("@", at + 1)) {
    const hit = findDsn(text, at) ?? findMail(redactor, text, at);
    if (hit !== undefined) hits.push(hit);
  }
  for (let at = text.indexOf("."); at !== -1; at = text.indexOf(".", at + 1)) {
    if (isTokenCode(bytes[at - 6]) && isTokenCode(bytes[at + 16]) && isTokenCode(bytes[at + 8])) {
      const hit = findBootstrapToken(text, at);
      if (hit !== undefined) hits.push(hit);
    }
  }
  for (let at = text.indexOf("*"); at !== -1; at = text.indexOf("*", at + 1)) {
    nativeHash.lastIndex = at;
    if (isUpperHexCode(bytes[at + 1]) && isUpperHexCode(bytes[at + 40]) && nativeHash.test(text))
      hits.push({ start: at, end: at + 41, rule: "password-hash", replacement: hidden });
  }
  if (redactor.identities !== undefined) hits.push(...findAddresses(redactor.identities, text, bytes));
  if (redactor.identities?.privacy === "high") hits.push(...findHosts(redactor.identities, text), ...findNumbers(text));
  return hits;
}

/** mysql_native_password, in mysql.user and in SHOW GRANTS. */
const nativeHash = /(?<![\w*])\*(?=[0-9]{0,39}[A-F])(?=[A-F]{0,39}[0-9])[0-9A-F]{40}(?![\w*])/y;
const isUpperHexCode = (code = 0): boolean => (code >= 48 && code <= 57) || (code >= 65 && code <= 70);

/** user:password@tcp(host:port)/database, as Go's drivers take it. */
function findDsn(text: string, at: number): Hit | undefined {
  if (!/^@(?:tcp|unix|udp|cloudsql)\(/.test(text.slice(at, at + 12))) return undefined;
  const before = /[\w.%-]{1,60}:([^\s"'`<>]{1,120})$/.exec(text.slice(Math.max(0, at - 200), at));
  const secret = before?.[1];
  if (secret === undefined || isHarmless(secret)) return undefined;
  return { start: at - secret.length, end: at, rule: "dsn-password", replacement: hidden };
}

function findMail(redactor: Redactor, text: string, at: number): Hit | undefined {
  domain.lastIndex = at + 1;
  const host = domain.exec(text)?.[0];
  if (host === undefined || noDomain.test(host)) return undefined;
  let start = at;
  while (start > 0 && at - start < 64 && /[\w.+%-]/.test(text[start - 1] ?? "")) start--;
  while (start < at && /[.%-]/.test(text[start] ?? "")) start++;
  const user = text.slice(start, at);
  if (
    user === "" ||
    user === "git" ||
    user === hidden ||
    host === "redacted.invalid" ||
    /[/:]/.test(text[start - 1] ?? "") ||
    text[at + 1 + host.length] === "("
  )
    return undefined;
  const whole = `${user}@${host}`;
  return {
    start,
    end: at + 1 + host.length,
    rule: "e-mail",
    replacement: redactor.identities?.tokenOf("mail", whole.toLowerCase()) ?? `${hidden}@redacted.invalid`,
  };
}

const domain = /[A-Za-z0-9](?:[A-Za-z0-9-]{0,62}\.){1,6}[A-Za-z]{2,24}(?![\w-])/y;

/** Units of systemd, files, and versions of packages. */
const noDomain =
  /(?:^|\.)(?:service|socket|timer|target|mount|automount|slice|scope|device|path|swap|js|mjs|ts|json|ya?ml|png|svg|css|html|tgz|gz|log|local|so|md|go|py|rb|java|x)$/i;

function findBootstrapToken(text: string, at: number): Hit | undefined {
  const around = text.slice(Math.max(0, at - 7), at + 18);
  const lead = Math.min(at, 7);
  const match = /^(?:|[^A-Za-z0-9._/-])([a-z0-9]{6}\.[a-z0-9]{16})(?![A-Za-z0-9._/-])/.exec(around.slice(lead - Math.min(lead, 7)));
  const token = match?.[1];
  if (token === undefined || !/\d/.test(token.slice(7)) || !/[a-z]/.test(token.slice(7))) return undefined;
  // An event is called after its object and the nanosecond, in hex, of these years.
  if (/^1[789a][0-9a-f]+$/.test(token.slice(7))) return undefined;
  const start = at - 6;
  return { start, end: start + token.length, rule: "bootstrap-token", replacement: hidden };
}

const isTokenCode = (code = 0): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57);
