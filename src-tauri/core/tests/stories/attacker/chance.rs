//! Random choices, the same for the same seed.

#[path = "../../../../../tests/split_mix/mod.rs"]
mod split_mix;

use split_mix::SplitMix;

pub struct Chance(SplitMix);

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self(SplitMix(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x5851_f42d_4c95_7f2d))
    }

    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.0.next() % end as u64).unwrap_or_default()
    }

    /// True with a probability of one in `times`.
    pub fn one_in(&mut self, times: usize) -> bool {
        self.below(times) == 0
    }

    pub fn of_these<T: Clone>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())].clone()
    }
}
