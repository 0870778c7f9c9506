/** A generator of numbers from 0 to 1 that are the same for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Text of `bytes` bytes as a node's journal has it; compresses about as such a one does, five to eight times. */
export function journalText(bytes: number, seed: number): Buffer {
  const random = seededRandom(seed);
  const pick = (words: readonly string[]): string => words[Math.floor(random() * words.length)] ?? "";
  const hex = (digits: number): string => Array.from({ length: digits }, () => Math.floor(random() * 16).toString(16)).join("");
  const node = `worker-${Math.floor(random() * 500)}`;
  const uids = Array.from({ length: 20 }, () => `${hex(8)}-${hex(4)}-4${hex(3)}-${hex(4)}-${hex(12)}`);
  const text = Buffer.alloc(bytes);
  for (let [at, millis] = [0, 1_795_000_000_000]; at < bytes;) {
    millis += Math.floor(random() * 3000);
    const stamp = new Date(millis).toISOString();
    const pid = 700 + Math.floor(random() * 9);
    const uid = pick(uids);
    const line = pick([
      `I${stamp.slice(5, 7)}${stamp.slice(8, 10)} ${stamp.slice(11, 23)}${Math.floor(random() * 1000)}    ${pid} kuberuntime_container.go:${300 + Math.floor(random() * 400)}] "Killing container with a grace period" pod="kube-system/coredns-${hex(5)}" podUID="${uid}" containerName="coredns" gracePeriod=${Math.floor(random() * 60)}`,
      `E${stamp.slice(5, 7)}${stamp.slice(8, 10)} ${stamp.slice(11, 23)}${Math.floor(random() * 1000)}    ${pid} pod_workers.go:1301] "Error syncing pod, skipping" err="failed to \\"StartContainer\\" for \\"app\\" with CrashLoopBackOff: \\"back-off ${pick(["10s", "20s", "40s", "1m20s", "2m40s", "5m0s"])} restarting failed container=app pod=web-${hex(10)}_default(${uid})\\"" pod="default/web-${hex(5)}" podUID="${uid}"`,
      `time="${stamp}" level=info msg="${pick(["StopPodSandbox", "RemovePodSandbox", "CreateContainer within sandbox", "StartContainer", "PullImage", "TearDown network for sandbox"])} for \\"${hex(64)}\\"${pick([" returns successfully", "", " successfully"])}"`,
      `audit: type=1400 audit(${millis / 1000}:${Math.floor(random() * 1e6)}): apparmor="${pick(["ALLOWED", "DENIED"])}" operation="${pick(["open", "exec", "ptrace", "mknod"])}" profile="cri-containerd.apparmor.d" pid=${Math.floor(random() * 32768)} comm="${pick(["node", "nginx", "runc:[2:INIT]", "postgres", "java"])}"`,
      `IPv4: martian source 10.244.${Math.floor(random() * 256)}.${Math.floor(random() * 256)} from 10.244.${Math.floor(random() * 256)}.${Math.floor(random() * 256)}, on dev ${pick(["eth0", "cni0", `veth${hex(8)}`])}`,
    ]);
    at += text.write(`${stamp.slice(0, 19)} ${node} ${pick(["kubelet", "containerd", "kernel", "systemd"])}[${pid}]: ${line}\n`, at, "latin1");
  }
  return text;
}
