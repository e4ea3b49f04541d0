/** Reads commands, one JSON object a line, and answers each under its id. Nothing of the console itself is made up. */
import { createInterface } from "node:readline";
import { openWindow, type Place } from "./window";

interface Command {
  id: number;
  do: string;
  with: unknown;
}

openWindow(JSON.parse(process.argv[2] ?? "{}") as Place);
const { commands } = await import("./console");

createInterface({ input: process.stdin })
  .on("line", (line) => void answer(JSON.parse(line) as Command))
  .on("close", () => process.exit(0));

async function answer({ id, do: name, with: said }: Command): Promise<void> {
  try {
    const known = commands[name];
    if (!known) throw new Error(`there is no command ${name}`);
    write({ id, ok: (await known(said)) ?? null });
  } catch (error) {
    write({ id, error: error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : error });
  }
}

function write(answered: unknown): void {
  process.stdout.write(`${JSON.stringify(answered)}\n`);
}
