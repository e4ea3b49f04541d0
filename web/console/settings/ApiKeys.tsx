import "../styles/integrations.css";
import { KeyRound } from "lucide";
import { useSignal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import { Action } from "../../shared/action";
import { Button } from "../../shared/components/Button";
import { Dialog } from "../../shared/components/Dialog";
import { FailureBanner } from "../../shared/components/FailureBanner";
import { Icon } from "../../shared/components/Icon";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import { formatDate, serverNow } from "../../shared/time";
import type { PageProps } from "../pages";
import { NewKeyDialog } from "./ApiKeyEditor";
import { type ApiKeyShown, Integrations, scopeText } from "./integrations";
import { AddButton } from "./parts/NamedList";
import { SectionHead } from "./parts/SectionHead";
import { Unread } from "../parts/Unread";
import { ListSkeleton } from "./parts/Skeletons";

/** Programs that call the REST interface: their keys, what they may do, and when they last did. */
export default function ApiKeys({ desk, technician }: PageProps) {
  const source = useMemo(() => new Integrations(desk.token), [desk]);
  const keys = useSignal<readonly ApiKeyShown[] | null>(null);
  const failure = useSignal<unknown>(null);
  const adding = useSignal(false);
  const revoking = useSignal<ApiKeyShown | null>(null);
  const read = async () => {
    try {
      keys.value = await source.keys();
      failure.value = null;
    } catch (error) {
      failure.value = error;
    }
  };
  const put = (key: ApiKeyShown) => {
    const others = (keys.peek() ?? []).filter(({ id }) => id !== key.id);
    keys.value = [key, ...others].sort((a, b) => b.created_at.localeCompare(a.created_at));
  };
  // eslint-disable-next-line react-hooks/exhaustive-deps -- read once; everything it uses stays the same
  useEffect(() => void read(), [source]);
  const add = <AddButton onClick={() => (adding.value = true)}>{t("api-key-new")}</AddButton>;
  return (
    <>
      <SectionHead
        title={t("api-keys")}
        about={t("api-keys-about")}
        action={keys.value?.length ? add : null}
      />
      {failure.value !== null && <Unread error={failure.value} onRetry={() => void read()} />}
      {keys.value === null && failure.value === null && <ListSkeleton />}
      {keys.value?.length === 0 && <NoKeys>{add}</NoKeys>}
      {keys.value && keys.value.length > 0 && (
        <ul class="named-list" aria-label={t("api-keys")}>
          {keys.value.map((key) => (
            <Row
              key={key.id}
              item={key}
              reach={reachOf(key, technician.companies)}
              onRevoke={() => (revoking.value = key)}
            />
          ))}
        </ul>
      )}
      <p class="settings-note">
        <a href="/api/docs" target="_blank" rel="noopener">
          {t("api-docs")}
        </a>
      </p>
      <NewKeyDialog
        open={adding.value}
        source={source}
        companies={technician.companies}
        onCreated={put}
        onClose={() => (adding.value = false)}
      />
      <RevokeDialog
        item={revoking.value}
        source={source}
        onRevoked={put}
        onClose={() => (revoking.value = null)}
      />
    </>
  );
}

type KeyState = "active" | "revoked" | "expired";

export function stateOf(key: ApiKeyShown, at: number): KeyState {
  if (key.revoked_at) return "revoked";
  return key.expires_at && Date.parse(key.expires_at) <= at ? "expired" : "active";
}

/** The companies that it is for, in words; those that whoever looks has no access to are not named. */
export function reachOf(
  key: Pick<ApiKeyShown, "all_companies" | "companies">,
  companies: readonly { id: string; name: string }[],
): string {
  if (key.all_companies) return t("api-key-of-all");
  const known = companies.filter(({ id }) => key.companies.includes(id));
  return known.map(({ name }) => name).join(", ");
}

interface RowProps {
  item: ApiKeyShown;
  reach: string;
  onRevoke: () => void;
}

function Row({ item, reach, onRevoke }: RowProps) {
  const state = stateOf(item, serverNow());
  return (
    <li class="named-row" data-state={state}>
      <div class="named-words">
        <span class="named-name" dir="auto">
          {item.name} <code class="key-hint">{item.hint}…</code>
        </span>
        <span class="named-facts">
          {reach && <bdi>{reach}: </bdi>}
          {item.scopes.map(scopeText).join(" · ")}
        </span>
        <span class="named-facts">
          {item.last_used_at ? (
            <>
              {t("api-key-used", { count: item.uses })} <Time at={item.last_used_at} />
              {item.last_used_from && ` · ${item.last_used_from}`}
            </>
          ) : (
            t("api-key-unused")
          )}
          {state === "active" &&
            item.expires_at &&
            ` · ${t("api-key-until", { date: formatDate(item.expires_at) })}`}
        </span>
      </div>
      {state === "active" ? (
        <Button kind="quiet" onClick={onRevoke}>
          {t("api-key-revoke")}
        </Button>
      ) : (
        <span class="key-state">{t(`api-key-${state}`)}</span>
      )}
    </li>
  );
}

interface RevokeProps {
  item: ApiKeyShown | null;
  source: Integrations;
  onRevoked: (key: ApiKeyShown) => void;
  onClose: () => void;
}

/** Asked, because it cannot be undone: the program stops working at once. */
function RevokeDialog({ item, source, onRevoked, onClose }: RevokeProps) {
  const action = useMemo(() => new Action(), []);
  const revoke = async () => {
    if (item && (await action.run(async () => onRevoked(await source.revokeKey(item.id)))))
      onClose();
  };
  const actions = (
    <>
      <Button onClick={onClose}>{t("cancel")}</Button>
      <Button kind="danger" busy={action.busy.value} onClick={() => void revoke()}>
        {t("api-key-revoke")}
      </Button>
    </>
  );
  return (
    <Dialog
      title={t("api-key-revoke-title", { name: item?.name ?? "" })}
      open={item !== null}
      onClose={onClose}
      actions={actions}
    >
      <FailureBanner failure={action.failure.value} />
      <p>{t("api-key-revoke-text")}</p>
    </Dialog>
  );
}

function NoKeys({ children }: { children: ComponentChildren }) {
  return (
    <div class="empty settings-empty">
      <Icon of={KeyRound} />
      <h3 class="empty-title">{t("api-keys-none")}</h3>
      <p>{t("api-keys-none-text")}</p>
      <p class="empty-actions">{children}</p>
    </div>
  );
}
