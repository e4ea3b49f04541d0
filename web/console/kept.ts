/** What is kept beside the cases, such as contacts and labels: whoever shows some of it hears when it changed elsewhere. */

/** `id` is null when anything may have changed: the connection was away. */
type Heard = (id: string | null) => void;

export class Kept {
  private readonly listeners = new Map<string, Set<Heard>>();

  /** Called for each change of this kind, until the answer is called. */
  on(what: string, heard: Heard): () => void {
    const those = this.listeners.get(what) ?? new Set();
    this.listeners.set(what, those.add(heard));
    return () => those.delete(heard);
  }

  /** Has what the menus are made of read again, each when it changed elsewhere. */
  keepFresh(lists: Readonly<Record<string, { load(): unknown }>>): () => void {
    const leave = Object.entries(lists).map(([what, list]) =>
      this.on(what, () => void list.load()),
    );
    return () => leave.forEach((one) => one());
  }

  tell(what: string, id: string): void {
    for (const heard of this.listeners.get(what) ?? []) heard(id);
  }

  /** What was told meanwhile was not heard. */
  missed(): void {
    for (const those of this.listeners.values()) for (const heard of those) heard(null);
  }
}
