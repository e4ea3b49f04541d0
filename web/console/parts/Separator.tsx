import { useRef } from "preact/hooks";

interface SeparatorProps {
  label: string;
  /** Width in px of the pane that it sizes. */
  value: number;
  min: number;
  max: number;
  /** Whether the pane lies before or after the separator. */
  sizes: "before" | "after";
  onChange: (width: number) => void;
}

const KEY_STEP = 16;

/** The line between two panes: dragged, or moved with the arrow keys. */
export function Separator({ label, value, min, max, sizes, onChange }: SeparatorProps) {
  const start = useRef<{ x: number; width: number } | null>(null);
  const direction = sizes === "before" ? 1 : -1;
  const set = (width: number) => onChange(Math.round(Math.min(max, Math.max(min, width))));
  const onPointerDown = (event: PointerEvent) => {
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    start.current = { x: event.clientX, width: value };
  };
  const onPointerMove = (event: PointerEvent) => {
    if (start.current) set(start.current.width + direction * (event.clientX - start.current.x));
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = {
      ArrowLeft: value - direction * KEY_STEP,
      ArrowRight: value + direction * KEY_STEP,
      Home: min,
      End: max,
    };
    const width = moves[event.key];
    if (width === undefined) return;
    event.preventDefault();
    set(width);
  };
  // A separator that takes the focus and has a value is a widget, which the rules do not know (ARIA 1.2, separator).
  /* eslint-disable jsx-a11y-x/no-noninteractive-element-interactions, jsx-a11y-x/no-noninteractive-tabindex */
  return (
    <div
      class="separator"
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={value}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => (start.current = null)}
      onPointerCancel={() => (start.current = null)}
      onKeyDown={onKeyDown}
    />
  );
}
