import { GitMerge, Split } from "lucide";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { Desk } from "../desk";
import type { Case } from "../model";
import { PlaceLink } from "../parts/PlaceLink";
import { route } from "../route";
import { unmerge } from "./merge";

interface NoticeProps {
  desk: Desk;
  item: Case;
}

/** In place of the reply: the case goes on elsewhere. */
export function MergedNotice({ desk, item }: NoticeProps) {
  return (
    <div class="reply reply-hint merged-notice" role="status">
      <span>
        <Icon of={GitMerge} /> {t("merge-notice", { number: numberOf(desk, item.merged_into) })}
      </span>
      <span class="merged-acts">
        <CaseRef desk={desk} id={item.merged_into ?? ""} class="button button-primary">
          {t("merge-open", { number: numberOf(desk, item.merged_into) })}
        </CaseRef>
        <Button onClick={() => void unmerge(desk, item)}>{t("merge-undo")}</Button>
      </span>
    </div>
  );
}

/** Which cases belong to this one, in its details. */
export function Relations({ desk, item }: NoticeProps) {
  if (!item.merged_into && !item.refers_to && item.merged.length === 0) return null;
  return (
    <dl class="facts relations">
      {item.merged_into && (
        <Fact name="merge-into-fact" icon={GitMerge}>
          <CaseRef desk={desk} id={item.merged_into} />
        </Fact>
      )}
      {item.merged.length > 0 && (
        <Fact name="merge-from-fact" icon={GitMerge}>
          {item.merged.map((id) => (
            <CaseRef key={id} desk={desk} id={id} />
          ))}
        </Fact>
      )}
      {item.refers_to && (
        <Fact name="refers-fact" icon={Split}>
          <CaseRef desk={desk} id={item.refers_to} />
        </Fact>
      )}
    </dl>
  );
}

interface FactProps {
  name: string;
  icon: typeof GitMerge;
  children: preact.ComponentChildren;
}

function Fact({ name, icon, children }: FactProps) {
  return (
    <div>
      <dt>
        <Icon of={icon} /> {t(name)}
      </dt>
      <dd class="relation-links">{children}</dd>
    </div>
  );
}

interface RefProps {
  desk: Desk;
  id: string;
  class?: string;
  children?: preact.ComponentChildren;
}

function CaseRef({ desk, id, children, ...rest }: RefProps) {
  return (
    <PlaceLink to={{ page: "cases", list: route.value.list, caseId: id }} {...rest}>
      {children ?? `#${numberOf(desk, id)}`}
    </PlaceLink>
  );
}

/** Of a case that cannot be had there is no number to be told. */
function numberOf(desk: Desk, id: string | null): string {
  const known = id === null ? undefined : desk.store.cases.value.get(id);
  return known ? String(known.number) : "…";
}
