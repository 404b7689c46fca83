//! The help and the messages about wrong use, in the reader's language: every command and flag has words in both.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, CommandFactory};

use crate::cli::Cli;
use crate::fail::Failure;
use crate::out;
use crate::voice::Voice;

/// The command with its help in a language.
pub(crate) fn command(voice: &Voice) -> Command {
    localise(Cli::command(), voice, "")
}

/// Where the flags that all commands take begin in the order of a help: behind the command's own, of which there are
/// never so many.
const GLOBAL_ORDER: usize = 100;

/// The id of a command's words: `cli-help`, `cli-help-user-add`.
fn help_id(path: &str) -> String {
    if path.is_empty() {
        "cli-help".to_owned()
    } else {
        format!("cli-help-{path}")
    }
}

fn localise(command: Command, voice: &Voice, path: &str) -> Command {
    let id = help_id(path);
    let mut command = command.about(voice.word(&id)).help_template(template(voice));
    if let Some(examples) = voice.word_if(&format!("{id}.examples")) {
        command = command.after_help(format!("{}\n{}", voice.word("cli-head-examples"), indent(&examples)));
    }
    // In the order of the code, with what all commands take at the end.
    let mut order = if path.is_empty() { GLOBAL_ORDER } else { 0 };
    command
        .subcommand_help_heading(voice.word("cli-head-commands"))
        .subcommand_value_name(voice.word("cli-value-command"))
        .mut_args(|arg| {
            order += 1;
            with_help(arg, voice, path).display_order(order)
        })
        .mut_subcommands(|sub| {
            let name = sub.get_name().to_owned();
            let inner = if path.is_empty() {
                name
            } else {
                format!("{path}-{name}")
            };
            localise(sub, voice, &inner)
        })
}

fn template(voice: &Voice) -> String {
    format!(
        "{{about}}\n\n{}{{usage}}\n\n{{all-args}}{{after-help}}\n",
        voice.word("cli-head-usage")
    )
}

/// The words of an argument: its command's own, else those that all commands share.
fn arg_word(voice: &Voice, path: &str, arg: &str) -> Option<String> {
    let arg = arg.replace('_', "-");
    voice
        .word_if(&format!("cli-arg-{path}-{arg}"))
        .or_else(|| voice.word_if(&format!("cli-arg-{arg}")))
}

fn with_help(arg: Arg, voice: &Voice, path: &str) -> Arg {
    let head = if arg.is_positional() {
        "cli-head-arguments"
    } else {
        "cli-head-options"
    };
    let help = arg_word(voice, path, arg.get_id().as_str()).unwrap_or_default();
    let takes_value = arg.get_action().takes_values();
    let arg = arg.help(help).help_heading(voice.word(head));
    // Both are said in the words, in the reader's language.
    if takes_value {
        arg.hide_default_value(true).hide_possible_values(true)
    } else {
        arg
    }
}

fn indent(text: &str) -> String {
    text.lines().map(|l| format!("  {l}")).collect::<Vec<_>>().join("\n")
}

/// Answers what the reader of arguments says: help and version on the output, wrong use in words.
pub(crate) fn answer(voice: &Voice, error: &clap::Error) -> Result<(), Failure> {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            out::text(&error.render().to_string());
            Ok(())
        }
        // A command that needs another: its help is the best answer, but it was not used rightly.
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => Err(Failure::Usage(error.render().to_string())),
        kind => Err(Failure::Usage(wrong_use(voice, kind, error))),
    }
}

