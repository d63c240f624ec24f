//! Codes, and the abbreviations that the trade writes in capitals.

use super::ClauseReader;
use crate::lexicon::{CareProcess, Solvent};
use crate::statement::{StatedTemperature, wash_limit};
use crate::treatment::CareCode;

impl ClauseReader<'_, '_> {
    /// Codes and the abbreviations of the trade, which are written in capitals.
    pub(super) fn read_abbreviation(&mut self, token: usize, word: &str) -> bool {
        if !word.starts_with(|c: char| c.is_ascii_uppercase()) || word.len() > 4 {
            return false;
        }
        let process = self.current.as_ref().and_then(|current| current.process);
        let solvent = self.current.as_ref().is_some_and(|current| current.solvent.is_some());
        match (process, word) {
            // "Hydrocarbons (F)": the letter repeats the word.
            (_, "P" | "F") if solvent => {
                self.extend_statement(token);
            }
            (Some(CareProcess::DryClean), "P") => {
                self.extend_statement(token).solvent = Some(Solvent::Perchloroethylene);
            }
            (Some(CareProcess::DryClean), "F") => {
                self.extend_statement(token).solvent = Some(Solvent::Hydrocarbon)
            }
            (Some(CareProcess::WetClean), "W") => {
                self.extend_statement(token).solvent = Some(Solvent::Water);
            }
            (Some(_), "P" | "F" | "W") => return false,
            _ => match parse_abbreviation(word) {
                Some(code) => self.add_code(code, token, token),
                None => return self.read_machine_wash(token, word),
            },
        }
        true
    }

    /// "MW40".
    fn read_machine_wash(&mut self, token: usize, word: &str) -> bool {
        let celsius: Option<u8> = word.strip_prefix("MW").and_then(|rest| rest.parse().ok());
        let Some(celsius) = celsius.filter(|&celsius| wash_limit(celsius).is_some()) else {
            return false;
        };
        self.begin_process(CareProcess::MachineWash, token);
        let temperature = StatedTemperature { celsius, has_unit: true };
        super::set_field(self.extend_statement(token), |s| &mut s.temperature, temperature);
        true
    }
}

fn parse_abbreviation(word: &str) -> Option<CareCode> {
    let code = match word {
        "DNW" => "W0",
        "HW" => "WH",
        "DNB" => "B0",
        "DNTD" | "DNT" => "T0",
        "TDL" => "T1",
        "TDN" | "TDM" => "T2",
        "DNI" => "I0",
        "CI" => "I1",
        "WI" => "I2",
        "HI" => "I3",
        "DNDC" => "D0",
        _ => word,
    };
    CareCode::find_by_name(code)
}
