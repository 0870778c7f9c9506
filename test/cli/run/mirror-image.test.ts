import assert from "node:assert/strict";
import { test } from "node:test";
import { mirrorImage } from "../../../cli/run/mirror-image.ts";

const mirrors = [
  { from: "docker.io", to: "mirror.example.test/hub" },
  { from: "docker.io/sonobuoy", to: "other.example.test:5000/s" },
  { from: "registry.k8s.io", to: "mirror.example.test/k8s" },
];

const images: readonly (readonly [image: string, mirrored: string])[] = [
  ["busybox", "mirror.example.test/hub/library/busybox"],
  ["busybox:1.36", "mirror.example.test/hub/library/busybox:1.36"],
  ["grafana/grafana", "mirror.example.test/hub/grafana/grafana"],
  ["docker.io/library/nginx:1", "mirror.example.test/hub/library/nginx:1"],
  ["sonobuoy/systemd-logs:v0.4", "other.example.test:5000/s/systemd-logs:v0.4"],
  ["registry.k8s.io/conformance:$SONOBUOY_K8S_VERSION", "mirror.example.test/k8s/conformance:$SONOBUOY_K8S_VERSION"],
  ["registry.k8s.io/pause@sha256:abc", "mirror.example.test/k8s/pause@sha256:abc"],
  ["registry.k8s.io.example.test/x", "registry.k8s.io.example.test/x"],
  ["localhost/x", "localhost/x"],
  ["host:5000/x", "host:5000/x"],
  ["$ASDIC_IMAGE", "$ASDIC_IMAGE"],
];
for (const [image, mirrored] of images) test(`${image} is pulled as ${mirrored}`, () => assert.equal(mirrorImage(image, mirrors), mirrored));
