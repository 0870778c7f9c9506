/** Replaces $(NAME) by what is known under that name; unknown names stay as they are, and $$ is one $. Source: k8s.io/kubernetes, third_party/forked/golang/expansion. */
export const expand = (text: string, known: { readonly [name: string]: string }): string =>
  text.replaceAll(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) => {
    if (name === undefined) return "$";
    return Object.hasOwn(known, name) ? (known[name] ?? whole) : whole;
  });
