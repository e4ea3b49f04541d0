import { signal } from "@preact/signals";
import { newId } from "../../shared/ids";
import type { MacroView } from "../../shared/generated/rest";
import type { Act } from "../cases/pending";

export interface MacroSource {
  macros(): Promise<readonly MacroView[]>;
}

/** The macros that can be applied, as they were when the console began or a section of the settings was left. */
export class Macros {
  readonly all = signal<readonly MacroView[]>([]);

  constructor(private readonly source: MacroSource) {}

  async load(): Promise<void> {
    try {
      this.all.value = await this.source.macros();
    } catch {
      // Without them none is offered; the next start asks again.
    }
  }
}

/** What applies it; every press is an application of its own, however often it has to be sent. */
export function actOfMacro({ id, name, actions }: MacroView): Act {
  const ends = actions.some(({ do: does }) => does === "resolve" || does === "spam");
  return { do: "macro", macro: id, client_id: newId(), name, ends };
}
