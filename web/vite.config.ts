import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { ViteDevServer } from "vite";
import { defineConfig } from "vitest/config";

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

/** Text goes out compressed; it is done once here instead of at every request. */
const compressed = {
  name: "deskbus-compressed",
  apply: "build" as const,
  async closeBundle() {
    const assets = resolve(import.meta.dirname, "dist/assets");
    const texts = (await readdir(assets)).filter((name) => /\.(js|css|svg)$/.test(name));
    for (const file of texts.map((name) => join(assets, name))) {
      const plain = await readFile(file);
      await writeFile(`${file}.br`, await promisify(brotliCompress)(plain));
      await writeFile(`${file}.gz`, await promisify(gzip)(plain, { level: 9 }));
    }
  },
};

export default defineConfig({
  plugins: [pages, compressed],
  appType: "mpa",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    assetsDir: "assets",
    // An inlined asset would need data: in the Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      input: {
        portal: resolve(import.meta.dirname, "portal/index.html"),
        console: resolve(import.meta.dirname, "console/index.html"),
        status: resolve(import.meta.dirname, "status/index.html"),
      },
    },
  },
  server: {
    proxy: { "/api": backend, "/ws": { target: backend, ws: true } },
  },
  test: {
    environment: "happy-dom",
    include: ["{shared,portal,console,status,dev}/**/*.test.{ts,tsx}", "scripts/*.test.mjs"],
  },
});
