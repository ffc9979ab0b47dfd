/** A date of front matter in its parts, so that what the writer does not change stays as written. */
interface WrittenDate {
  day: string;
  /** Between day and time: `T` or a space; empty without a time. */
  between: string;
  time: string;
  /** The rest: fraction and offset, as written. */
  rest: string;
}

const written = /^(\d{4}-\d{2}-\d{2})(?:([Tt ])(\d{2}:\d{2}(?::\d{2})?)(.*))?$/;

function partsOf(date: string): WrittenDate | null {
  const found = written.exec(date.trim());
  if (!found) return null;
  return { day: found[1] ?? '', between: found[2] ?? '', time: found[3] ?? '', rest: found[4] ?? '' };
}

/** The value for an `<input type="datetime-local">`; empty where the date is written in another way. */
export function toPicker(date: string): string {
  const parts = partsOf(date);
  if (!parts) return '';
  return `${parts.day}T${(parts.time || '00:00').slice(0, 5)}`;
}

/** The date with the day and time that were picked; separator, seconds and offset stay as they were written. */
export function fromPicker(picked: string, before: string, now: Date): string {
  const [day = '', time = '00:00'] = picked.split('T');
  const parts = partsOf(before);
  if (!parts) return `${day}T${time.slice(0, 5)}:00${offsetOf(now)}`;
  if (parts.time === '')
    return time.slice(0, 5) === '00:00' ? day : `${day}T${time.slice(0, 5)}:00${offsetOf(now)}`;
  const seconds = parts.time.length > 5 ? ':00' : '';
  const sameMinute = parts.time.slice(0, 5) === time.slice(0, 5);
  return `${day}${parts.between}${sameMinute ? parts.time : time.slice(0, 5) + seconds}${sameMinute ? parts.rest : parts.rest.replace(/^\.\d+/, '')}`;
}

function offsetOf(at: Date): string {
  const minutes = -at.getTimezoneOffset();
  const size = Math.abs(minutes);
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** The day of a written date, short enough for a row. */
export function shortDay(date: string): string {
  return partsOf(date)?.day ?? date;
}

/** When a draft was last edited: the time for today, else the day. */
export function whenEdited(at: number, now: Date, language: string): string {
  const date = new Date(at);
  const sameDay = date.toDateString() === now.toDateString();
  if (sameDay) return date.toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString(language, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: 'short',
    day: 'numeric',
  });
}

/** The day of a time, for a heading: with its weekday, and its year if that is not this one. */
export function dayOf(at: number, now: Date, language: string): string {
  const date = new Date(at);
  const sameYear = date.getFullYear() === now.getFullYear();
  return date.toLocaleDateString(language, {
    ...(sameYear ? {} : { year: 'numeric' }),
    month: 'long',
    day: 'numeric',
    weekday: 'short',
  });
}

/** The minute of a time. */
export function timeOf(at: number, language: string): string {
  return new Date(at).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit' });
}

/** A time in full, to the minute. */
export function dayAndTime(at: number, now: Date, language: string): string {
  return `${dayOf(at, now, language)} ${timeOf(at, language)}`;
}
