//! Taking out what names a person: e-mail addresses, phone numbers, surnames.

/// What stands where something was taken out.
const OMISSION_MARK: &str = "[…]";

/// Digits of the shortest phone number.
const MIN_PHONE_DIGITS: usize = 7;

/// Words before a name that are not a given name.
const TITLES: [&str; 7] = ["dr", "mr", "mrs", "ms", "prof", "herr", "frau"];

/// The given name and the initial of the surname: `Eleanor Collins` and `Collins, Eleanor` are
/// `Eleanor C.`. Empty where the author is an e-mail address or a number.
pub(crate) fn shorten_name(author: &str) -> String {
    let (surname_first, names) = match author.split_once(',') {
        Some((surname, given)) if !given.trim().is_empty() => (Some(surname.trim()), given),
        _ => (None, author.trim_end_matches(',')),
    };
    let mut names = names.split_whitespace().filter(|name| !is_title(name));
    let Some(given) = names.next().filter(|name| is_name(name)) else {
        return String::new();
    };
    let surname = surname_first.or_else(|| names.next_back());
    match surname.and_then(|surname| surname.chars().find(|c| c.is_alphabetic())) {
        Some(initial) => format!("{given} {}.", initial.to_uppercase()),
        None => given.to_owned(),
    }
}

fn is_title(word: &str) -> bool {
    let word = word.trim_end_matches('.');
    TITLES.iter().any(|title| word.eq_ignore_ascii_case(title))
}

fn is_name(word: &str) -> bool {
    !word.contains('@') && word.chars().any(char::is_alphabetic)
}

/// The text on one line, without e-mail addresses and phone numbers.
pub(crate) fn remove_contact_details(text: &str) -> String {
    let has_address = text.contains('@');
    let has_number = text.bytes().filter(u8::is_ascii_digit).count() >= MIN_PHONE_DIGITS;
    if !has_address && !has_number {
        return collapse_whitespace(text);
    }
    let found = |rest: &str| {
        let address = if has_address { email_length(rest) } else { None };
        address.or_else(|| if has_number { phone_length(rest) } else { None })
    };
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let at_word = clean.is_empty() || clean.ends_with(is_boundary);
        if at_word && let Some(length) = found(rest) {
            clean.push_str(OMISSION_MARK);
            rest = &rest[length..];
            continue;
        }
        let next = rest.chars().next().expect("the rest is not empty");
        rest = &rest[next.len_utf8()..];
        if next.is_whitespace() {
            rest = rest.trim_start();
            if !rest.is_empty() {
                clean.push(' ');
            }
        } else {
            clean.push(next);
        }
    }
    clean
}

fn collapse_whitespace(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

fn is_boundary(c: char) -> bool {
    !c.is_alphanumeric()
}

/// The length of the e-mail address that the text starts with.
fn email_length(text: &str) -> Option<usize> {
    let local = text.find(|c: char| !(c.is_alphanumeric() || "._%+-".contains(c)))?;
    let domain = text[local..].strip_prefix('@').filter(|_| local > 0)?;
    let end =
        domain.find(|c: char| !(c.is_alphanumeric() || ".-".contains(c))).unwrap_or(domain.len());
    let domain = domain[..end].trim_end_matches(['.', '-']);
    domain.contains('.').then_some(local + 1 + domain.len())
}

/// The length of the phone number that the text starts with: 7 to 15 digits (E.164) with single
/// separators, from `+` or `0`, or 9 digits and more. Dates are not numbers to call.
fn phone_length(text: &str) -> Option<usize> {
    let first = text.chars().next()?;
    if !(first.is_ascii_digit() || first == '+' || first == '(') {
        return None;
    }
    let mut digits = 0;
    let mut end = 0;
    let mut separators = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'0'..=b'9' => {
                digits += 1;
                end = at + 1;
                separators = 0;
            }
            b'+' if at == 0 => {}
            b' ' | b'-' | b'.' | b'/' | b'(' | b')' if separators < 2 => separators += 1,
            _ => break,
        }
    }
    let number = &text[..end];
    let led = number.trim_start_matches('(').starts_with(['+', '0']);
    let plausible = (MIN_PHONE_DIGITS..=15).contains(&digits) && (led || digits >= 9);
    let ends = !text[end..].starts_with(char::is_alphanumeric);
    (plausible && ends && !is_date(number)).then_some(end)
}

fn is_date(number: &str) -> bool {
    let mut parts = [0_usize; 3];
    let mut count = 0;
    for part in number.split(['-', '.', '/']) {
        if count == 3 || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return false;
        }
        parts[count] = part.len();
        count += 1;
    }
    matches!((count, parts), (3, [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4]))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_are_shortened() {
        for (author, expected) in [
            ("Eleanor Collins", "Eleanor C."),
            ("Collins, Eleanor", "Eleanor C."),
            ("Eleanor Mary Collins", "Eleanor C."),
            ("Dr. Eleanor Collins", "Eleanor C."),
            ("Anna-Liisa Mäki-Petäjä", "Anna-Liisa M."),
            ("Åke Öberg", "Åke Ö."),
            ("Eleanor C.", "Eleanor C."),
            ("Matti", "Matti"),
            ("skier77", "skier77"),
            ("eleanor.collins@x.example", ""),
            ("040 123 4567", ""),
            ("  ", ""),
            (",", ""),
        ] {
            assert_eq!(shorten_name(author), expected, "{author}");
        }
    }

    #[test]
    fn addresses_and_numbers_are_taken_out() {
        for (text, expected) in [
            ("Write to anna.k@posti.example, please.", "Write to […], please."),
            ("Soita +358 40 123 4567!", "Soita […]!"),
            ("Soita 040-1234567.", "Soita […]."),
            ("Call (09) 123 4567 now", "Call […] now"),
            ("Call 415-555-2671 now", "Call […] now"),
            ("Ostin 01.12.2025 ja 2026-01-05", "Ostin 01.12.2025 ja 2026-01-05"),
            ("Cost 1200 euros, size 42", "Cost 1200 euros, size 42"),
            ("Lasted 20 years\n\nand  more ", "Lasted 20 years and more"),
            ("@home it is warm", "@home it is warm"),
            ("mail me@home", "mail me@home"),
        ] {
            assert_eq!(remove_contact_details(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_found_does_not_depend_on_what_else_is(text in "[a-zä0-2 \n\u{a0}.,!]{0,30}") {
            let alone = format!("{} […]", remove_contact_details(&text));
            for named in ["a@b.example", "+358401234567"] {
                prop_assert_eq!(remove_contact_details(&format!("{text} {named}")), alone.trim());
            }
        }

        #[test]
        fn never_panics(text in "\\PC*", near in "[-+0-9@. ()a-zä\n]{0,40}") {
            shorten_name(&text);
            remove_contact_details(&text);
            shorten_name(&near);
            remove_contact_details(&near);
        }

        #[test]
        fn no_address_stays(before in "[a-z ,]{0,10}", user in "[a-z]{1,8}", host in "[a-z]{1,8}") {
            let clean = remove_contact_details(&format!("{before} {user}@{host}.example"));
            prop_assert!(!clean.contains('@'), "{}", clean);
        }
    }
}
