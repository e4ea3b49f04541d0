import "../styles/portals.css";
import { useSignal } from "@preact/signals";
import { Copy, DoorOpen, ExternalLink, Pencil } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { IconButton } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import type { OneCompany, OwnPortal } from "../../shared/generated/rest";
import { copyText } from "../copy";
import type { PageProps } from "../pages";
import { AddButton } from "./parts/NamedList";
import { SectionHead } from "./parts/SectionHead";
import { Unread } from "../parts/Unread";
import { ListSkeleton } from "./parts/Skeletons";
import { type Editing, PortalEditor } from "./PortalEditor";
import { Portals } from "./portals";

/** The doors for customers (S1-S3, S6): one for each company at most. */
export default function PortalsSection({ desk }: PageProps) {
  const portals = useMemo(() => new Portals(desk.token), [desk]);
  const editing = useSignal<Editing | null>(null);
  useEffect(() => void portals.read(), [portals]);
  const list = portals.list.value;
  const failure = portals.failure.value;
  const add = (
    <AddButton
      onClick={() => {
        editing.value = { company: null };
      }}
    >
      {t("console-add-portal")}
    </AddButton>
  );
  const having = list?.companies.filter(({ portal }) => portal) ?? [];
  return (
    <>
      <SectionHead
        title={t("settings-portals")}
        about={t("settings-portals-about")}
        action={having.length > 0 && failure === null && add}
      />
      {failure !== null && !list && <Unread error={failure} onRetry={() => void portals.read()} />}
      {!list && failure === null && <ListSkeleton />}
      {list && having.length === 0 && (
        <div class="empty settings-empty">
          <Icon of={DoorOpen} />
          <h3 class="empty-title">{t("settings-portals-none")}</h3>
          <p>{t("settings-portals-none-text")}</p>
          <p class="empty-actions">{add}</p>
        </div>
      )}
      {having.length > 0 && (
        <ul class="named-list" aria-label={t("settings-portals")}>
          {having.map((company) => (
            <Row
              key={company.id}
              company={company}
              onEdit={() => {
                editing.value = { company };
              }}
            />
          ))}
        </ul>
      )}
      {list && (
        <PortalEditor
          desk={desk}
          portals={portals}
          list={list}
          editing={editing.value}
          onClose={() => {
            editing.value = null;
          }}
        />
      )}
    </>
  );
}

/** Where customers can write to: at the address of its own, or by its name. */
function mailOf({ mail_address, mail_by_name }: OwnPortal): string {
  return mail_address || mail_by_name;
}

function Row({ company, onEdit }: { company: OneCompany; onEdit: () => void }) {
  const { name, portal } = company;
  if (!portal) return null;
  return (
    <li class="named-row">
      <div class="named-words">
        <span class="named-name" dir="auto">
          {name}
        </span>
        <span class="named-facts" dir="ltr">
          {portal.url}
        </span>
        {mailOf(portal) && (
          <span class="named-facts" dir="ltr">
            {mailOf(portal)}
          </span>
        )}
        <span class="portal-state" data-state={portal.state}>
          {t(`settings-portal-${portal.state}`)}
        </span>
      </div>
      <IconButton
        icon={Copy}
        label={t("settings-portal-copy", { name })}
        onClick={() => void copyText(portal.url)}
      />
      <a
        class="button button-icon"
        href={portal.url}
        target="_blank"
        rel="noopener"
        aria-label={t("settings-portal-open", { name })}
        title={t("settings-portal-open", { name })}
      >
        <Icon of={ExternalLink} />
      </a>
      <IconButton icon={Pencil} label={t("settings-edit-named", { name })} onClick={onEdit} />
    </li>
  );
}
