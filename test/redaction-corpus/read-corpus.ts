import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A file with secrets, or of the harmless kind without: `secrets` are what must be gone. Identities are addresses, which only a profile hides. */
export type CorpusCase = {
  readonly family: string;
  readonly id: string;
  readonly name: string;
  readonly content: string;
  readonly secrets: readonly string[];
  readonly isIdentity: boolean;
};

/** The cases of a file of the corpus: "=== id file-name", then the file; secrets between « and »; ¦ is taken out; what stands between ⟦ and ⟧ is encoded as base64, between ⟪ and ⟫ as hexadecimal digits. */
export function readCorpus(family: string): readonly CorpusCase[] {
  const text = readFileSync(join(import.meta.dirname, `${family}.txt`), "utf8").replaceAll("¦", "");
  return text
    .split(/^=== /m)
    .slice(1)
    .map((part) => {
      const [head = "", ...lines] = part.split("\n");
      const [id = "", name = "", mark] = head.split(" ");
      const marked = lines.join("\n");
      return {
        family,
        id,
        name,
        content: encode(marked.replaceAll(/[«»]/g, "")),
        secrets: [...marked.matchAll(/«([^»]*)»/g)].map(([, secret = ""]) => secret),
        isIdentity: mark === "identity",
      };
    });
}

/** The harmless look-alikes: lines of logs, variables of a container, whole files. */
export function readHarmless(): readonly CorpusCase[] {
  const read = (file: string): readonly string[] =>
    readFileSync(join(import.meta.dirname, file), "utf8")
      .trimEnd()
      .split("\n");
  const bare = { secrets: [], isIdentity: false };
  const lines = ["harmless-lines", "harmless-elsewhere"].flatMap((family) =>
    read(`${family}.txt`).map((line, at) => ({ ...bare, family, id: `line ${at + 1}`, name: "app.log", content: `${line}\n` })),
  );
  const variables = read("harmless-env.txt").map((line) => {
    const [name = "", value = ""] = line.split(/=(.*)/s);
    const pod = { kind: "Pod", apiVersion: "v1", spec: { containers: [{ env: [{ name, value }] }] } };
    return { ...bare, family: "harmless-env", id: name, name: "pod.json", content: JSON.stringify(pod, undefined, 2) };
  });
  return [...lines, ...variables, ...readCorpus("harmless-files")];
}

function encode(text: string): string {
  const encoded = text
    .replaceAll(/⟦([^⟦⟧]*)⟧/g, (_, plain: string) => Buffer.from(plain).toString("base64"))
    .replaceAll(/⟪([^⟪⟫]*)⟫/g, (_, plain: string) => Buffer.from(plain).toString("hex"));
  return encoded === text ? text : encode(encoded);
}
