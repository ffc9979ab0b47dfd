import type { EditName } from '../../editor/edits';

/** The titles of the edits in English. */
export const edits: Record<EditName, string> = {
  bold: 'Bold',
  italic: 'Italic',
  code: 'Code',
  strike: 'Struck out',
  link: 'Link',
  heading_1: 'Heading 1',
  heading_2: 'Heading 2',
  heading_3: 'Heading 3',
  heading_4: 'Heading 4',
  heading_5: 'Heading 5',
  heading_6: 'Heading 6',
  quote: 'Quote',
  bullet_list: 'List with bullets',
  ordered_list: 'List with numbers',
  task_list: 'List of tasks',
  check_task: 'Check a task, or open it again',
  fence: 'Block of code',
};
