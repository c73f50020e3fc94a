//! Renders measurements as Markdown: ratios with their spread, and a comparison with the goals.

use crate::queries::Pattern;
use crate::rounds::Candidate;

/// The name of errbook among the candidates.
const OURS: &str = "errbook";

/// All measurements.
#[derive(Debug, Default)]
pub struct Report {
    rows: Vec<Row>,
}

#[derive(Debug)]
struct Row {
    set: &'static str,
    keys: usize,
    cells: Vec<(Pattern, &'static str, Vec<f64>)>,
}

/// The median of the ratios of all rounds, with the first and the last tenth.
#[derive(Debug, Clone, Copy)]
struct Ratio {
    low: f64,
    median: f64,
    high: f64,
}

fn quantile(sorted: &[f64], part: f64) -> f64 {
    sorted[((sorted.len() - 1) as f64 * part).round() as usize]
}

impl Ratio {
    fn of(dividends: &[f64], divisors: &[f64]) -> Self {
        let mut ratios: Vec<f64> = dividends
            .iter()
            .zip(divisors)
            .map(|(dividend, divisor)| dividend / divisor)
            .collect();
        ratios.sort_by(f64::total_cmp);
        Self {
            low: quantile(&ratios, 0.1),
            median: quantile(&ratios, 0.5),
            high: quantile(&ratios, 0.9),
        }
    }

    fn markdown(self) -> String {
        let digits = if self.median < 9.95 { 2 } else { 1 };
        format!(
            "{:.digits$} ({:.digits$}–{:.digits$})",
            self.median, self.low, self.high
        )
    }
}

impl Row {
    fn rounds(&self, pattern: Pattern, name: &str) -> Option<&[f64]> {
        let cell = self
            .cells
            .iter()
            .find(|cell| cell.0 == pattern && cell.1 == name)?;
        Some(&cell.2)
    }

    /// A candidate's time divided by errbook's.
    fn candidate_by_ours(&self, pattern: Pattern, name: &str) -> Option<Ratio> {
        Some(Ratio::of(
            self.rounds(pattern, name)?,
            self.rounds(pattern, OURS)?,
        ))
    }

    /// errbook's time divided by a candidate's.
    fn ours_by_candidate(&self, pattern: Pattern, name: &str) -> Option<Ratio> {
        Some(Ratio::of(
            self.rounds(pattern, OURS)?,
            self.rounds(pattern, name)?,
        ))
    }
}

/// A goal for some sets against one candidate.
#[derive(Debug)]
pub struct Goal {
    /// The text in the report.
    pub text: &'static str,
    /// Whether it applies to a set with this name and size.
    pub applies: fn(&str, usize) -> bool,
    /// The candidate, or `own hits` for errbook's own hits.
    pub against: &'static str,
    /// How many times as fast errbook is at least. If negative, errbook takes at most this many
    /// times as long.
    pub ratio: f64,
}

impl Report {
    /// Adds the measurements of a set.
    pub fn add(&mut self, set: &'static str, keys: usize, candidates: Vec<Candidate<'_>>) {
        let cells = candidates
            .into_iter()
            .map(|each| (each.pattern, each.name, each.rounds))
            .collect();
        self.rows.push(Row { set, keys, cells });
    }

    /// A table of one pattern: errbook's time, and each candidate's time divided by it.
    #[must_use]
    pub fn table(&self, pattern: Pattern, is_included: fn(&str) -> bool) -> String {
        let rows: Vec<&Row> = self
            .rows
            .iter()
            .filter(|row| is_included(row.set))
            .collect();
        let mut names: Vec<&str> = Vec::new();
        for cell in rows.iter().flat_map(|row| &row.cells) {
            if !names.contains(&cell.1) && cell.1 != OURS {
                names.push(cell.1);
            }
        }
        let mut table = format!(
            "| set | keys | errbook, ns | {} |\n|---|---:|---:|{}\n",
            names.join(" | "),
            "---:|".repeat(names.len())
        );
        for row in rows {
            let mut ours = row
                .rounds(pattern, OURS)
                .expect("errbook is always measured")
                .to_vec();
            ours.sort_by(f64::total_cmp);
            let cells = names.iter().map(|name| {
                row.candidate_by_ours(pattern, name)
                    .map_or_else(|| "–".to_owned(), Ratio::markdown)
            });
            let cells: Vec<String> = cells.collect();
            table += &format!(
                "| {} | {} | {:.2} | {} |\n",
                row.set,
                row.keys,
                quantile(&ours, 0.5),
                cells.join(" | ")
            );
        }
        table
    }

    /// Each goal, with the set that comes closest to missing it.
    #[must_use]
    pub fn goals(&self, goals: &[Goal]) -> String {
        let mut table = "| goal | | closest | |\n|---|---:|---|---|\n".to_owned();
        for goal in goals {
            let rows = self
                .rows
                .iter()
                .filter(|row| (goal.applies)(row.set, row.keys));
            let measured = rows.filter_map(|row| {
                let ratio = match goal.against {
                    "own hits" => Ratio::of(
                        row.rounds(Pattern::Mix, OURS)?,
                        row.rounds(Pattern::Hits, OURS)?,
                    ),
                    against if goal.ratio < 0.0 => row.ours_by_candidate(Pattern::Hits, against)?,
                    against => row.candidate_by_ours(Pattern::Hits, against)?,
                };
                Some((row.set, ratio))
            });
            let sign = if goal.ratio < 0.0 { 1.0 } else { -1.0 };
            let Some((set, ratio)) = measured
                .max_by(|left, right| (sign * left.1.median).total_cmp(&(sign * right.1.median)))
            else {
                continue;
            };
            let met = sign * ratio.median <= -goal.ratio + 1e-9;
            let wanted = if goal.ratio < 0.0 {
                format!("≤ {}", -goal.ratio)
            } else {
                format!("≥ {}", goal.ratio)
            };
            let met = if met { "met" } else { "**missed**" };
            table += &format!(
                "| {} | {wanted} | {set}: {} | {met} |\n",
                goal.text,
                ratio.markdown()
            );
        }
        table
    }
}
