// @vitest-environment node
import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { generatedTypes, target } from "./types.mjs";

it("has the committed types as `make schemas` would write them", async () => {
  const fresh = await generatedTypes();
  for (const [name, text] of Object.entries(fresh))
    expect(await readFile(new URL(name, target), "utf8"), name).toBe(text);
});
