import assert from "node:assert/strict";
import { test } from "node:test";
import { environmentProxy } from "../../../core/cluster/proxy.ts";

const proxy = "http://proxy:3128";
const cases: readonly (readonly [server: string, environment: NodeJS.ProcessEnv, expected: string | undefined])[] = [
  ["https://k.example:6443", {}, undefined],
  ["https://k.example:6443", { HTTPS_PROXY: proxy }, proxy],
  ["https://k.example:6443", { https_proxy: "proxy:3128" }, proxy],
  ["https://k.example:6443", { HTTPS_PROXY: "socks5://proxy:1080" }, "socks5://proxy:1080"],
  ["https://k.example:6443", { HTTP_PROXY: proxy }, undefined],
  ["http://k.example:6443", { HTTP_PROXY: proxy }, proxy],
  ["https://localhost:6443", { HTTPS_PROXY: proxy }, undefined],
  ["https://127.0.0.9:6443", { HTTPS_PROXY: proxy }, undefined],
  ["https://[::1]:6443", { HTTPS_PROXY: proxy }, undefined],
  ["https://k.example:6443", { HTTPS_PROXY: proxy, NO_PROXY: "*" }, undefined],
  ["https://k.example:6443", { HTTPS_PROXY: proxy, no_proxy: "other, K.Example " }, undefined],
  ["https://a.k.example:6443", { HTTPS_PROXY: proxy, NO_PROXY: "k.example" }, undefined],
  ["https://ak.example:6443", { HTTPS_PROXY: proxy, NO_PROXY: "k.example" }, proxy],
  ["https://k.example:6443", { HTTPS_PROXY: proxy, NO_PROXY: ".k.example" }, proxy],
  ["https://a.k.example:6443", { HTTPS_PROXY: proxy, NO_PROXY: "*.k.example" }, undefined],
  ["https://k.example:6443", { HTTPS_PROXY: proxy, NO_PROXY: "k.example:6443" }, undefined],
  ["https://k.example:6443", { HTTPS_PROXY: proxy, NO_PROXY: "k.example:443" }, proxy],
  ["https://k.example", { HTTPS_PROXY: proxy, NO_PROXY: "k.example:443" }, undefined],
  ["https://10.1.2.3:6443", { HTTPS_PROXY: proxy, NO_PROXY: "10.0.0.0/8" }, undefined],
  ["https://11.1.2.3:6443", { HTTPS_PROXY: proxy, NO_PROXY: "10.0.0.0/8" }, proxy],
  ["https://10.1.2.3:6443", { HTTPS_PROXY: proxy, NO_PROXY: "10.1.2.3" }, undefined],
  ["https://[fd00::1]:6443", { HTTPS_PROXY: proxy, NO_PROXY: "fd00::/8" }, undefined],
  ["https://[fd00::1]:6443", { HTTPS_PROXY: proxy, NO_PROXY: "[fd00::1]:6443" }, undefined],
  ["https://k.example:6443", { HTTPS_PROXY: proxy, NO_PROXY: "10.0.0.0/99,,:" }, proxy],
];

for (const [server, environment, expected] of cases)
  test(`${server} with ${JSON.stringify(environment)} goes ${expected === undefined ? "directly" : `through ${expected}`}`, () => {
    assert.equal(environmentProxy(server, environment), expected);
  });
