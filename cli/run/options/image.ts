import { Option } from "commander";
import { KnownError } from "../../../core/contract/known-error.ts";
import type { RunSpec } from "../../../core/contract/run-spec.ts";
import { mirrorImage, parseMirrors, type Mirror } from "../mirror-image.ts";
import type { Attempt } from "../problems.ts";
import { choiceOption, optionGroup, otherName } from "./option-group.ts";
import { parseChoice, parseObjectName } from "./values.ts";

/** Flags about images and how they are pulled. */
export type ImageFlags = {
  readonly image?: string | undefined;
  readonly imagePullPolicy?: string | undefined;
  readonly forceImagePullPolicy?: true | undefined;
  readonly imagePullSecret?: readonly string[] | undefined;
  readonly registryMirror?: readonly string[] | undefined;
};

const policies = ["Always", "IfNotPresent", "Never"] as const;

/** Options about images and how they are pulled. */
export const imageOptions = optionGroup("Images", [
  new Option("--image <image>", "asdic's own image (default: of this version)"),
  otherName("--sonobuoy-image <image>", "image"),
  choiceOption("--image-pull-policy <policy>", "of asdic's own image (default: IfNotPresent)", policies),
  new Option("--force-image-pull-policy", "the same for the plugins' images"),
  new Option(
    "--image-pull-secret <name=file...>",
    "a Secret for pulling every image of the run: made from a file, which is Docker's config.json, or by its name alone one that is in the namespace",
  ),
  new Option(
    "--registry-mirror <from=to...>",
    "pull from another registry or path what is from this one, plugins' and asdic's own images, e.g. docker.io=mirror.example.test/hub",
  ),
]);

/** A pull secret by name, and the file to make it from. */
export type PullSecretRequest = {
  readonly name: string;
  readonly file?: string;
  /** How it was asked for, if not by --image-pull-secret. */ readonly typed?: string;
};

/** Images and how they are pulled; asdic's own by its mirror's name already. */
export type ImageSettings = Pick<RunSpec, "image" | "imagePullPolicy"> & {
  readonly isPolicyForced: boolean;
  readonly pullSecrets: readonly PullSecretRequest[];
  readonly mirrors: readonly Mirror[];
};

/** Images as the flags say it, with `usual` where none is named; `attempt` gets each that can't be. */
export function parseImages(flags: ImageFlags, usual: string, attempt: Attempt): ImageSettings {
  const { image, imagePullPolicy, imagePullSecret, registryMirror } = flags;
  const mirrors = attempt(() => parseMirrors("--registry-mirror", registryMirror ?? [])) ?? [];
  return {
    image: mirrorImage(attempt(() => (image === undefined ? parseImage("ASDIC_IMAGE", usual) : parseImage("--image", image))) ?? usual, mirrors),
    imagePullPolicy:
      (imagePullPolicy === undefined ? undefined : attempt(() => parseChoice("--image-pull-policy", imagePullPolicy, policies))) ?? "IfNotPresent",
    isPolicyForced: flags.forceImagePullPolicy === true,
    pullSecrets: attempt(() => parsePullSecrets(imagePullSecret ?? [])) ?? [],
    mirrors,
  };
}

function parseImage(where: string, image: string): string {
  if (/^[\w][^\s]*$/.test(image)) return image;
  throw new KnownError("wrong-usage", `${where} ${image}: is no name of an image.`, { hint: "For example: registry.example.test/asdic:v1" });
}

function parsePullSecrets(texts: readonly string[]): readonly PullSecretRequest[] {
  return texts.map((text, index) => {
    const [, name = "", file] = /^([^=]*)(?:=(.+))?$/s.exec(text) ?? [];
    parseObjectName("--image-pull-secret", name, "Secret");
    if (texts.findIndex((other) => other.split("=", 1)[0] === name) < index)
      throw new KnownError("wrong-usage", `--image-pull-secret ${text}: ${name} is given twice.`, { hint: "Name each Secret once." });
    if (name.startsWith("asdic-") && file !== undefined)
      throw new KnownError("wrong-usage", `--image-pull-secret ${text}: names that begin with asdic- are for the run's own Secrets.`, {
        hint: "Give it another name.",
      });
    return { name, ...(file !== undefined && { file }) };
  });
}
