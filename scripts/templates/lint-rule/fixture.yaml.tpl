# A plugin with nothing to find fault with, but for {{kebab}}.
apiVersion: asdic/v1
sonobuoy-config:
  driver: Job
  plugin-name: sample
  description: A plugin with nothing to find fault with, but for one thing.
  source-url: https://example.test/{{kebab}}
spec:
  image: registry.example.test/sample:v1
  resources:
    requests: {cpu: 50m, memory: 64Mi}
