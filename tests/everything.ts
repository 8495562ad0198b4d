/**
 * How much of long matrices is tried: in everyday runs the cases in which protection has been seen to matter, and all of them
 * with MTR_TEST_EVERYTHING=1, as in .ci/run.
 */
export const EVERYTHING: boolean = Deno.env.get("MTR_TEST_EVERYTHING") === "1";

/** All cases, or those of an everyday run. Throws where one of these is not among all: a typing error would leave it out. */
export function casesToTry<Case>(all: readonly Case[], everyday: readonly Case[]): readonly Case[] {
  const unknown = everyday.filter((one) => !all.includes(one));
  if (unknown.length > 0) throw new Error(`no cases: ${JSON.stringify(unknown)}`);
  return EVERYTHING ? all : everyday;
}

/** How many random cases are tried: as a variable of the environment says, or by default. */
export function timesToTry(variable: string, everyday: number, everything: number): number {
  return Number(Deno.env.get(variable) ?? (EVERYTHING ? everything : everyday));
}
