//! Measures all candidates of a set in turn, round after round, so that whatever disturbs one disturbs all.

use std::hint::black_box;
use std::time::Instant;

use crate::queries::Pattern;

const ROUNDS: usize = 31;

/// Of so many passes in a round the fastest counts: the others were interrupted.
const PASSES: usize = 3;

/// One way to look keys up.
pub struct Candidate<'a> {
    /// What it is called in the table.
    pub name: &'static str,
    /// What it is asked.
    pub pattern: Pattern,
    /// Answers every query once and says how many nanoseconds each took.
    run: Box<dyn FnMut() -> f64 + 'a>,
    /// The nanoseconds of each round.
    pub rounds: Vec<f64>,
}

/// A candidate that answers these queries. Its answers are stored as they come, so that nothing branches on them.
pub fn candidate<'a, Q: Copy, R: Copy + 'a>(
    name: &'static str,
    pattern: Pattern,
    queries: &'a [Q],
    none: R,
    find: impl Fn(Q) -> R + 'a,
) -> Candidate<'a> {
    let mut answers = vec![none; queries.len()];
    let run = move || {
        // One pass to warm the caches and the predictors.
        answer(queries, &mut answers, &find);
        let passes = (0..PASSES).map(|_| {
            let start = Instant::now();
            answer(queries, &mut answers, &find);
            let elapsed = start.elapsed();
            black_box(&answers);
            elapsed.as_nanos() as f64 / queries.len() as f64
        });
        passes.fold(f64::INFINITY, f64::min)
    };
    Candidate {
        name,
        pattern,
        run: Box::new(run),
        rounds: Vec::new(),
    }
}

#[inline(never)]
fn answer<Q: Copy, R>(queries: &[Q], answers: &mut [R], find: impl Fn(Q) -> R) {
    for (answer, query) in answers.iter_mut().zip(queries) {
        *answer = find(*query);
    }
}

/// Measures the candidates in turn.
#[must_use]
pub fn measure(mut candidates: Vec<Candidate<'_>>) -> Vec<Candidate<'_>> {
    for _ in 0..ROUNDS {
        for candidate in &mut candidates {
            let nanoseconds = (candidate.run)();
            candidate.rounds.push(nanoseconds);
        }
    }
    candidates
}
