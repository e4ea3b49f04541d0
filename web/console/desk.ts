import { computed, effect, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { DeskSocket } from "../shared/socket";
import type { TokenSource } from "../shared/token";
import { AccountCalls } from "./accountCalls";
import { Macros } from "./automation/macros";
import { Automation } from "./automation/source";
import { Backend } from "./backend";
import { CaseActions } from "./cases/actions";
import { CaseLoader } from "./cases/loader";
import { NarrowedList } from "./cases/narrowed";
import { SavedFilters } from "./cases/saved";
import { seenMark } from "./cases/seenMark";
import { CaseStore } from "./cases/store";
import { Chats } from "./chats";
import { noteDeleted } from "./erasing";
import { Counting } from "./counting";
import { explain } from "./explain";
import { Finding } from "./finding";
import { Followed } from "./followed";
import { FilterCalls } from "./filters/source";
import { InboxCalls } from "./inbox/source";
import { Inbox } from "./inbox/inbox";
import { InboxWords } from "./inbox/words";
import { Kept } from "./kept";
import { LabelCalls } from "./labelCalls";
import { Labels } from "./labels";
import { bringNamed, linkedCases } from "./linked";
import { LinkedTimelines } from "./linkedTimelines";
import { Looks } from "./looks";
import { ReceivedMails } from "./mailed/received";
import { Notes } from "./notes";
import { Presence } from "./presence";
import { type Case, type Person, type Technician } from "./model";
import { listShown, route } from "./route";
import { Ringing } from "./ringing";
import { Search } from "./search";
import { Selection } from "./selection";
import { SnoozeCalls, Snoozing } from "./snoozing";
import { ShownList } from "./shownList";
import { isAvailable, seesIncoming, Sight } from "./sight";
import { sessionEnded } from "./session";
import { Timeline } from "./timeline";

/** Everything behind the console of one signed-in technician; the one place where its parts meet. */
export class Desk {
  readonly backend: Backend;
  readonly account: AccountCalls;
  readonly socket: DeskSocket;
  readonly store: CaseStore;
  readonly loader: CaseLoader;
  /** The list on screen while it has a filter or an order of its own. */
  readonly narrowed: NarrowedList;
  readonly saved: SavedFilters;
  readonly kept = new Kept();
  /** Everybody of the account, once somebody wants to choose among them. */
  readonly people = signal<readonly Person[]>([]);
  /** The list on screen. */
  readonly list: ShownList;
  readonly actions: CaseActions;
  readonly chats: Chats;
  readonly labels: Labels;
  readonly macros: Macros;
  readonly timeline: Timeline;
  readonly looks: Looks;
  readonly notes: Notes;
  readonly linkedTimelines: LinkedTimelines;
  /** The cases of the list that are chosen for doing something with all of them. */
  readonly selection = new Selection();
  readonly snoozing: Snoozing;
  readonly search: Search;
  readonly presence: Presence;
  readonly inbox: Inbox;
  readonly inboxWords: InboxWords;
  readonly received: ReceivedMails;
  /** The case on screen, or undefined while it is loading or when there is none. */
  readonly selected: ReadonlySignal<Case | undefined>;
  /** The cases whose conversations belong to it. */
  readonly linked: ReadonlySignal<readonly Case[]>;
  /** The case that is before the technician's eyes. */
  private readonly lookedAt = computed(() =>
    this.visible.value ? (this.selected.value?.id ?? null) : null,
  );
  readonly ringing: Ringing;
  readonly finding: Finding;
  private readonly followed: Followed;
  private readonly sight: Sight;
  readonly visible = signal(document.visibilityState !== "hidden");
  /** How many cases came in unseen; it is a notification, so only for who is available. */
  readonly unseen: ReadonlySignal<number>;
  private readonly counting = new Counting(() => {
    void this.saved.load();
    return this.loader.refreshCounts(route.peek().list);
  });
  private leave: (() => void)[] = [];

  constructor(
    readonly technician: Technician,
    readonly token: TokenSource,
  ) {
    this.backend = new Backend(token);
    this.account = new AccountCalls(token);
    this.socket = new DeskSocket({ tokens: token, owner: technician.id, rejected: sessionEnded });
    this.store = new CaseStore(technician, seenMark(technician.id), () => this.counting.soon());
    this.narrowed = new NarrowedList(this.store, this.backend);
    this.loader = new CaseLoader(this.store, this.backend, () => this.narrowed.reread());
    this.saved = new SavedFilters(new FilterCalls(token), technician.id);
    this.store.onChange = (before, after) => this.saved.follow(before, after);
    this.list = new ShownList(this.store, this.loader, this.narrowed);
    this.sight = new Sight(technician.id, this.account, () => this.readAgain());
    this.finding = new Finding(this.store.cases, (id) => this.loader.one(id));
    this.ringing = new Ringing(this.store.cases, this.visible, isAvailable);
    this.actions = new CaseActions(this.store, this.backend);
    this.labels = new Labels(new LabelCalls(token));
    this.macros = new Macros(new Automation(token));
    this.timeline = new Timeline(this.backend);
    this.notes = new Notes(this.backend, (item) => this.store.settleAction(item));
    this.linkedTimelines = new LinkedTimelines(this.backend);
    this.looks = new Looks(this.backend);
    this.snoozing = new Snoozing(new SnoozeCalls(token));
    this.search = new Search(this.backend);
    this.chats = new Chats(technician.id, this.socket, (id) => this.ringing.noteMessage(id));
    this.followed = new Followed(technician.id);
    this.presence = new Presence(technician.id, this.socket);
    this.inbox = new Inbox(new InboxCalls(token), explain);
    this.inboxWords = new InboxWords(this.backend, (id) => this.store.cases.peek().get(id));
    this.received = new ReceivedMails(token);
    this.unseen = computed(() => (isAvailable() ? this.store.unseen.value.size : 0));
    this.selected = computed(() => {
      const id = route.value.caseId;
      return id === null ? undefined : this.store.shown.value.get(id);
    });
    this.linked = linkedCases(this.selected, this.store.cases);
  }

  start(): void {
    const { socket } = this;
    this.leave = [
      socket.on("ready", () => {
        this.readAgain();
        void this.sight.readMe();
        void this.inbox.load();
        this.kept.missed();
      }),
      socket.on("inbox", () => this.inbox.soon()),
      socket.on("kept", ({ what, id }) => this.kept.tell(what, id)),
      this.kept.keepFresh({
        filter: this.saved,
        label: this.labels,
        macro: this.macros,
        snoozing: this.snoozing,
      }),
      socket.on("case", ({ case: item, event }) => this.receive(item, event)),
      socket.on("alert", (frame) => this.ringing.ring(frame.case_id, frame.number)),
      this.sight.follow(socket),
      socket.on("withdrawn", (frame) => this.store.withdraw(frame.case_id)),
      socket.on("deleted", (frame) => noteDeleted(this, frame)),
      effect(() => {
        const incoming = seesIncoming();
        untracked(() => this.store.setIncoming(incoming));
      }),
      this.list.follow(),
      // What is chosen is chosen in a list: in another one it would be out of sight, and changed all the same.
      listShown.subscribe(() => this.selection.clear()),
      effect(() => this.finding.follow(route.value.caseId)),
      effect(() => {
        const looking = this.list.isUnassigned() && this.visible.value;
        untracked(() => this.store.look(looking));
      }),
      effect(() => {
        const ids = this.followed.of(this.store.shown.value, this.selected.value);
        untracked(() => this.chats.follow(ids));
      }),
      this.timeline.follow(this.selected),
      this.looks.follow(this.lookedAt),
      this.linkedTimelines.follow(this.selected, this.store.cases),
      bringNamed(this.selected, this.store.cases, (id) => this.loader.one(id)),
      this.inbox.start(() => this.lookedAt.value),
      this.presence.start(),
      effect(() => {
        const item = this.visible.value ? this.selected.value : undefined;
        this.presence.lookAt(item ?? null);
      }),
      this.watchVisibility(),
    ];
    socket.start();
    void this.labels.load();
    void this.macros.load();
    void this.saved.load();
  }

  stop(): void {
    for (const leave of this.leave) leave();
    this.counting.stop();
    this.chats.follow(new Set());
    this.socket.stop();
  }

  /** Reads again what is on screen: after a lost connection, and when what waits is shown or hidden. */
  readAgain(): void {
    void this.list.readAgain();
  }

  /** The customer's messages that were not read; of a case that is not listened to, those that were not answered. */
  unreadOf(id: string): number {
    if (this.chats.open.value.has(id)) return this.chats.unreadOf(id);
    const item = this.store.shown.value.get(id);
    const mine = item?.state === "assigned" && item.assignee?.id === this.technician.id;
    return mine ? item.unanswered : 0;
  }

  async knowPeople(): Promise<void> {
    if (this.people.peek().length > 0) return;
    try {
      this.people.value = await this.account.technicians();
    } catch {
      // The menu has oneself and nobody meanwhile; opened again it asks again.
    }
  }

  /** An answer by mail is heard like one in a chat; what a machine wrote counts for nobody, and is not. */
  private receive(item: Case, event: string): void {
    const before = this.store.cases.peek().get(item.id)?.unanswered ?? 0;
    this.store.receive(item, event);
    const mine = item.assignee?.id === this.technician.id;
    if (event === "case.mailed" && mine && item.unanswered > before)
      this.ringing.noteMessage(item.id);
  }

  private watchVisibility(): () => void {
    const note = () => {
      this.visible.value = document.visibilityState !== "hidden";
      if (this.visible.value) this.counting.soon();
      // What was read on another machine meanwhile is told by no frame.
      if (this.visible.value) this.inbox.soon();
    };
    document.addEventListener("visibilitychange", note);
    return () => document.removeEventListener("visibilitychange", note);
  }
}
