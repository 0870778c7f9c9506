import type { NewPlugin } from "./build-plugin-folder.ts";

/** The Dockerfile: a shell, what the script calls, and the script. */
export const renderDockerfile = ({ usesApi }: NewPlugin): string => `${usesApi ? withCurl : "FROM busybox:1.37\n"}COPY run.sh /plugin/run.sh
USER 65532:65532
CMD ["sh", "/plugin/run.sh"]
`;

const withCurl = "FROM alpine:3.22\nRUN apk add --no-cache curl\n";
