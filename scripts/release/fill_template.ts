/** Puts values into `@NAME@` places. A place without a value is an error: it would be published as it is. */
export function fillTemplate(
  template: string,
  values: Readonly<Record<string, string>>,
): string {
  return template.replaceAll(/@([A-Z][A-Z0-9_]*)@/g, (_, name: string) => {
    const value = values[name];
    if (!value) throw new Error(`the template wants ${name}`);
    return value;
  });
}
