import { Pencil } from "lucide";
import { initials } from "../../shared/components/Avatar";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Onlooker } from "../../shared/wire";

const SHOWN = 3;

/** Colleagues who are at a case too (X9); their names stand in tooltips and for screen readers. */
export function Onlookers({ people }: { people: readonly Onlooker[] }) {
  if (people.length === 0) return null;
  const more = people.slice(SHOWN);
  return (
    <span class="onlookers">
      {people.slice(0, SHOWN).map((person) => (
        <span
          key={person.id}
          class="onlooker"
          data-doing={person.doing}
          title={sentence(person)}
          role="img"
          aria-label={sentence(person)}
        >
          {initials(person.name)}
          {person.doing === "typing" && <Icon of={Pencil} />}
        </span>
      ))}
      {more.length > 0 && (
        <span
          class="onlooker"
          title={more.map(sentence).join("\n")}
          role="img"
          aria-label={more.map(sentence).join(" ")}
        >
          +{more.length}
        </span>
      )}
    </span>
  );
}

/** In words, beside the pictures where there is room: only typing must not be overlooked. */
export function OnlookersTyping({ people }: { people: readonly Onlooker[] }) {
  const typing = people.filter(({ doing }) => doing === "typing");
  const [first] = typing;
  if (!first) return null;
  const text =
    typing.length === 1 ? sentence(first) : t("console-onlookers-typing", { count: typing.length });
  // The pictures have told it to screen readers already.
  return (
    <span class="onlookers-typing" aria-hidden="true">
      {text}
    </span>
  );
}

function sentence({ name, doing }: Onlooker): string {
  return t(doing === "typing" ? "console-onlooker-typing" : "console-onlooker-looking", { name });
}
