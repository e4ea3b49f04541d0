import "../styles/palette.css";
import { ArrowLeft, Check, ChevronRight, Search } from "lucide";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { IconButton } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import { type Command, COMMANDS, type Context, titleOf } from "../commands";
import { explain } from "../explain";
import { Keys } from "../parts/Keys";
import {
  arrange,
  commandLines,
  type Line,
  type Listing,
  optionLines,
  recentCommands,
  rememberCommand,
} from "./listing";

export interface PaletteProps {
  context: Context;
  /** The command whose options are shown at once, by its id. */
  start: string | null;
  onClose: () => void;
}

/** Everything that can be done, by typing a part of its name; a combobox with a list under it (ARIA 1.2). */
export default function Palette({ context, start, onClose }: PaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [step, setStep] = useState<{ command: Command; lines: Line[] | null } | null>(null);
  // At once, and not after it was painted: the next key is meant for it.
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const hasGone = useRef(false);
  const leave = () => {
    if (hasGone.current) return;
    hasGone.current = true;
    // The browser gives the focus back before the command may move it on, and says only later that it has closed.
    dialog.current?.close();
    onClose();
  };
  const enter = (command: Command) => {
    setStep({ command, lines: null });
    void optionsOf(command, context).then((lines) =>
      lines ? setStep({ command, lines }) : setStep(null),
    );
  };
  useEffect(() => {
    const command = COMMANDS.find(({ id }) => id === start);
    if (command) enter(command);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- where it begins is said once
  }, [start]);
  const choose = (line: Line) => {
    const { command } = line;
    if (command) rememberCommand(command.id);
    if (command?.options) enter(command);
    else {
      leave();
      line.run();
    }
  };
  return (
    // eslint-disable-next-line jsx-a11y-x/click-events-have-key-events, jsx-a11y-x/no-noninteractive-element-interactions -- Escape is the keyboard's way, and the browser's own.
    <dialog
      ref={dialog}
      class="palette"
      aria-label={t("console-palette")}
      onCancel={leave}
      onClose={leave}
      onClick={(event) => event.target === dialog.current && leave()}
    >
      <Finder
        key={step?.command.id ?? ""}
        lines={step ? step.lines : commandLines(context)}
        recent={step ? [] : recentCommands()}
        within={step ? titleOf(step.command, context) : null}
        none={step?.command.none ?? "command-nothing"}
        onChoose={choose}
        direct={step?.command.id === start}
        onBack={() => setStep(null)}
      />
    </dialog>
  );
}

async function optionsOf(command: Command, context: Context): Promise<Line[] | null> {
  try {
    return optionLines((await command.options?.(context)) ?? []);
  } catch (error) {
    explain(error);
    return null;
  }
}

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

function Finder({ lines, recent, within, none, direct, onChoose, onBack }: FinderProps) {
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
