//! Reads a profile of callgrind: which function cost how many instructions, those that it called included.

use std::collections::HashMap;

/// The functions with their inclusive costs.
pub(crate) fn inclusive(profile: &str) -> Vec<(String, u64)> {
    // A name is written down once, as `(12) name`, and then as `(12)`.
    let mut names: HashMap<String, String> = HashMap::new();
    let mut costs: HashMap<String, u64> = HashMap::new();
    let mut function = String::new();
    for line in profile.lines() {
        if let Some((key, value)) = line.split_once('=') {
            if matches!(key, "fn" | "cfn") {
                let name = name(&mut names, value);
                if key == "fn" {
                    function = name;
                }
            }
        } else if line.starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '*')) {
            // A position and a cost; behind `calls=` it is the cost of the call.
            if let Some(cost) = line.split(' ').nth(1).and_then(|cost| cost.parse::<u64>().ok()) {
                *costs.entry(function.clone()).or_default() += cost;
            }
        }
    }
    costs.into_iter().collect()
}

fn name(names: &mut HashMap<String, String>, value: &str) -> String {
    match value.split_once(' ') {
        Some((id, name)) => {
            names.insert(id.to_owned(), name.to_owned());
            name.to_owned()
        }
        None => names.get(value).cloned().unwrap_or_default(),
    }
}
