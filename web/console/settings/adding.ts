import { signal } from "@preact/signals";

/** The section whose button for something new is to be pressed as soon as it is there. */
export const addWanted = signal<string | null>(null);
