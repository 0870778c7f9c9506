import assert from "node:assert/strict";
import { test } from "node:test";
import { isIPv4, isIPv6 } from "node:net";
import { createIdentities } from "../../../../core/redaction/identities/identities.ts";
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
