import { keysOf } from "../keys";

/** The keys of a shortcut, drawn as keys. */
export function Keys({ of: shortcut }: { of: string }) {
  return (
    <span class="keys">
      {keysOf(shortcut).map((key, index) => (
        <kbd key={`${key}${index}`}>{key}</kbd>
      ))}
    </span>
  );
}
