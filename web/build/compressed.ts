/** Text goes out compressed; it is done once here instead of at every request. */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import type { Plugin } from "vite";

const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];

export const compressed: Plugin = {
  name: "deskbus-compressed",
  apply: "build",
  async writeBundle({ dir = "" }, bundle) {
    const names = Object.keys(bundle).filter((name) => /\.(html|js|css|svg)$/.test(name));
    await Promise.all(names.map((name) => compress(join(dir, name))));
  },
};

async function compress(file: string): Promise<void> {
  const plain = await readFile(file);
  await writeFile(`${file}.br`, await brotli(plain));
  await writeFile(`${file}.gz`, await zip(plain, { level: 9 }));
}
