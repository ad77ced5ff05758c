// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.server.lookup.paid;

import dev.carillon.core.account.Countries;
import dev.carillon.core.account.Money;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.delivery.Options;
import dev.carillon.server.delivery.http.HttpCalls;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Providers of lookups for tests. */
public final class TestProviders {
    private static final LookupKind KIND = new LookupKind() {
        @Override
        public String name() {
            return "test";
        }

        @Override
        public LookupProvider open(Options options, HttpCalls calls, InstantSource clock) {
            throw new UnsupportedOperationException();
        }
    };

    /** How a provider answers. */
    @FunctionalInterface
    public interface Script {
        Finding ask(PhoneNumber number, Set<Topic> topics) throws LookupFailedException, InterruptedException;
    }

    /** Answers in memory. */
    public static final class Memory implements KnownAnswers {
        private final Map<Map.Entry<UUID, String>, KnownAnswer> all = new ConcurrentHashMap<>();

        @Override
        public KnownAnswer find(UUID account, PhoneNumber number) {
            return all.getOrDefault(Map.entry(account, number.value()), KnownAnswer.NONE);
        }

        @Override
        public void keep(UUID account, PhoneNumber number, KnownAnswer answer) {
            all.put(Map.entry(account, number.value()), answer);
        }
    }

    private TestProviders() {}

    /** Nobody to ask. */
    public static PaidLookups none() {
        return of(List.of(), InstantSource.system(), PaidLookups.TIMEOUT);
    }

    /** These, with nothing kept so far, and nobody who is told of charges. */
    public static PaidLookups of(List<PaidLookups.Entry> entries, InstantSource clock, Duration timeout) {
        return new PaidLookups(entries, new Memory(), LookupCharges.NONE, LookupMetrics.NONE, clock, timeout);
    }

    /** A provider that can tell everything, at a price of 0.01 EUR for networks and 0.02 EUR for names. */
    public static PaidLookups.Entry entry(String name, String countries, Script script) {
        LookupSettings settings = new LookupSettings(
                name,
                KIND,
                Countries.parse(countries),
                Optional.of(Money.of("0.01", "EUR")),
                Optional.of(Money.of("0.02", "EUR")),
                PaidLookups.TIMEOUT,
                new Options(Map.of(), _ -> Optional.empty()));
        return new PaidLookups.Entry(settings, new LookupProvider() {
            @Override
            public Set<Topic> topics() {
                return EnumSet.allOf(Topic.class);
            }

            @Override
            public Finding ask(PhoneNumber number, Set<Topic> topics)
                    throws LookupFailedException, InterruptedException {
                return script.ask(number, topics);
            }
        });
    }
}
