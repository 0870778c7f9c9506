/**
 * For each literal, where the three bytes begin that are to be looked for first: those of which the last two, and then the first two, are the rarest in logs and
 * objects, or are looked for anyway for another literal.
 */
export function chooseAnchors(literals: readonly string[]): readonly number[] {
  const [ends, starts] = [new Set<string>(), new Set<string>()];
  const anchors = literals.map(() => 0);
  // Short ones have no choice, and others may go by what they need.
  for (const index of [...literals.keys()].toSorted((a, b) => lengthAt(literals, a) - lengthAt(literals, b))) {
    const literal = literals[index] ?? "";
    let least = Infinity;
    for (let at = 0; at + 3 <= literal.length; at++) {
      const [start, end] = [literal.slice(at, at + 2), literal.slice(at + 1, at + 3)];
      const cost = (ends.has(end) ? 0 : 2 * weigh(end)) + (starts.has(start) ? 0 : weigh(start));
      if (cost < least) [least, anchors[index]] = [cost, at];
    }
    const at = anchors[index] ?? 0;
    starts.add(literal.slice(at, at + 2));
    ends.add(literal.slice(at + 1, at + 3));
  }
  return anchors;
}

const lengthAt = (literals: readonly string[], index: number): number => literals[index]?.length ?? 0;

/** How often two characters come together, in no unit. */
const weigh = (pair: string): number => frequencyOf(pair.charAt(0)) * frequencyOf(pair.charAt(1)) + (pairs.get(pair) ?? 0) * perPair;

/** Most frequent first. */
const frequent = ' "e:atnoricdspl-0m/1u2f.,g3h4b5k67=98yw\\v_{}x[]j()zq';
const frequencyOf = (character: string): number => (frequent.includes(character) ? frequent.length + 3 - frequent.indexOf(character) : 1);

/** What logs and objects of clusters look like. */
const sample = `
2026-11-18t11:06:41.261692z stdout f i1118 11:06:41.261692 706 kuberuntime_container.go:331] "killing container with a grace period" pod="kube-system/coredns-a476f"
worker-313 kernel[701]: audit: type=1400 audit(1795000000.353:740301): apparmor="denied" operation="open" profile="cri-containerd.apparmor.d" pid=7306 comm="postgres"
e1118 pod_workers.go:1301] "error syncing pod, skipping" err="failed to \\"startcontainer\\" for \\"app\\" with crashloopbackoff: back-off 5m0s restarting failed container"
{"level":"info","ts":"2026-01-02t03:04:05.678z","caller":"server/server.go:42","msg":"request completed","method":"get","path":"/api/v1/items","status":200,"duration":"1.2ms"}
10.0.0.1 - - [02/jan/2026:03:04:05 +0000] "get /healthz http/1.1" 200 2 "-" "kube-probe/1.36" reflector.go watching *v1.configmap connection refused, retrying
{"apiversion":"v1","kind":"pod","metadata":{"name":"web-6d4cf56db6-x7k2p","namespace":"default","uid":"ade1ea95","labels":{"app":"web","pod-template-hash":"6d4cf56db6"},
"ownerreferences":[{"apiversion":"apps/v1","kind":"replicaset","controller":true,"blockownerdeletion":true}]},"spec":{"volumes":[{"name":"config","configmap":{"defaultmode":420}}],
"containers":[{"name":"main","image":"registry.example.test/app:1.2.3","ports":[{"containerport":8080,"protocol":"tcp"}],"env":[{"name":"log_level","value":"info"}],
"resources":{"limits":{"cpu":"500m","memory":"256mi"}},"volumemounts":[{"mountpath":"/etc/config"}],"terminationmessagepath":"/dev/termination-log","imagepullpolicy":"ifnotpresent"}],
"status":{"phase":"running","conditions":[{"type":"ready","status":"true","lastprobetime":null,"lasttransitiontime":"2026-01-02t03:04:05z"}],"hostip":"10.0.0.2","starttime":"2026"}}`;

const pairs: ReadonlyMap<string, number> = countPairs(sample);
const perPair = 200;

function countPairs(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let at = 1; at < text.length; at++) {
    const pair = text.slice(at - 1, at + 1);
    counts.set(pair, (counts.get(pair) ?? 0) + 1);
  }
  return counts;
}
