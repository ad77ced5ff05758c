// SPDX-FileCopyrightText: The Carillon authors
// SPDX-License-Identifier: Apache-2.0
package dev.carillon.bench;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.Phonenumber;
import com.sun.management.ThreadMXBean;
import dev.carillon.core.account.Account;
import dev.carillon.core.account.Policy;
import dev.carillon.core.phone.NumberingPlan;
import dev.carillon.core.phone.PhoneNumber;
import dev.carillon.server.directory.AccountView;
import dev.carillon.server.lookup.Lookup;
import dev.carillon.server.lookup.ServingNetworks;
import dev.carillon.server.lookup.paid.KnownAnswer;
import dev.carillon.server.lookup.paid.KnownAnswers;
import dev.carillon.server.lookup.paid.LookupCharges;
import dev.carillon.server.lookup.paid.LookupMetrics;
import dev.carillon.server.lookup.paid.PaidLookups;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * {@code bench/lookup-local.sh}: what a lookup in memory costs, without HTTP and store, and what libphonenumber alone takes for region and line type. Time is
 * that of the processor, so that it does not matter much what else the machine does.
 *
 * <p>Argument: how many rounds warm up, before the one that is reported.
 */
public final class LocalLookups {
    private static final int NUMBERS = 100_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final PhoneNumberUtil LIBRARY = PhoneNumberUtil.getInstance();

    private LocalLookups() {}

    public static void main(String[] args) {
        int rounds = Integer.parseInt(args[0]);
        PhoneNumbers source = new PhoneNumbers(RandomGenerator.getDefault());
        List<String> texts = Stream.generate(source::next).limit(NUMBERS).toList();
        List<PhoneNumber> numbers = texts.stream()
                .flatMap(text -> NumberingPlan.parse(text).asOptional().stream())
                .toList();
        AccountView account = new AccountView(
                new Account(new UUID(0, 1), "bench", false, Policy.STANDARD, Instant.EPOCH), List.of(), List.of());
        try (PaidLookups nobody = new PaidLookups(
                List.of(), new NothingKnown(), LookupCharges.NONE, LookupMetrics.NONE, InstantSource.system())) {
            Lookup lookup = Lookup.shipped(ServingNetworks.NONE, nobody, InstantSource.system());
            report("parse", rounds, texts, text -> NumberingPlan.parse(text).hashCode());
            report("lookup, parsed before", rounds, numbers, number -> lookup.of(account, number, false)
                    .hashCode());
            report("libphonenumber", rounds, texts, LocalLookups::byLibrary);
        }
    }

    /** A number's region and line type as its own documentation has it. */
    private static int byLibrary(String text) {
        try {
            Phonenumber.PhoneNumber number = LIBRARY.parse(text, null);
            return LIBRARY.isValidNumber(number)
                    ? LIBRARY.getRegionCodeForNumber(number).hashCode()
                            + LIBRARY.getNumberType(number).name().hashCode()
                    : 0;
        } catch (NumberParseException e) {
            return 0;
        }
    }

    private static <T> void report(String what, int rounds, List<T> inputs, ToIntFunction<T> work) {
        int sum = 0;
        long time = 0;
        long memory = 0;
        for (int round = 0; round <= rounds; round++) {
            time = THREADS.getCurrentThreadCpuTime();
            memory = THREADS.getCurrentThreadAllocatedBytes();
            for (T input : inputs) {
                sum += work.applyAsInt(input);
            }
            time = THREADS.getCurrentThreadCpuTime() - time;
            memory = THREADS.getCurrentThreadAllocatedBytes() - memory;
        }
        // The sum is printed so that the work cannot be left out.
        System.out.printf(
                Locale.ROOT,
                "%-22s %7.2f us, %5d bytes allocated (%08x)%n",
                what,
                time / 1e3 / inputs.size(),
                memory / inputs.size(),
                sum);
    }

    private static final class NothingKnown implements KnownAnswers {
        @Override
        public KnownAnswer find(UUID account, PhoneNumber number) {
            return KnownAnswer.NONE;
        }

        @Override
        public void keep(UUID account, PhoneNumber number, KnownAnswer answer) {}
    }
}
