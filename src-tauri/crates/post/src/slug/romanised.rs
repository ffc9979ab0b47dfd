//! Hangul in Latin letters: the Revised Romanization of Korean (문화관광부 고시 제2000-8호), syllable by syllable, with the
//! changes of sound between syllables that it writes.
//!
//! What only a dictionary knows is left out: an inserted ㄴ (학여울), and where ㄴ before ㄹ stays (신문로). ㅎ behind ㄱ,
//! ㄷ and ㅂ is written, as in nouns (묵호 → Mukho), since titles are mostly made of them.

use unicode_normalization::UnicodeNormalization;

const FIRST_SYLLABLE: u32 = 0xAC00;
const LAST_SYLLABLE: u32 = 0xD7A3;
const MEDIALS: u32 = 21;
const FINALS: u32 = 28;

/// Of a syllable's beginning, in Unicode's order: ㄱ ㄲ ㄴ ㄷ ㄸ ㄹ ㅁ ㅂ ㅃ ㅅ ㅆ ㅇ ㅈ ㅉ ㅊ ㅋ ㅌ ㅍ ㅎ.
const INITIAL_LETTERS: [&str; 19] =
    ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const MEDIAL_LETTERS: [&str; MEDIALS as usize] = [
    "a", "ae", "ya", "yae", "eo", "e", "yeo", "ye", "o", "wa", "wae", "oe", "yo", "u", "wo", "we", "wi",
    "yu", "eu", "ui", "i",
];

/// What a syllable begins with, as far as it changes what stands before it.
mod initial {
    pub(super) const GIYEOK: usize = 0;
    pub(super) const NIEUN: usize = 2;
    pub(super) const DIGEUT: usize = 3;
    pub(super) const RIEUL: usize = 5;
    pub(super) const MIEUM: usize = 6;
    pub(super) const SILENT: usize = 11;
    pub(super) const JIEUT: usize = 12;
    pub(super) const HIEUT: usize = 18;
}

const MEDIAL_I: usize = 20;

/// The sound that a final consonant has before another consonant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Closing {
    K,
    N,
    T,
    L,
    M,
    P,
    Ng,
}

/// How a final consonant (or two) is written.
struct Final {
    /// At the end, and before a consonant that does not change it.
    closing: Option<Closing>,
    /// Before a vowel, to which it goes over.
    before_vowel: &'static str,
    /// It ends in ㅎ, which makes a following ㄱ, ㄷ or ㅈ aspirated.
    aspirates: bool,
}

/// In Unicode's order: none ㄱ ㄲ ㄳ ㄴ ㄵ ㄶ ㄷ ㄹ ㄺ ㄻ ㄼ ㄽ ㄾ ㄿ ㅀ ㅁ ㅂ ㅄ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ.
const FINAL_LETTERS: [Final; FINALS as usize] = [
    plain(None, ""),
    plain(Some(Closing::K), "g"),
    plain(Some(Closing::K), "kk"),
    plain(Some(Closing::K), "ks"),
    plain(Some(Closing::N), "n"),
    plain(Some(Closing::N), "nj"),
    aspirating(Closing::N, "n"),
    plain(Some(Closing::T), "d"),
    plain(Some(Closing::L), "r"),
    plain(Some(Closing::K), "lg"),
    plain(Some(Closing::M), "lm"),
    plain(Some(Closing::L), "lb"),
    plain(Some(Closing::L), "ls"),
    plain(Some(Closing::L), "lt"),
    plain(Some(Closing::P), "lp"),
    aspirating(Closing::L, "r"),
    plain(Some(Closing::M), "m"),
    plain(Some(Closing::P), "b"),
    plain(Some(Closing::P), "ps"),
    plain(Some(Closing::T), "s"),
    plain(Some(Closing::T), "ss"),
    plain(Some(Closing::Ng), "ng"),
    plain(Some(Closing::T), "j"),
    plain(Some(Closing::T), "ch"),
    plain(Some(Closing::K), "k"),
    plain(Some(Closing::T), "t"),
    plain(Some(Closing::P), "p"),
    aspirating(Closing::T, ""),
];
/// The places in [`FINAL_LETTERS`] that matter by themselves.
const FINAL_DIGEUT: usize = 7;
const FINAL_LIEUL_TIEUT: usize = 13;
const FINAL_JIEUT: usize = 22;
const FINAL_NIEUN_JIEUT: usize = 5;
const FINAL_TIEUT: usize = 25;
const FINAL_HIEUT: usize = 27;

