//! Empty. The tests are in `main.rs`; cargo requires a target that builds without the feature.
