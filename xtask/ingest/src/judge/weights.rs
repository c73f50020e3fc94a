//! `weights.toml` in, the numbers that decide out.

use std::fmt::Write;
use std::sync::LazyLock;

use crate::extraction::Role;
use crate::judge::features::{COLUMN_FEATURES, ColumnFeature, FEATURES, Feature};

/// The roles that are assigned, in the order of their weights; the last is no role.
pub(crate) const ROLES: [Role; 12] = [
    Role::Code,
    Role::Symbol,
    Role::Http,
    Role::Message,
    Role::Details,
    Role::Cause,
    Role::Remedy,
    Role::Billing,
    Role::Retry,
    Role::Severity,
    Role::Section,
    Role::None,
];

/// The place of a role in `ROLES`; a text in another language has the weights of the text.
pub(crate) fn place(role: &Role) -> usize {
    let role = match role {
        Role::MessageIn(_) => &Role::Message,
        Role::RemedyIn(_) => &Role::Remedy,
        other => other,
    };
    ROLES
        .iter()
        .position(|known| known == role)
        .unwrap_or(ROLES.len() - 1)
}

/// What each feature counts for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Weights {
    pub(crate) table: [f64; FEATURES],
    /// For each role what each feature of a column counts for; the last number is that of the role
    /// itself.
    pub(crate) roles: [[f64; COLUMN_FEATURES + 1]; ROLES.len()],
}

impl Default for Weights {
    fn default() -> Self {
        Weights {
            table: [0.0; FEATURES],
            roles: [[0.0; COLUMN_FEATURES + 1]; ROLES.len()],
        }
    }
}

/// The weights that are part of this crate.
pub(crate) fn learned() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> =
        LazyLock::new(|| Weights::parse(include_str!("../../weights.toml")));
    &WEIGHTS
}

impl Weights {
    /// Reads what `Display` writes; unknown names count for nothing.
    pub(crate) fn parse(text: &str) -> Self {
        let mut weights = Weights::default();
        let mut section = "";
        for line in text.lines() {
            let line = line.trim();
            if let Some(name) = line.strip_prefix('[') {
                section = name.trim_end_matches(']');
                continue;
            }
            let Some((name, number)) = line.split_once(" = ") else {
                continue;
            };
            let Ok(number) = number.parse() else { continue };
            if let Some(weight) = weights.of(section, name) {
                *weight = number;
            }
        }
        weights
    }

    fn of(&mut self, section: &str, name: &str) -> Option<&mut f64> {
        if section == "table" {
            let place = Feature::ALL
                .iter()
                .position(|feature| feature.name() == name)?;
            return self.table.get_mut(place);
        }
        let role = ROLES.iter().position(|role| role.name() == section)?;
        let feature = match name {
            "bias" => COLUMN_FEATURES,
            _ => ColumnFeature::ALL
                .iter()
                .position(|feature| feature.name() == name)?,
        };
        self.roles[role].get_mut(feature)
    }

    /// Rounded as they are written.
    pub(crate) fn round(&mut self) {
        let all = self.table.iter_mut().chain(self.roles.iter_mut().flatten());
        for weight in all {
            // Without `-0`.
            *weight = (*weight * 100.0).round() / 100.0 + 0.0;
        }
    }

    /// How many are not 0.
    pub(crate) fn count(&self) -> usize {
        let all = self.table.iter().chain(self.roles.iter().flatten());
        all.filter(|&&weight| weight != 0.0).count()
    }

    /// As `weights.toml` has them.
    pub(crate) fn to_toml(&self) -> String {
        let mut text = "# Written by `cargo xtask weigh` from training/features.tsv; never edit it by hand.\n\n\
             [table]\n"
            .to_owned();
        for (feature, weight) in Feature::ALL.iter().zip(&self.table) {
            if *weight != 0.0 {
                writeln!(text, "{} = {weight}", feature.name()).expect("a string takes all");
            }
        }
        for (role, weights) in ROLES.iter().zip(&self.roles) {
            if weights.iter().all(|weight| *weight == 0.0) {
                continue;
            }
            writeln!(text, "\n[{}]", role.name()).expect("a string takes all");
            let names = ColumnFeature::ALL.iter().map(|feature| feature.name());
            for (name, weight) in names.chain(["bias"]).zip(weights) {
                if *weight != 0.0 {
                    writeln!(text, "{name} = {weight}").expect("a string takes all");
                }
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use crate::judge::features::{Feature, Sign};
    use crate::judge::weights::learned;

    fn weight(feature: Feature) -> f64 {
        learned().table[feature as usize]
    }

    #[test]
    fn each_weight_has_the_sign_that_is_known_before_it_is_learned() {
        for &feature in Feature::ALL {
            let weight = weight(feature);
            let is_kept = match feature.sign() {
                Sign::Up => weight >= 0.0,
                Sign::Down => weight <= 0.0,
                Sign::Free => true,
            };
            assert!(is_kept, "{} = {weight}", feature.name());
        }
    }

    #[test]
    fn evidence_of_codes_has_a_sign() {
        for feature in [
            Feature::CodeShare,
            Feature::Rows,
            Feature::Failures,
            Feature::ManyFailures,
            Feature::HeadingErrorCode,
            Feature::CodeHeaderErrorCode,
            Feature::CodeHeaderCode,
        ] {
            assert_eq!(feature.sign(), Sign::Up, "{}", feature.name());
        }
        for feature in [
            Feature::Parameters,
            Feature::CodeHeaderParameter,
            Feature::HeadingParameter,
            Feature::Unsaid,
        ] {
            assert_eq!(feature.sign(), Sign::Down, "{}", feature.name());
        }
    }

    /// A heading that names codes, put between a heading and its table, hides what that heading
    /// says.
    #[test]
    fn a_heading_that_names_codes_outweighs_the_one_that_it_hides() {
        let codes = weight(Feature::HeadingErrorCode);
        for (nearest, outer) in [
            (Feature::HeadingError, Some(Feature::OuterError)),
            (Feature::HeadingOutcomeCode, Some(Feature::OuterErrorCode)),
            (Feature::HeadingOutcome, None),
            (Feature::HeadingCode, None),
        ] {
            let after = codes + outer.map_or(0.0, weight);
            assert!(after >= weight(nearest), "{}", nearest.name());
        }
        for (nearest, outer) in [
            (Feature::HeadingThing, Feature::OuterThing),
            (Feature::HeadingParameter, Feature::OuterThing),
        ] {
            let after = codes + weight(outer);
            assert!(after >= weight(nearest), "{}", nearest.name());
        }
    }
}
