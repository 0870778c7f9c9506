import packageFile from "../package.json" with { type: "json" };

/** The version of this CLI, as in package.json; the build puts it into the bundle. */
export const toolVersion: string = packageFile.version;
