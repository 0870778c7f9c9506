import { KnownError } from "../../core/contract/known-error.ts";

/** A registry, or a part of one, and where its images are pulled from instead. */
export type Mirror = { readonly from: string; readonly to: string };

/** Each `FROM=TO`, both a registry with or without a path; KnownError "wrong-usage" naming the flag otherwise. */
export function parseMirrors(flag: string, texts: readonly string[]): readonly Mirror[] {
  const mirrors = texts.map((text) => {
    const [, from = "", to = ""] = /^([^=]*)=(.*)$/s.exec(text) ?? [];
    if (![from, to].every((place) => isPlace.test(place)))
      throw new KnownError("wrong-usage", `${flag} ${text}: is not of the form FROM=TO.`, {
        hint: `Both are a registry, with or without a path, but without https://: ${flag} registry.k8s.io=mirror.example.test/k8s`,
      });
    return { from, to };
  });
  const twice = mirrors.find(({ from }, index) => mirrors.findIndex((other) => other.from === from) < index);
  if (twice !== undefined) throw new KnownError("wrong-usage", `${flag}: ${twice.from} is given twice.`, { hint: "Give one place for each." });
  return mirrors;
}

const isPlace = /^[a-z0-9](?:[-.\w]*[a-z0-9])?(?::\d+)?(?:\/[-.\w]+)*$/i;

/** The image from the mirror whose `from` fits it best; others stay as they are. Docker Hub's may leave `docker.io` and `library` out. */
export function mirrorImage(image: string, mirrors: readonly Mirror[]): string {
  const whole = addRegistry(image);
  const [best] = mirrors.filter(({ from }) => whole.startsWith(`${from}/`)).toSorted((one, other) => other.from.length - one.from.length);
  return best === undefined ? image : `${best.to}${whole.slice(best.from.length)}`;
}

/** As every container runtime completes it: what stands before the first slash is a registry if it looks like a host. */
function addRegistry(image: string): string {
  const slash = image.indexOf("/");
  const host = image.slice(0, Math.max(0, slash));
  if (image.startsWith("$") || /[.:]/.test(host) || host === "localhost") return image;
  return slash < 0 ? `docker.io/library/${image}` : `docker.io/${image}`;
}
