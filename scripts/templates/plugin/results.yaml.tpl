{
  "name": "{{kebab}}",
  "status": "passed",
  "items": [
    {
      "name": "starts",
      "status": "passed"
    }
  ]
}
