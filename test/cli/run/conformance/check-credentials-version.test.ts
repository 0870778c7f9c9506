import assert from "node:assert/strict";
import { test } from "node:test";
import { checkCredentialsVersion } from "../../../../cli/run/conformance/check-credentials-version.ts";

for (const version of ["v1.27.0", "v1.36.3+k3s1", "v2.0.0", "unknown"])
  test(`the suite of ${version} may take credentials`, () => assert.doesNotThrow(() => checkCredentialsVersion(version)));

for (const version of ["v1.26.15", "v1.9.0-gke.1"])
  test(`that of ${version} takes none`, () =>
    assert.throws(() => checkCredentialsVersion(version), new RegExp(`since Kubernetes 1\\.27, and this is ${version}`)));
