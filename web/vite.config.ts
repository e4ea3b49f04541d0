import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { EnvironmentOptions, ViteDevServer } from "vite";
import { defineConfig } from "vitest/config";
import { compressed } from "./build/compressed.ts";
import { type CodeSplittingGroup, firstView } from "./build/first.ts";
import { texts } from "./build/texts.ts";

// The gateway of a running Deskbus; `npm run dev` serves the pages and leaves everything else to it.
const backend = process.env.DESKBUS_PUBLIC_URL ?? "http://127.0.0.1:8080";

/** The pages live under addresses that are no files, so the dev server is told which page answers. */
const openPages = (server: Pick<ViteDevServer, "middlewares">) => {
  server.middlewares.use((request, _response, next) => {
    if (/^\/p\/[^/.?]+(\?|$)/.test(request.url ?? "")) request.url = "/portal/index.html";
    else if (/^\/console(\/[^.?]*)?(\?|$)/.test(request.url ?? ""))
      request.url = "/console/index.html";
    else if (/^\/c(\?|$)/.test(request.url ?? "")) request.url = "/status/index.html";
    next();
  });
};
export const pages = {
  name: "deskbus-pages",
  configureServer: openPages,
  configurePreviewServer: openPages,
};

/** Each page is built by itself. Nobody opens several of them, and what they have in common would come in many small files. */
const pageOf = (name: string, groups: CodeSplittingGroup[] = []): EnvironmentOptions => ({
  consumer: "client",
  build: {
    // Which file is made of what; the test of sizes reads it.
    manifest: `${name}/manifest.json`,
    rolldownOptions: {
      input: { [name]: resolve(import.meta.dirname, name, "index.html") },
      output: { codeSplitting: { groups } },
    },
  },
});
const dist = resolve(import.meta.dirname, "dist");

export default defineConfig({
  plugins: [pages, texts, compressed],
  appType: "mpa",
  build: {
    outDir: dist,
    emptyOutDir: false,
    assetsDir: "assets",
    // An inlined asset would need data: in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  environments: {
    portal: pageOf("portal"),
    // Its later parts are many, and have much in common with the first.
    console: pageOf("console", [firstView(resolve(import.meta.dirname, "console/main.tsx"))]),
    status: pageOf("status"),
  },
  builder: {
    async buildApp(builder) {
      await rm(dist, { recursive: true, force: true });
      const { portal, console, status } = builder.environments;
      for (const page of [portal, console, status]) if (page) await builder.build(page);
    },
  },
  server: {
    proxy: { "/api": backend, "/ws": { target: backend, ws: true } },
  },
  test: {
    environment: "happy-dom",
    include: ["{shared,portal,console,status,dev,build}/**/*.test.{ts,tsx}", "scripts/*.test.mjs"],
    setupFiles: "shared/testing/texts.ts",
  },
});
