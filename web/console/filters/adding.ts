import { signal } from "@preact/signals";
import type { ChoiceField, TextField } from "./fields";

/** The field that was just taken and has no value yet: its chip is open. */
export const adding = signal<ChoiceField | TextField | null>(null);
