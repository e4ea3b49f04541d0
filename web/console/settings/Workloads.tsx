import { useSignal } from "@preact/signals";
import { Pencil } from "lucide";
import { IconButton } from "../../shared/components/Button";
import { t } from "../../shared/i18n";
import type { AssignmentView, Workload } from "../../shared/generated/rest";
import { type Assignment, checkOwn, ownOf, type Typed } from "./assignment";
import { CapacityFields } from "./CapacityFields";
import { Draft } from "./draft";
import { Card } from "./parts/Card";
import { Editor } from "./parts/Editor";

interface WorkloadsProps {
  assignment: Assignment;
  view: AssignmentView;
}

/** Everybody with what they have now, of what they take. */
export function Workloads({ assignment, view }: WorkloadsProps) {
  const editing = useSignal<{ person: Workload; draft: Draft<Typed> } | null>(null);
  const edit = (person: Workload) => {
    editing.value = { person, draft: new Draft(ownOf(person), checkOwn) };
  };
  const { chats, cases } = view.capacity;
  const open = editing.value;
  return (
    <Card title={t("settings-assignment-team")} about={t("settings-assignment-team-about")}>
      <table class="workloads">
        <thead>
          <tr>
            <th scope="col">{t("settings-assignment-technician")}</th>
            <th scope="col">{t("settings-assignment-chats")}</th>
            <th scope="col">{t("settings-assignment-cases")}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {view.technicians.map((person) => (
            <Row key={person.id} person={person} onEdit={() => edit(person)} />
          ))}
        </tbody>
      </table>
      <Editor
        title={t("settings-assignment-edit", { name: open?.person.name ?? "" })}
        draft={open?.draft ?? null}
        onClose={() => {
          editing.value = null;
        }}
        onSave={(values) => assignment.setOwn(open?.person.id ?? "", values)}
      >
        {(draft) => (
          <CapacityFields draft={draft} hint={{ chats: String(chats), cases: String(cases) }} />
        )}
      </Editor>
    </Card>
  );
}

function Row({ person, onEdit }: { person: Workload; onEdit: () => void }) {
  const { name, available, load, capacity, own } = person;
  return (
    <tr>
      <th scope="row">
        <span class="workload-name" dir="auto">
          {name}
        </span>
        <span class="workload-state" data-available={available}>
          {t(available ? "console-available" : "console-not-available")}
        </span>
      </th>
      <Load load={load.chats} capacity={capacity.chats} own={own.chats !== null} />
      <Load load={load.cases} capacity={capacity.cases} own={own.cases !== null} />
      <td class="workload-edit">
        <IconButton icon={Pencil} label={t("settings-edit-named", { name })} onClick={onEdit} />
      </td>
    </tr>
  );
}

/** What somebody has of what they take; full or more is said by weight and not by colour alone. */
function Load({ load, capacity, own }: { load: number; capacity: number; own: boolean }) {
  return (
    <td data-full={load >= capacity}>
      {t("settings-assignment-load", { load, capacity })}
      {own && <span class="workload-own">{t("settings-assignment-own")}</span>}
    </td>
  );
}
