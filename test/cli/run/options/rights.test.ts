import assert from "node:assert/strict";
import { test } from "node:test";
import { parseRights, type RightsFlags } from "../../../../cli/run/options/rights.ts";
import { parseAll, refusal } from "./parse.ts";

const parse = (flags: RightsFlags) => parseAll(parseRights, flags);
const usual = { permissions: "read", isAccountThere: false, makesRoles: true, notes: [] };

const read: readonly (readonly [RightsFlags, object])[] = [
  [{}, {}],
  [{ permissions: "admin" }, { permissions: "admin" }],
  [{ serviceAccountName: "mine" }, { serviceAccount: "mine" }],
  [
    { serviceAccountName: "default", existingServiceAccount: true },
    { serviceAccount: "default", isAccountThere: true },
  ],
  [{ rbac: false }, { makesRoles: false }],
];
for (const [flags, wanted] of read) test(`${JSON.stringify(flags)} is read`, () => assert.deepEqual(parse(flags), { ...usual, ...wanted }));

const sonobuoys = { clusterAdmin: "admin", clusterRead: "read", namespaceAdmin: "none" } as const;
for (const [word, ours] of Object.entries(sonobuoys))
  test(`Sonobuoy's ${word} is ${ours}, and what is different is told`, () => {
    const { permissions, notes } = parse({ aggregatorPermissions: word });
    assert.equal(permissions, ours);
    assert.match(
      notes.join("\n"),
      new RegExp(`^--aggregator-permissions ${word} is --permissions ${ours} here: plugins of Sonobuoy's .* the aggregator has fixed rights`),
    );
  });

const refused: readonly (readonly [RightsFlags, RegExp])[] = [
  [{ permissions: "all" }, /^--permissions all: must be one of none, read, admin/],
  [{ aggregatorPermissions: "admin" }, /^--aggregator-permissions admin: must be one of clusterAdmin, clusterRead, namespaceAdmin/],
  [{ aggregatorPermissions: "clusterRead", permissions: "admin" }, /--permissions says that already/],
  [{ serviceAccountName: "A" }, /^--service-account-name A: is no name of a ServiceAccount/],
  [{ serviceAccountName: "default" }, /every namespace has.*\nAdd --existing-service-account/],
  [{ serviceAccountName: "asdic-aggregator" }, /asdic makes for itself/],
  [{ serviceAccountName: "asdic-plugin-smoke" }, /asdic makes for itself/],
];
for (const [flags, says] of refused)
  test(`${JSON.stringify(flags)} is refused`, () =>
    assert.match(
      refusal(() => parse(flags)),
      says,
    ));
