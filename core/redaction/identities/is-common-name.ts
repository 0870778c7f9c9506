/** Whether a name is one that every cluster has, or a token already, so that hiding it would tell nobody anything. */
export const isCommonName = (name: string): boolean => everywhere.test(name) || token.test(name);

const everywhere =
  /^(?:default|kube-system|kube-public|kube-node-lease|localhost|system:.*|root|nobody|admin|anonymous|unknown|none|null|nil|nginx|postgres|redis|mysql|node|app|user|name|kubernetes-admin)$/i;
const token = /^(?:host|account|user|namespace|project|registry)-[0-9a-f]{8}(?:@.*)?$|^0\d{11}$|^a51d[0-9a-f]{4}-/;
