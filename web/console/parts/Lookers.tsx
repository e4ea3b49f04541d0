import { ChevronRight } from "lucide";
import { Icon } from "../../shared/components/Icon";
import { Time } from "../../shared/components/Time";
import type { Desk } from "../desk";
import { lookersText } from "../looks";

/** Who had the case before them (S17): one quiet line, folded up, with every look behind it. */
export function Lookers({ desk }: { desk: Desk }) {
  const looks = desk.looks.found.value;
  if (looks.length === 0) return null;
  return (
    <details class="lookers" data-testid="lookers">
      <summary class="lookers-summary">
        <Icon of={ChevronRight} />
        <span>{lookersText(looks, desk.technician.id)}</span>
      </summary>
      <ol class="history lookers-list">
        {looks.map(({ person, time }) => (
          <li key={`${person.id} ${time}`}>
            <span>{person.name}</span>
            <Time at={time} />
          </li>
        ))}
      </ol>
    </details>
  );
}
