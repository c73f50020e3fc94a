//! `weights.toml` in, the numbers that decide out.

use std::fmt::Write;
use std::sync::LazyLock;

use toml::de::{DeTable, DeValue};

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

/// Places in `ROLES`.
pub(crate) const CODE: usize = 0;
pub(crate) const MESSAGE: usize = 3;
pub(crate) const NONE: usize = ROLES.len() - 1;

/// The place of a role in `ROLES`; a text in another language has the weights of the text.
pub(crate) fn place(role: &Role) -> usize {
    let role = match role {
        Role::MessageIn(_) => &Role::Message,
        Role::RemedyIn(_) => &Role::Remedy,
        other => other,
    };
    ROLES.iter().position(|known| known == role).unwrap_or(NONE)
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

const TOML: &str = include_str!("../../weights.toml");

/// The weights that are part of this crate.
pub(crate) fn learned() -> &'static Weights {
    static WEIGHTS: LazyLock<Weights> =
        LazyLock::new(|| Weights::parse(TOML).expect("tests read it"));
    &WEIGHTS
}

impl Weights {
    /// Reads what `to_toml` writes: a table of weights for tables, and one for each role.
    ///
    /// # Errors
    ///
    /// It is not TOML, or names what is no role or no feature.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let table = DeTable::parse(text).map_err(|error| error.to_string())?;
        let mut weights = Weights::default();
        for (section, numbers) in table.get_ref() {
            let section: &str = section.get_ref();
            let numbers = numbers.get_ref().as_table();
            for (name, value) in numbers.ok_or_else(|| format!("`{section}` is no table"))? {
                let name: &str = name.get_ref();
                let number = match value.get_ref() {
                    DeValue::Float(number) => number.as_str().parse().ok(),
                    DeValue::Integer(number) => number.as_str().parse().ok(),
                    _ => None,
                };
                let weight = weights
                    .of(section, name)
                    .ok_or_else(|| format!("there is no weight `{name}` of `{section}`"))?;
                *weight = number.ok_or_else(|| format!("`{name}` of `{section}` is no number"))?;
            }
        }
        Ok(weights)
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
    use crate::extraction::Role;
    use crate::judge::features::{Feature, Sign};
    use crate::judge::weights::{CODE, MESSAGE, NONE, ROLES, Weights, learned};

    fn weight(feature: Feature) -> f64 {
        learned().table[feature as usize]
    }

    #[test]
    fn the_places_are_those_of_their_roles() {
        let roles = [CODE, MESSAGE, NONE].map(|place| &ROLES[place]);
        assert_eq!(roles, [&Role::Code, &Role::Message, &Role::None]);
    }

    #[test]
    fn weights_that_are_written_are_read_and_others_are_refused() {
        assert_eq!(Weights::parse(&learned().to_toml()).as_ref(), Ok(learned()));
        for text in [
            "[table]\nbais = 1\n",
            "[cod]\nbias = 1\n",
            "[table]\nbias = \"1\"\n",
            "[table\n",
        ] {
            Weights::parse(text).unwrap_err();
        }
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
