/** What ties a text to the machine it was written on, and what it is. */
const FOREIGN: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/(?<![\w.~$}*-])\/(?:work|root)\/[\w.-]+/, "a path of somebody's machine"],
  [
    /:\/\/[\w.-]*(?:registry|npm|pypi|artifactory|verdaccio|jfrog)[\w-]*\.[\w.-]+/i,
    "the host of a package registry",
  ],
  // On this machine itself, as tests use it, a password opens nothing.
  [/:\/\/[^/\s:@"']+:[^/\s:@"']+@(?!127\.0\.0\.1|localhost)/, "a name and password"],
];

/** A line for each line of the text that must not be published. */
export function foreignText(path: string, text: string): readonly string[] {
  return text.split("\n").flatMap((line, index) =>
    FOREIGN.flatMap(([pattern, what]) => {
      const found = pattern.exec(line)?.[0];
      return found === undefined ? [] : [`${path}:${index + 1}: ${found} is ${what}`];
    })
  );
}
