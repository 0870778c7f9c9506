import type { PlantedSecrets } from "./planted-secrets.ts";

const busybox = "registry.k8s.io/e2e-test-images/busybox:1.37.0-1";

/** Objects of a namespace as careless people write them, with a planted secret in each place; `group` is that of a kind of its own, where there are such. */
export function buildLeakyWorld({ of }: PlantedSecrets, namespace: string, group: string | undefined): readonly object[] {
  const metadata = (name: string): object => ({ name, namespace });
  return [
    { apiVersion: "v1", kind: "Secret", metadata: metadata("plain"), stringData: { password: of("Secret") } },
    {
      apiVersion: "v1",
      kind: "Secret",
      metadata: metadata("pull"),
      type: "kubernetes.io/dockerconfigjson",
      stringData: {
        ".dockerconfigjson": JSON.stringify({
          auths: { "registry.asdic.test": { auth: Buffer.from(`puller:${of("image pull secret")}`).toString("base64"), password: of("image pull secret") } },
        }),
      },
    },
    {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: metadata("settings"),
      data: {
        "db.password": of("ConfigMap"),
        "app.properties": `jdbc.url=jdbc:postgresql://db/shop\njdbc.password=${of("ConfigMap")}\n`,
        "start.sh": `#!/bin/sh\nexport MYSQL_PWD=${of("mounted script")}\ncurl -u admin:${of("mounted script")} https://shop.example.test/\n`,
        "alerts.yaml": `receivers:\n- url: https://notify:${of("webhook")}@alerts.example.test/hook?token=${of("webhook")}\n`,
      },
    },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: { ...metadata("talkative"), annotations: { "example.test/config": JSON.stringify({ user: "shop", password: of("annotation") }) } },
      spec: {
        restartPolicy: "Never",
        terminationGracePeriodSeconds: 1,
        imagePullSecrets: [{ name: "pull" }],
        containers: [
          {
            name: "app",
            image: busybox,
            env: [{ name: "DB_PASSWORD", value: of("env") }],
            livenessProbe: {
              httpGet: { port: 80, httpHeaders: [{ name: "Authorization", value: `Basic ${Buffer.from(`probe:${of("probe header")}`).toString("base64")}` }] },
            },
            // What is not well has its log in every snapshot.
            command: ["sh", "-c", `echo 'login as shop, password=${of("pod log")}'; exit 1`, "app", `--db-password=${of("args")}`, "--api-key", of("args")],
          },
        ],
      },
    },
    {
      apiVersion: "v1",
      kind: "Pod",
      metadata: metadata("restless"),
      spec: {
        terminationGracePeriodSeconds: 1,
        containers: [
          {
            name: "app",
            image: busybox,
            command: [
              "sh",
              "-c",
              `echo 'dialling amqp://shop:${of("previous log")}@mq:5672'; echo 'no login with api_key=${of("termination message")}' > /dev/termination-log; exit 1`,
            ],
          },
        ],
      },
    },
    {
      apiVersion: "networking.k8s.io/v1",
      kind: "Ingress",
      metadata: {
        ...metadata("door"),
        annotations: { "nginx.ingress.kubernetes.io/configuration-snippet": `proxy_set_header X-Api-Key "${of("ingress annotation")}";` },
      },
      spec: { rules: [{ http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: { name: "shop", port: { number: 80 } } } }] } }] },
    },
    {
      apiVersion: "v1",
      kind: "Event",
      metadata: metadata("talkative.1"),
      involvedObject: { apiVersion: "v1", kind: "Pod", name: "talkative", namespace },
      reason: "Failed",
      type: "Warning",
      message: `probe of https://shop:${of("event")}@shop.example.test failed`,
    },
    ...(group === undefined
      ? []
      : [{ apiVersion: `${group}/v1`, kind: "Widget", metadata: metadata("careless"), spec: { auth: { user: "shop", password: of("custom resource") } } }]),
  ];
}

/** Plugins that write, say and are told secrets: one ends well, one crashes with a secret as its last words. By file name. */
export function buildLeakyPlugins({ of }: PlantedSecrets): Readonly<Record<string, string>> {
  const script = [
    `echo 'connecting with token=${of("plugin log")}'`,
    `wget -q -O - --header 'Content-Type: application/json' --post-data '{"msg":"login with password=${of("progress")}","total":2,"completed":1}' http://127.0.0.1:$SONOBUOY_PROGRESS_PORT/progress || true`,
    "mkdir -p $RESULTS_DIR/out",
    `echo 'db: postgres://shop:${of("plugin result")}@db/shop' > $RESULTS_DIR/out/config.txt`,
    `echo '{"client_secret":"${of("plugin result")}"}' > $RESULTS_DIR/out/config.json`,
    `echo 'password=${of("nested archive")}' > /tmp/inner.txt && tar -C /tmp -czf $RESULTS_DIR/out/inner.tar.gz inner.txt && gzip -c /tmp/inner.txt > $RESULTS_DIR/out/rotated.log.gz`,
    `echo ok > "$RESULTS_DIR/out/login?password=${of("file name")}"; echo ok > "$RESULTS_DIR/out/login?password=x${of("file name")}"`,
    "sleep 2",
    "echo $RESULTS_DIR/out > $RESULTS_DIR/done",
  ].join("\n");
  const plugin = (name: string, command: string): string =>
    JSON.stringify({
      "sonobuoy-config": { driver: "Job", "plugin-name": name, "result-format": "raw", "skip-cleanup": true },
      spec: { image: busybox, command: ["sh", "-c", command], env: [{ name: "DB_PASSWORD", value: of("plugin env") }] },
    });
  return { "leaky.yaml": plugin("leaky", script), "crashing.yaml": plugin("crashing", `echo 'fatal: refused with password=${of("crash")}' >&2; exit 3`) };
}
