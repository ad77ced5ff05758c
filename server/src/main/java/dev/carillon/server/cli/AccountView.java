// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.cli;

import dev.carillon.core.account.Account;
import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Policy;
import dev.carillon.core.account.Spending;
import dev.carillon.core.guard.Limit;
import dev.carillon.core.guard.LimitName;
import dev.carillon.core.guard.Limits;
import dev.carillon.core.message.Channel;
import dev.carillon.core.time.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** An account as the command line shows it. */
final class AccountView {
    private static final String OFF = "off";

    private AccountView() {}

    /** For programs; the names are part of the command line. */
    static Map<String, Object> json(Account account) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("customer_uuid", account.id());
        view.put("name", account.name());
        view.put("status", status(account));
        view.put("created_at", account.createdAt());
        view.put("policy", json(account.policy()));
        return view;
    }

    private static Map<String, Object> json(Policy policy) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("window", Durations.format(policy.window()));
        view.put("code_length", policy.codeLength());
        view.put("max_checks", policy.maxChecks());
        view.put(
                "retry_after",
                policy.retryAfter().stream().map(Durations::format).toList());
        view.put("accept_codes", policy.acceptCodes().name().toLowerCase(Locale.ROOT));
        view.put("auto_retry", policy.autoRetry());
        view.put("show_codes", policy.showCodes());
        view.put("brand", policy.brand());
        view.put("default_locale", policy.defaultLocale());
        view.put(
                "countries",
                policy.countries().equals(Countries.ALL)
                        ? "all"
                        : policy.countries().codes());
        view.put("senders", new TreeSet<>(policy.senders()));
        view.put("origin_domain", policy.originDomain());
        view.put(
                "channels",
                policy.channels().order().stream().map(Channel::text).toList());
        view.put("fallback", policy.channels().fallback());
        view.put("lines", policy.numbers().lineWords());
        view.put("temporary_numbers", policy.numbers().temporary());
        view.put("cnam", policy.numbers().callerNames());
        Map<String, String> limits = new LinkedHashMap<>();
        for (LimitName name : LimitName.values()) {
            limits.put(name.text(), limit(policy, name));
        }
        view.put("limits", limits);
        view.put("spending", json(policy.spending()));
        return view;
    }

    private static Map<String, Object> json(Spending spending) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("prepaid", spending.prepaid());
        view.put("floor", Amount.text(spending.floor()));
        view.put("daily_cap", spending.dailyCap().map(Amount::text));
        Map<String, String> caps = new LinkedHashMap<>();
        spending.countryCaps().forEach((country, cap) -> caps.put(country, Amount.text(cap)));
        view.put("country_caps", caps);
        view.put("refund_undelivered", spending.refundUndelivered());
        return view;
    }

    /** For people: one line for each part. */
    static String text(Account account) {
        Policy policy = account.policy();
        List<String> lines = new ArrayList<>();
        line(lines, "account", account.id().toString());
        line(lines, "name", account.name());
        line(lines, "status", status(account));
        line(lines, "created", account.createdAt().toString());
        line(lines, "window", Durations.format(policy.window()));
        line(lines, "code-length", String.valueOf(policy.codeLength()));
        line(lines, "max-checks", String.valueOf(policy.maxChecks()));
        line(lines, "retry-after", policy.retryAfter().isEmpty() ? "none" : Durations.format(policy.retryAfter()));
        line(lines, "accept-codes", policy.acceptCodes().name().toLowerCase(Locale.ROOT));
        line(lines, "auto-retry", String.valueOf(policy.autoRetry()));
        line(lines, "show-codes", String.valueOf(policy.showCodes()));
        line(lines, "brand", policy.brand().orElse("-"));
        line(lines, "default-locale", policy.defaultLocale().orElse("by the number's country"));
        line(lines, "countries", policy.countries().toString());
        line(lines, "senders", policy.senders().isEmpty() ? "-" : String.join(",", new TreeSet<>(policy.senders())));
        line(lines, "origin-domain", policy.originDomain().orElse("-"));
        line(lines, "channels", policy.channels().text());
        line(lines, "fallback", String.valueOf(policy.channels().fallback()));
        line(lines, "lines", policy.numbers().linesText());
        line(lines, "temporary-numbers", String.valueOf(policy.numbers().temporary()));
        line(lines, "cnam", String.valueOf(policy.numbers().callerNames()));
        Limits limits = policy.limits();
        for (LimitName name : LimitName.values()) {
            line(lines, "limit " + name.text(), limit(policy, name) + (limits.isSet(name) ? "" : " (default)"));
        }
        Spending spending = policy.spending();
        line(
                lines,
                "prepaid",
                spending.prepaid() + (spending.prepaid() ? ", floor " + Amount.text(spending.floor()) : ""));
        line(lines, "daily-cap", spending.dailyCap().map(Amount::text).orElse(OFF));
        spending.countryCaps().forEach((country, cap) -> line(lines, "daily-cap " + country, Amount.text(cap)));
        line(lines, "refund-undelivered", String.valueOf(spending.refundUndelivered()));
        return String.join("\n", lines);
    }

    static String status(Account account) {
        return account.suspended() ? "suspended" : "active";
    }

    private static void line(List<String> lines, String name, String value) {
        lines.add(String.format(Locale.ROOT, "%-22s %s", name, value));
    }

    private static String limit(Policy policy, LimitName name) {
        if (name == LimitName.NUMBER_COOLDOWN) {
            Duration cooldown = policy.cooldown();
            return cooldown.isZero()
                    ? OFF
                    : policy.limits().get(name).map(Limit::toString).orElse("1/" + Durations.format(cooldown));
        }
        return policy.limits().get(name).map(Limit::toString).orElse(OFF);
    }
}
