import type { Row } from "./row.ts";

const image = (name: string, more: object = {}): Row["plugin"] => ({ container: { image: name, ...more } });

/** Images that don't come. */
export const images: readonly Row[] = [
  {
    code: "image-not-found",
    state: "failed",
    plugin: image("registry.example.com/does-not-exist:v1"),
    sentence: /^There is no image registry\.example\.com\/does-not-exist:v1 for container plugin/,
    evidence: /"reason":"(?:ErrImagePull|ImagePullBackOff)".*"events":.*Failed to pull image/,
  },
  {
    code: "image-refused",
    state: "failed",
    plugin: image("registry.example.com/private/tool:v1"),
    sentence: /^The registry refuses image registry\.example\.com\/private\/tool:v1/,
    evidence: /no basic auth credentials/,
  },
  {
    code: "registry-unreachable",
    state: "failed",
    plugin: image("registry.example.test/tool:v1"),
    sentence: /^The node can't reach the registry of image registry\.example\.test\/tool:v1.*no such host/,
    evidence: /lookup registry\.example\.test on/,
  },
  {
    code: "image-pull",
    state: "failed",
    plugin: image("registry.example.com/broken/tool:v1"),
    sentence: /^Image registry\.example\.com\/broken\/tool:v1 of container plugin can't be pulled: .*failed to extract layer/,
    evidence: /invalid tar header/,
  },
  {
    code: "wrong-platform",
    state: "failed",
    plugin: image("registry.example.com/foreign/tool:v1"),
    sentence: /^Image registry\.example\.com\/foreign\/tool:v1 of container plugin is not made for node calm-\d/,
    evidence: /no match for platform in manifest/,
  },
  {
    code: "invalid-image-name",
    state: "failed",
    plugin: image("Not A Name"),
    sentence: /^Not A Name of container plugin is no image name/,
    evidence: /"reason":"InvalidImageName"/,
  },
  {
    code: "image-never-pulled",
    state: "failed",
    plugin: image("registry.example.com/absent:v1", { imagePullPolicy: "Never" }),
    sentence: /is not on node calm-\d, and imagePullPolicy Never forbids to pull it/,
    evidence: /"reason":"ErrImageNeverPull"/,
  },
];
