{
  "pod": {
    "apiVersion": "v1",
    "kind": "Pod",
    "metadata": { "name": "asdic-example", "namespace": "asdic", "uid": "00000000-0000-4000-8000-000000000000" },
    "spec": { "nodeName": "worker-1" },
    "status": {
      "phase": "Pending",
      "containerStatuses": [
        { "name": "plugin", "image": "example.com/plugin:v1", "state": { "waiting": { "reason": "{{pascal}}", "message": "what the kubelet says" } } }
      ]
    }
  }
}
