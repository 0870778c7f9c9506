import assert from "node:assert/strict";
import { test } from "node:test";
import { findMount, parseMounts } from "../../../plugins/node-facts/mounts.ts";

/** Of a pod on a kubeadm cluster, with containerd; the last two made to show escapes and a hiding mount. */
const mountinfo = `1450 1204 0:187 / / ro,relatime master:411 - overlay overlay rw,lowerdir=/var/lib/containerd/x/fs,upperdir=/y/fs
1451 1450 0:189 / /proc rw,nosuid,nodev,noexec,relatime - proc proc rw
1490 1450 8:1 /var/lib/kubelet/pods/5c2f/volumes/kubernetes.io~empty-dir/results /tmp/sonobuoy/results rw,relatime - ext4 /dev/sda1 rw
1491 1450 8:2 / /tmp/with\\040space rw - ext4 /dev/sdb1 rw
1492 1450 0:200 / /tmp/sonobuoy/results ro - tmpfs tmpfs rw
`;

test("the mount of a path is the longest that holds it, and of several the one on top", () => {
  const mounts = parseMounts(mountinfo);
  const cases: readonly [string, string, boolean][] = [
    ["/", "overlay", true],
    ["/etc/hosts", "overlay", true],
    ["/proc/self", "proc", false],
    ["/procedures", "overlay", true],
    ["/tmp/sonobuoy/results", "tmpfs", true],
    ["/tmp/sonobuoy/results/a", "tmpfs", true],
    ["/tmp/with space/x", "ext4", false],
  ];
  for (const [path, type, readOnly] of cases) {
    const mount = findMount(mounts, path);
    assert.deepEqual({ type: mount?.type, readOnly: mount?.readOnly }, { type, readOnly }, path);
  }
});

test("lines of another form are left out and nothing is made up", () => {
  assert.deepEqual(parseMounts("\n1 2 3\nnonsense - \n"), []);
  assert.equal(findMount([], "/"), undefined);
});
