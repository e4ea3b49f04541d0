import { signal } from "@preact/signals";
import { newId } from "../../shared/ids";
import type { MacroView } from "../../shared/generated/rest";
import { Again } from "../again";
import type { Act } from "../cases/pending";

export interface MacroSource {
  macros(): Promise<readonly MacroView[]>;
}

/** The macros that can be applied, as they are: told of a change, the console reads them again. */
export class Macros {
  readonly all = signal<readonly MacroView[]>([]);

  private reading = 0;
  private readonly again = new Again();

  constructor(private readonly source: MacroSource) {}

  async load(): Promise<void> {
    const reading = ++this.reading;
    try {
      const all = await this.source.macros();
      if (reading === this.reading) this.all.value = all;
      this.again.rest();
    } catch (error) {
      // Without them none is offered.
      this.again.soon(error, () => this.load());
    }
  }
}

/** What applies it; every press is an application of its own, however often it has to be sent. */
export function actOfMacro({ id, name, actions }: MacroView): Act {
  const ends = actions.some(({ do: does }) => does === "resolve" || does === "spam");
  return { do: "macro", macro: id, client_id: newId(), name, ends };
}
