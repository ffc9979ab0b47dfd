//! Posts to search, made of words of our own: the same ones every time.

/// Picks by a simple generator of numbers, so that every run has the same posts.
pub(crate) struct Dice(u64);

const NOUNS: &str = "검색 색인 글 문장 단어 초안 보관함 사이트 발행 미리보기 편집기 마크다운 코드 함수 변수 타입 모듈 컴파일러 서버 클라이언트 요청 응답 성능 메모리 스레드 비동기 잠금 경합 버그 테스트 배포 설정 로그 추적 지표 장애 복구 백업 압축 해시 그래프 트리 배열 목록 집합 정렬 탐색 캐시 쿼리 트랜잭션 인덱스 스키마 마이그레이션 네트워크 프로토콜 소켓 보안 인증 권한 토큰 화면 글꼴 색상 배치 창 키보드 한글 자모 음절 유니코드 정규화 회고 일정 동료 리뷰 설계 문서 기록 습관 도구 질문 실험 결과 측정 가설 원인 해결 경험 생각 이야기";
const ENDINGS: &str = "을 를 이 가 은 는 에 에서 으로 로 와 과 도 만 의 까지 부터 보다 처럼 마다 이나 에게";
const VERBS: &str = "씁니다 읽습니다 고칩니다 만듭니다 찾았습니다 바꿨습니다 재어 보았습니다 느렸습니다 빨라졌습니다 남겼습니다 돌아봅니다 배웠습니다 지웠습니다 늘었습니다 줄었습니다 확인합니다 비교했습니다 설명합니다 나눕니다 모읍니다 골랐습니다 어렵습니다 쉬웠습니다 필요합니다";
const ENGLISH: &str = "the a of to and in is that it for with as on by this be from which not when before after while writing post draft search index letter syllable query result latency memory thread lock cache server client request response compiler function module trait borrow async await stream buffer parser token grammar editor preview window keyboard release version commit branch merge conflict review note journal backup restore measure budget median deploy container cluster network socket schema migration transaction graph tree array sorting hashing";
const CODE: &str = "fn let mut impl struct enum match pub use return async await self String Vec Option Result Some None Ok Err iter map filter collect unwrap_or_default push len parse read_to_string HashMap insert get const static for in while loop break if else true false usize u64 i32 println! format! vec! spawn lock send recv kubectl docker npm git curl grep import def class lambda yield export default function";

/// The words of all posts.
pub(crate) struct Words {
    nouns: Vec<String>,
    endings: Vec<&'static str>,
    verbs: Vec<&'static str>,
    english: Vec<String>,
    code: Vec<&'static str>,
}

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % bound
    }

    /// Often one of the first, seldom one of the last, as words are in a language.
    fn pick<'a>(&mut self, words: &'a [impl AsRef<str>]) -> &'a str {
        let share = self.below(1 << 20) as f64 / f64::from(1 << 20);
        let at = (words.len() as f64).powf(share) - 1.0;
        words[(at as usize).min(words.len() - 1)].as_ref()
    }
}

impl Words {
    /// Simple words, and thousands that are made of two.
    pub(crate) fn new() -> Self {
        let list = |words: &'static str| words.split(' ').collect::<Vec<_>>();
        let (nouns, english) = (list(NOUNS), list(ENGLISH));
        let pairs = |words: &[&str], between: &str| -> Vec<String> {
            let mut all: Vec<String> = words.iter().map(|&word| word.to_owned()).collect();
            all.extend(
                words.iter().flat_map(|one| words.iter().map(move |other| format!("{one}{between}{other}"))),
            );
            all
        };
        Words {
            nouns: pairs(&nouns, ""),
            english: pairs(&english, "-"),
            endings: list(ENDINGS),
            verbs: list(VERBS),
            code: list(CODE),
        }
    }

    /// The post of this number, of about `bytes` bytes.
    pub(crate) fn post(&self, number: usize, bytes: usize) -> String {
        let mut dice = Dice::new(number as u64 + 1);
        let is_english = number % 4 == 3;
        let title = if is_english { self.english(&mut dice, 5) } else { self.korean(&mut dice, 3) };
        let (month, day) = (1 + number % 12, 1 + number % 28);
        let mut text = format!(
            "---\ntitle: \"{}\"\ndate: 20{:02}-{month:02}-{day:02}\ntags: [{}, 태그{}]\n---\n\n",
            title.trim_end_matches(". ").trim(),
            10 + number % 15,
            self.code[number % self.code.len()],
            number % 40
        );
        while text.len() < bytes {
            let heading = if is_english { self.english(&mut dice, 3) } else { self.korean(&mut dice, 1) };
            text.push_str(&format!("## {}\n\n", heading.trim()));
            for _ in 0..3 {
                for _ in 0..2 + dice.below(4) {
                    let sentence = match (is_english, dice.below(8)) {
                        (true, 0) | (false, 1..) => self.korean(&mut dice, 4),
                        _ => self.english(&mut dice, 12),
                    };
                    text.push_str(&sentence);
                }
                text.push_str("\n\n");
            }
            self.push_code(&mut dice, &mut text);
        }
        text
    }

    fn korean(&self, dice: &mut Dice, words: usize) -> String {
        let mut sentence = String::new();
        for _ in 0..words {
            sentence += dice.pick(&self.nouns);
            sentence += dice.pick(&self.endings);
            sentence.push(' ');
        }
        sentence + dice.pick(&self.verbs) + ". "
    }

    fn english(&self, dice: &mut Dice, words: usize) -> String {
        let mut sentence = String::new();
        for at in 0..words {
            let word = dice.pick(&self.english);
            sentence += if at > 0 { " " } else { "" };
            sentence += word;
        }
        sentence + ". "
    }

    fn push_code(&self, dice: &mut Dice, text: &mut String) {
        text.push_str("```rust\n");
        for _ in 0..6 {
            let (name, other) = (dice.pick(&self.english).replace('-', "_"), dice.below(10_000));
            let (one, two) = (dice.pick(&self.code), dice.pick(&self.code));
            text.push_str(&format!("    {one} {name}_{other} = {two}({name}, {other});\n"));
        }
        text.push_str("```\n\n");
    }
}