fn wrong_use(voice: &Voice, kind: ErrorKind, error: &clap::Error) -> String {
    let id = match kind {
        ErrorKind::UnknownArgument => "cli-use-unknown-argument",
        ErrorKind::InvalidSubcommand => "cli-use-unknown-command",
        ErrorKind::MissingRequiredArgument => "cli-use-missing",
        ErrorKind::MissingSubcommand => "cli-use-missing-command",
        ErrorKind::InvalidValue if text(error, ContextKind::InvalidValue).is_empty() => "cli-use-no-value",
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => "cli-use-bad-value",
        ErrorKind::ArgumentConflict => "cli-use-conflict",
        _ => "cli-use-other",
    };
    let first_line = error
        .to_string()
        .lines()
        .next()
        .unwrap_or_default()
        .trim_start_matches("error: ")
        .to_owned();
    let args = [
        ("argument", text(error, ContextKind::InvalidArg)),
        ("command", text(error, ContextKind::InvalidSubcommand)),
        ("value", text(error, ContextKind::InvalidValue)),
        ("other", text(error, ContextKind::PriorArg)),
        ("what", first_line),
    ];
    let mut lines = vec![voice.say(id, &args)];
    let meant = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    if let Some(meant) = meant.into_iter().map(|k| text(error, k)).find(|t| !t.is_empty()) {
        lines.push(voice.say("cli-use-meant", &[("meant", meant)]));
    }
    let allowed = text(error, ContextKind::ValidValue);
    if !allowed.is_empty() {
        lines.push(voice.say("cli-use-allowed", &[("values", allowed)]));
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        lines.push(voice.say("cli-use-usage", &[("usage", plain(usage))]));
    }
    lines.join("\n")
}

fn plain(text: &StyledStr) -> String {
    let text = text.to_string();
    text.trim_start_matches("Usage:").trim().to_owned()
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(texts)) => texts.join(", "),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        Some(ContextValue::StyledStrs(texts)) => texts.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jcore::Lang;

    fn walk(command: &Command, path: &str, see: &mut impl FnMut(&str, &Command)) {
        see(path, command);
        for sub in command.get_subcommands() {
            let inner = if path.is_empty() {
                sub.get_name().to_owned()
            } else {
                format!("{path}-{}", sub.get_name())
            };
            walk(sub, &inner, see);
        }
    }

    #[test]
    fn the_commands_are_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_and_argument_is_explained_in_both_languages() {
        for lang in Lang::ALL {
            let voice = Voice::new(lang).unwrap();
            walk(&Cli::command(), "", &mut |path, command| {
                let id = help_id(path);
                assert!(voice.word_if(&id).is_some(), "no words {id}");
                let is_leaf = command.get_subcommands().next().is_none();
                assert!(
                    !is_leaf || voice.word_if(&format!("{id}.examples")).is_some(),
                    "no examples {id}"
                );
                for arg in command.get_arguments() {
                    let arg = arg.get_id().as_str();
                    assert!(arg_word(&voice, path, arg).is_some(), "no words for {arg} of {path}");
                }
            });
        }
    }

    #[test]
    fn help_is_in_the_readers_language() {
        for (lang, word, not) in [
            (Lang::Zh, "用法：jiebang", "Usage"),
            (Lang::En, "Usage: jiebang", "用法"),
        ] {
            let voice = Voice::new(lang).unwrap();
            for args in [
                vec!["jiebang", "--help"],
                vec!["jiebang", "serve", "--help"],
                vec!["jiebang", "user", "add", "-h"],
            ] {
                let error = command(&voice).try_get_matches_from(&args).unwrap_err();
                let text = error.render().to_string();
                assert_eq!(error.kind(), ErrorKind::DisplayHelp);
                assert!(text.contains(word) && !text.contains(not), "{text}");
                assert!(!text.contains("Options:") || lang == Lang::En, "{text}");
            }
        }
    }

    #[test]
    fn wrong_use_says_what_was_meant() {
        let voice = Voice::new(Lang::En).unwrap();
        for (args, words) in [
            (vec!["jiebang", "sreve"], vec!["sreve", "serve"]),
            (vec!["jiebang", "serve", "--lisen", "x"], vec!["--lisen", "--listen"]),
            (vec!["jiebang", "import"], vec!["KIND", "jiebang import"]),
            (
                vec!["jiebang", "serve", "--log-format", "xml"],
                vec!["xml", "text, json"],
            ),
            (vec!["jiebang", "serve", "--listen"], vec!["--listen"]),
        ] {
            let error = command(&voice).try_get_matches_from(&args).unwrap_err();
            let failure = answer(&voice, &error).unwrap_err();
            assert_eq!(failure.code(), 2);
            let text = failure.text(&voice).unwrap();
            assert!(words.iter().all(|w| text.contains(w)), "{text}");
        }
    }
}
