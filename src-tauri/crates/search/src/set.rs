/// Numbers below a bound, as bits.
#[derive(Debug, Clone)]
pub(crate) struct Set {
    words: Vec<u64>,
}

impl Set {
    pub(crate) fn empty(bound: usize) -> Self {
        Set { words: vec![0; bound.div_ceil(64)] }
    }

    pub(crate) fn insert(&mut self, number: usize) {
        self.words[number / 64] |= 1 << (number % 64);
    }

    pub(crate) fn keep_those_in(&mut self, other: &Set) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= other);
    }

    pub(crate) fn drop_those_in(&mut self, other: &Set) {
        self.words.iter_mut().zip(&other.words).for_each(|(word, other)| *word &= !other);
    }

    pub(crate) fn numbers(&self) -> impl Iterator<Item = usize> + '_ {
        self.words.iter().enumerate().flat_map(|(at, &word)| {
            let mut left = word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    at * 64 + bit
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_come_in_order() {
        let mut set = Set::empty(200);
        [0, 63, 64, 199].into_iter().for_each(|number| set.insert(number));
        let mut other = Set::empty(200);
        [63, 199].into_iter().for_each(|number| other.insert(number));
        let mut kept = set.clone();
        kept.keep_those_in(&other);
        set.drop_those_in(&other);
        assert_eq!(kept.numbers().collect::<Vec<_>>(), [63, 199]);
        assert_eq!(set.numbers().collect::<Vec<_>>(), [0, 64]);
    }
}