const fn plain(closing: Option<Closing>, before_vowel: &'static str) -> Final {
    Final { closing, before_vowel, aspirates: false }
}

const fn aspirating(closing: Closing, before_vowel: &'static str) -> Final {
    Final { closing: Some(closing), before_vowel, aspirates: true }
}

/// A syllable's parts, as places in the tables.
#[derive(Debug, Clone, Copy)]
struct Syllable {
    initial: usize,
    medial: usize,
    last: usize,
}

impl Syllable {
    fn of(letter: char) -> Option<Syllable> {
        let code = u32::from(letter);
        if !(FIRST_SYLLABLE..=LAST_SYLLABLE).contains(&code) {
            return None;
        }
        let place = code - FIRST_SYLLABLE;
        Some(Syllable {
            initial: (place / FINALS / MEDIALS) as usize,
            medial: (place / FINALS % MEDIALS) as usize,
            last: (place % FINALS) as usize,
        })
    }
}

/// The text with each syllable of Hangul in Latin letters; everything else stays as it is.
pub fn romanised(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    let mut before: Option<Syllable> = None;
    for letter in text.nfc() {
        let syllable = Syllable::of(letter);
        match (before, syllable) {
            (Some(before), Some(next)) => written.push_str(&between(before, next)),
            (Some(before), None) => written.push_str(at_end(before)),
            (None, Some(next)) => written.push_str(INITIAL_LETTERS[next.initial]),
            (None, None) => {}
        }
        match syllable {
            Some(syllable) => written.push_str(MEDIAL_LETTERS[syllable.medial]),
            None => written.push(letter),
        }
        before = syllable;
    }
    if let Some(before) = before {
        written.push_str(at_end(before));
    }
    written
}

/// Whether there is something to write in Latin letters.
pub(super) fn has_hangul(text: &str) -> bool {
    text.nfc().any(|letter| Syllable::of(letter).is_some())
}

fn at_end(syllable: Syllable) -> &'static str {
    FINAL_LETTERS[syllable.last].closing.map_or("", letters_of)
}

fn letters_of(closing: Closing) -> &'static str {
    match closing {
        Closing::K => "k",
        Closing::N => "n",
        Closing::T => "t",
        Closing::L => "l",
        Closing::M => "m",
        Closing::P => "p",
        Closing::Ng => "ng",
    }
}

/// The final consonant of a syllable and the first one of the next.
fn between(before: Syllable, next: Syllable) -> String {
    let last = &FINAL_LETTERS[before.last];
    let Some(closing) = last.closing else { return INITIAL_LETTERS[next.initial].to_owned() };
    if next.initial == initial::SILENT {
        return softened(before.last, next.medial).unwrap_or(last.before_vowel).to_owned();
    }
    if let Some(aspirated) = aspirated(before.last, last, closing, next.initial) {
        return aspirated;
    }
    let (closing, first) = assimilated(closing, next.initial);
    format!("{}{first}", letters_of(closing))
}

/// ㄷ and ㅌ before 이: 해돋이 → haedoji, 같이 → gachi.
fn softened(last: usize, medial: usize) -> Option<&'static str> {
    match last {
        FINAL_DIGEUT if medial == MEDIAL_I => Some("j"),
        FINAL_TIEUT if medial == MEDIAL_I => Some("ch"),
        FINAL_LIEUL_TIEUT if medial == MEDIAL_I => Some("lch"),
        _ => None,
    }
}

/// ㅎ and what stands beside it: 좋고 → joko, 놓다 → nota, 낳지 → nachi, 맞히다 → machida.
fn aspirated(last: usize, written: &Final, closing: Closing, first: usize) -> Option<String> {
    if matches!(last, FINAL_JIEUT | FINAL_NIEUN_JIEUT) && first == initial::HIEUT {
        return Some(if last == FINAL_JIEUT { "ch" } else { "nch" }.to_owned());
    }
    if !written.aspirates {
        return None;
    }
    let first = match first {
        initial::GIYEOK => "k",
        initial::DIGEUT => "t",
        initial::JIEUT => "ch",
        // 좋습니다 → joseumnida: what is left of ㅎ before ㅅ is not written.
        _ if last == FINAL_HIEUT && INITIAL_LETTERS[first].starts_with('s') => INITIAL_LETTERS[first],
        _ => return None,
    };
    let kept = if last == FINAL_HIEUT { "" } else { letters_of(closing) };
    Some(format!("{kept}{first}"))
}

