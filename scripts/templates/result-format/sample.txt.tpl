# {{kebab}}
ok a pod starts
not ok a name is resolved
