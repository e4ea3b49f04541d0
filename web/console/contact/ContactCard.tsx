import { useSignal } from "@preact/signals";
import { GitMerge, Pencil } from "lucide";
import { useEffect, useMemo } from "preact/hooks";
import { ApiError } from "../../shared/api";
import { Avatar } from "../../shared/components/Avatar";
import { Button } from "../../shared/components/Button";
import { Skeleton } from "../../shared/components/Skeleton";
import { Text } from "../../shared/components/Text";
import { Time } from "../../shared/components/Time";
import { t } from "../../shared/i18n";
import type { ContactView } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { close, open, opened } from "../opened";
import { Unread } from "../parts/Unread";
import { go } from "../route";
import { toast } from "../toasts";
import { CaseLinks } from "./CaseLinks";
import { CasesOf } from "./casesOf";
import { DeleteContact } from "./DeleteContact";
import { ContactEditor } from "./ContactEditor";
import { contactName, type Directory } from "./directory";
import { MergeDialog } from "./MergeDialog";
import type { ContactSource } from "./source";

interface CardProps {
  id: string;
  desk: Desk;
  source: ContactSource;
  directory: Directory;
}

/** All that is known of a customer, and every case of theirs that may be seen. */
export function ContactCard({ id, desk, source, directory }: CardProps) {
  const contact = useSignal<ContactView | null>(null);
  const failure = useSignal<ApiError | null>(null);
  const load = () => {
    source.get(id).then(
      (found) => {
        contact.value = found;
        failure.value = null;
        directory.note(found);
      },
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        failure.value = error;
      },
    );
  };
  // eslint-disable-next-line react-hooks/exhaustive-deps -- the card is made anew for each contact
  useEffect(load, [id]);
  const known = contact.value;
  // What a colleague changes is there at once. What one writes oneself is judged by its version when it is saved.
  useEffect(
    () =>
      desk.kept.on("contact", (changed) => {
        if (changed === null || (contact.peek()?.ids ?? [id]).includes(changed)) load();
      }),
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the card is made anew for each contact
    [desk, id],
  );
  if (failure.value && !known) return <Unread error={failure.value} onRetry={load} />;
  if (!known) return <Skeleton width="50%" height="40px" />;
  const note = (changed: ContactView) => {
    contact.value = changed;
    directory.note(changed);
  };
  return (
    <Known
      contact={known}
      desk={desk}
      source={source}
      onChange={note}
      onDeleted={() => directory.forget(known.id)}
      onStale={load}
    />
  );
}

interface KnownProps {
  contact: ContactView;
  desk: Desk;
  source: ContactSource;
  onChange: (contact: ContactView) => void;
  onDeleted: () => void;
  onStale: () => void;
}

function Known({ contact, desk, source, onChange, onDeleted, onStale }: KnownProps) {
  const name = contactName(contact);
  const key = contact.ids.join();
  const cases = useMemo(() => {
    const pages = (after: string | null) => source.cases(contact.id, after);
    return new CasesOf(pages, desk.store.cases, new Set(contact.ids), null);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the same cases for as long as it is the same person
  }, [source, desk, key]);
  useEffect(() => void cases.load(), [cases]);
  return (
    <article class="contact-card" aria-labelledby="contact-name">
      <header class="contact-head">
        <Avatar name={name || (contact.emails[0] ?? "")} />
        <h2 class="contact-name" id="contact-name" dir="auto">
          {name || t("contact-unnamed")}
        </h2>
        <div class="contact-acts">
          <Button icon={Pencil} onClick={() => open("contact-edit")}>
            {t("contact-edit")}
          </Button>
          <Button kind="quiet" icon={GitMerge} onClick={() => open("contact-merge")}>
            {t("contact-merge")}
          </Button>
          {desk.technician.role === "administrator" && (
            <DeleteContact
              onDelete={() => source.delete(contact.id)}
              onDeleted={() => {
                toast({ tone: "done", text: t("contact-deleted") });
                onDeleted();
                go({ page: "contacts", place: null }, { replace: true });
              }}
            />
          )}
        </div>
      </header>
      <Facts contact={contact} />
      <section aria-label={t("contact-cases-title")}>
        <h3 class="details-heading">{t("contact-cases-title")}</h3>
        <CaseLinks of={cases} label={t("contact-cases-title")} none={t("previous-none")} />
      </section>
      <ContactEditor
        contact={opened.value === "contact-edit" ? contact : null}
        source={source}
        onClose={close}
        onChange={onChange}
        onStale={onStale}
      />
      <MergeDialog
        contact={opened.value === "contact-merge" ? contact : null}
        source={source}
        onClose={close}
        onMerged={(whole) => {
          toast({ tone: "done", text: t("contact-merged") });
          onChange(whole);
          go({ page: "contacts", place: whole.id }, { replace: true });
        }}
      />
    </article>
  );
}

function Facts({ contact }: { contact: ContactView }) {
  const { emails, organisation, phone, note } = contact;
  return (
    <dl class="facts contact-facts">
      <div>
        <dt>{t("contact-emails")}</dt>
        <dd>
          {emails.map((email) => (
            <div key={email}>
              <a href={`mailto:${encodeURIComponent(email)}`}>{email}</a>
            </div>
          ))}
        </dd>
      </div>
      {organisation && <Fact name="contact-organisation">{organisation}</Fact>}
      {phone && (
        <Fact name="contact-phone">
          <a href={`tel:${phone.replaceAll(/[^+\d]/g, "")}`}>{phone}</a>
        </Fact>
      )}
      <Fact name="contact-first-seen">
        <Time at={contact.first_seen} />
      </Fact>
      <Fact name="contact-last-seen">
        <Time at={contact.last_seen} />
      </Fact>
      {note && (
        <Fact name="contact-note">
          <span class="problem-text">
            <Text text={note} />
          </span>
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { name: string; children: preact.ComponentChildren }) {
  return (
    <div>
      <dt>{t(name)}</dt>
      <dd dir="auto">{children}</dd>
    </div>
  );
}
