/** What a technician is shown depends on whether they are available, which the desk may decide without them (X4). */
import { ApiError } from "../shared/api";
import type { DeskSocket } from "../shared/socket";
import type { AccountCalls } from "./accountCalls";
import type { Technician } from "./model";
import { session, updateTechnician } from "./session";

export function isAvailable(): boolean {
  return session.value.phase === "in" && session.value.technician.available;
}

/** Whether cases that wait for somebody are shown: to who is available, or to all if the account says so (S57). */
export function seesIncoming(): boolean {
  if (session.value.phase !== "in") return false;
  const { available, hide_incoming } = session.value.technician;
  return available || !hide_incoming;
}

export class Sight {
  constructor(
    private readonly me: string,
    private readonly account: AccountCalls,
    private readonly readAgain: () => void,
  ) {}

  /** What the desk tells of the technician and of the account, until the answer is called. */
  follow(socket: DeskSocket): () => void {
    const leave = [
      socket.on("technician", (frame) => {
        if (frame.id !== this.me) return;
        this.note({ available: frame.available });
        if (!frame.available) void this.readMe();
      }),
      socket.on("account", ({ hide_incoming }) => this.note({ hide_incoming })),
    ];
    return () => leave.forEach((one) => one());
  }

  /** What the desk concluded while nobody was here: that I am not available, and why. */
  async readMe(): Promise<void> {
    try {
      const [before, known] = [seesIncoming(), session.peek()];
      const me = await this.account.me();
      // Something was decided or told meanwhile, and the answer may be from before that.
      if (session.peek() !== known) {
        await this.readMe();
        return;
      }
      updateTechnician(me);
      if (seesIncoming() !== before) this.readAgain();
    } catch (error) {
      // The next connection asks again; without one, there is nothing to be told of.
      if (!(error instanceof ApiError)) throw error;
    }
  }

  /** The frame comes once the desk knows of it, so that reading again shows or hides what it should. */
  private note(change: Partial<Technician>): void {
    updateTechnician(change);
    this.readAgain();
  }
}
