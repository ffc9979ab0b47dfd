import type { EditName } from '../../editor/edits';

/** The titles of the edits in Korean. */
export const edits: Record<EditName, string> = {
  bold: '굵게',
  italic: '기울임',
  code: '코드',
  strike: '취소선',
  link: '링크',
  heading_1: '제목 1',
  heading_2: '제목 2',
  heading_3: '제목 3',
  heading_4: '제목 4',
  heading_5: '제목 5',
  heading_6: '제목 6',
  quote: '인용',
  bullet_list: '글머리 기호 목록',
  ordered_list: '번호 목록',
  task_list: '할 일 목록',
  check_task: '할 일 완료/해제',
  fence: '코드 블록',
};
