import { useSignal } from "@preact/signals";
import { Tag } from "lucide";
import { useEffect } from "preact/hooks";
import { Field } from "../../shared/components/Field";
import { t } from "../../shared/i18n";
import type { LabelView, NewLabel } from "../../shared/generated/rest";
import type { Desk } from "../desk";
import { LabelCalls } from "../labelCalls";
import type { PageProps } from "../pages";
import { Collection } from "./collection";
import { Draft } from "./draft";
import { Editor } from "./parts/Editor";
import { Choice } from "./parts/fields";
import { AddButton, NamedList } from "./parts/NamedList";
import { SectionHead } from "./parts/SectionHead";

const COLOURS = ["grey", "red", "amber", "green", "teal", "blue", "violet", "pink"] as const;
const LONGEST = 50;

/** The labels of the account (S38). A retired one stays on the cases that wear it. */
export default function LabelsSection({ desk }: PageProps) {
  const labels = useLabels(desk);
  const editing = useSignal<{ id: string | null; draft: Draft<NewLabel> } | null>(null);
  const edit = (label: LabelView | null) => {
    const { title, colour } = label ?? { title: "", colour: "blue" as const };
    editing.value = { id: label?.id ?? null, draft: new Draft({ title, colour }, check) };
  };
  const save = async (values: NewLabel) => {
    const id = editing.peek()?.id ?? null;
    const calls = new LabelCalls(desk.token);
    const saved = id
      ? await calls.changeLabel(id, { ...values, retired: false })
      : await calls.addLabel(values);
    labels.put(saved);
    void desk.labels.load();
  };
  const open = editing.value;
  const add = <AddButton onClick={() => edit(null)}>{t("settings-label-add")}</AddButton>;
  return (
    <>
      <SectionHead
        title={t("settings-labels")}
        about={t("settings-labels-about")}
        action={labels.items.value?.length ? add : null}
      />
      <NamedList
        label={t("settings-labels")}
        collection={labels}
        nameOf={({ title }) => title}
        sign={({ colour }) => <span class="label-dot" data-colour={colour} />}
        onEdit={edit}
        empty={{
          icon: Tag,
          title: t("settings-labels-none"),
          text: t("settings-labels-none-text"),
          action: add,
        }}
      />
      <Editor
        title={t(editing.value?.id ? "settings-label-edit" : "settings-label-add")}
        draft={editing.value?.draft ?? null}
        onClose={() => {
          editing.value = null;
        }}
        onReopen={() => {
          editing.value = open;
        }}
        onSave={save}
      >
        {(draft) => (
          <>
            <Field label={t("settings-label-title")} {...draft.text("title")} />
            <Choice
              label={t("settings-label-colour")}
              {...draft.choice("colour")}
              value={draft.values.value.colour}
              options={COLOURS.map((value) => ({
                value,
                label: t(`colour-${value}`),
                sign: <span class="label-dot" data-colour={value} />,
              }))}
              onChange={(colour) => draft.set("colour", colour as NewLabel["colour"])}
            />
          </>
        )}
      </Editor>
    </>
  );
}

function useLabels(desk: Desk): Collection<LabelView> {
  const calls = new LabelCalls(desk.token);
  const labels = useSignal(
    new Collection<LabelView>(
      {
        list: async () => (await calls.labels()).filter(({ retired }) => !retired),
        remove: (label) =>
          calls.changeLabel(label.id, {
            title: label.title,
            colour: label.colour,
            retired: true,
          }),
      },
      ({ title }) => title,
    ),
  );
  // What was retired here is offered nowhere any more.
  useEffect(() => () => void desk.labels.load(), [desk]);
  useEffect(() => desk.kept.on("label", () => void labels.value.load()), [desk, labels]);
  return labels.value;
}

function check({ title }: NewLabel) {
  if (title.trim() === "") return { title: { code: "required", params: {} } };
  const tooLong = [...title.trim()].length > LONGEST;
  return tooLong ? { title: { code: "too_long", params: { max: LONGEST } } } : {};
}
