import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CasesColleague } from "../shared/generated/rest";
import type { Desk } from "./desk";

/** Who can be given a case, or be called in its notes; nobody until it is known. */
export function useTeam(desk: Desk, id: string): readonly CasesColleague[] {
  const team = useSignal<readonly CasesColleague[]>([]);
  useEffect(() => {
    let current = true;
    desk.backend.team(id).then(
      (found) => {
        if (current) team.value = found;
      },
      // A case that was withdrawn meanwhile has no team; the pane says so itself.
      () => undefined,
    );
    return () => {
      current = false;
    };
  }, [desk, id, team]);
  return team.value;
}
