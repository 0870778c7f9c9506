# One image for the aggregator, the workers and the programs of the built-in plugins; the last stage holds dist/ and nothing else.
FROM docker.io/library/node:24-bookworm-slim AS build
WORKDIR /src
COPY package.json package-lock.json ./
# Install scripts fetch another Node.js and check esbuild's binary; neither is needed here.
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN node scripts/build.ts

FROM gcr.io/distroless/nodejs24-debian12:nonroot
COPY --from=build /src/dist /asdic
ENV NODE_ENV=production
USER 65532:65532
# Pods name their program: /nodejs/bin/node /asdic/{aggregator,worker}/main.js, or /asdic/plugins/main.js PLUGIN.
ENTRYPOINT ["/nodejs/bin/node"]
CMD ["/asdic/cli/main.js", "--help"]