/// 백마 → Baengma, 종로 → Jongno, 신라 → Silla, 별내 → Byeollae.
fn assimilated(closing: Closing, first: usize) -> (Closing, &'static str) {
    let is_nasal = matches!(first, initial::NIEUN | initial::MIEUM);
    let is_rieul = first == initial::RIEUL;
    match closing {
        Closing::N | Closing::L if is_rieul => (Closing::L, "l"),
        Closing::L if first == initial::NIEUN => (Closing::L, "l"),
        Closing::M | Closing::Ng if is_rieul => (closing, "n"),
        Closing::K | Closing::T | Closing::P if is_nasal || is_rieul => {
            let nasal = match closing {
                Closing::K => Closing::Ng,
                Closing::T => Closing::N,
                _ => Closing::M,
            };
            (nasal, if is_rieul { "n" } else { INITIAL_LETTERS[first] })
        }
        _ => (closing, INITIAL_LETTERS[first]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The examples of the rule itself, but for the names that only a dictionary can tell.
    #[test]
    fn words_are_written_as_the_rule_writes_them() {
        for (hangul, latin) in [
            ("구미", "gumi"),
            ("영동", "yeongdong"),
            ("백암", "baegam"),
            ("옥천", "okcheon"),
            ("합덕", "hapdeok"),
            ("호법", "hobeop"),
            ("월곶", "wolgot"),
            ("벚꽃", "beotkkot"),
            ("한밭", "hanbat"),
            ("구리", "guri"),
            ("설악", "seorak"),
            ("칠곡", "chilgok"),
            ("임실", "imsil"),
            ("울릉", "ulleung"),
            ("대관령", "daegwallyeong"),
            ("백마", "baengma"),
            ("종로", "jongno"),
            ("왕십리", "wangsimni"),
            ("별내", "byeollae"),
            ("신라", "silla"),
            ("해돋이", "haedoji"),
            ("같이", "gachi"),
            ("맞히다", "machida"),
            ("좋고", "joko"),
            ("놓다", "nota"),
            ("낳지", "nachi"),
            ("묵호", "mukho"),
            ("집현전", "jiphyeonjeon"),
            ("압구정", "apgujeong"),
            ("낙동강", "nakdonggang"),
            ("죽변", "jukbyeon"),
            ("낙성대", "nakseongdae"),
            ("합정", "hapjeong"),
            ("팔당", "paldang"),
            ("샛별", "saetbyeol"),
            ("울산", "ulsan"),
            ("경복궁", "gyeongbokgung"),
            ("독립문", "dongnimmun"),
            ("촉석루", "chokseongnu"),
        ] {
            assert_eq!(romanised(hangul), latin, "{hangul}");
        }
    }

    #[test]
    fn two_final_consonants_and_hieut_are_written_as_they_sound() {
        for (hangul, latin) in [
            ("없다", "eopda"),
            ("값이", "gapsi"),
            ("읽기", "ikgi"),
            ("읽어", "ilgeo"),
            ("많다", "manta"),
            ("싫어", "sireo"),
            ("좋아", "joa"),
            ("놓는", "nonneun"),
            ("좋습니다", "joseumnida"),
            ("않는", "anneun"),
            ("앉히다", "anchida"),
            ("닭", "dak"),
            ("삶은", "salmeun"),
            ("핥이다", "halchida"),
            ("여덟", "yeodeol"),
        ] {
            assert_eq!(romanised(hangul), latin, "{hangul}");
        }
    }

    #[test]
    fn everything_else_stays_and_parts_words() {
        assert_eq!(romanised("러스트로 만드는 CLI 도구 (1편)"), "reoseuteuro mandeuneun CLI dogu (1pyeon)");
        assert_eq!(romanised("백 마"), "baek ma");
        assert_eq!(romanised("日本 ㅋㅋ é"), "日本 ㅋㅋ é");
        let decomposed: String = "한글".nfd().collect();
        assert_eq!(romanised(&decomposed), "hangeul");
        assert!(has_hangul(&decomposed) && !has_hangul("日本 C++"));
    }

    proptest::proptest! {
        #[test]
        fn hangul_becomes_small_latin_letters_alone(text in "[가-힣]{1,12}") {
            let latin = romanised(&text);
            proptest::prop_assert!(!latin.is_empty() && latin.bytes().all(|byte| byte.is_ascii_lowercase()), "{latin}");
        }
    }
}
