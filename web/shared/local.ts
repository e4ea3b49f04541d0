/** localStorage that never throws: a full disk or a locked-down frame must not stop a chat. */

export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem" | "key" | "length">;

const forgetful: Store = {
  length: 0,
  getItem: () => null,
  setItem: () => undefined,
  removeItem: () => undefined,
  key: () => null,
};

/** Storage of third parties is refused inside some frames; the page then works for one visit. */
export function localStore(): Store {
  try {
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- browsers inside of apps may have none
    return globalThis.localStorage ?? forgetful;
  } catch {
    return forgetful;
  }
}

export function load<T>(key: string, store: Store = localStore()): T | null {
  try {
    const text = store.getItem(key);
    return text === null ? null : (JSON.parse(text) as T);
  } catch {
    return null;
  }
}

export function save(key: string, value: unknown, store: Store = localStore()): void {
  try {
    store.setItem(key, JSON.stringify(value));
  } catch {
    // The quota is used up or storage is refused; what is shown stays right, it only forgets.
  }
}

export function forget(key: string, store: Store = localStore()): void {
  try {
    store.removeItem(key);
  } catch {
    // Nothing was kept, so nothing is left to forget.
  }
}

export function keysWith(prefix: string, store: Store = localStore()): string[] {
  const keys: string[] = [];
  for (let index = 0; index < store.length; index++) {
    const key = store.key(index);
    if (key?.startsWith(prefix)) keys.push(key);
  }
  return keys;
}
