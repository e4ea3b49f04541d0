import { useSignal } from "@preact/signals";
import { ChevronDown, Download, FileCode, FileText, FileType, type IconNode, Send } from "lucide";
import { Button } from "../../shared/components/Button";
import { Icon } from "../../shared/components/Icon";
import { t } from "../../shared/i18n";
import {
  saveFile,
  TRANSCRIPT_FORMS,
  type TranscriptForm,
  transcriptFile,
} from "../../shared/transcripts";
import type { Desk } from "../desk";
import { explain } from "../explain";
import type { MailView } from "../../shared/generated/rest";
import type { Looking } from "../looking";
import type { Case } from "../model";
import { close, open, opened } from "../opened";
import { Menu, MenuGroup, MenuItem } from "./Menu";
import { TranscriptDialog } from "./TranscriptDialog";

const FORM_SIGNS: Readonly<Record<TranscriptForm, IconNode>> = {
  txt: FileType,
  html: FileCode,
  pdf: FileText,
};

interface TranscriptSectionProps {
  desk: Desk;
  item: Case;
  mails: Looking<MailView>;
}

/** The whole conversation, mailed (S60) or as a file. */
export function TranscriptSection({ desk, item, mails }: TranscriptSectionProps) {
  return (
    <section aria-label={t("console-transcript")}>
      <h3 class="details-heading">{t("console-transcript")}</h3>
      <div class="transcript-actions">
        <Button
          icon={Send}
          aria-haspopup="dialog"
          aria-label={t("console-send-transcript")}
          onClick={() => open("transcript")}
        >
          {t("send")}
        </Button>
        <DownloadMenu desk={desk} item={item} />
      </div>
      <TranscriptDialog
        desk={desk}
        item={item}
        open={opened.value === "transcript"}
        onClose={close}
        onSent={() => mails.refresh()}
      />
    </section>
  );
}

function DownloadMenu({ desk, item }: Omit<TranscriptSectionProps, "mails">) {
  const busy = useSignal(false);
  const download = async (form: TranscriptForm) => {
    if (busy.value) return;
    busy.value = true;
    try {
      saveFile(await transcriptFile(item.id, form, desk.chats.seenOf(item.id), desk.token));
    } catch (error) {
      explain(error);
    } finally {
      busy.value = false;
    }
  };
  const face = (
    <>
      <Icon of={Download} />
      {t("console-download")}
      <Icon of={ChevronDown} />
    </>
  );
  return (
    <Menu label={t("console-download-log")} button={face} buttonClass="download-button">
      <MenuGroup label={t("console-download-log")} quiet>
        {TRANSCRIPT_FORMS.map((form) => (
          <MenuItem key={form} icon={FORM_SIGNS[form]} onSelect={() => void download(form)}>
            {t(`console-download-${form}`)}
          </MenuItem>
        ))}
      </MenuGroup>
    </Menu>
  );
}
