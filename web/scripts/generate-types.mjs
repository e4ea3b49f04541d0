/** Writes shared/generated/. */
import { mkdir, writeFile } from "node:fs/promises";
import { generatedTypes, target } from "./types.mjs";

await mkdir(target, { recursive: true });
for (const [name, text] of Object.entries(await generatedTypes()))
  await writeFile(new URL(name, target), text);
