import assert from "node:assert/strict";
import { test } from "node:test";
import { isIPv4, isIPv6 } from "node:net";
import { createIdentities } from "../../../../core/redaction/identities/identities.ts";
import { createRedactor } from "../../../../core/redaction/redactor.ts";
import { redact, testRedactor } from "../redact.ts";

const key = Buffer.alloc(32, 1);

test("the same name has the same token, another name or another key another one", () => {
  const [one, other] = [createIdentities("standard", key), createIdentities("standard", Buffer.alloc(32, 2))];
  assert.equal(one.tokenOf("host", "a"), createIdentities("high", key).tokenOf("host", "a"));
  assert.notEqual(one.tokenOf("host", "a"), one.tokenOf("host", "b"));
  assert.notEqual(one.tokenOf("host", "a"), other.tokenOf("host", "a"));
});

test("private addresses never share a token, and keep which range they are of", () => {
  const { tokenOf } = createIdentities("standard", key);
  const tokens = new Set(Array.from({ length: 65536 }, (_, at) => tokenOf("ipv4", `192.168.${at >> 8}.${at & 255}`)));
  assert.equal(tokens.size, 65536);
  for (const [address, start] of [
    ["10.0.0.1", "241."],
    ["172.16.3.4", "242."],
    ["192.168.1.1", "243."],
    ["100.64.0.9", "244."],
  ] as const)
    assert.ok(tokenOf("ipv4", address).startsWith(start));
  for (const address of tokens) assert.ok(isIPv4(address));
  assert.ok(isIPv6(tokenOf("ipv6", "2a02::1")));
});

test("addresses in text become tokens once, what every network has stays, and a second time changes nothing", async () => {
  const redactor = testRedactor("standard");
  const text = "10.0.0.1:80 [2a02:8071:b80::42]:443 52:54:00:12:ab:cd bob@corp.example.com 127.0.0.1 ::1 v1.2.3.4 12:34:56 1.2.3 255.255.255.0\n";
  const { text: once, tally } = await redact("a.log", text, redactor);
  assert.match(
    once,
    /^241\.\d+\.\d+\.\d+:80 \[2001:db8:[0-9a-f:]+\]:443 02:a5:d1:[0-9a-f:]{8} mail-[0-9a-f]{8}@redacted\.invalid 127\.0\.0\.1 ::1 v1\.2\.3\.4 12:34:56 1\.2\.3 255\.255\.255\.0\n$/,
  );
  assert.deepEqual(Object.fromEntries(tally.counts), { "e-mail": 1, ipv4: 1, ipv6: 1, mac: 1 });
  assert.equal((await redact("a.log", once, redactor)).text, once);
});

test("colons in front of an address and behind it are none of it", async () => {
  const { text } = await redact("a.log", "addr:2a02:8071::42: refused, hwaddr:52:54:00:12:ab:cd: up\n", testRedactor("standard"));
  assert.match(text, /^addr:2001:db8:[0-9a-f:]+: refused, hwaddr:02:a5:d1:[0-9a-f:]{8}: up\n$/);
});

test("user and group in a line of /etc/passwd are no address", async () => {
  const text = "systemd-timesync:x:100:102::/run/systemd:/usr/sbin/nologin\napp:x:33:33::/home/app:/bin/sh\n";
  assert.equal((await redact("passwd", text, testRedactor("standard"))).text, text);
});

test("a browser's version is no address, and a link's own address is one if it holds a MAC", async () => {
  const text = "Chrome/124.0.0.0 Safari, host/10.1.2.3 fe80::1 fe80::9c1d:7eff:fe33:4a21\n";
  assert.match((await redact("a.log", text, testRedactor("standard"))).text, /^Chrome\/124\.0\.0\.0 Safari, host\/241\.[\d.]+ fe80::1 2001:db8:[0-9a-f:]+\n$/);
});

test("without a profile only secrets and e-mail addresses are hidden", async () => {
  assert.equal((await redact("a.log", "10.0.0.1 52:54:00:12:ab:cd a.b@corp.example.com\n")).text, "10.0.0.1 52:54:00:12:ab:cd REDACTED@redacted.invalid\n");
});

test("namespaces and people are hidden by the high profile alone", async () => {
  const text = '{"namespace":"payroll","user":"alice","other":"kube-system"}';
  assert.equal((await redact("a.json", text, testRedactor("standard"))).text, text);
  assert.match(
    (await redact("a.json", text, testRedactor("high"))).text,
    /^\{"namespace":"namespace-[0-9a-f]{8}","user":"user-[0-9a-f]{8}","other":"kube-system"\}$/,
  );
});

test("networks stay networks: their addresses end with zeros, and hold what they held", async () => {
  const { tokenOf } = createIdentities("standard", key);
  const number = (text: string): number => text.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
  for (const [network, inner, bits] of [
    ["10.1.0.0", "10.1.2.3", 16],
    ["172.20.0.0", "172.20.9.9", 14],
    ["192.168.4.0", "192.168.4.77", 24],
    ["100.64.0.0", "100.100.1.1", 10],
    ["8.8.8.0", "8.8.8.8", 24],
    ["52.0.0.0", "52.31.4.5", 11],
  ] as const) {
    const [masked = "", length] = tokenOf("ipv4", `${network}/${bits}`).split("/");
    const size = 2 ** (32 - bits);
    assert.ok(isIPv4(masked) && length === String(bits) && number(masked) % size === 0, masked);
    assert.equal(Math.floor(number(tokenOf("ipv4", inner)) / size), number(masked) / size, `${inner} in ${network}`);
  }
  for (const network of ["2a02:8071:b80::/48", "2a02:8071:b80:1::/64", "2a02:8071::/32", "fd00:1::/60", "2a02::1/128"]) {
    const [masked = "", length] = tokenOf("ipv6", network).split("/");
    assert.ok(isIPv6(masked) && Number(length) >= 32, `${network} ${masked}`);
  }
  assert.ok(tokenOf("ipv6", "2a02:8071:b80:1::5").startsWith(tokenOf("ipv6", "2a02:8071:b80::/48").split("::")[0] ?? "-"));
});

