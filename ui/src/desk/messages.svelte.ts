import { asWireError } from '../host/host';

/** Something to do about a message. */
export interface MessageAction {
  title: string;
  run: () => void;
}

/** One message to the writer. */
export interface Message {
  id: number;
  /** A failure is announced at once and stays until it is read; news is announced politely and goes by itself. */
  kind: 'failure' | 'news';
  text: string;
  subject: string | null;
  hint: string | null;
  action: MessageAction | null;
}

const newsStaysFor = 6000;
const newsWithActionStaysFor = 15000;
const mostAtOnce = 4;

/** The one place where messages appear. */
export class MessageList {
  list = $state.raw<Message[]>([]);
  #next = 1;

  /** Tells something that went well. */
  tell(text: string, action: MessageAction | null = null): void {
    const id = this.#add({ kind: 'news', text, subject: null, hint: null, action });
    setTimeout(() => this.dismiss(id), action ? newsWithActionStaysFor : newsStaysFor);
  }

  /** Tells something that failed; it stays until it is dismissed, by its number. The same failure is shown once. */
  fail(failure: unknown): number {
    const { message, subject, hint } = asWireError(failure);
    const same = this.list.find((shown) => shown.text === message && shown.subject === subject);
    if (same) this.dismiss(same.id);
    return this.#add({ kind: 'failure', text: message, subject, hint, action: null });
  }

  /** Asks something that may be ignored. */
  ask(text: string, action: MessageAction | null): void {
    this.#add({ kind: 'failure', text, subject: null, hint: null, action });
  }

  dismiss(id: number): void {
    this.list = this.list.filter((message) => message.id !== id);
  }

  #add(message: Omit<Message, 'id'>): number {
    const id = this.#next;
    this.#next += 1;
    const room = [...this.list];
    while (room.length >= mostAtOnce) {
      const oldNews = room.findIndex((shown) => shown.kind === 'news');
      room.splice(Math.max(0, oldNews), 1);
    }
    this.list = [...room, { ...message, id }];
    return id;
  }
}
