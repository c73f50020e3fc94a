//! Parses a callgrind profile: returns the instructions of each function, including its callees.

use std::collections::HashMap;

/// The functions with their inclusive costs.
pub(crate) fn inclusive(profile: &str) -> Vec<(String, u64)> {
    // The first occurrence of a name is `(12) name`, later ones are `(12)`.
    let mut names: HashMap<String, String> = HashMap::new();
    let mut costs: HashMap<String, u64> = HashMap::new();
    let mut function = String::new();
    for line in profile.lines() {
        if let Some((key, value)) = line.split_once('=') {
            if matches!(key, "fn" | "cfn") {
                let name = resolve_name(&mut names, value);
                if key == "fn" {
                    function = name;
                }
            }
        } else if line
            .starts_with(|first: char| first.is_ascii_digit() || matches!(first, '+' | '-' | '*'))
        {
            // A position and a cost. After a `calls=` line, it is the inclusive cost of the call.
            if let Some(cost) = line
                .split(' ')
                .nth(1)
                .and_then(|cost| cost.parse::<u64>().ok())
            {
                *costs.entry(function.clone()).or_default() += cost;
            }
        }
    }
    costs.into_iter().collect()
}

fn resolve_name(names: &mut HashMap<String, String>, value: &str) -> String {
    match value.split_once(' ') {
        Some((id, name)) => {
            names.insert(id.to_owned(), name.to_owned());
            name.to_owned()
        }
        None => names.get(value).cloned().unwrap_or_default(),
    }
}
