/** A report's facts → sentences. Pure and deterministic. */
export { LOAD_LEVELS, type LoadLevel, loadLevel } from "./load_levels.ts";
export { narrate } from "./narrate.ts";
