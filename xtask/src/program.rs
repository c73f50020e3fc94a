//! What a person typed to run the tool, for the hints that say what to run next.

/// The command that runs the tool: `errbook`, or what `ERRBOOK_COMMAND` says.
///
/// ```
/// // A repository may set it, in the table `env` of .cargo/config.toml for example.
/// println!("run `{} regen`", errbook_cli::program::program());
/// ```
#[must_use]
pub fn program() -> &'static str {
    static PROGRAM: std::sync::OnceLock<String> = std::sync::OnceLock::new();
    PROGRAM.get_or_init(|| {
        let named = std::env::var("ERRBOOK_COMMAND").ok();
        let named = named.filter(|command| !command.trim().is_empty());
        named.unwrap_or_else(|| "errbook".to_owned())
    })
}
