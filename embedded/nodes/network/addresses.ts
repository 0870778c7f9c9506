/** Of one node: where it is itself, and the range that its pods get their addresses from. */
export type NodeAddresses = { readonly address: string; readonly podCidr: string };

/** Hands out addresses as kubeadm with kindnet does: nodes in the order in which they are first named, each with a /24 for its pods. */
export type Addresses = {
  /** Names the node if it is new. */
  nodeOf(nodeName: string): NodeAddresses;
  /** The next free address of the node's range; throws when all 253 are taken. */
  takePodAddress(nodeName: string): string;
  release(address: string): void;
};

export function createAddresses(): Addresses {
  const nodes: string[] = [];
  const last = new Map<number, number>();
  const taken = new Set<string>();
  const indexOf = (nodeName: string): number => {
    const known = nodes.indexOf(nodeName);
    return known === -1 ? nodes.push(nodeName) - 1 : known;
  };
  return {
    nodeOf(nodeName) {
      const index = indexOf(nodeName);
      return { address: `${nodeNetwork}.${index + 2}`, podCidr: `${podNetwork}.${index}.0/24` };
    },
    takePodAddress(nodeName) {
      const index = indexOf(nodeName);
      // An address is not used again at once: who still knows the old pod must not reach the new one.
      for (let tries = 0; tries < podsPerNode; tries += 1) {
        const next = ((last.get(index) ?? firstHost - 1) - firstHost + 1) % podsPerNode;
        last.set(index, next + firstHost);
        const address = `${podNetwork}.${index}.${next + firstHost}`;
        if (taken.has(address)) continue;
        taken.add(address);
        return address;
      }
      throw new Error(`no IP addresses available in range set: ${podNetwork}.${index}.2-${podNetwork}.${index}.254`);
    },
    release: (address) => void taken.delete(address),
  };
}

/** Whether an address is one that a pod has, had or could have. */
export const isPodAddress = (address: string): boolean => address.startsWith(`${podNetwork}.`);

const podNetwork = "10.244";
const nodeNetwork = "172.18.0";
const firstHost = 2;
const podsPerNode = 253;
