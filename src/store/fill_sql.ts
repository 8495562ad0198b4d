/**
 * Puts SQL fragments into the named places of a `.sql` file: `{{sql}}`. Fragments are made by mtr (column lists,
 * expressions of the catalogue); whatever a user typed is bound as a parameter instead.
 */
export function fillSql(template: string, fragments: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const fragment = fragments[name];
    if (fragment === undefined) throw new Error(`the SQL template has no fragment for ${name}`);
    return fragment;
  });
}
