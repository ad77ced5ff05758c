// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.captcha;

import dev.carillon.server.captcha.Verdict.Refused;
import dev.carillon.server.directory.CaptchaProvider;
import dev.carillon.server.directory.CaptchaSettings;
import dev.carillon.server.directory.Environment;
import dev.carillon.server.ledger.Database;
import dev.carillon.server.secret.Keyring;
import java.time.Duration;
import java.time.InstantSource;

/** Checks the answers to captchas, each of which is good once. Thread-safe. */
public final class Captchas {
    /** The longest that any provider makes. */
    private static final int MAX_TOKEN = 8 * 1024;
    /** Longer than an answer of any provider is good for. */
    private static final Duration MEMORY = Duration.ofMinutes(30);

    private final SiteVerify siteVerify;
    private final Altcha altcha;
    private final UsedTokens used;

    public Captchas(SiteVerify siteVerify, Database database, Keyring keyring, InstantSource clock) {
        this.siteVerify = siteVerify;
        this.altcha = new Altcha(clock);
        this.used = new UsedTokens(database, keyring, clock);
    }

    /**
     * Checks an answer and uses it up.
     *
     * @param ip the client's address, which providers like to know
     */
    public Verdict check(Environment environment, CaptchaSettings captcha, String token, String ip) {
        if (token.isEmpty() || token.length() > MAX_TOKEN) {
            return new Refused("captchaToken has no form that a captcha gives");
        }
        Verdict verdict = captcha.provider() == CaptchaProvider.ALTCHA
                ? altcha.check(captcha.secret(), token)
                : siteVerify.check(environment, captcha, token, ip);
        if (verdict instanceof Verdict.Passed(String task) && !used.use(environment.id(), task, MEMORY)) {
            return new Refused("captchaToken was used before");
        }
        return verdict;
    }

    /** A task for a client to work on, as ALTCHA's widget takes it. */
    public Altcha.Challenge challenge(CaptchaSettings captcha) {
        return altcha.challenge(captcha.secret());
    }
}
