/** What keeps a file's content from being the private key that the suite logs in with; nobody can type a passphrase there. */
export function checkSshKey(text: string, where: string): readonly string[] {
  const problem = findProblem(text);
  return problem === undefined ? [] : [`${where}: ${problem}`];
}

function findProblem(text: string): string | undefined {
  if (/^(?:ssh-|ecdsa-|sk-)\S+ AAAA/.test(text) || /^-----BEGIN (?:RSA )?PUBLIC KEY-----/m.test(text)) return "is a public key; the private one is needed";
  const [, kind = "", body = ""] = /^-----BEGIN ([A-Z ]*)PRIVATE KEY-----\r?\n([^]*?)-----END /m.exec(text) ?? [];
  if (body === "") return "is no private key in PEM or OpenSSH's form";
  const isEncrypted = kind === "ENCRYPTED " || /^Proc-Type: 4,ENCRYPTED/m.test(body) || (kind === "OPENSSH " && cipherOf(body) !== "none");
  return isEncrypted ? "is protected by a passphrase, which nobody can type in the suite; make a key without one for this" : undefined;
}

/** OpenSSH's form: "openssh-key-v1", a zero byte, the cipher's name with its length before it. */
function cipherOf(body: string): string {
  const bytes = Buffer.from(body, "base64");
  const start = "openssh-key-v1\0".length;
  return bytes.length < start + 4 ? "none" : bytes.toString("latin1", start + 4, start + 4 + bytes.readUInt32BE(start));
}
