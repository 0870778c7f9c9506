import { kubectl } from "./asdic.ts";
import { onLabNode } from "./lab-node.ts";

/**
 * Lets no pod of the lab be reached from another node, by pods or by the API server's proxy, as where an overlay or its routes are gone: connections that
 * stand go silent. What pods themselves ask of the API server is answered, and kubelets are reached. Call `mendPodNetwork` however it ends.
 */
export async function cutPodNetwork(): Promise<void> {
  // What an earlier test left when it was killed.
  await mendPodNetwork();
  const ranges = await readRanges();
  for (const [node, own] of ranges) {
    const others = [...ranges].filter(([each]) => each !== node).map(([, range]) => `iptables -w -t mangle -A ${chain} -s ${range} -d ${own} -j DROP`);
    onLabNode(
      node,
      [
        `iptables -w -t mangle -N ${chain}`,
        ...others,
        `iptables -w -t mangle -A ${chain} -d ${own} -m conntrack --ctstate NEW -j DROP`,
        `iptables -w -t mangle -I FORWARD -i eth0 -j ${chain}`,
      ].join(" && "),
    );
  }
}

/** Makes the pod network of the lab whole again, whatever of it was cut. */
export async function mendPodNetwork(): Promise<void> {
  const mend = `iptables -w -t mangle -D FORWARD -i eth0 -j ${chain}; iptables -w -t mangle -F ${chain} && iptables -w -t mangle -X ${chain} || true`;
  for (const [node] of await readRanges()) onLabNode(node, mend);
}

const chain = "ASDIC-E2E-CUT";

/** Each node with the range of addresses that its pods have. */
async function readRanges(): Promise<ReadonlyMap<string, string>> {
  const { items }: { readonly items: readonly { readonly metadata: { readonly name: string }; readonly spec: { readonly podCIDR: string } }[] } = JSON.parse(
    await kubectl("get", "nodes", "-o", "json"),
  );
  return new Map(items.map(({ metadata, spec }) => [metadata.name, spec.podCIDR]));
}
