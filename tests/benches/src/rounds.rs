//! Times the candidates of a set: takes closures and queries, returns nanoseconds a query. All
//! candidates take turns in each round, so that other load on the machine affects all of them.

use std::hint::black_box;
use std::time::Instant;

use crate::queries::Pattern;

/// Odd, so that the median is one of them, and enough for the first and last tenth.
const ROUNDS: usize = 31;

/// Passes in a round. The fastest counts, because a slower one was probably interrupted.
const PASSES: usize = 3;

/// One way to look keys up.
pub struct Candidate<'a> {
    /// The name in the tables.
    pub name: &'static str,
    /// The pattern of its queries.
    pub pattern: Pattern,
    /// Answers every query, and returns the nanoseconds a query.
    run: Box<dyn FnMut() -> f64 + 'a>,
    /// The nanoseconds a query in each round.
    pub rounds: Vec<f64>,
}

/// A candidate that answers these queries. Answers are stored, so that nothing branches on them.
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

/// Times all candidates in each round.
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
