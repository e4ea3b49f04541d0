/** What is seen of the case that is open, in one piece. */
export { ConversationPane } from "./ConversationPane";
export { DetailsPane } from "./DetailsPane";
