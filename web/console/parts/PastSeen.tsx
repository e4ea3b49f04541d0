import { Bubble } from "../../shared/components/Bubble";
import { deletedText, speakerOf } from "../../shared/components/bot";
import { Time } from "../../shared/components/Time";
import { lineForCustomer } from "../../shared/customerLines";
import type { TimelineEntry } from "../../shared/generated/rest";
import { t } from "../../shared/i18n";
import type { Entry } from "../../shared/wire";
import { beganElsewhere, pageOfCustomer } from "../past";
import type { Past } from "./usePast";

const WRITTEN: ReadonlySet<Entry["kind"]> = new Set(["message", "bot"]);
/** What stands in the log without being shown: a deletion shows where the message was. */
const HIDDEN: ReadonlySet<Entry["kind"]> = new Set(["opened", "deleted"]);

interface PastSeenProps {
  past: Past;
  /** How the case began. */
  first: TimelineEntry | undefined;
}

/** The customer's page at a moment: the conversation from their side, and what the page said beneath it. */
export function PastSeen({ past: { page, said }, first }: PastSeenProps) {
  const shown = said.filter(({ kind }) => !HIDDEN.has(kind));
  return (
    <div class="saw">
      {/* eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex -- a scrolling region must be reachable by keyboard. */}
      <div class="saw-conversation" role="region" tabIndex={0} aria-label={t("conversation")}>
        {shown.length === 0 && <p class="saw-nothing">{t("console-saw-nothing")}</p>}
        <ol class="messages-rows">
          {shown.map((entry) => (
            <li key={entry.id}>
              {WRITTEN.has(entry.kind) ? <Said entry={entry} /> : <Line entry={entry} />}
            </li>
          ))}
        </ol>
      </div>
      <p class="saw-page">{pageOfCustomer(page, said, beganElsewhere(page, first))}</p>
    </div>
  );
}

function Line({ entry }: { entry: Entry }) {
  return <span class="row-line">{lineForCustomer(entry)}</span>;
}

/** On the right is what the customer wrote, as on their page. */
function Said({ entry }: { entry: Entry }) {
  const own = entry.author.kind === "customer";
  return (
    <div class={`group ${own ? "group-mine" : "group-theirs"}`}>
      <div class="group-body">
        <p class="group-head">
          <span class="group-name">{speakerOf(entry.author)}</span>
          <Time at={entry.time} as="clock" />
        </p>
        <Bubble entry={entry} delivery={null} deleted={instead(entry)} />
      </div>
    </div>
  );
}

/** What stands for a text that is not there: it was deleted by then, or is since. */
function instead(entry: Entry): string | undefined {
  if (entry.gone) return t("console-saw-gone");
  if (!entry.deleted) return undefined;
  return deletedText(entry.deleted.by, false);
}
