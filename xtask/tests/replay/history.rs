//! Parses a history: what a vendor did, and what the maintainer does. `fixtures/replay/README.md`
//! explains the format.

/// A file of `fixtures/replay`.
pub(super) struct History {
    pub(super) vendor: Vendor,
    pub(super) editions: Vec<Edition>,
    /// The sums over all editions, as the file ends with them.
    pub(super) total: String,
}

/// Where the documents are.
pub(super) enum Vendor {
    /// The first one is in the history, and its editions change it.
    Imaginary { overlay: String, document: String },
    /// They are in `../shared/editions`, and the registry has the decisions.
    Real {
        name: String,
        languages: Vec<String>,
    },
}

/// One edition of the document.
pub(super) struct Edition {
    pub(super) name: String,
    /// The changes of an imaginary document.
    pub(super) changes: Vec<Vec<String>>,
    pub(super) steps: Vec<Step>,
}

/// What the maintainer does: a command, and the lines below it.
pub(super) struct Step {
    pub(super) command: Vec<String>,
    pub(super) lines: Vec<String>,
}

/// Parses the text of a file.
pub(super) fn parse(text: &str) -> History {
    let mut parts = text.split("\n== ").skip(1).peekable();
    let mut part = |name: &str| {
        let text = parts.next().and_then(|part| part.strip_prefix(name));
        text.unwrap_or_else(|| panic!("no part `{name}`"))
            .trim_start()
            .to_owned()
    };
    let vendor = if text.contains("\n== vendor ") {
        let text = part("vendor ");
        let (name, languages) = text.split_once("\nlanguages ").expect("its languages");
        Vendor::Real {
            name: name.to_owned(),
            languages: languages.split_whitespace().map(str::to_owned).collect(),
        }
    } else {
        Vendor::Imaginary {
            overlay: part("overlay"),
            document: part("document"),
        }
    };
    let mut history = History {
        vendor,
        editions: Vec::new(),
        total: String::new(),
    };
    for part in parts {
        match part.strip_prefix("total ") {
            Some(total) => total.trim().clone_into(&mut history.total),
            None => history.editions.push(parse_edition(part)),
        }
    }
    history
}

fn parse_edition(text: &str) -> Edition {
    let mut lines = text.lines();
    let mut edition = Edition {
        name: lines.next().unwrap().to_owned(),
        changes: vec![Vec::new()],
        steps: Vec::new(),
    };
    for line in lines.filter(|line| !line.starts_with("# ")) {
        if let Some(command) = line.strip_prefix("$ ") {
            edition.steps.push(Step {
                command: command.split_whitespace().map(str::to_owned).collect(),
                lines: Vec::new(),
            });
        } else if let Some(step) = edition.steps.last_mut() {
            step.lines
                .extend((!line.is_empty()).then(|| line.to_owned()));
        } else if line.is_empty() {
            edition.changes.push(Vec::new());
        } else {
            edition.changes.last_mut().unwrap().push(line.to_owned());
        }
    }
    edition.changes.retain(|change| !change.is_empty());
    edition
}

impl History {
    /// The sums that the file must end with.
    pub(super) fn count(&self) -> String {
        let lines = |command: &str| -> Vec<&str> {
            let steps = self.editions.iter().flat_map(|edition| &edition.steps);
            let steps = steps.filter(|step| step.command[0] == command);
            let lines = steps.flat_map(|step| &step.lines).map(String::as_str);
            // What a flag removes is written down as what it writes.
            lines.filter(|line| !line.starts_with("remove ")).collect()
        };
        let is_finding = |line: &&&str| {
            ["cosmetic ", "info ", "warning ", "error "]
                .iter()
                .any(|severity| line.starts_with(severity))
        };
        let trials = self.editions.iter().flat_map(|edition| &edition.steps);
        let trials = trials.filter(|step| step.is_trial());
        let trials: usize = trials
            .map(|step| {
                step.lines
                    .iter()
                    .filter(|line| is_finding(&&&***line))
                    .count()
            })
            .sum();
        format!(
            "updates {} findings {} decisions {} names {} translations {}",
            self.editions.len() - 1,
            lines("update").iter().filter(is_finding).count() - trials,
            lines("decide").len(),
            lines("name").len(),
            lines("translate").len(),
        )
    }
}

impl Step {
    /// The texts that the messages of a refused command must contain.
    pub(super) fn refusals(&self) -> Vec<&str> {
        let lines = self.lines.iter();
        lines
            .filter_map(|line| line.strip_prefix("refused "))
            .collect()
    }

    /// The codes that a refused update must name as gone.
    pub(super) fn withdrawn(&self) -> Vec<&str> {
        let lines = self.lines.iter();
        let lines = lines.filter_map(|line| line.strip_prefix("withdrawn "));
        lines.flat_map(str::split_whitespace).collect()
    }

    pub(super) fn is_refused(&self) -> bool {
        !self.refusals().is_empty()
    }

    /// Whether it writes nothing, so that its findings are not counted.
    fn is_trial(&self) -> bool {
        self.is_refused() || self.command.iter().any(|word| word == "--dry-run")
    }
}
