import type { NewPlugin } from "./build-plugin-folder.ts";

/** README.md: what is in the folder, and the commands in the order in which they are needed. */
export const renderReadme = ({ name, driver, usesApi, image }: NewPlugin): string => `# ${name}

An asdic plugin that runs ${driver === "Job" ? "once in a cluster" : "on every node of a cluster"}${usesApi ? " and asks its API" : ""}.

| file | what it is |
|---|---|
| plugin.yaml | how it is run, and how its results are read |
| run.sh | what it does: writes \`$SONOBUOY_RESULTS_DIR/report.xml\`, then its path to \`$SONOBUOY_RESULTS_DIR/done\` |
| Dockerfile | the image that it runs in |
| test.mjs | a test that needs no cluster |
| plugin.schema.json | the fields of plugin.yaml, for editors; \`asdic plugins schema\` renews it |

\`\`\`
asdic plugins lint plugin.yaml            # what is wrong with the file
node test.mjs                             # run it in an embedded cluster (Linux)
docker build -t ${image} . && docker push ${image}
asdic run -p plugin.yaml --wait           # run it on the cluster of your kubeconfig
asdic plugins install ${name} plugin.yaml  # from then on: asdic run -p ${name}
\`\`\`
`;
