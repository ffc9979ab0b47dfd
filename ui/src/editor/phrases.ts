/** The words of CodeMirror's own panels and announcements. English is its default. */
import type { Language } from '../wire/types';

const korean: Record<string, string> = {
  Find: '찾기',
  Replace: '바꾸기',
  'Match case': '대소문자',
  'Whole words': '단어',
  Expression: '정규식',
  'In selection': '선택한 곳만',
  'Previous hit': '이전 결과',
  'Next hit': '다음 결과',
  'Choose all': '모두 선택',
  'Show or fold replacing': '바꾸기 펼치기/접기',
  'Not an expression: $': '정규식을 읽을 수 없습니다: $',
  'No hits': '없음',
  'One hit': '1곳',
  '$ hits': '$곳',
  '$1 of $2': '$2곳 중 $1번째',
  replace: '바꾸기',
  'replace all': '모두 바꾸기',
  close: '닫기',
  'current match': '현재 결과',
  'replaced $ matches': '$곳을 바꿨습니다',
  'replaced match on line $': '$번째 줄을 바꿨습니다',
  'on line': '줄',
  'Go to line': '줄로 이동',
  go: '이동',
  'Selection deleted': '선택한 글을 지웠습니다',
  'Control character': '제어 문자',
  'Text of the post': '글 본문',
  Completions: '자동 완성',
  'folded code': '접힌 글',
  unfold: '펼치기',
  table: '표',
  code: '코드',
  image: '이미지',
  link: '링크',
  task: '할일',
  note: '노트',
  tip: '팁',
  warning: '주의',
  formula: '수식',
  diagram: '다이어그램',
  fold: '접기',
  rule: '구분선',
  date: '오늘',
  Diagnostics: '살펴볼 곳',
  'No diagnostics': '살펴볼 곳이 없습니다',
  '$1, line $2': '$1 $2줄',
};

const english: Record<string, string> = {
  close: 'Close',
  replace: 'Replace',
  'replace all': 'Replace all',
  Diagnostics: 'Findings',
  'No diagnostics': 'Nothing found',
};

export function phrases(language: Language): Record<string, string> {
  return language === 'ko' ? korean : english;
}
