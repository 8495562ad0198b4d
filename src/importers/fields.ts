/** A JSON value from which fields are taken if they are there and of the right type; else undefined. */
export class Fields {
  readonly #fields: Readonly<Record<string, unknown>>;

  constructor(value: unknown) {
    this.#fields = typeof value === "object" && value !== null ? { ...value } : {};
  }

  number(key: string): number | undefined {
    const value = this.#fields[key];
    return typeof value === "number" ? value : undefined;
  }

  text(key: string): string | undefined {
    const value = this.#fields[key];
    return typeof value === "string" ? value : undefined;
  }

  flag(key: string): boolean | undefined {
    const value = this.#fields[key];
    return typeof value === "boolean" ? value : undefined;
  }

  inside(key: string): Fields {
    return new Fields(this.#fields[key]);
  }

  list(key: string): readonly unknown[] {
    const value = this.#fields[key];
    return Array.isArray(value) ? value : [];
  }
}
