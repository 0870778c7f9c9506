import { gunzipSync } from "node:zlib";

/** Those of the secrets that can still be read in a text: as they are, in JSON's or URLs' escapes, over lines, in hexadecimal digits, or in base64, also twice. */
export function leakedSecrets(secrets: readonly string[], text: string): readonly string[] {
  const views = viewsOf(text, 0);
  return secrets.filter((secret) => partsOf(secret).some((part) => views.some((view) => view.includes(part))));
}

/** Of a secret of several lines each line is one. */
const partsOf = (secret: string): readonly string[] => secret.split("\n").filter((part) => part.trim() !== "");

function viewsOf(text: string, depth: number): readonly string[] {
  const plain = text.replaceAll("\\n", "\n").replaceAll(/\\+"/g, '"');
  if (depth > 3) return [text, plain];
  const escaped = /%[0-9A-F]{2}/i.test(plain)
    ? [plain.replaceAll(/%([0-9A-F]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))]
    : [];
  const hex = [...plain.matchAll(/(?:[0-9A-F]{2}){16,}/gi)].map(([run]) => Buffer.from(run, "hex").toString());
  const inner = [...plain.matchAll(/[A-Za-z0-9+/_-]{16,}={0,2}/g)].flatMap(([run]) => viewsOf(decode(run), depth + 1));
  return [text, plain, ...escaped, ...hex, ...inner];
}

function decode(run: string): string {
  const bytes = Buffer.from(run, "base64");
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString();
  try {
    return gunzipSync(bytes).toString();
  } catch {
    return "";
  }
}
