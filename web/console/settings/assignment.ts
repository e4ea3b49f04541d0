/** What is assigned by itself, and how much everybody takes: the REST calls, and what was read of them. */
import { signal } from "@preact/signals";
import { request } from "../../shared/api";
import type { AssignmentView, Workload } from "../../shared/generated/rest";
import type { TokenSource } from "../../shared/token";
import type { Problems } from "./draft";

export const MOST = 1_000;

/** Numbers as they are typed; an empty one of a technician is what holds for all. */
export interface Typed {
  chats: string;
  cases: string;
}

export class Assignment {
  /** Null until it was read. */
  readonly view = signal<AssignmentView | null>(null);
  readonly failure = signal<unknown>(null);

  constructor(private readonly token: TokenSource) {}

  async read(): Promise<void> {
    try {
      this.view.value = await request<AssignmentView>("/cases/assignment", { token: this.token });
      this.failure.value = null;
    } catch (error) {
      this.failure.value = error;
    }
  }

  setAutomatic(portal: string, automatic: boolean): Promise<void> {
    return this.put(`/portals/${portal}`, { automatic });
  }

  setCapacity({ chats, cases }: Typed): Promise<void> {
    return this.put("/capacity", { chats: Number(chats), cases: Number(cases) });
  }

  setOwn(technician: string, { chats, cases }: Typed): Promise<void> {
    return this.put(`/technicians/${technician}`, { chats: own(chats), cases: own(cases) });
  }

  private async put(path: string, body: object): Promise<void> {
    const options = { method: "PUT", body, token: this.token, idempotent: true } as const;
    this.view.value = await request<AssignmentView>(`/cases/assignment${path}`, options);
  }
}

function own(typed: string): number | null {
  return typed.trim() === "" ? null : Number(typed);
}

export function ownOf({ own: { chats, cases } }: Workload): Typed {
  return { chats: String(chats ?? ""), cases: String(cases ?? "") };
}

export function checkAll(values: Typed): Problems<Typed> {
  return check(values, false);
}

export function checkOwn(values: Typed): Problems<Typed> {
  return check(values, true);
}

function check(values: Typed, empty: boolean): Problems<Typed> {
  const problems: Problems<Typed> = {};
  for (const name of ["chats", "cases"] as const) {
    const typed = values[name].trim();
    if (typed === "" && empty) continue;
    if (typed === "") problems[name] = { code: "required", params: {} };
    else if (!/^\d{1,4}$/.test(typed) || Number(typed) > MOST)
      problems[name] = { code: "whole_number", params: { max: MOST } };
  }
  return problems;
}
