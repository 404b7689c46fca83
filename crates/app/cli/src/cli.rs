//! The command line as types. Its words are in `words/`, under `cli-help-COMMAND` and `cli-arg-NAME`.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand};

use crate::commands;
use crate::settings::Flags;

/// The whole command line.
#[derive(Debug, Parser)]
#[command(
    name = "jiebang",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    disable_help_subcommand = true
)]
#[command(arg_required_else_help = true, subcommand_required = true)]
pub(crate) struct Cli {
    /// What every command takes.
    #[command(flatten)]
    pub(crate) global: Global,
    /// Prints the version.
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
    /// The command.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What every command takes.
#[derive(Debug, Clone, Default, Args)]
pub(crate) struct Global {
    /// The data folder.
    #[arg(long, global = true, value_name = "DIR")]
    pub(crate) data: Option<PathBuf>,
    /// The database.
    #[arg(long, global = true, value_name = "URL")]
    pub(crate) database: Option<String>,
    /// The language of messages; read before everything else by `voice::choose`.
    #[arg(long, global = true, value_name = "zh|en", value_parser = ["zh", "en"])]
    lang: Option<String>,
    /// Prints the help.
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

impl Global {
    /// The flags that are settings.
    pub(crate) fn flags(&self) -> Flags {
        Flags {
            data: self.data.clone(),
            database: self.database.clone(),
            ..Flags::default()
        }
    }
}

/// The commands, in the order of the help.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Runs the platform.
    Serve(commands::serve::Args),
    /// Runs the platform on invented data.
    Demo(commands::demo::Args),
    /// Brings the database up to date.
    Migrate,
    /// People.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    User {
        /// What to do.
        #[command(subcommand)]
        what: commands::user::What,
    },
    /// Takes in workbooks.
    Import(commands::import::Args),
    /// Writes a workbook to fill in.
    Template(commands::template::Args),
    /// Reads a text as one value.
    Parse(commands::parse::Args),
    /// The year's rules.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Programme {
        /// What to do.
        #[command(subcommand)]
        what: commands::programme::What,
    },
    /// Lots.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Lot {
        /// What to do.
        #[command(subcommand)]
        what: commands::lot::What,
    },
    /// Matching.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Match {
        /// What to do.
        #[command(subcommand)]
        what: commands::match_score::What,
    },
    /// Looks whether all is well.
    Doctor,
    /// Lists every code of an error.
    Errors(commands::errors::Args),
    /// Measures.
    #[command(subcommand_required = true, arg_required_else_help = true)]
    Bench {
        /// What to measure.
        #[command(subcommand)]
        what: commands::bench::What,
    },
    /// Lists the routes.
    #[command(hide = true)]
    Routes,
}
