//! What `rikaste init` asks where somebody can answer.

use std::io::{BufRead, IsTerminal, Write};

use anyhow::Context;
use clap::ValueEnum;
use rikaste_model::value::Currency;

use super::{InitArgs, ShopTemplate};

/// Asks for what the command line does not say. A program that runs the command is asked nothing.
pub(super) fn ask_what_is_missing(args: &mut InitArgs) -> anyhow::Result<()> {
    if !std::io::stdin().is_terminal() {
        return Ok(());
    }
    ask_on(args, &mut std::io::stdin().lock(), &mut std::io::stderr())
}

fn ask_on(
    args: &mut InitArgs,
    input: &mut impl BufRead,
    output: &mut impl Write,
) -> anyhow::Result<()> {
    let mut ask = Asking { input, output };
    if args.name.is_none() {
        args.name = ask.one("What is the shop called?", "My shop", |text| Ok(text.to_owned()))?;
    }
    if args.locales.is_empty() {
        let question = "Which locales does it have, the shop's own first?";
        let locales = ask.one(question, "fi-FI, sv-SE, en-GB", |text| read_list(text, ','))?;
        args.locales = locales.unwrap_or_default();
    }
    if args.stores.is_empty() {
        let question = "What are its stores called? Write ; between them.";
        let stores =
            ask.one(question, "Our store, and a warehouse", |text| read_list(text, ';'))?;
        args.stores = stores.unwrap_or_default();
    }
    if args.currency.is_none() {
        let read = |text: &str| Currency::new(text).map_err(|error| error.to_string());
        args.currency = ask.one("In which currency are its prices?", "EUR", read)?;
    }
    if args.template.is_none() {
        let names: Vec<_> = ShopTemplate::value_variants()
            .iter()
            .filter_map(|template| Some(template.to_possible_value()?.get_name().to_owned()))
            .collect();
        let question = format!("What does it sell: {}?", names.join(", "));
        args.template = ask.one(&question, "empty", |text| ShopTemplate::from_str(text, true))?;
    }
    Ok(())
}

fn read_list<T: std::str::FromStr>(text: &str, separator: char) -> Result<Vec<T>, String>
where
    T::Err: std::fmt::Display,
{
    let parts = text.split(separator).map(str::trim).filter(|part| !part.is_empty());
    parts.map(|part| part.parse().map_err(|error: T::Err| error.to_string())).collect()
}

struct Asking<'a, R, W> {
    input: &'a mut R,
    output: &'a mut W,
}

impl<R: BufRead, W: Write> Asking<'_, R, W> {
    /// Asks until there is an answer that can be read. `None` where the default is to stand.
    fn one<T>(
        &mut self,
        question: &str,
        default: &str,
        read: impl Fn(&str) -> Result<T, String>,
    ) -> anyhow::Result<Option<T>> {
        loop {
            write!(self.output, "{question} [{default}] ").context("nobody can be asked")?;
            self.output.flush().context("nobody can be asked")?;
            let mut answer = String::new();
            let length = self.input.read_line(&mut answer).context("the answer cannot be read")?;
            if length == 0 || answer.trim().is_empty() {
                return Ok(None);
            }
            match read(answer.trim()) {
                Ok(answer) => return Ok(Some(answer)),
                Err(error) => writeln!(self.output, "{error}").context("nobody can be asked")?,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::init::NewShop;

    #[test]
    fn a_wrong_answer_is_asked_again_and_an_empty_one_keeps_the_default() {
        let mut args = super::super::tests::bare_args("unused");
        let answers = "Havu\nfinnish\nfi, sv_FI\n\nmarkka\nsek\nshoes\nOutdoor\n";
        let mut shown = Vec::new();
        ask_on(&mut args, &mut answers.as_bytes(), &mut shown).expect("answered");
        let new = NewShop::from_args(args);
        let locales: Vec<_> = new.locales.iter().map(ToString::to_string).collect();
        assert_eq!((new.name.as_str(), locales.join(" ")), ("Havu", "fi sv-FI".to_owned()));
        assert_eq!((new.currency.as_str(), new.template), ("SEK", ShopTemplate::Outdoor));
        assert!(new.stores.is_empty());
        let shown = String::from_utf8(shown).expect("UTF-8");
        assert_eq!(shown.matches("Which locales").count(), 2, "{shown}");
        assert_eq!(shown.matches("What does it sell").count(), 2, "{shown}");
    }
}
