/** Made-up data, marked as such. */
export { type DemoOptions, makeDemo } from "./demo.ts";
