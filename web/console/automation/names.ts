import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { request } from "../../shared/api";
import type { Colleagues } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { Automation } from "./source";
import { type Names, NO_NAMES } from "./words";

/** What can be named by macros and rules; only administrators, who write rules, ask for portals. */
export function useNames(desk: Desk, portals = false): Names {
  const names = useSignal<Names>(NO_NAMES);
  useEffect(() => {
    let current = true;
    const asked = portals ? new Automation(desk.token).choices() : team(desk);
    asked.then(
      (found) => {
        if (current) names.value = { ...NO_NAMES, ...found };
      },
      // Without names the form offers none; what is chosen stays.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [desk, portals, names]);
  return { ...names.value, labels: desk.labels.usable.value };
}

async function team(desk: Desk): Promise<Partial<Names>> {
  const { technicians } = await request<Colleagues>("/portal/technicians", { token: desk.token });
  return { technicians };
}
