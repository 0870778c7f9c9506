import type { KubernetesObject } from "../../../core/contract/kubernetes-object.ts";
import { text } from "../../../core/kubernetes/field.ts";
import { parseImageName } from "../../../core/kubernetes/image-name.ts";
import { isLinuxNode } from "../../../core/kubernetes/node-conditions.ts";
import { isNodeSelected } from "../../../core/kubernetes/node-selection.ts";
import type { Check, CheckInput, Problem } from "../check.ts";
import { nameSome } from "../../name-some.ts";
import { findNodeImage, fullName } from "../node-images.ts";
import { pluginContainers } from "../plugin-pods.ts";

/** Whether images are well named, and what the nodes say of them. Whether a node can pull one only that node knows, so that is not checked. */
export const images: Check = {
  code: "images",
  run: async ({ plan, ...input }) => {
    const wanted = listImages(plan);
    const misnamed = wanted.flatMap(checkName);
    const named = wanted.filter(({ name }) => typeof parseImageName(name) !== "string");
    const nodes = (await input.nodes()).filter((node) => isLinuxNode(node) && isNodeSelected(node, { nodeSelector: plan.spec.nodeSelector }));
    const found = named.map((image) => ({ ...image, onNodes: nodes.map((node) => ({ node, image: findNodeImage(node, fullName(image.name)) })) }));
    const counted = found.map(({ name, onNodes }) => `${onNodes.filter(({ image }) => image.state === "there").length} say that they have ${name}`);
    return {
      seen: `Of ${nodes.length} nodes, ${counted.join(", ")}; whether others can pull it is not checked.`,
      problems: [...misnamed, ...found.flatMap((image) => [...checkPresence(image), ...checkSameness(image)])],
    };
  },
};

type Wanted = {
  readonly name: string;
  readonly policy: string;
  /** Plugins that need it; empty for asdic's own, without which nothing runs. */
  readonly plugins: readonly string[];
};
type OnNodes = Wanted & { readonly onNodes: readonly { readonly node: KubernetesObject; readonly image: ReturnType<typeof findNodeImage> }[] };

/** Each image once. */
function listImages({ spec, definitions }: CheckInput["plan"]): readonly Wanted[] {
  const ofPlugins = definitions.flatMap((definition) =>
    pluginContainers(definition, spec).map((container) => ({
      name: text(container["image"]),
      policy: text(container["imagePullPolicy"]),
      plugin: definition.name,
    })),
  );
  const others = Map.groupBy(
    ofPlugins.filter(({ name }) => name !== "" && name !== spec.image),
    ({ name, policy }) => JSON.stringify([name, policy]),
  );
  return [
    { name: spec.image, policy: spec.imagePullPolicy, plugins: [] },
    ...[...others.values()].flatMap((same) =>
      same.slice(0, 1).map(({ name, policy }) => ({ name, policy, plugins: [...new Set(same.map(({ plugin }) => plugin))] })),
    ),
  ];
}

const severityOf = ({ plugins }: Wanted): Problem["severity"] => (plugins.length === 0 ? "error" : "warning");
const ownerOf = ({ plugins }: Wanted): string => (plugins.length === 0 ? "asdic's own" : `of ${plugins.join(", ")}`);
const flagOf = ({ plugins }: Wanted): string => (plugins.length === 0 ? "--image" : "--plugin-image");

function checkName(image: Wanted): readonly Problem[] {
  const problem = parseImageName(image.name);
  if (typeof problem !== "string") return [];
  const sentence = `The image ${image.name} (${ownerOf(image)}) is none: ${problem}.`;
  return [{ severity: severityOf(image), sentence, fix: `Names are of the form registry.example/path/name:tag; ${flagOf(image)} gives another.` }];
}

/** Who never pulls must have it. */
function checkPresence(image: OnNodes): readonly Problem[] {
  if (image.policy !== "Never") return [];
  const absent = image.onNodes.filter((each) => each.image.state === "absent").map(({ node }) => node.metadata.name);
  if (absent.length === 0) return [];
  const isEverywhere = absent.length === image.onNodes.length;
  const sentence = `${isEverywhere ? "No node has" : `${absent.length} of ${image.onNodes.length} nodes haven't`} the image ${image.name} (${ownerOf(image)}), which by its pull policy Never is not fetched${isEverywhere ? "" : `: ${nameSome(absent)}`}.`;
  const fix = `Load it onto the nodes, or let them pull it: ${image.plugins.length === 0 ? "--image-pull-policy IfNotPresent" : "imagePullPolicy in the plugin's file"}.`;
  return [{ severity: isEverywhere ? severityOf(image) : "warning", sentence, fix }];
}

/** A tag that was moved leaves each node with what it has pulled before. */
function checkSameness(image: OnNodes): readonly Problem[] {
  if (image.policy === "Always" || image.name.includes("@")) return [];
  const known = image.onNodes.flatMap(({ image: there }) => (there.state === "there" && there.digests.length > 0 ? [there.digests] : []));
  const [first] = known;
  if (first === undefined || known.every((digests) => digests.some((digest) => first.includes(digest)))) return [];
  const sentence = `The nodes have different images under the name ${image.name} (${ownerOf(image)}).`;
  const fix = `Name the image by its digest (${flagOf(image)} NAME@sha256:…), or pull it anew: ${image.plugins.length === 0 ? "--image-pull-policy Always" : "imagePullPolicy: Always in the plugin's file"}.`;
  return [{ severity: "warning", sentence, fix }];
}
