/** The console without a page, driven over stdin: `node scripts/headless-console.mjs '{"email": ..., "api": {...}}'`. */
import { runnerImport } from "vite";

await runnerImport(new URL("../dev/headless/start.ts", import.meta.url).pathname, {
  root: new URL("..", import.meta.url).pathname,
  configFile: false,
  logLevel: "error",
  clearScreen: false,
});
