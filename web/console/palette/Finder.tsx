import { ArrowLeft, Check, ChevronRight, Search } from "lucide";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { IconButton } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { Keys } from "../parts/Keys";
import { arrange, type Line, type Listing } from "./listing";

interface FinderProps {
  /** Null while they are being brought. */
  lines: Line[] | null;
  recent: readonly string[];
  /** The command whose options these are. */
  within: string | null;
  /** The message for when there are no lines at all. */
  none: string;
  /** Whether the palette was opened right at these options. */
  direct: boolean;
  onChoose: (line: Line) => void;
  onBack: () => void;
}

/** A field, and under it the lines that fit what is typed there; the field keeps the focus. */
export function Finder({ lines, recent, within, none, direct, onChoose, onBack }: FinderProps) {
  const [query, setQuery] = useState("");
  const [chosen, setChosen] = useState(0);
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const listings = useMemo(() => arrange(lines ?? [], query, recent), [lines, query, recent]);
  const shown = listings.flatMap((listing) => listing.lines);
  const at = Math.min(chosen, shown.length - 1);
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest" });
  }, [at, query]);
  const onKeyDown = (event: KeyboardEvent) => {
    const to = moveTo(event.key, at, shown.length);
    const line = shown[at];
    if (to !== null) setChosen(to);
    else if (event.key === "Enter" && line) onChoose(line);
    else if (within !== null && isBack(event.key, query, direct)) onBack();
    else return;
    event.preventDefault();
  };
  return (
    <>
      <div class="palette-field">
        {within === null ? (
          <Icon of={Search} />
        ) : (
          <IconButton icon={ArrowLeft} label={t("command-back")} onClick={onBack} />
        )}
        <input
          ref={field}
          type="text"
          autofocus
          role="combobox"
          aria-expanded="true"
          aria-controls={`${id}-list`}
          aria-activedescendant={shown.length > 0 ? `${id}-${at}` : undefined}
          aria-autocomplete="list"
          aria-label={within ?? t("console-palette")}
          placeholder={within ?? t("console-palette-placeholder")}
          autocomplete="off"
          spellcheck={false}
          value={query}
          onInput={(event) => {
            setQuery(event.currentTarget.value);
            setChosen(0);
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      <div
        class="palette-list"
        role="listbox"
        id={`${id}-list`}
        aria-label={within ?? t("console-palette")}
        ref={list}
      >
        <Listings {...{ listings, id, at, onChoose }} searching={query.trim() !== ""} />
      </div>
      <p class="palette-none" role="status" data-empty={lines !== null && shown.length === 0}>
        {lines === null
          ? t("loading")
          : shown.length === 0
            ? t(query.trim() === "" ? none : "command-none", { query })
            : t("command-count", { count: shown.length })}
      </p>
    </>
  );
}

/** Whoever came here by the command's own key never saw the commands: Escape closes, as it does there. */
function isBack(key: string, query: string, direct: boolean): boolean {
  return (key === "Escape" && !direct) || (key === "Backspace" && query === "");
}

/** Where a key leads in a list of so many, round its ends; null for a key that leads nowhere. */
export function moveTo(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  const steps: Record<string, number> = {
    ArrowDown: (at + 1) % count,
    ArrowUp: (at - 1 + count) % count,
    PageDown: Math.min(at + 8, count - 1),
    PageUp: Math.max(at - 8, 0),
  };
  return steps[key] ?? null;
}

interface ListingsProps {
  listings: readonly Listing[];
  id: string;
  at: number;
  searching: boolean;
  onChoose: (line: Line) => void;
}

function Listings({ listings, id, at, searching, onChoose }: ListingsProps) {
  let index = -1;
  return (
    <>
      {listings.map(({ heading, lines }, place) => (
        <div role="group" key={heading ?? place} aria-label={heading ?? undefined}>
          {heading && (
            <div class="palette-heading" aria-hidden="true">
              {heading}
            </div>
          )}
          {lines.map((line) => {
            index += 1;
            return (
              <LineRow
                key={line.id}
                id={`${id}-${index}`}
                line={line}
                chosen={index === at}
                place={searching ? line.group : ""}
                onChoose={onChoose}
              />
            );
          })}
        </div>
      ))}
    </>
  );
}

interface LineRowProps {
  id: string;
  line: Line;
  chosen: boolean;
  place: string;
  onChoose: (line: Line) => void;
}

function LineRow({ id, line, chosen, place, onChoose }: LineRowProps) {
  return (
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events, jsx-a11y-x/interactive-supports-focus -- the focus stays in the field, which hears the keys
    <div
      class="palette-line"
      role="option"
      id={id}
      aria-selected={chosen}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => onChoose(line)}
    >
      <span class="palette-sign">
        {line.icon && <Icon of={line.icon} />}
        {line.colour && <span class="label-dot" data-colour={line.colour} />}
      </span>
      <span class="palette-title" dir="auto">
        {line.title}
      </span>
      {place && <span class="palette-place">{place}</span>}
      {line.current && <Icon of={Check} label={t("command-current")} />}
      {line.shortcut && <Keys of={line.shortcut} />}
      {line.command?.options && <Icon of={ChevronRight} />}
    </div>
  );
}