test("with high privacy people, hosts, accounts, cards and numbers of telephones are hidden, and what all have stays", async () => {
  const redactor = testRedactor("high");
  for (const [text, clean] of [
    ["arn:aws:iam::123456789012:user/alice", /^arn:aws:iam::0\d{11}:user\/user-[0-9a-f]{8}$/],
    ["gce://acme-prod-1/europe-west1-b/a", /^gce:\/\/project-[0-9a-f]{8}\/europe-west1-b\/a$/],
    [
      "/subscriptions/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9/resourceGroups/pay",
      /^\/subscriptions\/a51d[0-9a-f]{4}-[0-9a-f-]{27}\/resourceGroups\/project-[0-9a-f]{8}$/,
    ],
    ["dial db1.corp: refused", /^dial host-[0-9a-f]{8}: refused$/],
    ["node ip-10-0-1-2.ec2.internal", /^node host-[0-9a-f]{8}$/],
    ["GET https://git.acme-inc.com:8443/x", /^GET https:\/\/host-[0-9a-f]{8}:8443\/x$/],
    ["image registry.acme-inc.com:5000/team/app:1.2", /^image host-[0-9a-f]{8}:5000\/team\/app:1\.2$/],
    ['User "alice" cannot list', /^User "user-[0-9a-f]{8}" cannot list$/],
    ["/home/carol/.ssh", /^\/home\/user-[0-9a-f]{8}\/\.ssh$/],
    ["GET /api/v1/namespaces/payroll/pods", /^GET \/api\/v1\/namespaces\/namespace-[0-9a-f]{8}\/pods$/],
    ["card 4111 1111 1111 1111, call +49 30 901820", /^card REDACTED, call REDACTED$/],
    ["4111 1111 1111 1112 of 12345 at registry.k8s.io/pause:3.9", /^4111 1111 1111 1112 of 12345 at registry\.k8s\.io\/pause:3\.9$/],
    [
      'user "system:node" of namespace "kube-system" at https://a.default.svc.cluster.local/x',
      /^user "system:node" of namespace "kube-system" at https:\/\/a\.default\.svc\.cluster\.local\/x$/,
    ],
  ] as const) {
    const { text: once } = await redact("a.log", text, redactor);
    assert.match(once, clean);
    assert.equal((await redact("a.log", once, redactor)).text, once);
  }
});

test("a namespace that is known is hidden wherever it stands, and only with high privacy", async () => {
  const known = (privacy: "standard" | "high") =>
    createRedactor({ identities: createIdentities(privacy, key), knownNames: ["namespace/payroll", "namespace/default"] });
  assert.match((await redact("a.log", "pod payroll/web-1 in default", known("high"))).text, /^pod namespace-[0-9a-f]{8}\/web-1 in default$/);
  assert.equal((await redact("a.log", "pod payroll/web-1", known("standard"))).text, "pod payroll/web-1");
});

test("nodes and namespaces that are known become tokens wherever they stand as names, and what only looks like one stays", async () => {
  const knownNames = ["worker-7", "master", "namespace/team-a", "namespace/payroll", "namespace/cert-manager", "namespace/logs", "namespace/kube-system"];
  const redactor = createRedactor({ identities: createIdentities("high", key), knownNames });
  const { tokenOf } = createIdentities("high", key);
  const cases: readonly (readonly [string, string])[] = [
    ["pod kube-apiserver-worker-7 is up", `pod kube-apiserver-${tokenOf("host", "worker-7")} is up`],
    ["/var/log/pods/x_kube-proxy-worker-7_1/0.log", `/var/log/pods/x_kube-proxy-${tokenOf("host", "worker-7")}_1/0.log`],
    ["etcd-master, task-master, master-1", `etcd-${tokenOf("host", "master")}, task-master, master-1`],
    ["nodes?fieldSelector=metadata.name%3Dworker-7&x", `nodes?fieldSelector=metadata.name%3D${tokenOf("host", "worker-7")}&x`],
    ["node-role.kubernetes.io/master", "node-role.kubernetes.io/master"],
    ["worker-77 and worker-7-old", "worker-77 and worker-7-old"],
    ["web.team-a.svc failed", `web.${tokenOf("namespace", "team-a")}.svc failed`],
    ["payroll/web-0: the payroll ran", `${tokenOf("namespace", "payroll")}/web-0: the payroll ran`],
    ["cert-manager.io/v1, cert-manager/web", `cert-manager.io/v1, ${tokenOf("namespace", "cert-manager")}/web`],
    ["/var/logs/a, kube-system/b", "/var/logs/a, kube-system/b"],
  ];
  for (const [text, expected] of cases) assert.equal((await redact("a.log", text, redactor)).text, expected);
});

test("namespaces' names stay with standard privacy", async () => {
  const redactor = createRedactor({ identities: createIdentities("standard", key), knownNames: ["namespace/team-a"] });
  assert.equal((await redact("a.log", "team-a/web-0", redactor)).text, "team-a/web-0");
});
