import { writeTarball } from "../small-run.ts";
import { hostileEntries } from "./hostile-entries.ts";
import { hostileTexts } from "./hostile-texts.ts";
import { longEntries } from "./long-entries.ts";
import { writeSpaces } from "./write-spaces.ts";

/** Writes tarballs into a folder that each try one kind of attack on whoever reads them, and says where they are. */
export async function writeHostile(folder: string): Promise<readonly { readonly name: string; readonly path: string }[]> {
  const written: { readonly name: string; readonly path: string }[] = [];
  for (const [name, texts] of Object.entries(hostileTexts)) written.push({ name, path: await writeTarball(folder, `${name}.tar.gz`, hostileEntries(texts)) });
  written.push({ name: "long", path: await writeTarball(folder, "long.tar.gz", longEntries()) });
  written.push({ name: "spaces", path: await writeSpaces(folder) });
  return written;
}
