use super::*;

fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
    let pair = |(name, value): &(&'static str, &str)| {
        (HeaderName::from_static(name), value.parse().expect("a header"))
    };
    pairs.iter().map(pair).collect()
}

fn can_read(tokens: &AccessTokens, pairs: &[(&'static str, &str)]) -> bool {
    tokens.identify_caller(&headers(pairs)).can_read()
}

#[test]
fn only_a_known_token_opens() {
    let tokens = AccessTokens::new(["kuusi", " mänty \n", ""]);
    assert!(can_read(&tokens, &[("authorization", "Bearer kuusi")]));
    assert!(can_read(&tokens, &[("authorization", "bearer kuusi")]));
    assert!(can_read(&tokens, &[("cookie", "a=b; rikaste_token=kuusi")]));
    for wrong in ["Bearer", "Bearer ", "Bearer kuus", "Basic kuusi", "kuusi"] {
        assert!(!can_read(&tokens, &[("authorization", wrong)]), "{wrong}");
    }
    assert!(!can_read(&tokens, &[]));
    assert!(!can_read(&tokens, &[("cookie", "rikaste_token=kuus")]));
    assert!(!can_read(&tokens, &[("cookie", "rikaste_token")]));
    assert!(!can_read(&AccessTokens::new([""; 1]), &[("authorization", "Bearer ")]));
    assert!(can_read(&AccessTokens::allow_everyone(), &[]));
}

#[test]
fn a_token_opens_what_its_scopes_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tokens.toml");
    let mut file = TokenFile::default();
    let now = rikaste_model::moment::Moment(0);
    let company = AccessScope::Channel(ChannelCode::new("company").expect("a code"));
    let texts = [vec![AccessScope::Read], vec![AccessScope::Manage], vec![company]]
        .map(|scopes| file.add_token(&format!("{scopes:?}"), scopes, now).expect("added").text);
    file.save(&path).expect("saved");
    let tokens = AccessTokens::from_files(path, folder.path().join("tokens"), true);
    let allowed = texts.each_ref().map(|text| {
        let headers = headers(&[("authorization", &format!("Bearer {text}"))]);
        let access = tokens.identify_caller(&headers);
        let channels = ["company", "web"].map(|channel| access.can_read_channel(channel));
        (access.can_read(), channels, access.require_manage(&headers).is_ok())
    });
    assert_eq!(
        allowed,
        [(true, [true, true], false), (true, [true, true], true), (false, [true, false], false)]
    );
}

#[test]
fn a_shop_without_tokens_is_open_to_this_machine_only() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = |name: &str| folder.path().join(name);
    let open = AccessTokens::from_files(file("tokens.toml"), file("tokens"), true);
    assert!(open.is_open());
    assert!(can_read(&open, &[]));
    for host in ["localhost", "localhost:7300", "127.0.0.1:7300", "[::1]:7300"] {
        assert!(can_read(&open, &[("host", host)]), "{host}");
    }
    for host in ["shop.example", "127.0.0.1.shop.example", "10.0.0.1:7300", "localhost.shop:7300"] {
        assert!(!can_read(&open, &[("host", host)]), "{host}");
    }
    let of = |origin| can_read(&open, &[("host", "localhost:7300"), ("origin", origin)]);
    assert!(of("http://localhost:7300"));
    assert!(!of("https://evil.example"));
    for handed_on in PROXY_HEADERS {
        let headers = [(handed_on, "10.0.0.1".parse().expect("a header"))].into_iter().collect();
        assert!(!open.identify_caller(&headers).can_read());
    }
    let network = AccessTokens::from_files(file("tokens.toml"), file("tokens"), false);
    assert!(!network.is_open() && !can_read(&network, &[]));
}

#[test]
fn a_token_that_is_added_closes_an_open_shop_and_one_that_is_revoked_opens_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("tokens.toml");
    let later = |tokens: &AccessTokens| {
        if let AccessPolicy::Files(files) = &tokens.0
            && let Some(read) = files.read.lock().expect("not poisoned").as_mut()
        {
            read.checked -= CHECK_INTERVAL;
        }
    };
    let tokens = AccessTokens::from_files(path.clone(), folder.path().join("tokens"), true);
    assert!(can_read(&tokens, &[]));
    let mut file = TokenFile::default();
    let now = rikaste_model::moment::Moment(0);
    let new = file.add_token("store", vec![AccessScope::Read], now).expect("added");
    let other = file.add_token("office", vec![AccessScope::Read], now).expect("added");
    assert!(file.add_token("store", vec![AccessScope::Read], now).is_err());
    file.save(&path).expect("saved");
    let [bearer, of_office] = [new, other].map(|new| format!("Bearer {}", new.text));
    later(&tokens);
    assert!(!can_read(&tokens, &[]));
    assert!(can_read(&tokens, &[("authorization", &bearer)]));
    std::fs::write(&path, "[[token]]\nname = 3").expect("written");
    later(&tokens);
    assert!(!can_read(&tokens, &[]), "a broken file must not open the shop");
    assert!(file.remove_token("store"));
    file.save(&path).expect("saved");
    later(&tokens);
    assert!(!can_read(&tokens, &[("authorization", &bearer)]));
    assert!(can_read(&tokens, &[("authorization", &of_office)]));
    assert!(file.remove_token("office"));
    file.save(&path).expect("saved");
    later(&tokens);
    assert!(can_read(&tokens, &[]), "the last token went, so the shop is open again");
    std::fs::write(folder.path().join("tokens"), "# old\nkuusi\n").expect("written");
    later(&tokens);
    assert!(can_read(&tokens, &[("authorization", "Bearer kuusi")]));
    assert!(!can_read(&tokens, &[("authorization", &bearer)]));
}

#[test]
fn only_pages_of_the_shop_itself_change_it() {
    let may = |pairs: &[(&'static str, &str)]| Access::Open.require_manage(&headers(pairs)).is_ok();
    assert!(may(&[("host", "shop.example")]));
    assert!(may(&[("host", "shop.example:80"), ("origin", "https://shop.example:80")]));
    assert!(!may(&[("host", "shop.example"), ("origin", "https://evil.example")]));
    assert!(!may(&[("host", "shop.example"), ("origin", "null")]));
    assert!(!may(&[("origin", "https://shop.example")]));
}
