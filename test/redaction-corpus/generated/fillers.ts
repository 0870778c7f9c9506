import type { Random } from "../../faults/random/random.ts";
import { drawText } from "./draw-text.ts";

/** Draws something harmless that templates name: a host, a number, a time, a digest; undefined where there is no such filler. */
export function drawFiller(random: Random, kind: string): string | undefined {
  const list = lists[kind];
  if (list !== undefined) return random.pick(list);
  const pattern = patterns[kind];
  if (pattern !== undefined) return drawText(random, pattern).text;
  return made[kind]?.(random);
}

const lists: Readonly<Record<string, readonly string[]>> = {
  app: ["billing", "orders", "checkout", "inventory", "ledger", "search", "gateway", "notifier", "reports", "catalog"],
  ns: ["payments", "staging", "team-a", "platform", "default", "monitoring"],
  user: ["app", "svc_orders", "admin", "postgres", "reporting", "deploy-bot", "ingest"],
  host: ["db-0.internal.example.test", "pg.staging.svc.cluster.local", "redis-master", "mq.example.test:5671", "artifacts.example.test", "10.42.7.19"],
  db: ["orders", "billing_prod", "app", "metrics"],
  word: ["rollout", "reconcile", "snapshot", "leader", "webhook", "backoff", "cursor", "replica", "shard", "bucket"],
  level: ["INFO", "WARN", "ERROR", "DEBUG"],
  esc: ["\u001b[36m"],
  off: ["\u001b[0m"],
};

const patterns: Readonly<Record<string, string>> = {
  int: "<d4>",
  pod: "<x9>-<a5>",
  sha256: "<x64>",
  sha1: "<x40>",
  hash8: "<x8>",
  uid: "<x8>-<x4>-4<x3>-9<x3>-<x12>",
  sri: "<b86>==",
  fingerprint: "SHA256:<b43>",
  trace: "<x32>",
  span: "<x16>",
  publicKey: "AAAAC3NzaC1lZDI1NTE5AAAAI<b43>",
  etag: "<x32>-12",
  skid: "<X2>:<X2>:<X2>:<X2>:<X2>:<X2>",
  pub43: "<u43>",
  pub64: "<b64>",
  base64hash: "<b43>",
  modulus: "<u342>",
};

const two = (value: number): string => String(value).padStart(2, "0");

const made: Readonly<Record<string, (random: Random) => string>> = {
  ts: (random) =>
    `2026-11-${two(1 + random.below(28))}T${two(random.below(24))}:${two(random.below(60))}:${two(random.below(60))}.${drawText(random, "<d3>").text}Z`,
  ip: (random) => `10.${random.below(250)}.${random.below(250)}.${1 + random.below(250)}`,
  port: (random) => String(1024 + random.below(60_000)),
  certificate: (random) => `-----BEGIN CERTIFICATE-----\n${[0, 1, 2, 3].map(() => drawText(random, "MIID<b60>").text).join("\n")}\n-----END CERTIFICATE-----`,
  publicPem: (random) => `-----BEGIN PUBLIC KEY-----\n${[0, 1, 2].map(() => drawText(random, "MIIB<b60>").text).join("\n")}\n-----END PUBLIC KEY-----`,
};
