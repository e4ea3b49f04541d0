import { signal } from "@preact/signals";

/** The one dialog or card of the console that is open besides the questions, by the name of what it shows. */
export const opened = signal<string | null>(null);

export function open(what: string): void {
  opened.value = what;
}

export function close(): void {
  opened.value = null;
}
