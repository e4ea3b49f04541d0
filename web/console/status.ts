import { setSound } from "../shared/sound";
import type { Desk } from "./desk";
import { explain } from "./explain";
import { updateTechnician } from "./session";

/** Shown at once, and taken back with the reason when the server refuses. */
export async function changeAvailability(
  desk: Desk,
  before: boolean,
  wanted: boolean,
): Promise<void> {
  if (before === wanted) return;
  updateTechnician({ available: wanted });
  try {
    updateTechnician(await desk.account.setAvailable(wanted));
  } catch (error) {
    updateTechnician({ available: before });
    explain(error);
  }
}

/** Called from a click, which is what a browser asks for before it plays anything. */
export async function changeSound(desk: Desk, wanted: boolean): Promise<void> {
  updateTechnician({ sound: wanted });
  void setSound(wanted);
  try {
    updateTechnician(await desk.account.setSound(wanted));
  } catch (error) {
    updateTechnician({ sound: !wanted });
    void setSound(!wanted);
    explain(error);
  }
}
